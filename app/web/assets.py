"""The built client: Vite's manifest says which files the shell needs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.phrases import LANGUAGES

ENTRY = "client/main.tsx"
FRONT_WORDS = "client/i18n/front/{}.ts"
ALL_WORDS = "client/i18n/{}.ts"
#: What the client's build calls the files (vite.config.ts) in which each screen is, with all that it opens by itself.
PERSON = ("personal", "shared")
SCREENS = {
    "account": ("AccountPage", *PERSON),
    "bookings": PERSON,
    "chat": ("window", *PERSON),
    "desk": ("DeskPage", *PERSON),
    "desk-chat": ("DeskPage", "window", *PERSON),
    "operator": ("OperatorPage", *PERSON),
    "provider": ("TherapistPage",),
}
BASE = "/static/dist/"

Manifest = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """Addresses of a part of the client: its script, what that imports, and their styles."""

    script: str
    imports: tuple[str, ...]
    styles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Client:
    """What is shown first, each screen by its name, and by language the words of both."""

    first: Part
    first_words: Mapping[str, str]
    screens: Mapping[str, tuple[Part, ...]]
    screen_words: Mapping[str, str]


class NotBuilt(Exception):
    """There is no built client."""


@cache
def client(dist: Path) -> Client:
    """The built client, read once.

    :raises NotBuilt: ``npm run build`` has not been run
    """
    manifest_file = dist / ".vite" / "manifest.json"
    if not manifest_file.exists():
        raise NotBuilt(f"{manifest_file.name} is missing: run `make setup` to build the client")
    manifest: Manifest = json.loads(manifest_file.read_text())
    named = {chunk.get("name"): chunk for chunk in manifest.values() if chunk["file"].endswith(".js")}
    return Client(
        _part(manifest[ENTRY], manifest),
        _words(manifest, FRONT_WORDS),
        {screen: tuple(_part(named[file], manifest) for file in files) for screen, files in SCREENS.items()},
        _words(manifest, ALL_WORDS),
    )


def _part(chunk: Mapping[str, Any], manifest: Manifest) -> Part:
    imported = _imports(manifest, chunk, [])
    # What a style builds on stands before it.
    styles = dict.fromkeys(css for chunk in (*imported, chunk) for css in chunk.get("css", ()))
    return Part(
        BASE + chunk["file"],
        tuple(BASE + other["file"] for other in imported),
        tuple(BASE + css for css in styles),
    )


def _words(manifest: Manifest, source: str) -> Mapping[str, str]:
    return {language: BASE + manifest[source.format(language)]["file"] for language in LANGUAGES}


def _imports(manifest: Manifest, chunk: Mapping[str, Any], found: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    for name in chunk.get("imports", ()):
        if manifest[name] not in found:
            found.append(manifest[name])
            _imports(manifest, manifest[name], found)
    return found
