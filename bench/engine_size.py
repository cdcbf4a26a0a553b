"""How many bytes the sync engine takes by itself: connection, stream, shared line, socket and long-poll."""

from __future__ import annotations

import gzip
import subprocess

import brotli  # type: ignore[import-untyped]  # it brings no types

from bench.results import Figure
from tests.support.databases import ROOT

CONFIG = "bench/engine/vite.config.ts"
BUILT = ROOT / ".stamps" / "engine" / "engine.js"
CEILING_KB = 12


def figures() -> list[Figure]:
    """The engine in one minified file, compressed as the server sends it."""
    subprocess.run(["npx", "--no-install", "vite", "build", "-c", CONFIG], cwd=ROOT, check=True, timeout=120)
    content = BUILT.read_bytes()
    detail: dict[str, object] = {
        "brotli": f"{len(brotli.compress(content)) / 1024:.1f} KB",
        "plain": f"{len(content) / 1024:.1f} KB",
    }
    size = len(gzip.compress(content, 9)) / 1024
    return [Figure("the sync engine by itself, gzip", size, "KB", CEILING_KB, detail=detail)]
