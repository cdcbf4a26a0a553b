"""Finding one's own bookings."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app import storage
from app.domain import paging, views
from app.domain.errors import nothing_here
from app.domain.people import Person
from app.events import log
from app.events.payloads import BookingPayload
from app.models import Booking


def own_bookings(person: Person) -> Select[Booking]:
    """The bookings this person is a side of: every look-up goes through here.

    :raises Forbidden: an operator is on neither side
    """
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
    """The person's bookings, newest first, all or of one status; ``after`` is the ``next_cursor`` of the page before.

    :raises Invalid: ``after`` is no cursor of this list
    """

    def run(session: Session) -> paging.Page[BookingPayload]:
        query = own_bookings(person)
        if status is not None:
            query = query.where(Booking.status == status)
        rows, following = paging.in_order(session, query, Booking.created_at, Booking.id, after)
        items = [views.booking_answer(row, person.role) for row in rows]
        return paging.Page(items, following, log.head(session, person.id).cursor)

    return storage.read(run)
