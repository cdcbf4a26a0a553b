"""What falls due without anybody asking: answers, confirmations, the closing of rooms."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock, rooms
from app.domain.policies import terms
from app.domain.transitions import expire
from app.events import log
from app.models import Booking, Conversation

BATCH = 50
TRIM_BATCH = 1000


def next_due() -> datetime | None:
    """The earliest deadline there is, or None."""

    def run(session: Session) -> datetime | None:
        booking = session.scalar(select(func.min(Booking.expires_at)))
        # Closed rooms have no ``closes_at``, so this too is the first entry of an index.
        room = session.scalar(select(func.min(Conversation.closes_at)).where(Conversation.closed_at.is_(None)))
        return min((moment for moment in (booking, room) if moment is not None), default=None)

    return storage.read(run)


def settle_due() -> int:
    """Act on everything that is due now. Any number of workers may do this at once. Returns how much was done."""
    done = 0
    while count := sum(storage.write(step) for step in _STEPS):
        done += count
    return done


def _expire_bookings(session: Session) -> int:
    now = clock.now()
    due = session.scalars(
        select(Booking)
        .where(Booking.expires_at <= now)
        .order_by(Booking.expires_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    return sum(expire(session, booking, now) for booking in due)


def _close_rooms(session: Session) -> int:
    due = session.scalars(
        select(Conversation.id)
        .where(Conversation.closed_at.is_(None), Conversation.closes_at <= clock.now())
        .order_by(Conversation.closes_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    return sum(rooms.refresh(session, identifier).closed_at is not None for identifier in due)


_STEPS: tuple[Callable[[Session], int], ...] = (_expire_bookings, _close_rooms)


def trim_events() -> int:
    """Delete some of the events older than the retention: a part at a time, because everybody's writes wait for it.
    Returns how many.
    """
    return storage.write(lambda session: log.trim(session, terms().event_retention, clock.now(), TRIM_BATCH))
