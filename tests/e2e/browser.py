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


def small_program() -> str | None:
    """The path of Chromium without its user interface, which does the same pages for a quarter less of the processor;
    Chromium itself where a system does not have it.
    """
    return shutil.which("chromium-headless-shell") or program()


def launch(playwright: Playwright, path: str | None = None) -> Browser:
    """A running browser, Chromium itself unless `path` says which; raises FileNotFoundError where there is none."""
    path = path or program()
    if path is None:
        raise FileNotFoundError("Chromium is not installed: run `make test-tools`")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)
