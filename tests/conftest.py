"""Fixtures that every kind of test may use: databases, running servers, and people."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.support import services
from tests.support.cast import Cast
from tests.support.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.support.server import Server

StartServer = Callable[..., Server]


def missing(what: str) -> NoReturn:
    """Skips with a line that says what to install; where skips are forbidden, fails."""
    sentence = f"{what} is not installed, so its tests cannot run"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)  # loud, and only outside CI: there it is a failure


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[services.Postgres]:
    """A PostgreSQL server in a temporary folder."""
    if services.postgres_programs() is None:
        missing("PostgreSQL")
    with services.postgres() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Copies of a migrated SQLite file with the demo people."""
    return SqliteDatabases(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres_databases(postgres_cluster: services.Postgres) -> Databases:
    """Copies of a migrated PostgreSQL database with the demo people."""
    return PostgresDatabases(postgres_cluster)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest) -> Databases:
    """Both kinds, one after the other."""
    name = "sqlite_databases" if request.param == "sqlite" else "postgres_databases"
    databases: Databases = request.getfixturevalue(name)
    return databases


@pytest.fixture
def start_server(sqlite_databases: Databases, tmp_path: Path) -> Iterator[StartServer]:
    """Starts servers of this test's own, with the settings it names."""
    started: list[Server] = []

    def start(**settings: str) -> Server:
        home = tmp_path / f"server-{len(started)}"
        home.mkdir()
        started.append(Server(home, sqlite_databases.fresh(home), **settings))
        return started[-1].start()

    yield start
    for server in started:
        server.kill9()


@pytest.fixture(scope="session")
def server(sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server on SQLite that tests share when they leave it running."""
    home = tmp_path_factory.mktemp("server")
    with Server(home, sqlite_databases.fresh(home)) as running:
        yield running


@pytest.fixture(scope="session")
def each_server(each_database: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One shared server on each kind of database."""
    home = tmp_path_factory.mktemp(each_database.kind)
    with Server(home, each_database.fresh(home)) as running:
        yield running


@pytest.fixture(scope="session")
def cast(server: Server) -> Cast:
    """The people of the shared server."""
    return Cast(server.url)
