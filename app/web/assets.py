"""The built client: Vite's manifest says which files the shell needs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.phrases import LANGUAGES

ENTRY = "client/main.tsx"
WORDS = "client/i18n/front/{}.ts"
BASE = "/static/dist/"


@dataclass(frozen=True, slots=True)
class Entry:
    """Addresses of the entry script, its styles, the modules to load along with it, and each language's words."""

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]
    words: Mapping[str, str]


class NotBuilt(Exception):
    """There is no built client."""


@cache
def entry(dist: Path) -> Entry:
    """The client's entry, read once.

    :raises NotBuilt: ``npm run build`` has not been run
    """
    manifest_file = dist / ".vite" / "manifest.json"
    if not manifest_file.exists():
        raise NotBuilt(f"{manifest_file.name} is missing: run `make setup` to build the client")
    manifest: dict[str, Any] = json.loads(manifest_file.read_text())
    main = manifest[ENTRY]
    imported = _imports(manifest, main, [])
    styles = dict.fromkeys(css for chunk in (main, *imported) for css in chunk.get("css", ()))
    return Entry(
        BASE + main["file"],
        tuple(BASE + css for css in styles),
        tuple(BASE + chunk["file"] for chunk in imported),
        {language: BASE + manifest[WORDS.format(language)]["file"] for language in LANGUAGES},
    )


def _imports(manifest: dict[str, Any], chunk: dict[str, Any], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for name in chunk.get("imports", ()):
        if manifest[name] not in found:
            found.append(manifest[name])
            _imports(manifest, manifest[name], found)
    return found
