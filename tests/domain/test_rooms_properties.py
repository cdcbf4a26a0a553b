"""The room's rule, for any number of bookings of one pair in any state."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.rooms import RoomState, derive
from app.models import Booking
from tests.domain.moment import NOW

DAY = timedelta(hours=24)
minutes = st.integers(-5_000, 5_000).map(lambda number: NOW + timedelta(minutes=number))
past = st.integers(-5_000, 0).map(lambda number: NOW + timedelta(minutes=number))
REASONS = {"customer_cancelled", "therapist_cancelled", "declined", "answer_expired", "confirm_expired", "ended"}


@st.composite
def bookings(draw: st.DrawFn) -> Booking:
    """One booking in any state it can be in."""
    status = draw(st.sampled_from(["pending", "therapist_accepted", "user_confirmed", "cancelled"]))
    was_accepted = status in ("therapist_accepted", "user_confirmed") or (status == "cancelled" and draw(st.booleans()))
    reasons = ["customer_cancelled", "therapist_cancelled"]
    reasons += ["confirm_expired"] if was_accepted else ["declined", "answer_expired"]
    return Booking(
        id=draw(st.text("abc123", min_size=6, max_size=6)),
        status=status,
        ends_at=draw(minutes),
        accepted_at=draw(past) if was_accepted else None,
        cancelled_at=draw(past) if status == "cancelled" else None,
        cancel_reason=draw(st.sampled_from(reasons)) if status == "cancelled" else None,
    )


histories = st.lists(bookings(), min_size=1, max_size=6)


def holds_open(booking: Booking, now: datetime) -> bool:
    """R15 in its own words, for one booking."""
    if booking.status != "cancelled":
        return now < booking.ends_at + DAY
    assert booking.cancelled_at is not None
    return booking.accepted_at is not None and now < booking.cancelled_at + DAY


def is_open(state: RoomState) -> bool:
    return state.closes_at is not None and state.closes_at > NOW


@given(histories)
def test_a_room_is_open_exactly_as_long_as_any_booking_holds_it_open(pair: list[Booking]) -> None:
    """# R15"""
    state = derive(pair, NOW)
    assert is_open(state) == any(holds_open(booking, NOW) for booking in pair)
    assert (state.closed_reason is None) == is_open(state)
    assert state.closed_reason is None or state.closed_reason in REASONS


@given(histories)
def test_nothing_closes_a_room_before_the_time_it_names(pair: list[Booking]) -> None:
    """# R15"""
    state = derive(pair, NOW)
    assert state.closes_at is not None
    if is_open(state):
        assert any(holds_open(booking, state.closes_at - timedelta(microseconds=1)) for booking in pair)
    assert not any(holds_open(booking, state.closes_at) for booking in pair)


@given(histories, bookings())
def test_one_more_booking_never_closes_a_room(pair: list[Booking], another: Booking) -> None:
    """# R15"""
    if is_open(derive(pair, NOW)):
        assert is_open(derive([another, *pair], NOW))


@given(histories)
def test_the_therapist_may_write_exactly_if_an_accepted_booking_holds_the_room_open(pair: list[Booking]) -> None:
    """# R12"""
    expected = any(booking.accepted_at is not None and holds_open(booking, NOW) for booking in pair)
    assert derive(pair, NOW).is_unlocked == expected


@given(histories)
def test_the_room_is_about_one_of_its_bookings_and_about_a_living_one_if_there_is_one(pair: list[Booking]) -> None:
    """# R7 # R15"""
    about = next(booking for booking in pair if booking.id == derive(pair, NOW).booking_id)
    living = [booking for booking in pair if booking.status != "cancelled" and holds_open(booking, NOW)]
    assert about.id in {booking.id for booking in living or pair}


def test_a_pair_without_bookings_has_no_open_room() -> None:
    """# R15"""
    assert derive([], NOW) == RoomState(None, None, False, None)
