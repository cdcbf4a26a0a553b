"""The demo's past: bookings that are over, and what was said around them."""

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain import rooms
from app.domain.booking_rows import add_transition, booking_row
from app.domain.ids import new_id
from app.domain.orders import Order
from app.models import Booking, Conversation, Message, Service, Therapist, User

Said = tuple[datetime, str, str]
CANCELLED_BY = {
    "declined": "therapist",
    "therapist_cancelled": "therapist",
    "customer_cancelled": "customer",
    "answer_expired": "system",
    "confirm_expired": "system",
}


def add_history(
    session: Session, customers: dict[str, tuple[User, str]], entries: list[dict[str, Any]], now: datetime
) -> int:
    """Add past bookings and their messages. Returns how many bookings."""
    said: dict[str, list[Said]] = defaultdict(list)
    for entry in entries:
        customer, whatsapp = customers[entry["customer"]]
        booking = _add_booking(session, entry, customer, whatsapp, now)
        for line in entry["messages"]:
            at = booking.created_at + timedelta(minutes=line["minute"])
            said[booking.conversation_id].append((at, line["from"], line["text"]))
    for identifier, lines in said.items():
        _add_messages(session, identifier, sorted(lines))
    # The past is no news to anybody.
    session.info.pop("noted", None)
    return len(entries)


def _add_booking(session: Session, entry: dict[str, Any], customer: User, whatsapp: str, now: datetime) -> Booking:
    therapist = session.get_one(Therapist, entry["therapist"])
    service = session.get_one(Service, f"{therapist.id}.{entry['service']}")
    starts = _start(entry, therapist, now)
    created = starts - timedelta(minutes=entry["bookedMinutesAhead"])
    room = rooms.room_of(session, customer.id, customer.display_name, therapist, created)
    order = _order(entry, therapist, service, customer, whatsapp, starts)
    booking = booking_row(order, therapist, service, room, starts, created)
    booking.slot, booking.idempotency_key, booking.fingerprint = 1, new_id(), b""
    _set_outcome(booking, entry)
    session.add(booking)
    session.flush()
    _add_transitions(session, booking, therapist)
    rooms.refresh(session, room.id)
    return booking


def _start(entry: dict[str, Any], therapist: Therapist, now: datetime) -> datetime:
    zone = ZoneInfo(therapist.timezone)
    day = (now.astimezone(zone) - timedelta(days=entry["daysAgo"])).date()
    return datetime.combine(day, time.fromisoformat(entry["localTime"]), zone)


def _order(
    entry: dict[str, Any], therapist: Therapist, service: Service, customer: User, whatsapp: str, starts: datetime
) -> Order:
    return Order(
        therapist_id=therapist.id,
        service_id=service.id,
        expected_price=None,
        customer_name=customer.display_name,
        customer_whatsapp=whatsapp,
        location_type=entry["locationType"],
        area=entry["area"],
        location=entry["location"],
        massage_for=entry["massageFor"],
        scheduled_time=starts,
        note=entry["note"],
    )


def _set_outcome(booking: Booking, entry: dict[str, Any]) -> None:
    def at(member: str) -> datetime | None:
        minute = entry[member]
        return None if minute is None else booking.created_at + timedelta(minutes=minute)

    booking.accepted_at, booking.confirmed_at, booking.cancelled_at = (
        at("answeredAfter"),
        at("confirmedAfter"),
        at("cancelledAfter"),
    )
    outcome = entry["outcome"]
    if outcome == "completed":
        booking.status = "user_confirmed"
    else:
        booking.status, booking.cancel_reason, booking.cancelled_by = "cancelled", outcome, CANCELLED_BY[outcome]


def _add_transitions(session: Session, booking: Booking, therapist: Therapist) -> None:
    actors = {"customer": booking.customer_id, "therapist": therapist.user_id, "system": None}
    steps = [
        ("pending", "customer", booking.created_at),
        ("therapist_accepted", "therapist", booking.accepted_at),
        ("user_confirmed", "customer", booking.confirmed_at),
        ("cancelled", booking.cancelled_by or "system", booking.cancelled_at),
    ]
    happened = ((status, actor, at) for status, actor, at in steps if at)
    before = None
    # The states on the way are passed through, not stored.
    with session.no_autoflush:
        for version, (status, actor, at) in enumerate(happened, start=1):
            booking.status, booking.version = status, version
            add_transition(session, booking, before, actor, actors[actor], at)
            before = status


def _add_messages(session: Session, identifier: str, lines: list[Said]) -> None:
    conversation = session.get_one(Conversation, identifier)
    therapist = session.get_one(Therapist, conversation.therapist_id)
    names = {"customer": conversation.customer_name, "therapist": conversation.therapist_name}
    senders = {"customer": conversation.customer_id, "therapist": therapist.user_id}
    for seq, (at, role, text) in enumerate(lines, start=1):
        other = "therapist" if role == "customer" else "customer"
        session.add(
            Message(
                conversation_id=identifier,
                seq=seq,
                id=new_id(),
                client_id=new_id(),
                sender_user_id=senders[role],
                sender_role=role,
                sender_name=names[role],
                receiver_name=names[other],
                message=text,
                message_type="text",
                created_at=at,
            )
        )
        conversation.active_at = at
    for mark in ("customer_delivered", "customer_read", "therapist_delivered", "therapist_read"):
        setattr(conversation, f"{mark}_seq", len(lines))
    conversation.last_seq = len(lines)
