"""Each test that asks for ``store`` runs on a migrated SQLite file and on a migrated PostgreSQL database."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from app.storage import Store, use_store
from tests.domain.databases import PostgresDatabase, Rewindable, SqliteFile, opened
from tests.domain.terms import usual_terms
from tests.storage.schemas import NewDatabase
from tests.support.services import Postgres

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    """A migrated SQLite file with the people."""
    return SqliteFile(tmp_path_factory.mktemp("people"))


@pytest.fixture(scope="session")
def postgres_database(postgres_cluster: Postgres) -> PostgresDatabase:
    """A migrated PostgreSQL database with the people."""
    return PostgresDatabase(postgres_cluster)


@pytest.fixture(scope="session", params=["sqlite_file", "postgres_database"])
def database(request: pytest.FixtureRequest) -> Rewindable:
    """A migrated database of each kind with the people."""
    chosen: Rewindable = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture(scope="session")
def open_store(database: Rewindable) -> Iterator[Store]:
    """The store on it, open for all tests of this folder."""
    with opened(database.url) as store:
        yield store


@pytest.fixture
def store(database: Rewindable, open_store: Store) -> Store:
    """The store at the beginning, when nothing has happened."""
    usual_terms(Fernet.generate_key().decode())
    use_store(open_store)
    database.rewind()
    return open_store


@pytest.fixture
def sqlite(sqlite_file: SqliteFile) -> Iterator[Store]:
    """A store of this test's own on the SQLite file, at the beginning."""
    sqlite_file.rewind()
    with opened(sqlite_file.url) as store:
        yield store


@pytest.fixture
def postgres(postgres_database: PostgresDatabase) -> Iterator[Store]:
    """A store of this test's own on the PostgreSQL database, at the beginning."""
    with opened(postgres_database.url) as store:
        postgres_database.rewind()
        yield store


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> NewDatabase:
    """Addresses of empty databases of each kind."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / f'empty-{next(_numbers)}.db'}"
    cluster: Postgres = request.getfixturevalue("postgres_cluster")
    return lambda: cluster.create(f"empty_{next(_numbers)}")
