"""Submitting a booking: one order, one key, one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock, drafts, hours, notifications, passes, refusals, rooms, views
from app.domain.booking_rows import add_transition, announce, booking_row
from app.domain.errors import Conflict, FieldError, Forbidden, Invalid, invalid_fields
from app.domain.ids import conversation_id
from app.domain.orders import Order, checked, has_own_place, no_own_place, outside_hours, start_of, travel_fee_of
from app.domain.people import Person
from app.domain.policies import terms
from app.domain.rates import take_booking
from app.domain.slots import free_slot, slot_taken
from app.events.payloads import BookingPayload, ConversationPayload
from app.models import Booking, Conversation, Service, Therapist

# Built once: building a statement costs more than running it.
_PROVIDER = select(Therapist).where(Therapist.id == bindparam("id"))
_EARLIER = select(Booking).where(
    Booking.customer_id == bindparam("customer_id"), Booking.idempotency_key == bindparam("key")
)


@dataclass(frozen=True, slots=True)
class Submitted:
    """``is_new`` is False when the same order had come before under the same key."""

    booking: BookingPayload
    conversation: ConversationPayload
    is_new: bool


def submit(customer: Person, key: str, order: Order) -> Submitted:
    """Make a booking and its conversation in one transaction, once per ``key``; the draft it came from is gone with it.

    :raises Forbidden: only customers book
    :raises Invalid: field errors, contact details in a text, or a key that came before with another order
    :raises Conflict: price_changed, slot_taken, therapist_unavailable
    :raises TooMany: more than the rate allows
    """
    if customer.role != "customer":
        raise Forbidden("Only customers can book.")
    take_booking(customer.id)
    # The texts are looked at before the transaction, which everybody else waits for. A replay is answered all the
    # same: what was right the first time may be refused by a stricter filter now.
    clean, texts = checked(order)
    room_id = conversation_id(customer.id, order.therapist_id)

    def run(session: Session) -> Submitted:
        earlier = _earlier(session, customer, key)
        if earlier is not None:
            return _replayed(session, earlier, order)
        passes.require(session, customer.id, room_id, texts)
        booking, room = _new_booking(session, customer, clean)
        # Of the order as it came: that is what a repetition brings again.
        booking.idempotency_key, booking.fingerprint = key, order.fingerprint()
        return _store(session, booking, room)

    # Without the conversation, which may not be there yet.
    with refusals.noting(customer.id, (), texts.judged):
        return storage.write(run)


def _earlier(session: Session, customer: Person, key: str) -> Booking | None:
    return session.execute(_EARLIER, {"customer_id": customer.id, "key": key}).scalar_one_or_none()


def _replayed(session: Session, booking: Booking, order: Order) -> Submitted:
    if not order.has_fingerprint(booking.fingerprint):
        raise Invalid(
            "This booking was already sent with other details. Nothing was changed; send it again as a new booking.",
            code="idempotency_key_reused",
        )
    room = session.get_one(Conversation, booking.conversation_id)
    return Submitted(views.own_booking(booking), views.conversation_for(session, room, "customer"), is_new=False)


def _new_booking(session: Session, customer: Person, order: Order) -> tuple[Booking, Conversation]:
    therapist, service = _offer(session, order)
    now = clock.now()
    start = start_of(order, now)
    end = start + timedelta(minutes=service.duration_minutes)
    if not hours.covers(therapist.hours, therapist.timezone, start, end):
        raise outside_hours()
    _require_price(order, therapist, service)
    _require_free(session, therapist, order.scheduled_time is None, start, end)
    room = rooms.room_of(session, customer.id, order.customer_name, therapist, now)
    booking = booking_row(order, therapist, service, room, start, now)
    # An answer after the session was to begin is of no use to anybody.
    booking.status, booking.expires_at = "pending", min(now + terms().answer_time, start)
    return booking, room


def _offer(session: Session, order: Order) -> tuple[Therapist, Service]:
    therapist = session.execute(_PROVIDER, {"id": order.therapist_id}).scalar_one_or_none()
    if therapist is None:
        raise invalid_fields(FieldError("therapistId", "unknown", "This provider is not in the directory."))
    service = session.get(Service, order.service_id)
    if service is None or service.therapist_id != therapist.id or not service.is_active:
        raise invalid_fields(FieldError("serviceId", "unknown", "This provider does not offer this session."))
    if order.location_type == "place" and not has_own_place(therapist):
        raise no_own_place()
    return therapist, service


def _require_price(order: Order, therapist: Therapist, service: Service) -> None:
    travel_fee = travel_fee_of(order, therapist)
    price = service.price + travel_fee
    if order.expected_price is not None and order.expected_price != price:
        current = {
            "price": price,
            "servicePrice": service.price,
            "travelFee": travel_fee,
            "currency": therapist.currency,
        }
        raise Conflict(
            "The price has changed since you saw it. Nothing was booked; look at the new price and send again.",
            code="price_changed",
            extra={"current": current},
        )


def _require_free(session: Session, therapist: Therapist, soon: bool, start: datetime, end: datetime) -> None:
    if therapist.status == "offline" or (soon and therapist.status == "busy"):
        raise Conflict(
            f"{therapist.display_name} takes no bookings right now. Your details are kept; try another time or "
            "another therapist.",
            code="therapist_unavailable",
        )
    if free_slot(session, therapist, start, end) is None:
        raise slot_taken()


def _store(session: Session, booking: Booking, room: Conversation) -> Submitted:
    session.add(booking)
    session.flush()
    add_transition(session, booking, None, "customer", booking.customer_id, booking.created_at)
    announce(session, "booking.created", booking, room)
    room = rooms.refresh(session, booking.conversation_id)
    notifications.notify(session, room.therapist_user_id, "booking_request", booking)
    # Here only, never for a replay: by then there may be a draft of the next booking.
    drafts.clear(session, booking.customer_id, booking.therapist_id)
    return Submitted(views.own_booking(booking), views.conversation_for(session, room, "customer"), is_new=True)
