"""What a person lets others notice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.domain import accounts, preferences
from app.domain.errors import Invalid
from app.domain.people import Person
from app.events import ephemeral
from app.events.ephemeral import Ephemeral, SharingChanged
from app.storage import Store
from tests.domain.people import AYU, BUDI, EVERYBODY, PASSWORD, email_of
from tests.domain.town import Town


@pytest.fixture
def told(town: Town, store: Store) -> Iterator[list[Ephemeral]]:
    """What live connections are told, in order."""
    heard: list[Ephemeral] = []

    def hear(session: Session) -> None:
        heard.extend(ephemeral.noted(session))

    store.hooks.after_commit.append(hear)
    yield heard
    store.hooks.after_commit.remove(hear)


def sharing(person: Person) -> tuple[bool, bool]:
    """Typing and presence, as the next request of this person finds them."""
    now = accounts.person_with(accounts.sign_in(email_of(person), PASSWORD).token)
    assert now is not None
    return now.share_typing, now.share_presence


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.id)
def test_everybody_can_turn_either_off_and_on_again(person: Person) -> None:
    """# R14"""
    off = preferences.set_sharing(person, typing=False, presence=None)
    assert (off.share_typing, off.share_presence) == (False, True)
    assert preferences.set_sharing(person, typing=True, presence=None) == person
    off = preferences.set_sharing(person, typing=None, presence=False)
    assert (off.share_typing, off.share_presence) == (True, False)
    assert preferences.set_sharing(person, typing=None, presence=True) == person


@pytest.mark.usefixtures("town")
def test_it_is_kept_for_the_next_sign_in_and_concerns_nobody_else() -> None:
    """# R14"""
    preferences.set_sharing(AYU, typing=False, presence=False)
    assert (sharing(AYU), sharing(BUDI)) == ((False, False), (True, True))


def test_naming_neither_is_refused(told: list[Ephemeral]) -> None:
    """# R14"""
    with pytest.raises(Invalid) as refused:
        preferences.set_sharing(AYU, typing=None, presence=None)
    assert {(fault.field, fault.code) for fault in refused.value.errors} == {
        ("shareTyping", "required"),
        ("sharePresence", "required"),
    }
    assert told == []


def test_live_connections_are_told_of_changes_only(told: list[Ephemeral]) -> None:
    """# R14"""
    preferences.set_sharing(AYU, typing=False, presence=False)
    preferences.set_sharing(AYU, typing=False, presence=False)
    preferences.set_sharing(AYU, typing=True, presence=None)
    assert told == [SharingChanged(AYU.id, False), SharingChanged(AYU.id, False)]


def test_nothing_of_it_enters_a_stream(town: Town) -> None:
    """# R19"""
    before = town.census()
    preferences.set_sharing(AYU, typing=False, presence=False)
    assert town.census() == before
