"""Which of a provider's places is free: the courtesy of a clear refusal, before the database's constraint decides."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.domain.errors import Conflict
from app.models import ACTIVE_STATES, Booking, Therapist

_TAKEN = select(Booking.__table__.c.slot).where(
    Booking.__table__.c.therapist_id == bindparam("therapist_id"),
    Booking.__table__.c.status.in_(ACTIVE_STATES),
    Booking.__table__.c.starts_at < bindparam("end"),
    Booking.__table__.c.ends_at > bindparam("start"),
)


def free_slot(session: Session, therapist: Therapist, start: datetime, end: datetime) -> int | None:
    """The lowest of the provider's places (from 1 to ``capacity``) that is free in [start, end), or None."""
    asked = {"therapist_id": therapist.id, "start": start, "end": end}
    taken = set(session.execute(_TAKEN, asked).scalars())
    return next((slot for slot in range(1, therapist.capacity + 1) if slot not in taken), None)


def slot_taken() -> Conflict:
    """The refusal of a time that is fully booked."""
    return Conflict(
        "This time is already taken. Your details are kept; choose another time or another therapist.",
        code="slot_taken",
    )
