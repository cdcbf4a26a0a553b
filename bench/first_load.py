"""How many bytes a phone downloads before it can show the app, from what the build wrote."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]  # it brings no types

from bench.results import Figure

DIST = Path(__file__).resolve().parents[1] / "static" / "dist"
ENTRY = "client/main.tsx"
LANGUAGES = ("client/i18n/en.ts", "client/i18n/id.ts")
CEILING_KB = 60


def figures() -> list[Figure]:
    """The entry with its static imports and styles, and the longer of the two languages; a visitor loads one."""
    manifest: dict[str, Any] = json.loads((DIST / ".vite" / "manifest.json").read_text())
    app = _files(manifest, [ENTRY])
    visits = [_contents(app | _files(manifest, [name])) for name in LANGUAGES]
    longest = max(visits, key=_gzipped)
    detail: dict[str, object] = {
        "brotli": f"{sum(len(brotli.compress(content)) for content in longest) / 1024:.1f} KB",
        "plain": f"{sum(map(len, longest)) / 1024:.1f} KB",
        "without the language": f"{_gzipped(_contents(app)):.1f} KB",
        "files": len(longest),
    }
    return [Figure("first load of the app, JS + CSS, gzip", _gzipped(longest), "KB", CEILING_KB, detail=detail)]


def _contents(files: set[str]) -> list[bytes]:
    return [(DIST / file).read_bytes() for file in sorted(files)]


def _gzipped(contents: list[bytes]) -> float:
    """KB of these files, each compressed by itself."""
    return sum(len(gzip.compress(content, 9)) for content in contents) / 1024


def _files(manifest: dict[str, Any], names: list[str]) -> set[str]:
    """The files of these chunks and of everything that they import statically."""
    files: set[str] = set()
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        chunk = manifest[name]
        files |= {chunk["file"], *chunk.get("css", [])}
        waiting += chunk.get("imports", [])
    return files
