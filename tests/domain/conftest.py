"""A fresh town for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet

from app.domain import clock as domain_clock
from app.storage import Store, use_store
from tests.domain.databases import SqliteFile, opened
from tests.domain.moment import Clock
from tests.domain.terms import usual_terms
from tests.domain.town import Town


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    """A migrated database with the people."""
    return SqliteFile(tmp_path_factory.mktemp("people"))


@pytest.fixture(scope="session")
def store(database: SqliteFile) -> Iterator[Store]:
    """The store on it, open for all tests of this folder."""
    with opened(database.url) as store:
        yield store


@pytest.fixture(scope="session")
def field_key() -> str:
    """The key that private fields are encrypted with."""
    return Fernet.generate_key().decode()


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The domain's time, which stands still until the test moves it."""
    held = Clock()
    with domain_clock.fixed(held):
        yield held


@pytest.fixture
def town(database: SqliteFile, store: Store, clock: Clock, field_key: str) -> Town:
    """Everybody at the beginning, under the usual terms."""
    usual_terms(field_key)
    use_store(store)
    database.rewind()
    return Town(clock)
