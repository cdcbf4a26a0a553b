"""Two accepted bookings never hold the same place at the same time, whoever writes them and how."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError

from app.models import Booking, Therapist
from app.storage.overlap import NAME
from tests.domain.databases import Rewindable
from tests.domain.moment import NOW
from tests.storage.rows import add, booking_row, raw

pytestmark = pytest.mark.usefixtures("store")
PENDING = {"status": "pending", "slot": None}


def after(minutes: int) -> dict[str, Any]:
    """The times of an hour that begins so much later."""
    starts = NOW + timedelta(minutes=minutes)
    return {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}


@pytest.mark.parametrize("later", [-59, -30, 0, 30, 59])
@pytest.mark.parametrize("status", [{}, {"status": "user_confirmed", "expires_at": None}])
def test_an_overlapping_booking_can_not_be_inserted(database: Rewindable, later: int, status: dict[str, Any]) -> None:
    """# R8"""
    with pytest.raises(IntegrityError, match=NAME), raw(database.url) as connection:
        add(connection, booking_row(), booking_row(**status, **after(later)))


@pytest.mark.parametrize("later", [-60, 60])
def test_bookings_that_only_touch_do_not_overlap(database: Rewindable, later: int) -> None:
    """# R8"""
    with raw(database.url) as connection:
        add(connection, booking_row(), booking_row(**after(later)))


@pytest.mark.parametrize(
    "other",
    [
        PENDING,
        {"status": "cancelled", "expires_at": None, "cancelled_by": "system"},
        {"therapist": "komang"},
    ],
)
def test_only_accepted_bookings_of_one_provider_take_each_others_time(
    database: Rewindable, other: dict[str, Any]
) -> None:
    """# R8"""
    with raw(database.url) as connection:
        add(connection, booking_row(), booking_row(**other))


@pytest.mark.parametrize(
    ("other", "change"),
    [
        (PENDING, {"status": "therapist_accepted", "slot": 1}),
        (after(120), after(30)),
        (after(120), {"starts_at": NOW}),
        ({"therapist": "komang"}, {"therapist_id": "ayu"}),
        ({"status": "cancelled", "expires_at": None, "cancelled_by": "system"},
         {"status": "user_confirmed", "cancelled_by": None}),
    ],
)  # fmt: skip
def test_a_booking_can_not_be_changed_into_an_overlapping_one(
    database: Rewindable, other: dict[str, Any], change: dict[str, Any]
) -> None:
    """# R8"""
    with raw(database.url) as connection:
        add(connection, booking_row(), booking_row(id="other", **other))
    with pytest.raises(IntegrityError, match=NAME), raw(database.url) as connection:
        connection.execute(update(Booking).where(Booking.id == "other").values(change))


def test_a_spa_holds_as_many_at_once_as_it_has_places(database: Rewindable) -> None:
    """# R8"""
    with raw(database.url) as connection:
        add(connection, booking_row(therapist="hening"), booking_row(therapist="hening", slot=2))
    with pytest.raises(IntegrityError, match=NAME), raw(database.url) as connection:
        connection.execute(update(Booking).values(slot=1))
    with pytest.raises(IntegrityError, match=NAME), raw(database.url) as connection:
        add(connection, booking_row(therapist="hening", slot=2))


@pytest.mark.parametrize(("therapist", "slot"), [("ayu", 2), ("hening", 3)])
def test_a_place_that_the_provider_does_not_have_can_not_be_inserted(
    database: Rewindable, therapist: str, slot: int
) -> None:
    """# R8"""
    with pytest.raises(IntegrityError, match=NAME), raw(database.url) as connection:
        add(connection, booking_row(therapist=therapist, slot=slot))


def test_a_booking_can_not_be_moved_to_a_place_that_the_provider_does_not_have(database: Rewindable) -> None:
    """# R8"""
    with raw(database.url) as connection:
        add(connection, booking_row())
    with pytest.raises(IntegrityError, match=NAME), raw(database.url) as connection:
        connection.execute(update(Booking).values(slot=2))


def test_a_change_that_does_not_concern_time_or_place_passes(database: Rewindable) -> None:
    """# R8"""
    with raw(database.url) as connection:
        add(connection, booking_row(), booking_row(**after(60)))
        connection.execute(update(Booking).values(note="Bring oil", status="user_confirmed", expires_at=None))
        connection.execute(delete(Booking))


def test_a_provider_who_gives_up_places_keeps_the_bookings_she_has(database: Rewindable) -> None:
    """# R8"""
    with raw(database.url) as connection:
        add(connection, booking_row(therapist="hening"), booking_row(therapist="hening", slot=2))
        connection.execute(update(Therapist).where(Therapist.id == "hening").values(capacity=1))
        count = connection.execute(text("SELECT count(*) FROM bookings")).scalar()
    assert count == 2
