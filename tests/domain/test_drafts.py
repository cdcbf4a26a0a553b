"""Drafts as time goes by, and what is asked of whoever saves one."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app import storage
from app.domain import drafts
from app.domain.errors import Conflict, Forbidden
from app.domain.people import Person
from app.events.payloads import DraftFields
from app.models import Draft
from tests.domain.people import AYU, BUDI, OPERATOR, SARI
from tests.domain.town import Town


def filled(**fields: Any) -> DraftFields:
    """A draft with these fields, by their names on the wire."""
    return DraftFields.model_validate(fields)


def save(person: Person = BUDI, base: int = 0, therapist: str = "ayu", area: str = "Kuta") -> int:
    return drafts.save(person, therapist, base, filled(area=area))


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("person", [AYU, OPERATOR], ids=lambda person: person.id)
def test_only_customers_have_drafts(person: Person) -> None:
    """# R29"""
    with pytest.raises(Forbidden):
        drafts.find(person, "ayu")
    with pytest.raises(Forbidden):
        save(person)
    with pytest.raises(Forbidden):
        drafts.remove(person, "ayu", None)


def test_a_draft_that_nobody_touches_is_emptied_after_ninety_days(town: Town) -> None:
    """# R29"""
    save()
    town.clock.advance(days=90)
    assert drafts.forget_untouched() == 0
    head = town.head(BUDI)
    town.clock.advance(seconds=1)
    assert drafts.forget_untouched() == 1
    found = drafts.find(BUDI, "ayu")
    assert (found.version, found.draft) == (1, None)
    assert town.head(BUDI) == head
    assert drafts.forget_untouched() == 0


def test_a_device_that_still_has_it_saves_it_again(town: Town) -> None:
    """What is on the device is never lost by what the server forgets. # R25 # R29"""
    save()
    town.clock.advance(days=91)
    drafts.forget_untouched()
    assert save(base=1) == 2


def test_a_draft_that_is_touched_now_and_then_stays(town: Town) -> None:
    """# R29"""
    save()
    save(SARI)
    town.clock.advance(days=60)
    save(base=1, area="Sanur")
    town.clock.advance(days=60)
    assert drafts.forget_untouched() == 1
    kept = drafts.find(BUDI, "ayu").draft
    assert kept is not None
    assert kept.area == "Sanur"
    assert drafts.find(SARI, "ayu").draft is None


def test_many_old_drafts_go_a_part_at_a_time(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's writes wait for each part. # R29"""
    monkeypatch.setattr(drafts, "FORGET_AT_ONCE", 2)
    for person in (BUDI, SARI):
        for provider in ("ayu", "komang"):
            save(person, therapist=provider)
    drafts.save(BUDI, "hening", 0, filled())
    town.clock.advance(days=91)
    assert [drafts.forget_untouched() for _ in range(4)] == [2, 2, 1, 0]


def test_a_write_that_fails_leaves_the_draft_and_tells_nobody(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R28"""
    save()
    head = town.head(BUDI)

    def broken(*_: object) -> None:
        raise LookupError("after the draft was cleared")

    monkeypatch.setattr("app.domain.views.own_booking", broken)
    with pytest.raises(LookupError):
        town.submit()
    kept = drafts.find(BUDI, "ayu")
    assert (kept.version, town.head(BUDI)) == (1, head)
    assert kept.draft is not None


def test_what_is_stored_can_be_read_by_nobody_without_the_key(town: Town) -> None:
    """# R26"""
    drafts.save(BUDI, "ayu", 0, filled(customerWhatsApp="0812 3456", location="Gang Cempaka"))

    def raw(session: Session) -> bytes:
        (content,) = session.connection().exec_driver_sql("SELECT content FROM drafts").one()
        return bytes(content)

    stored = storage.read(raw)
    assert b"Cempaka" not in stored
    assert len(stored) > 100
    assert town.count(Draft) == 1


@pytest.mark.usefixtures("town")
def test_a_conflict_says_what_is_there() -> None:
    """# R29"""
    save()
    with pytest.raises(Conflict) as refused:
        save(area="Sanur")
    current = refused.value.extra["current"]
    assert (refused.value.code, current.version, current.draft.area) == ("draft_changed", 1, "Kuta")
