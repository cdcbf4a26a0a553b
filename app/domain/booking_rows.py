"""What every booking writes, however it came about: its own row, a row for each transition, and both sides' events."""

from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain import views
from app.domain.ids import new_id
from app.domain.orders import Order, place_of, travel_fee_of
from app.events import log
from app.events.types import BookingEvent
from app.models import Booking, BookingTransition, Conversation, Service, Therapist

# Past the mapper: a row that is only ever added needs nobody to keep track of it.
_ADD_TRANSITION = insert(BookingTransition.__table__)  # type: ignore[arg-type]  # declared as a FromClause, always a Table


def booking_row(
    order: Order, therapist: Therapist, service: Service, room: Conversation, starts_at: datetime, created_at: datetime
) -> Booking:
    """The row of an order in the pair's room, not yet in a session. What the provider is called and charges is copied,
    so that a later change does not reach back. The state, its deadline, the key and the fingerprint are the caller's.
    """
    area, location = place_of(order, therapist)
    travel_fee = travel_fee_of(order, therapist)
    return Booking(
        id=new_id(),
        customer_id=room.customer_id,
        therapist_id=therapist.id,
        conversation_id=room.id,
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
        service_price=service.price,
        travel_fee=travel_fee,
        price=service.price + travel_fee,
        currency=therapist.currency,
        duration_minutes=service.duration_minutes,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=service.duration_minutes),
        timezone=therapist.timezone,
        created_at=created_at,
        version=1,
    )


def add_transition(
    session: Session, booking: Booking, before: str | None, actor: str, actor_id: str | None, at: datetime
) -> None:
    """Add to the history of a stored booking how it came from ``before`` (None: it is new) to the state it is in.

    :param actor: ``customer``, ``therapist`` or ``system``, which has no ``actor_id``
    """
    session.execute(
        _ADD_TRANSITION,
        {
            "booking_id": booking.id,
            "version": booking.version,
            "from_status": before,
            "to_status": booking.status,
            "actor_role": actor,
            "actor_user_id": actor_id,
            "reason": booking.cancel_reason if booking.status == "cancelled" else None,
            "at": at,
        },
    )


def announce(session: Session, name: BookingEvent, booking: Booking, room: Conversation) -> None:
    """Tell both members of its room about a booking, each what it may see."""
    log.emit(session, room.customer_id, name, views.booking_for(booking, "customer"))
    log.emit(session, room.therapist_user_id, name, views.booking_for(booking, "therapist"))
