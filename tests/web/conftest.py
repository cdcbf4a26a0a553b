"""A house at its beginning for each test, and a device for each person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain import clock as domain_clock
from tests.domain.databases import SqliteFile
from tests.domain.moment import Clock
from tests.domain.people import AYU, BUDI, KOMANG, SARI
from tests.domain.terms import usual_terms
from tests.domain.town import Town
from tests.web.device import Device
from tests.web.house import FIELD_KEY, House, lived_in


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    """A migrated database with the people."""
    return SqliteFile(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="session")
def house(database: SqliteFile) -> Iterator[House]:
    """The application on it, with everybody signed in."""
    with lived_in(database) as house:
        yield house


@pytest.fixture
def town(database: SqliteFile, house: House) -> Iterator[Town]:
    """What happens in the house behind the API, with a clock that the test holds."""
    usual_terms(FIELD_KEY)
    house.enter()
    database.rewind()
    held = Clock()
    with domain_clock.fixed(held):
        yield Town(held)


@pytest.fixture
def budi(house: House, town: Town) -> Device:
    """The customer's phone."""
    return house.device(BUDI)


@pytest.fixture
def sari(house: House, town: Town) -> Device:
    """Another customer's phone."""
    return house.device(SARI)


@pytest.fixture
def ayu(house: House, town: Town) -> Device:
    """The therapist's phone."""
    return house.device(AYU)


@pytest.fixture
def komang(house: House, town: Town) -> Device:
    """Another therapist's phone."""
    return house.device(KOMANG)


@pytest.fixture
def nobody(house: House, town: Town) -> Device:
    """A phone on which nobody is signed in."""
    return house.device()
