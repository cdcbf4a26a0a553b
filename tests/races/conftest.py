"""Where races are run: one process on SQLite, two processes on one PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.cast import Cast
from tests.support.databases import Databases
from tests.support.server import Server


@dataclass(frozen=True)
class Arena:
    """An installation with one or more processes, over which calls are dealt out in turn."""

    cast: Cast
    urls: tuple[str, ...]

    def spread(self, apis: list[Api]) -> list[Api]:
        """The same people, dealt out over the processes."""
        return [api.at(url) for api, url in zip(apis, itertools.cycle(self.urls), strict=False)]


def open_arena(stack: ExitStack, databases: Databases, home: Path, **settings: str) -> Arena:
    """Starts the processes; `stack` ends them."""
    url = databases.fresh(home)
    processes = 2 if databases.kind == "postgresql" else 1  # SQLite is for installations of one process
    servers = [stack.enter_context(Server(_folder(home, n), url, **settings)) for n in range(processes)]
    return Arena(Cast(servers[0].url), tuple(server.url for server in servers))


def _folder(home: Path, number: int) -> Path:
    folder = home / str(number)
    folder.mkdir()
    return folder


@pytest.fixture(scope="package")
def arena(each_database: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    """With the usual deadlines."""
    with ExitStack() as stack:
        yield open_arena(stack, each_database, tmp_path_factory.mktemp("arena"))


@pytest.fixture(scope="package")
def hasty_arena(each_database: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    """With deadlines of three seconds."""
    with ExitStack() as stack:
        home = tmp_path_factory.mktemp("hasty-arena")
        deadlines = {"BOOKING_ANSWER_MINUTES": "0.05", "BOOKING_CONFIRM_MINUTES": "0.05"}
        yield open_arena(stack, each_database, home, **deadlines)
