"""The documents say what is true: every setting, every dependency and every link in them is held to the code."""

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "app").rglob("*.md")]


def table_keys(text: str) -> set[str]:
    """The names in backquotes in the first column of every table."""
    rows = (line for line in text.splitlines() if line.startswith("| `"))
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


def test_the_readme_lists_exactly_the_settings_that_the_server_reads() -> None:
    sources = "".join((ROOT / path).read_text() for path in ("app/config.py", "deploy/gunicorn.conf.py"))
    read = set(re.findall(r"""["']([A-Z][A-Z0-9_]{3,})["']""", sources))
    section = (ROOT / "README.md").read_text().split("## Settings")[1].split("\n## ")[0]
    assert table_keys(section) == read


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    python = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[<>=~! ]", entry)[0] for entry in python}
    for path in ("package.json", "tools/lighthouse/package.json"):
        package = json.loads((ROOT / path).read_text())
        names |= package["dependencies"].keys() | package.get("devDependencies", {}).keys()
    assert table_keys((ROOT / "docs" / "adr" / "0005-dependencies.md").read_text()) == names


def test_every_link_between_documents_leads_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.relative_to(ROOT)} → {target}"


def test_the_protocol_lists_exactly_the_frames_that_are_spoken() -> None:
    page, code = ((ROOT / path).read_text() for path in ("docs/protocol.md", "app/realtime/protocol.py"))
    for who, spoken in (("client", r'case "(\w+)":'), ("server", r'(?:_frame\(|\{\{"type":)"(\w+)"')):
        listed = set(re.findall(rf'\| {who} \| `{{"type":"(\w+)"', page))
        assert listed == set(re.findall(spoken, code)), who
