"""One step of a booking from state to state. A single compare-and-set decides every race."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.orm import Session

from app.domain import clock, notifications, rooms, views
from app.domain.booking_rows import add_transition, announce
from app.domain.policies import Rule, terms
from app.domain.slots import free_slot, slot_taken
from app.events.payloads import BookingStatus
from app.models import Booking, Conversation, Therapist


@dataclass(frozen=True, slots=True)
class Move:
    """Who makes which transition: ``customer`` or ``therapist`` with the person's id, or ``system`` without one."""

    rule: Rule
    actor: str
    actor_id: str | None = None
    #: The free words given with decline or cancel.
    note: str | None = None


def make(session: Session, booking: Booking, move: Move) -> bool:
    """Make the move, and tell both sides. False when the state or its deadline does not allow it any more.

    :raises Conflict: ``slot_taken``, with the current booking
    """
    now, before = clock.now(), booking.status
    changes = _CHANGES[move.rule.target](session, booking, move, now)
    moved = session.execute(
        update(Booking)
        .where(Booking.id == booking.id, Booking.status.in_(move.rule.origins), *_in_time(move.actor, now))
        .values(status=move.rule.target, version=Booking.version + 1, **changes)
        .returning(Booking.version)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    session.refresh(booking)
    if moved is None:
        return False
    add_transition(session, booking, before, move.actor, move.actor_id, now)
    _tell(session, booking, move)
    return True


def _in_time(actor: str, now: datetime) -> list[ColumnElement[bool]]:
    if actor == "system":
        return [Booking.expires_at <= now]
    return [or_(Booking.expires_at.is_(None), Booking.expires_at > now), Booking.ends_at > now]


def _accepted(session: Session, booking: Booking, _move: Move, now: datetime) -> dict[str, object]:
    deadline = min(now + terms().confirm_time, booking.ends_at)
    return {"slot": _slot_for(session, booking, now), "accepted_at": now, "expires_at": deadline}


def _confirmed(_session: Session, _booking: Booking, _move: Move, now: datetime) -> dict[str, object]:
    return {"confirmed_at": now, "expires_at": None}


def _cancelled(_session: Session, _booking: Booking, move: Move, now: datetime) -> dict[str, object]:
    return {
        "cancelled_at": now,
        "cancelled_by": move.actor,
        "cancel_reason": move.rule.reason,
        "cancel_note": move.note,
        "expires_at": None,
    }


#: What each state writes into the booking when it is reached, beside its name.
_CHANGES: Final[Mapping[BookingStatus, Callable[[Session, Booking, Move, datetime], dict[str, object]]]] = {
    "therapist_accepted": _accepted,
    "user_confirmed": _confirmed,
    "cancelled": _cancelled,
}


def _slot_for(session: Session, booking: Booking, now: datetime) -> int | None:
    # The provider's row is locked first: two acceptances side by side then see each other's places, and the
    # constraint in the database is a net under this, not the way it works.
    therapist = session.get_one(
        Therapist, booking.therapist_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if booking.status != "pending" or booking.expires_at is None or booking.expires_at <= now:
        return booking.slot
    slot = free_slot(session, therapist, booking.starts_at, booking.ends_at)
    if slot is None:
        refusal = slot_taken()
        refusal.detail = "You already have a booking at this time. Nothing was changed; decline it, or let it expire."
        refusal.extra["current"] = views.booking_answer(booking, "therapist")
        raise refusal
    return slot


def _tell(session: Session, booking: Booking, move: Move) -> None:
    """Events to both sides; a notification to whoever did not do it."""
    room = session.get_one(Conversation, booking.conversation_id)
    announce(session, "booking.changed", booking, room)
    room = rooms.refresh(session, booking.conversation_id)
    notifications.settle(session, booking)
    sides = {"customer": room.customer_id, "therapist": room.therapist_user_id}
    for side, user_id in sides.items():
        if side != move.actor:
            notifications.notify(session, user_id, move.rule.notice, booking)
