"""The directory: found by words, area, kind and live availability; the switch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app import storage
from app.domain import directory, paging
from app.domain.errors import Forbidden, NotFound
from app.domain.people import Person
from app.events import ephemeral
from app.events.payloads import TherapistPayload
from app.models import Therapist, User
from tests.domain.moment import NOW
from tests.domain.people import AYU, BUDI, HENING, OPERATOR
from tests.domain.town import Town

pytestmark = pytest.mark.usefixtures("town")


def found(q: str | None = None, area: str | None = None, kind: str | None = None, available: bool = False) -> list[str]:
    """The ids of the providers, in the order of the directory."""
    return [provider.id for provider in directory.search(None, q, area, kind, available, None).items]


@pytest.mark.parametrize(
    ("q", "ids"),
    [
        ("", ["ayu", "komang", "hening"]),
        ("  ", ["ayu", "komang", "hening"]),
        ("ayu", ["ayu"]),
        ("LESTARI", ["ayu"]),
        ("seminyak", ["hening"]),
        ("balinese", ["ayu", "komang", "hening"]),
        ("pijat bali", ["ayu", "komang", "hening"]),
        ("Old", []),
        ("%", []),
        ("_", []),
        ("'", []),
        ('"; DROP TABLE users', []),
    ],
)
def test_words_are_looked_for_in_names_areas_and_sessions_on_offer(q: str, ids: list[str]) -> None:
    """# R1"""
    assert found(q=q) == ids


@pytest.mark.parametrize(
    ("area", "ids"),
    [("denpasar", ["ayu"]), ("Sanur", ["ayu"]), ("sanur ", ["ayu"]), ("San", []), ("Seminyak", ["hening"]), ("%", [])],
)
def test_an_area_is_one_that_a_provider_is_in_or_comes_to(area: str, ids: list[str]) -> None:
    """# R1"""
    assert found(area=area) == ids


@pytest.fixture
def far_away(town: Town) -> None:
    """Komang, who has gone to where words have accents."""

    def move(session: Session) -> None:
        komang = session.get_one(Therapist, "komang")
        komang.display_name, komang.area, komang.areas_served = "Éloïse Ångström", "Málaga", ["Nîmes", "ŁÓDŹ"]
        komang.services[0].name_id = "Massage à l'huile"

    storage.write(move)


@pytest.mark.usefixtures("far_away")
@pytest.mark.parametrize("q", ["éloïse", "ÉLOÏSE", "eloise", "E\u0301loi\u0308se", "ångström", "MÁLAGA", "a l'huile"])
def test_words_are_found_in_whatever_case_and_with_or_without_accents(q: str) -> None:
    """# R1"""
    assert found(q=q) == ["komang"]


@pytest.mark.usefixtures("far_away")
@pytest.mark.parametrize("area", ["Nîmes", "nîmes", "NIMES", "málaga", "Malaga", "łódź"])
def test_an_area_is_found_in_whatever_case_and_with_or_without_accents(area: str) -> None:
    """# R1"""
    assert found(area=area) == ["komang"]


def test_kinds_are_kept_apart() -> None:
    """# R1"""
    assert found(kind="place") == ["hening"]
    assert found(kind="therapist") == ["ayu", "komang"]


def test_filters_are_combined() -> None:
    """# R1"""
    assert found(q="balinese", area="Canggu", kind="therapist", available=True) == ["komang"]
    assert found(q="balinese", area="Canggu", kind="place") == []


def test_only_who_is_available_now_is_found_as_available() -> None:
    """# R1"""
    directory.set_status(AYU, "busy")
    directory.set_status(HENING, "offline")
    assert found(available=True) == ["komang"]
    assert found() == ["ayu", "komang", "hening"]


def test_a_provider_is_shown_with_what_is_on_offer_and_no_more() -> None:
    """# R1"""
    ayu = directory.find("ayu")
    assert [(service.duration, service.price) for service in ayu.services] == [(60, 150_000), (90, 210_000)]
    assert (ayu.status, ayu.travel_fee, ayu.currency, ayu.hours) == ("available", 25_000, "IDR", [])
    komang = directory.find("komang")
    assert [(row.weekday, row.opens, row.closes) for row in komang.hours] == [(d, "10:00", "18:00") for d in range(5)]


def test_an_unknown_provider_is_not_found() -> None:
    """# R1"""
    with pytest.raises(NotFound):
        directory.find("nobody")


def test_a_page_carries_the_viewers_own_cursor(town: Town) -> None:
    """# R21"""
    town.booked()
    assert directory.search(BUDI, None, None, None, False, None).cursor.startswith(f"{town.head(BUDI)}-")
    assert directory.search(None, None, None, None, False, None).cursor == "0"


@pytest.fixture
def many(town: Town, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many there are when there are more providers than fit on one page, each two with the same name."""
    monkeypatch.setattr(paging, "PAGE_SIZE", 5)

    def add(session: Session) -> None:
        ayu = session.get_one(Therapist, "ayu")
        for number in range(10):
            session.add(
                Therapist(
                    id=f"t{number:03}",
                    user_id=_user(session, number),
                    kind="therapist",
                    display_name=f"Wayan {number // 2:03}",
                    area=ayu.area,
                    timezone=ayu.timezone,
                    languages=["id"],
                )
            )

    storage.write(add)
    return town.count(Therapist)


def _user(session: Session, number: int) -> str:
    user = User(id=f"u{number:03}", role="therapist", display_name="Wayan", created_at=NOW)
    session.add(user)
    session.flush()
    return user.id


def test_pages_hold_everybody_once(many: int) -> None:
    """# R1"""
    pages = list(all_pages())
    everybody = [provider.id for page in pages for provider in page.items]
    assert [len(page.items) for page in pages] == [5, 5, 3]
    assert len(set(everybody)) == len(everybody) == many


def test_pages_of_a_search_hold_everybody_found_once(many: int) -> None:
    """# R1"""
    found = [provider.id for page in all_pages("wayan") for provider in page.items]
    assert found == [f"t{number:03}" for number in range(10)]


def all_pages(q: str | None = None) -> Iterator[paging.Page[TherapistPayload]]:
    cursor: str | None = None
    while True:
        page = directory.search(None, q, None, None, False, cursor)
        yield page
        cursor = page.next_cursor
        if cursor is None:
            return


def test_the_switch_is_told_to_everybody_once_it_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """# R19"""
    told: list[str] = []
    monkeypatch.setattr(ephemeral, "note", lambda _, frame: told.append(frame.frame()))
    assert directory.set_status(AYU, "busy").status == "busy"
    directory.set_status(AYU, "busy")
    assert told == ['{"type": "therapist.status", "therapistId": "ayu", "status": "busy"}']


@pytest.mark.parametrize("person", [BUDI, OPERATOR])
def test_only_a_provider_has_a_switch(person: Person) -> None:
    """# R36"""
    with pytest.raises(Forbidden):
        directory.set_status(person, "busy")
