"""Takes the pictures of docs/screenshots/ from a demo server of its own: `python -m tools.screenshots`."""

from __future__ import annotations

import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browser import launch
from tests.support.cast import Cast
from tests.support.databases import Databases, SqliteDatabases
from tests.support.server import Server

from .album import FOLDER, SCHEMES, SERVED, SIZES, Album
from .booking import book_and_talk
from .connection import trouble_the_connection
from .safety import keep_safe


def main() -> None:
    """All pictures, each story on a server that nobody has used before."""
    for pictures in (FOLDER, SERVED):
        pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tenang-screenshots-") as folder, sync_playwright() as playwright:
        home = Path(folder)
        (home / "template").mkdir()
        databases = SqliteDatabases(home / "template")
        browser = launch(playwright)
        for size, scheme in product(SIZES, SCHEMES):
            _story(browser, databases, home / f"{size}-{scheme}", Album(size, scheme))
        browser.close()


def _story(browser: Browser, databases: Databases, home: Path, album: Album) -> None:
    home.mkdir()
    with Server(home, databases.fresh(home)) as server:
        cast = Cast(server.url)
        book_and_talk(browser, cast, album)
        keep_safe(browser, cast, album)
        trouble_the_connection(browser, server, cast, album)


if __name__ == "__main__":
    main()
