"""Who may notice what of whom: members of an open conversation only, and only what a person shares."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import storage
from app.domain import preferences
from app.domain.people import Person
from app.domain.presence import Companion, companions, record_last_seen, who_sees_typing
from app.models import User
from tests.domain.moment import NOW
from tests.domain.people import AYU, BUDI, HENING, KOMANG, OPERATOR, SARI
from tests.domain.town import Town, at

OUTSIDERS = [SARI, KOMANG, HENING, OPERATOR]
ROOM = "customer_budi-user_therapist_ayu"


def seen(town: Town, person: Person) -> object:
    """What a person's row says of when she was here last."""
    return storage.read(lambda session: session.get_one(User, person.id).last_seen_at)


def test_typing_is_for_the_other_member(town: Town) -> None:
    """# R14"""
    room = town.accepted().conversation_id
    assert (who_sees_typing(BUDI, room), who_sees_typing(AYU, room)) == (AYU.id, BUDI.id)


@pytest.mark.parametrize("person", OUTSIDERS, ids=lambda person: person.id)
def test_nobody_sees_an_outsider_type_and_an_outsider_watches_nobody(town: Town, person: Person) -> None:
    """Also a customer and a therapist who have a conversation of their own. # R11 # R14"""
    room = town.accepted().conversation_id
    town.accepted(SARI, KOMANG)
    assert who_sees_typing(person, room) is None
    assert companions(person, [room]) == []


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("person", [BUDI, AYU, OPERATOR], ids=lambda person: person.id)
def test_a_conversation_that_does_not_exist_has_nobody_in_it(person: Person) -> None:
    """# R14"""
    assert who_sees_typing(person, "nowhere") is None
    assert companions(person, ["nowhere"]) == companions(person, []) == []


def test_before_acceptance_the_customer_may_type_and_the_therapist_may_not(town: Town) -> None:
    """# R12 # R14"""
    booking = town.booked()
    assert who_sees_typing(BUDI, booking.conversation_id) == AYU.id
    assert who_sees_typing(AYU, booking.conversation_id) is None
    town.act(AYU, "accept", booking)
    assert who_sees_typing(AYU, booking.conversation_id) == BUDI.id


def test_in_a_closed_conversation_nobody_notices_anybody(town: Town) -> None:
    """# R14 # R15"""
    room = town.act(AYU, "decline", town.booked()).conversation_id
    assert [who_sees_typing(person, room) for person in (BUDI, AYU)] == [None, None]
    assert companions(BUDI, [room]) == companions(AYU, [room]) == []


def test_a_conversation_whose_time_is_up_is_closed_before_the_clock_job_says_so(town: Town) -> None:
    """# R15"""
    room = town.accepted().conversation_id
    closes_at = town.room(room).closes_at
    town.clock.go_to(closes_at - timedelta(milliseconds=1) if closes_at else None)
    assert who_sees_typing(AYU, room) == BUDI.id
    assert len(companions(AYU, [room])) == 1
    town.clock.go_to(closes_at)
    assert who_sees_typing(AYU, room) is None
    assert companions(AYU, [room]) == []


def test_a_conversation_that_was_closed_stays_so_when_the_servers_clock_is_set_back(town: Town) -> None:
    """# R15"""
    room = town.confirmed().conversation_id
    town.clock.go_to(town.room(room).closes_at)
    town.settle()
    town.clock.advance(seconds=-1)
    assert who_sees_typing(AYU, room) is None
    assert companions(AYU, [room]) == []


def test_who_does_not_share_her_typing_is_not_seen_and_still_sees(town: Town) -> None:
    """# R14"""
    room = town.accepted().conversation_id
    preferences.set_sharing(AYU, typing=False, presence=None)
    assert (who_sees_typing(AYU, room), who_sees_typing(BUDI, room)) == (None, AYU.id)


def test_the_companion_is_the_other_member_with_what_she_shares(town: Town) -> None:
    """# R14"""
    room = town.booked().conversation_id
    record_last_seen({AYU.id: NOW})
    preferences.set_sharing(BUDI, typing=None, presence=False)
    assert companions(BUDI, [room]) == [Companion(room, AYU.id, True, NOW)]
    assert companions(AYU, [room]) == [Companion(room, BUDI.id, False, None)]


def test_only_the_conversations_asked_for_are_looked_at(town: Town) -> None:
    """# R14"""
    rooms = [town.booked().conversation_id, town.booked(therapist=KOMANG).conversation_id]
    town.booked(therapist=HENING)
    others = town.booked(SARI, scheduled_time=at(50)).conversation_id
    found = companions(BUDI, [*rooms, others, "nowhere"])
    assert {companion.user_id for companion in found} == {AYU.id, KOMANG.id}


def test_when_somebody_was_here_last_only_moves_forward(town: Town) -> None:
    """Two servers may each write when they were left. # R14"""
    record_last_seen({AYU.id: NOW, BUDI.id: NOW})
    record_last_seen({AYU.id: NOW - timedelta(seconds=1), BUDI.id: NOW + timedelta(seconds=1), "nobody": NOW})
    record_last_seen({})
    assert [seen(town, person) for person in (AYU, BUDI, SARI)] == [NOW, NOW + timedelta(seconds=1), None]
