"""Deadlines live in the database: what is late is refused, and becomes true at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app import storage
from app.domain import accounts, chat, deadlines, policies
from app.domain.errors import Conflict
from app.domain.people import Person
from app.domain.policies import Action
from app.models import Conversation
from tests.domain.people import AYU, BUDI
from tests.domain.town import Town, at


def test_the_therapist_has_ten_minutes_to_answer_and_the_customer_fifteen_to_confirm(town: Town) -> None:
    """# R6"""
    booking = town.booked()
    assert booking.expires_at == town.clock.now + timedelta(minutes=10)
    town.clock.advance(minutes=4)
    accepted = town.act(AYU, "accept", booking)
    assert accepted.expires_at == town.clock.now + timedelta(minutes=15)
    assert town.act(BUDI, "confirm", accepted).expires_at is None


def test_the_times_to_answer_and_confirm_are_settings(town: Town) -> None:
    """# R6"""
    policies.use_terms(policies.Terms(answer_time=timedelta(minutes=2), confirm_time=timedelta(minutes=3)))
    booking = town.booked()
    assert booking.expires_at == town.clock.now + timedelta(minutes=2)
    assert town.act(AYU, "accept", booking).expires_at == town.clock.now + timedelta(minutes=3)


def test_an_answer_is_never_due_after_the_session_was_to_begin(town: Town) -> None:
    """# R6"""
    soon = town.clock.now + timedelta(minutes=5)
    assert town.booked(scheduled_time=soon).expires_at == soon


def test_a_confirmation_is_never_due_after_the_session(town: Town) -> None:
    """# R6"""
    policies.use_terms(policies.Terms(confirm_time=timedelta(days=3)))
    booking = town.booked()
    assert town.act(AYU, "accept", booking).expires_at == booking.end_time


@pytest.mark.parametrize(("person", "action"), [(AYU, "accept"), (AYU, "decline"), (AYU, "cancel"), (BUDI, "cancel")])
def test_at_its_deadline_a_request_can_only_expire(town: Town, person: Person, action: Action) -> None:
    """# R5 # R6"""
    booking = town.booked()
    town.clock.go_to(booking.expires_at)
    with pytest.raises(Conflict) as late:
        town.act(person, action, booking)
    assert late.value.extra["current"].cancel_reason == "answer_expired"
    assert town.row(booking).cancelled_by == "system"


def test_an_answer_just_before_the_deadline_counts(town: Town) -> None:
    """# R6"""
    booking = town.booked()
    town.clock.go_to(booking.expires_at)
    town.clock.advance(milliseconds=-1)
    assert town.act(AYU, "accept", booking).status == "therapist_accepted"


@pytest.mark.parametrize(("person", "action"), [(BUDI, "confirm"), (BUDI, "cancel"), (AYU, "cancel")])
def test_at_its_deadline_an_accepted_booking_can_only_expire(town: Town, person: Person, action: Action) -> None:
    """# R5 # R6"""
    booking = town.accepted()
    town.clock.go_to(booking.expires_at)
    with pytest.raises(Conflict) as late:
        town.act(person, action, booking)
    assert late.value.extra["current"].cancel_reason == "confirm_expired"
    assert town.row(booking).status == "cancelled"


def test_accepting_again_after_the_deadline_is_refused_like_accepting_late(town: Town) -> None:
    """# R5"""
    booking = town.accepted()
    town.clock.go_to(booking.expires_at)
    town.settle()
    with pytest.raises(Conflict):
        town.act(AYU, "accept", booking)


@pytest.mark.parametrize("person", [AYU, BUDI])
def test_a_session_that_is_over_cannot_be_cancelled(town: Town, person: Person) -> None:
    """# R5"""
    booking = town.confirmed()
    town.clock.go_to(booking.end_time)
    with pytest.raises(Conflict):
        town.act(person, "cancel", booking)
    assert town.row(booking).status == "user_confirmed"


def test_a_request_expires_with_nobody_asking(town: Town) -> None:
    """# R6"""
    booking = town.booked()
    town.clock.go_to(booking.expires_at)
    assert town.settle() == 1
    assert town.row(booking).cancel_reason == "answer_expired"


def test_nothing_expires_before_its_time_and_nothing_twice(town: Town) -> None:
    """# R6"""
    booking = town.booked()
    town.clock.go_to(booking.expires_at)
    town.clock.advance(milliseconds=-1)
    assert town.settle() == 0
    town.clock.advance(milliseconds=1)
    town.settle()
    told = town.head(BUDI), town.head(AYU)
    assert town.settle() == 0
    assert (town.head(BUDI), town.head(AYU)) == told


def test_what_fell_due_while_the_server_was_down_is_done_at_once(town: Town) -> None:
    """# R6"""
    first, second = town.booked(), town.accepted(scheduled_time=at(40))
    town.clock.advance(days=3)
    town.settle()
    assert town.row(first).cancel_reason == "answer_expired"
    assert town.row(second).cancel_reason == "confirm_expired"


def test_more_than_one_batch_is_settled_in_one_go(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R6"""
    monkeypatch.setattr(deadlines, "BATCH", 2)
    due = [town.booked() for _ in range(5)]
    town.clock.advance(minutes=10)
    town.settle()
    assert {town.row(booking).status for booking in due} == {"cancelled"}


def test_the_next_deadline_is_the_earliest_of_all(town: Town) -> None:
    """# R6"""
    assert deadlines.next_due() is None
    town.confirmed()
    assert deadlines.next_due() == at(26 + 1 + 24)  # the room closes a day after the session
    request = town.booked(scheduled_time=at(40))
    assert deadlines.next_due() == request.expires_at


def test_the_next_deadline_is_found_without_a_look_at_what_is_over(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for every second; counted in steps of SQLite's machine. # R27"""
    town.confirmed()

    def work() -> int:
        with monkeypatch.context() as patched:
            steps = counted_reads(patched)
            assert deadlines.next_due() == at(26 + 1 + 24)
        return len(steps)

    work()  # the first time on a connection it also reads the schema
    before = work()
    for number in range(20):
        guest = accounts.create_guest("Wati", None, None, None).person
        town.act(AYU, "decline", town.booked(guest, scheduled_time=at(40 + number)))
    assert town.count(Conversation) == 21
    assert work() == before


def counted_reads(patched: pytest.MonkeyPatch) -> list[None]:
    """Grows by one with each step that SQLite takes in reads."""
    steps: list[None] = []
    read = storage.read

    def counting(fn: Callable[[Session], object]) -> object:
        def run(session: Session) -> object:
            dbapi = session.connection().connection.driver_connection
            assert dbapi is not None
            dbapi.set_progress_handler(lambda: steps.append(None), 1)
            try:
                return fn(session)
            finally:
                dbapi.set_progress_handler(None, 0)

        return read(run)

    patched.setattr(storage, "read", counting)
    return steps


def test_a_closed_room_says_when_it_closed(town: Town) -> None:
    """# R15"""
    booking = town.booked()
    town.clock.advance(minutes=3)
    town.act(AYU, "decline", booking)
    closed = town.clock.now
    town.clock.advance(minutes=3)
    assert chat.find(BUDI, booking.conversation_id).expires_at == closed


def test_both_sides_are_told_of_an_expiry(town: Town) -> None:
    """# R6 # R19"""
    booking = town.booked()
    heads = {AYU: town.head(AYU), BUDI: town.head(BUDI)}
    town.clock.go_to(booking.expires_at)
    town.settle()
    for person, head in heads.items():
        told = [data["cancelReason"] for kind, data in town.events(person, head) if kind == "booking.changed"]
        assert told == ["answer_expired"]
