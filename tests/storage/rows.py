"""Rows as they are in the database, past the application's own rules."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from app.domain.people import Person
from app.models import Booking, Conversation, User
from tests.domain.moment import NOW
from tests.domain.people import BUDI

ROOM = "customer_budi-user_therapist_ayu"
_numbers = itertools.count(1)


@contextmanager
def raw(url: str) -> Iterator[Connection]:
    """A transaction of somebody who knows nothing of the seam."""
    engine = _engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        yield connection


@cache
def _engine(url: str) -> Engine:
    # Kept for its compiled statements; without a pool it keeps no connection.
    return create_engine(url, poolclass=NullPool)


def user(identifier: str | None = None, **changes: Any) -> User:
    """One more customer."""
    fields = {"id": identifier or f"user-{next(_numbers)}", "role": "customer", "display_name": "Wati"}
    return User(**(fields | {"created_at": NOW} | changes))


def names(session: Session) -> set[str]:
    """The ids of the customers that ``user`` has made."""
    return set(session.scalars(select(User.id).where(User.display_name == "Wati")))


def conversation_row(customer: Person = BUDI, therapist: str = "ayu") -> dict[str, Any]:
    """A closed room of a pair."""
    return {
        "id": f"customer_{customer.id}_therapist_{therapist}",
        "customer_id": customer.id,
        "therapist_id": therapist,
        "therapist_user_id": f"{therapist}-user",
        "customer_name": "Budi",
        "therapist_name": "Ayu",
        "is_unlocked": False,
        "created_at": NOW,
        "active_at": NOW,
    }


def booking_row(starts: datetime = NOW, minutes: int = 60, therapist: str = "ayu", **changes: Any) -> dict[str, Any]:
    """An accepted booking in place 1, but for ``changes``."""
    number = next(_numbers)
    return {
        "id": f"booking-{number}", "customer_id": BUDI.id, "therapist_id": therapist,
        "conversation_id": f"customer_{BUDI.id}_therapist_{therapist}", "service_id": f"{therapist}.60",
        "service_name": "Massage", "customer_name": "Budi", "customer_whatsapp": "+6281234567890",
        "therapist_name": "Ayu", "area": "Sanur", "location": "Hotel", "location_type": "hotel",
        "massage_for": "male", "status": "therapist_accepted", "service_price": 100, "travel_fee": 10, "price": 110,
        "currency": "IDR", "duration_minutes": minutes, "starts_at": starts,
        "ends_at": starts + timedelta(minutes=minutes), "timezone": "Asia/Makassar", "slot": 1,
        "expires_at": starts, "idempotency_key": f"key-{number}", "fingerprint": b"f" * 32, "version": 1,
        "created_at": NOW, **changes,
    }  # fmt: skip


def add(connection: Connection, *bookings: dict[str, Any]) -> None:
    """Insert bookings together with the rooms that they need."""
    for row in bookings:
        room = conversation_row(therapist=row["therapist_id"])
        if not connection.scalar(select(Conversation.id).where(Conversation.id == room["id"])):
            connection.execute(insert(Conversation).values(room))
        connection.execute(insert(Booking).values(row))
