"""How many bytes a phone downloads before it can show the directory, as the server's page asks for them."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]  # it brings no types
from flask import Flask

from app.domain.phrases import LANGUAGES
from app.web.assets import BASE
from app.web.shell import Shell
from bench.results import Figure

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "static" / "dist"
CEILING_KB = 60

_TAG = re.compile(r"<(?:link|script)\b[^>]*>")
_ADDRESS = re.compile(rf'(?:href|src)="{BASE}([^"]+)"')


def figures(dist: Path = DIST) -> list[Figure]:
    """What the page of the directory asks for, in the language with the longer words; a visitor loads one."""
    visits = [[(dist / file).read_bytes() for file in sorted(files(language, dist))] for language in LANGUAGES]
    longest = max(visits, key=_gzipped)
    detail: dict[str, object] = {
        "brotli": f"{sum(len(brotli.compress(content)) for content in longest) / 1024:.1f} KB",
        "plain": f"{sum(map(len, longest)) / 1024:.1f} KB",
        "files": len(longest),
    }
    return [Figure("first load of the app, JS + CSS, gzip", _gzipped(longest), "KB", CEILING_KB, detail=detail)]


def files(language: str, dist: Path = DIST) -> set[str]:
    """The built files that the page of the directory names, and whatever those import statically."""
    page = Flask(__name__, template_folder=str(ROOT / "templates"))
    with page.test_request_context("/"):
        text = Shell("Tenang", dist).page(language).get_data(as_text=True)
    named = {file for tag in _TAG.findall(text) for file in _ADDRESS.findall(tag)}
    return named | _imported(dist, named)


def _imported(dist: Path, named: set[str]) -> set[str]:
    manifest: dict[str, Any] = json.loads((dist / ".vite" / "manifest.json").read_text())
    waiting = [name for name, chunk in manifest.items() if chunk["file"] in named]
    found: set[str] = set()
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        found |= {manifest[name]["file"], *manifest[name].get("css", [])}
        waiting += manifest[name].get("imports", [])
    return found


def _gzipped(contents: list[bytes]) -> float:
    """KB of these files, each compressed by itself."""
    return sum(len(gzip.compress(content, 9)) for content in contents) / 1024
