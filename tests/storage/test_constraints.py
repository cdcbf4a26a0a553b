"""Rules that the database itself keeps, against raw SQL that knows nothing of ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, delete, insert, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.extensions import Base
from app.models import Conversation, DeviceSession, Message, Service, Therapist, User, WorkingHours
from app.storage import Store
from tests.domain.databases import Rewindable
from tests.domain.moment import NOW
from tests.storage.rows import ROOM, add, booking_row, conversation_row, raw

pytestmark = pytest.mark.usefixtures("store")

WRONG_BOOKINGS: dict[str, dict[str, Any]] = {
    "ck_bookings_status": {"status": "lost"},
    "ck_bookings_cancelled_by": {"status": "cancelled", "expires_at": None},
    "ck_bookings_cancelled_by_whom": {"status": "cancelled", "expires_at": None, "cancelled_by": "nobody"},
    "ck_bookings_cancel_reason": {
        "status": "cancelled", "expires_at": None, "cancelled_by": "system", "cancel_reason": "boredom",
    },
    "ck_bookings_active_has_slot": {"slot": None},
    "ck_bookings_deadline": {"expires_at": None},
    "ck_bookings_slot": {"slot": 0},
    "ck_bookings_times": {"ends_at": NOW},
    "ck_bookings_price": {"price": 109},
    "bookings_customer_id": {"customer_id": "nobody"},
}  # fmt: skip


@pytest.mark.parametrize(("name", "changes"), WRONG_BOOKINGS.items())
def test_a_wrong_booking_can_not_be_stored(database: Rewindable, name: str, changes: dict[str, Any]) -> None:
    """# R5"""
    with pytest.raises(DBAPIError) as refused, raw(database.url) as connection:
        add(connection, booking_row(**changes))
    assert name in str(refused.value) or "FOREIGN KEY constraint failed" in str(refused.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "pending", "slot": None},
        {"status": "therapist_accepted"},
        {"status": "user_confirmed", "expires_at": None},
        {"status": "cancelled", "expires_at": None, "cancelled_by": "system", "cancel_reason": "answer_expired"},
    ],
)
def test_a_booking_of_each_state_can_be_stored(database: Rewindable, changes: dict[str, Any]) -> None:
    """# R5"""
    with raw(database.url) as connection:
        add(connection, booking_row(**changes))


@pytest.mark.parametrize(
    ("table", "changes", "name"),
    [
        (User, {"role": "king"}, "ck_users_role"),
        (Therapist, {"capacity": 0}, "ck_therapists_capacity"),
        (Therapist, {"travel_fee": -1}, "ck_therapists_travel_fee"),
        (Therapist, {"status": "asleep"}, "ck_therapists_status"),
        (Therapist, {"kind": "robot"}, "ck_therapists_kind"),
        (Service, {"price": 0}, "ck_services_price"),
        (Service, {"duration_minutes": 14}, "ck_services_duration"),
        (Service, {"duration_minutes": 481}, "ck_services_duration"),
        (WorkingHours, {"weekday": 7}, "ck_working_hours_weekday"),
        (WorkingHours, {"closes_minute": 1441}, "ck_working_hours_minutes"),
        (WorkingHours, {"opens_minute": 1080}, "ck_working_hours_minutes"),
    ],
)
def test_a_wrong_value_can_not_be_stored(database: Rewindable, table: Any, changes: dict[str, Any], name: str) -> None:
    """# R1"""
    with pytest.raises(IntegrityError, match=name), raw(database.url) as connection:
        connection.execute(update(table).values(changes))


def message(number: int, **changes: Any) -> dict[str, Any]:
    """A message of Budi in his room with Ayu."""
    return {
        "conversation_id": ROOM, "seq": number, "id": f"message-{number}", "client_id": f"client-{number}",
        "sender_user_id": "budi-user", "sender_role": "customer", "sender_name": "Budi", "receiver_name": "Ayu",
        "message": "hello", "message_type": "text", "created_at": NOW, **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": 1},
        {"id": "message-1"},
        {"client_id": "client-1"},
        {"sender_role": "operator"},
        {"message_type": "video"},
        {"conversation_id": "nowhere"},
        {"sender_user_id": "nobody"},
    ],
)
def test_a_message_that_is_there_already_or_is_none_can_not_be_stored(
    database: Rewindable, changes: dict[str, Any]
) -> None:
    """# R13"""
    with raw(database.url) as connection:
        connection.execute(insert(Conversation).values(conversation_row()))
        connection.execute(insert(Message).values(message(1)))
    with pytest.raises(IntegrityError), raw(database.url) as connection:
        connection.execute(insert(Message).values(message(2, **changes)))


def test_a_pair_has_one_room(database: Rewindable) -> None:
    """# R11"""
    rooms = [conversation_row(), conversation_row() | {"id": "a-second-room"}]
    with pytest.raises(IntegrityError), raw(database.url) as connection:
        connection.execute(insert(Conversation), rooms)


def test_a_customers_key_makes_one_booking(database: Rewindable) -> None:
    """# R3"""
    later = NOW + timedelta(days=1)
    with pytest.raises(IntegrityError), raw(database.url) as connection:
        add(connection, booking_row(idempotency_key="one"), booking_row(later, idempotency_key="one"))


@pytest.mark.parametrize("table", [User, Therapist, Service, Conversation])
def test_what_others_point_to_can_not_be_deleted(database: Rewindable, table: Any) -> None:
    """# R11"""
    with raw(database.url) as connection:
        add(connection, booking_row())
    with pytest.raises(IntegrityError), raw(database.url) as connection:
        connection.execute(delete(table))


def test_a_person_who_is_deleted_is_signed_out(database: Rewindable) -> None:
    """# R10"""
    session = {"token_hash": b"t" * 32, "user_id": "sari-user", "created_at": NOW, "expires_at": NOW}
    with raw(database.url) as connection:
        connection.execute(insert(DeviceSession).values(session))
        connection.execute(delete(User).where(User.id == "sari-user"))
        assert connection.execute(DeviceSession.__table__.select()).all() == []


@pytest.mark.usefixtures("database")
def test_every_check_of_the_booking_is_broken_above() -> None:
    """# R5"""
    checks = {str(c.name) for c in Base.metadata.tables["bookings"].constraints if isinstance(c, CheckConstraint)}
    assert checks == {name for name in WRONG_BOOKINGS if name.startswith("ck_")}


def test_foreign_keys_hold_in_the_stores_own_writes(store: Store) -> None:
    """# R13"""
    with pytest.raises(IntegrityError):
        store.write(
            lambda session: session.execute(insert(Conversation).values(conversation_row() | {"therapist_id": "x"}))
        )
