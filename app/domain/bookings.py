"""Submitting a booking, and finding one's own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock, hours, notifications, paging, rooms, views
from app.domain.errors import Conflict, FieldError, Forbidden, Invalid, invalid_fields, nothing_here
from app.domain.ids import new_id
from app.domain.orders import Order, checked, outside_hours, place_of, start_of
from app.domain.people import Person
from app.domain.policies import terms
from app.domain.rates import take_booking
from app.events import log
from app.events.payloads import BookingPayload, ConversationPayload
from app.events.types import BookingEvent
from app.models import ACTIVE_STATES, Booking, BookingTransition, Conversation, Service, Therapist, User


@dataclass(frozen=True, slots=True)
class Submitted:
    """``is_new`` is False when the same order had come before under the same key."""

    booking: BookingPayload
    conversation: ConversationPayload
    is_new: bool


def submit(customer: Person, key: str, order: Order) -> Submitted:
    """Make a booking and its conversation in one transaction, once per ``key``.

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
    try:
        clean, fault = checked(order), None
    except Invalid as error:
        clean, fault = order, error

    def run(session: Session) -> Submitted:
        earlier = session.scalar(
            select(Booking).where(Booking.customer_id == customer.id, Booking.idempotency_key == key)
        )
        if earlier is not None:
            return _replayed(session, earlier, order)
        if fault is not None:
            raise fault
        booking = _new_booking(session, customer, key, clean)
        booking.fingerprint = order.fingerprint()
        return _store(session, booking)

    return storage.write(run)


def _replayed(session: Session, booking: Booking, order: Order) -> Submitted:
    if not order.has_fingerprint(booking.fingerprint):
        raise Invalid(
            "This booking was already sent with other details. Nothing was changed; send it again as a new booking.",
            code="idempotency_key_reused",
        )
    conversation = session.get_one(Conversation, booking.conversation_id)
    return Submitted(
        views.own_booking(booking), views.conversation_for(session, conversation, "customer"), is_new=False
    )


def _new_booking(session: Session, customer: Person, key: str, order: Order) -> Booking:
    therapist, service = _offer(session, order)
    now = clock.now()
    start = start_of(order, now)
    end = start + timedelta(minutes=service.duration_minutes)
    if not hours.covers(therapist.hours, therapist.timezone, start, end):
        raise outside_hours()
    travel_fee = 0 if order.location_type == "place" else therapist.travel_fee
    _require_price(order, service.price, travel_fee, therapist.currency)
    _require_free(session, therapist, order.scheduled_time is None, start, end)
    user = session.get_one(User, customer.id)
    conversation = rooms.room_of(session, user, order.customer_name, therapist, now)
    area, location = place_of(order, therapist)
    return Booking(
        id=new_id(),
        customer_id=customer.id,
        therapist_id=therapist.id,
        conversation_id=conversation.id,
        service_id=service.id,
        service_name=service.name,
        customer_name=order.customer_name,
        customer_whatsapp=order.customer_whatsapp,
        therapist_name=therapist.display_name,
        area=area,
        location=location,
        location_type=order.location_type,
        massage_for=order.massage_for,
        note=order.note,
        status="pending",
        service_price=service.price,
        travel_fee=travel_fee,
        price=service.price + travel_fee,
        currency=therapist.currency,
        duration_minutes=service.duration_minutes,
        starts_at=start,
        ends_at=end,
        timezone=therapist.timezone,
        # An answer after the session was to begin is of no use to anybody.
        expires_at=min(now + terms().answer_time, start),
        idempotency_key=key,
        created_at=now,
        version=1,
    )


def _offer(session: Session, order: Order) -> tuple[Therapist, Service]:
    therapist = session.get(Therapist, order.therapist_id)
    if therapist is None:
        raise invalid_fields(FieldError("therapistId", "unknown", "This provider is not in the directory."))
    service = session.get(Service, order.service_id)
    if service is None or service.therapist_id != therapist.id or not service.is_active:
        raise invalid_fields(FieldError("serviceId", "unknown", "This provider does not offer this session."))
    return therapist, service


def _require_price(order: Order, service_price: int, travel_fee: int, currency: str) -> None:
    price = service_price + travel_fee
    if order.expected_price is not None and order.expected_price != price:
        current = {"price": price, "servicePrice": service_price, "travelFee": travel_fee, "currency": currency}
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


def slot_taken() -> Conflict:
    """The refusal of a time that is fully booked."""
    return Conflict(
        "This time is already taken. Your details are kept; choose another time or another therapist.",
        code="slot_taken",
    )


def free_slot(session: Session, therapist: Therapist, start: datetime, end: datetime) -> int | None:
    """The lowest of the provider's places that is free in [start, end), or None."""
    taken = set(
        session.scalars(
            select(Booking.slot).where(
                Booking.therapist_id == therapist.id,
                Booking.status.in_(ACTIVE_STATES),
                Booking.starts_at < end,
                Booking.ends_at > start,
            )
        )
    )
    return next((slot for slot in range(1, therapist.capacity + 1) if slot not in taken), None)


def _store(session: Session, booking: Booking) -> Submitted:
    session.add(booking)
    session.flush()
    session.add(
        BookingTransition(
            booking_id=booking.id,
            version=1,
            to_status="pending",
            actor_role="customer",
            actor_user_id=booking.customer_id,
            at=booking.created_at,
        )
    )
    announce(session, "booking.created", booking)
    conversation = rooms.refresh(session, booking.conversation_id)
    notifications.notify(session, conversation.therapist_user_id, "booking_request", booking)
    return Submitted(views.own_booking(booking), views.conversation_for(session, conversation, "customer"), is_new=True)


def announce(session: Session, name: BookingEvent, booking: Booking) -> None:
    """Tell both sides about a booking, each what it may see."""
    conversation = session.get_one(Conversation, booking.conversation_id)
    log.emit(session, conversation.customer_id, name, views.booking_for(booking, "customer"))
    log.emit(session, conversation.therapist_user_id, name, views.booking_for(booking, "therapist"))


def own_bookings(person: Person) -> Select[Booking]:
    """The bookings this person is a side of: every look-up goes through here."""
    if person.side == "customer":
        return select(Booking).where(Booking.customer_id == person.id)
    return select(Booking).where(Booking.therapist_id == person.therapist_id)


def find(person: Person, booking_id: str) -> BookingPayload:
    """One of the person's bookings.

    :raises NotFound: unknown, or somebody else's
    """

    def run(session: Session) -> BookingPayload:
        booking = session.scalar(own_bookings(person).where(Booking.id == booking_id))
        if booking is None:
            raise nothing_here()
        return views.booking_answer(booking, person.role)

    return storage.read(run)


def last(person: Person) -> BookingPayload | None:
    """The customer's newest booking, to book again from; None before the first."""

    def run(session: Session) -> BookingPayload | None:
        newest = own_bookings(person).order_by(Booking.created_at.desc(), Booking.id.desc()).limit(1)
        booking = session.scalar(newest)
        return views.booking_answer(booking, person.role) if booking else None

    return storage.read(run)


def page(person: Person, status: str | None, after: str | None) -> paging.Page[BookingPayload]:
    """The person's bookings, newest first, all or of one status."""

    def run(session: Session) -> paging.Page[BookingPayload]:
        query = own_bookings(person)
        if status is not None:
            query = query.where(Booking.status == status)
        rows, following = paging.newest_first(session, query, Booking.created_at, Booking.id, after)
        items = [views.booking_answer(row, person.role) for row in rows]
        return paging.Page(items, following, log.head(session, person.id).cursor)

    return storage.read(run)
