"""What a phone downloads before it can show the directory, on the client as it is built. # R35"""

import json
from pathlib import Path

import pytest

from app.domain.phrases import LANGUAGES
from bench import first_load


@pytest.fixture(autouse=True)
def a_built_client() -> None:
    """`make test` builds it first."""
    if not (first_load.DIST / ".vite" / "manifest.json").exists():
        pytest.fail("the client is not built: run `make setup`")


def test_the_first_load_stays_below_its_ceiling() -> None:
    """What is not needed for the directory belongs behind a dynamic import."""
    (figure,) = first_load.figures()
    assert figure.met, f"{figure.value:.1f} KB gzip; the ceiling is {first_load.CEILING_KB} KB"


@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_styles_and_the_words_are_counted(language: str) -> None:
    """A measure that misses a file would hold the ceiling for ever."""
    manifest = json.loads((first_load.DIST / ".vite" / "manifest.json").read_text())
    counted = first_load.files(language)
    main = manifest["client/main.tsx"]
    assert {main["file"], *main["css"], manifest[f"client/i18n/front/{language}.ts"]["file"]} <= counted


def test_what_a_module_imports_counts_although_the_page_does_not_name_it(tmp_path: Path) -> None:
    """The browser fetches it all the same."""
    manifest = json.loads((first_load.DIST / ".vite" / "manifest.json").read_text())
    manifest["client/i18n/front/id.ts"]["imports"] = ["_deep.js"]
    manifest["_deep.js"] = {"file": "assets/deep.js", "css": ["assets/deep.css"]}
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text(json.dumps(manifest))
    assert {"assets/deep.js", "assets/deep.css"} <= first_load.files("id", tmp_path)
    assert "assets/deep.js" not in first_load.files("en", tmp_path)
