"""Every state × action × role, from one table that is written out here and not taken from the code."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from app.domain import bookings
from app.domain.errors import Conflict, Forbidden
from app.domain.people import Person
from app.domain.policies import Action
from app.events.payloads import BookingPayload, BookingStatus
from app.models import BookingTransition
from tests.domain.people import AYU, BUDI, OPERATOR
from tests.domain.town import Town

ROLES = {"customer": BUDI, "therapist": AYU, "operator": OPERATOR}
SAME = "the same booking as before"

#: (state, action, role) → the state and cancelReason it leads to. What is not here is refused.
EXPECTED: dict[tuple[str, str, str], tuple[str, str | None] | str] = {
    ("pending", "accept", "therapist"): ("therapist_accepted", None),
    ("pending", "decline", "therapist"): ("cancelled", "declined"),
    ("pending", "cancel", "customer"): ("cancelled", "customer_cancelled"),
    ("pending", "cancel", "therapist"): ("cancelled", "therapist_cancelled"),
    ("therapist_accepted", "accept", "therapist"): SAME,
    ("therapist_accepted", "confirm", "customer"): ("user_confirmed", None),
    ("therapist_accepted", "cancel", "customer"): ("cancelled", "customer_cancelled"),
    ("therapist_accepted", "cancel", "therapist"): ("cancelled", "therapist_cancelled"),
    ("user_confirmed", "accept", "therapist"): SAME,
    ("user_confirmed", "confirm", "customer"): SAME,
    ("user_confirmed", "cancel", "customer"): ("cancelled", "customer_cancelled"),
    ("user_confirmed", "cancel", "therapist"): ("cancelled", "therapist_cancelled"),
}
#: Actions that are not this role's business at all, whatever the state.
NOT_THEIRS = {
    ("accept", "customer"), ("decline", "customer"), ("confirm", "therapist"),
    ("accept", "operator"), ("decline", "operator"), ("confirm", "operator"), ("cancel", "operator"),
}  # fmt: skip
CELLS: list[tuple[str, Action, str]] = list(product(get_args(BookingStatus), get_args(Action), ROLES))


def booking_in(town: Town, state: str) -> BookingPayload:
    """A booking of Budi with Ayu in this state; a cancelled one was never answered."""
    if state == "therapist_accepted":
        return town.accepted()
    if state == "user_confirmed":
        return town.confirmed()
    booking = town.booked()
    if state == "cancelled":
        town.clock.advance(minutes=10)
        town.settle()
    return booking


@pytest.mark.parametrize(("state", "action", "role"), CELLS)
def test_a_transition_is_as_the_table_says(town: Town, state: str, action: Action, role: str) -> None:
    """# R5"""
    booking, person = booking_in(town, state), ROLES[role]
    before = town.row(booking)
    expected = EXPECTED.get((state, action, role))
    if (action, role) in NOT_THEIRS:
        with pytest.raises(Forbidden):
            town.act(person, action, booking)
    elif expected is None:
        with pytest.raises(Conflict) as refused:
            town.act(person, action, booking)
        assert refused.value.code == "booking_state"
        assert refused.value.extra["current"].status == before.status
    else:
        town.act(person, action, booking)
    after = town.row(booking)
    if isinstance(expected, tuple):
        assert (after.status, after.cancel_reason) == expected
        assert after.version == before.version + 1
    else:
        assert (after.status, after.version) == (before.status, before.version)


def test_the_table_has_every_state_action_and_role() -> None:
    """# R5"""
    assert len(CELLS) == 4 * 4 * 3
    assert set(EXPECTED) <= set(CELLS)


@pytest.mark.parametrize(
    ("person", "action", "by", "reason"),
    [
        (AYU, "decline", "therapist", "declined"),
        (AYU, "cancel", "therapist", "therapist_cancelled"),
        (BUDI, "cancel", "customer", "customer_cancelled"),
    ],
)
def test_a_cancelled_booking_says_by_whom_and_why(
    town: Town, person: Person, action: Action, by: str, reason: str
) -> None:
    """# R5"""
    done = town.act(person, action, town.booked(), "A ceremony in my village")
    assert (done.status, done.cancelled_by, done.cancel_reason) == ("cancelled", by, reason)
    assert done.cancel_note == "A ceremony in my village"
    assert done.cancelled_at == town.clock.now
    assert done.expires_at is None


def test_each_transition_leaves_a_row_in_the_history(town: Town) -> None:
    """# R5"""
    booking = town.act(BUDI, "cancel", town.confirmed())
    assert booking.version == town.count(BookingTransition) == 4


def test_a_confirmed_booking_is_completed_once_its_end_has_passed(town: Town) -> None:
    """# R5"""
    booking = town.confirmed()
    town.clock.go_to(booking.end_time)
    assert bookings.find(BUDI, booking.booking_id).completed
    town.clock.advance(seconds=-1)
    assert not bookings.find(BUDI, booking.booking_id).completed
