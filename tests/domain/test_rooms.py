"""When the room of a pair is open, and why it is not (docs/adr/0007)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain import policies
from app.domain.people import Person
from app.domain.policies import Action
from tests.domain.people import AYU, BUDI, KOMANG, SARI
from tests.domain.town import Town, at

DAY = timedelta(hours=24)


def test_a_room_opens_with_the_booking_and_is_named_after_the_pair(town: Town) -> None:
    """# R4 # R11 # R15"""
    submitted = town.submit()
    assert submitted.conversation.id == "customer_budi-user_therapist_ayu"
    assert submitted.conversation.is_open
    assert submitted.conversation.booking_id == submitted.booking.booking_id


def test_the_customer_may_write_at_once_and_the_therapist_once_she_accepted(town: Town) -> None:
    """# R12"""
    submitted = town.submit()
    assert submitted.conversation.can_write
    assert not town.room(submitted.conversation.id).is_unlocked
    town.act(AYU, "accept", submitted.booking)
    assert town.room(submitted.conversation.id).is_unlocked


def test_a_room_closes_a_day_after_the_session(town: Town) -> None:
    """# R15"""
    booking = town.confirmed()
    town.clock.go_to(booking.end_time + DAY - timedelta(milliseconds=1))
    town.settle()
    assert town.room(booking.conversation_id).closed_at is None
    town.clock.advance(milliseconds=1)
    town.settle()
    room = town.room(booking.conversation_id)
    assert (room.closed_at, room.closed_reason) == (town.clock.now, "ended")


def test_how_long_a_room_stays_open_is_a_setting(town: Town) -> None:
    """# R15"""
    policies.use_terms(policies.Terms(chat_open_time=timedelta(hours=2)))
    booking = town.confirmed()
    assert town.room(booking.conversation_id).closes_at == booking.end_time + timedelta(hours=2)


@pytest.mark.parametrize(
    ("person", "action", "reason"),
    [
        (AYU, "decline", "declined"),
        (AYU, "cancel", "therapist_cancelled"),
        (BUDI, "cancel", "customer_cancelled"),
    ],
)
def test_a_request_that_was_never_accepted_closes_its_room_at_once(
    town: Town, person: Person, action: Action, reason: str
) -> None:
    """# R15"""
    booking = town.act(person, action, town.booked())
    room = town.room(booking.conversation_id)
    assert (room.closed_at, room.closed_reason) == (town.clock.now, reason)


def test_an_expired_request_closes_its_room(town: Town) -> None:
    """# R15"""
    booking = town.booked()
    town.clock.go_to(booking.expires_at)
    town.settle()
    assert town.room(booking.conversation_id).closed_reason == "answer_expired"


@pytest.mark.parametrize("person", [AYU, BUDI])
def test_an_accepted_booking_that_is_cancelled_leaves_its_room_open_for_a_day(town: Town, person: Person) -> None:
    """# R15"""
    booking = town.act(person, "cancel", town.accepted())
    room = town.room(booking.conversation_id)
    assert (room.closed_at, room.closes_at) == (None, town.clock.now + DAY)
    town.clock.advance(days=1)
    town.settle()
    assert town.room(booking.conversation_id).closed_reason == f"{person.role}_cancelled"


def test_a_new_booking_reopens_a_closed_room_with_the_same_history(town: Town) -> None:
    """# R11 # R15"""
    first = town.booked()
    said = town.say(BUDI, first.conversation_id)
    town.act(AYU, "decline", first)
    second = town.submit(scheduled_time=at(50))
    assert second.conversation.id == first.conversation_id
    assert (second.conversation.is_open, second.conversation.closed_reason) == (True, None)
    assert second.conversation.booking_id == second.booking.booking_id
    assert second.conversation.last_message is not None
    assert second.conversation.last_message.id == said.id


def test_a_declined_second_request_does_not_close_the_room_of_the_first(town: Town) -> None:
    """# R15"""
    first = town.confirmed()
    town.act(AYU, "decline", town.booked(scheduled_time=at(50)))
    room = town.room(first.conversation_id)
    assert room.closed_at is None
    assert (room.is_unlocked, room.booking_id) == (True, first.booking_id)


def test_a_second_pending_request_leaves_the_therapist_her_voice(town: Town) -> None:
    """# R12 # R15"""
    first = town.accepted()
    town.booked(scheduled_time=at(50))
    town.say(AYU, first.conversation_id)


def test_rooms_of_different_pairs_do_not_touch_each_other(town: Town) -> None:
    """# R11"""
    mine = town.booked()
    others = [town.booked(SARI), town.booked(therapist=KOMANG)]
    assert len({mine.conversation_id, *(booking.conversation_id for booking in others)}) == 3
    town.act(AYU, "decline", mine)
    assert all(town.room(booking.conversation_id).closed_at is None for booking in others)


def test_the_room_calls_the_customer_as_the_newest_booking_does(town: Town) -> None:
    """# R11"""
    town.booked()
    renamed = town.submit(customer_name="Pak Budi", scheduled_time=at(50))
    assert renamed.conversation.customer_name == "Pak Budi"
