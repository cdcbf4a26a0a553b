"""Sending: who may write when, once per clientId, numbered without a gap."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain import chat
from app.domain.errors import Conflict, Invalid, NotFound, TooMany
from app.domain.people import Person
from app.domain.rates import use_message_rate
from app.models import Message
from tests.domain.people import AYU, BUDI, KOMANG, SARI
from tests.domain.town import Town, at


@pytest.fixture
def room(town: Town) -> str:
    """An open room in which Budi and Ayu may both write."""
    return town.accepted().conversation_id


def closed_reason(town: Town, person: Person, room: str) -> str:
    """Why this person may not write; the refused message leaves nothing."""
    before = town.census()
    with pytest.raises(Conflict) as refused:
        town.say(person, room)
    assert refused.value.code == "chat_closed"
    assert town.census() == before
    return str(refused.value.extra["reason"])


def test_a_message_says_between_whom_it_is(town: Town, room: str) -> None:
    """# R11"""
    said = town.say(BUDI, room, "  Terima kasih 🙏  ")
    assert (said.sender_id, said.receiver_id) == ("customer_budi-user", "therapist_ayu")
    assert (said.sender_role, said.receiver_role) == ("customer", "therapist")
    assert (said.sender_name, said.receiver_name) == ("Budi Santoso", "Ayu Lestari")
    assert (said.message, said.message_type) == ("Terima kasih 🙏", "text")
    assert (said.conversation_id, said.created_at) == (room, town.clock.now)


def test_messages_of_a_room_count_from_one_without_a_gap_whoever_writes(town: Town, room: str) -> None:
    """# R13"""
    other = town.booked(SARI, scheduled_time=at(50)).conversation_id
    town.say(SARI, other)
    assert [town.say(person, room).seq for person in (BUDI, AYU, AYU, BUDI)] == [1, 2, 3, 4]


def test_a_refused_message_uses_up_no_number(town: Town, room: str) -> None:
    """# R13"""
    town.say(BUDI, room)
    with pytest.raises(Invalid):
        town.say(BUDI, room, "call 0812 3456 7890")
    assert town.say(BUDI, room).seq == 2


def test_the_same_message_sent_again_is_stored_once(town: Town, room: str) -> None:
    """# R13"""
    first = chat.send(BUDI, room, "client-one", "on my way")
    before = town.census()
    again = chat.send(BUDI, room, "client-one", " on my way\r\n")
    assert (first.is_new, again.is_new) == (True, False)
    assert again.message.id == first.message.id
    assert town.census() == before


def test_the_same_client_id_with_another_text_is_refused(town: Town, room: str) -> None:
    """# R13"""
    chat.send(BUDI, room, "client-one", "on my way")
    with pytest.raises(Invalid) as refused:
        chat.send(BUDI, room, "client-one", "running late")
    assert refused.value.code == "client_id_reused"
    assert town.count(Message) == 1


def test_the_same_client_id_in_another_room_is_refused(town: Town, room: str) -> None:
    """# R13"""
    other = town.booked(therapist=KOMANG).conversation_id
    chat.send(BUDI, room, "client-one", "on my way")
    with pytest.raises(Invalid) as refused:
        chat.send(BUDI, other, "client-one", "on my way")
    assert refused.value.code == "client_id_reused"


def test_two_people_may_use_the_same_client_id(town: Town, room: str) -> None:
    """# R13"""
    assert [chat.send(person, room, "client-one", "hello").message.seq for person in (BUDI, AYU)] == [1, 2]


def test_a_message_that_was_sent_is_confirmed_again_even_if_the_room_has_closed(town: Town) -> None:
    """Otherwise an outbox would call a message lost that was not. # R13"""
    booking = town.booked()
    sent = chat.send(BUDI, booking.conversation_id, "client-one", "on my way")
    town.act(AYU, "decline", booking)
    assert chat.send(BUDI, booking.conversation_id, "client-one", "on my way").message.id == sent.message.id


def test_the_therapist_may_not_write_before_she_accepted(town: Town) -> None:
    """# R12"""
    booking = town.booked()
    town.say(BUDI, booking.conversation_id)
    assert closed_reason(town, AYU, booking.conversation_id) == "awaiting_acceptance"
    town.act(AYU, "accept", booking)
    town.say(AYU, booking.conversation_id)


@pytest.mark.parametrize("person", [BUDI, AYU])
def test_in_a_closed_room_nobody_writes(town: Town, person: Person) -> None:
    """# R12 # R15"""
    booking = town.act(AYU, "decline", town.booked())
    assert closed_reason(town, person, booking.conversation_id) == "declined"


def test_a_room_whose_time_is_over_is_closed_before_the_job_has_closed_it(town: Town) -> None:
    """# R15"""
    booking = town.confirmed()
    town.clock.go_to(booking.end_time + timedelta(hours=24) - timedelta(milliseconds=1))
    town.say(BUDI, booking.conversation_id)
    town.clock.advance(milliseconds=1)
    assert closed_reason(town, BUDI, booking.conversation_id) == "ended"


@pytest.mark.parametrize("stranger", [SARI, KOMANG])
def test_a_stranger_can_not_write(town: Town, room: str, stranger: Person) -> None:
    """# R11"""
    with pytest.raises(NotFound):
        town.say(stranger, room)
    assert town.count(Message) == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [("   ", "required"), ("x" * 2001, "too_long"), ("x" * 10_000, "too_long"), ("a\x00b", "invalid_characters")],
)
def test_a_message_that_can_not_be_stored_names_its_field(town: Town, room: str, text: str, code: str) -> None:
    """# R13"""
    with pytest.raises(Invalid) as refused:
        town.say(BUDI, room, text)
    assert [(fault.field, fault.code) for fault in refused.value.errors] == [("message", code)]


@pytest.mark.parametrize("text", ["x" * 2000, "🦊" * 2000, "שלום", "line one\n\nline two\ttabbed"])
def test_a_message_of_any_script_arrives_as_it_was_written(town: Town, room: str, text: str) -> None:
    """# R13"""
    assert town.say(BUDI, room, text).message == text


def test_a_number_split_over_two_messages_is_refused_with_the_second(town: Town, room: str) -> None:
    """# R16"""
    town.say(BUDI, room, "0812 3456")
    town.say(AYU, room, "7890")
    with pytest.raises(Invalid) as refused:
        town.say(BUDI, room, "7890")
    assert (refused.value.code, refused.value.extra["reason"]) == ("contact_blocked", "SPLIT")


def test_pieces_that_are_long_apart_are_not_joined(town: Town, room: str) -> None:
    """# R16"""
    town.say(BUDI, room, "0812 3456")
    town.clock.advance(minutes=10)
    town.say(BUDI, room, "7890")


def test_who_writes_too_fast_is_told_how_long_to_wait(town: Town, room: str) -> None:
    """# R13"""
    use_message_rate(burst=2, per_second=0.5)
    town.say(BUDI, room)
    town.say(BUDI, room)
    with pytest.raises(TooMany) as refused:
        town.say(BUDI, room)
    assert 0 < refused.value.retry_after <= 2
    town.say(AYU, room)
