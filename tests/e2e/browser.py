"""The system's Chromium, as the tests and the pictures use it."""

from __future__ import annotations

import shutil

from playwright.sync_api import Browser, Playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def program() -> str | None:
    """The path of Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def launch(playwright: Playwright) -> Browser:
    """A running browser; raises FileNotFoundError where there is none."""
    path = program()
    if path is None:
        raise FileNotFoundError("Chromium is not installed: run `make test-tools`")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)
