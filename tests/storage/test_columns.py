"""Times and private texts as they are stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from app.models import Booking, User
from app.storage import Store
from app.storage.columns import use_field_keys
from tests.domain.databases import Rewindable
from tests.storage.rows import add, booking_row, raw, user

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
NUMBER = "+6281234567890"


@pytest.mark.parametrize("offset", [-9.5, 0, 5.75, 14])
def test_a_time_comes_back_as_the_same_moment_in_utc(store: Store, offset: float) -> None:
    """# R6"""
    moment = datetime(2027, 3, 28, 1, 30, 0, 123_000, tzinfo=timezone(timedelta(hours=offset)))
    store.write(lambda session: session.add(user("wati", created_at=moment)))
    found = store.read(lambda session: session.get_one(User, "wati").created_at)
    assert (found, found.tzinfo) == (moment, UTC)


def test_a_time_without_a_zone_can_not_be_stored(store: Store) -> None:
    """# R6"""
    with pytest.raises(StatementError, match="without a zone"):
        store.write(lambda session: session.add(user("wati", created_at=datetime(2027, 1, 1))))


def test_times_sort_as_they_happen_whatever_zone_they_were_written_in(store: Store) -> None:
    """# R6"""
    first = datetime(2027, 1, 1, 23, 0, tzinfo=timezone(timedelta(hours=14)))
    second = datetime(2027, 1, 1, 9, 30, tzinfo=UTC)
    third = datetime(2027, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=-11)))
    for moment in (third, first, second):
        row = user(moment.isoformat(), created_at=moment)
        store.write(partial(Session.add, instance=row))
    ids = store.read(
        lambda session: session.scalars(
            select(User.id).where(User.display_name == "Wati").order_by(User.created_at)
        ).all()
    )
    assert ids == [moment.isoformat() for moment in (first, second, third)]


@pytest.mark.usefixtures("store")
def test_a_number_is_not_in_the_table_and_no_two_rows_tell_that_they_hold_the_same(database: Rewindable) -> None:
    """# R16"""
    with raw(database.url) as connection:
        add(connection, booking_row(therapist="hening"), booking_row(therapist="hening", slot=2))
        stored = [bytes(value) for value in connection.scalars(text("SELECT customer_whatsapp FROM bookings"))]
        assert connection.scalars(select(Booking.customer_whatsapp)).all() == [NUMBER, NUMBER]
    assert len(set(stored)) == 2
    assert not any(b"812" in value or b"34567890" in value for value in stored)


@pytest.mark.usefixtures("store")
def test_an_old_key_still_reads_what_it_wrote_and_the_new_one_writes(database: Rewindable) -> None:
    """# R16"""

    def numbers() -> list[str]:
        with raw(database.url) as connection:
            return list(connection.scalars(select(Booking.customer_whatsapp)))

    use_field_keys((OLD,))
    with raw(database.url) as connection:
        add(connection, booking_row(therapist="hening"))
    use_field_keys((NEW, OLD))
    with raw(database.url) as connection:
        add(connection, booking_row(therapist="hening", slot=2))
    assert numbers() == [NUMBER, NUMBER]
    use_field_keys((NEW,))
    with pytest.raises(InvalidToken):
        numbers()
