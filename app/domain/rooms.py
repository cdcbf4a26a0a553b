"""When a conversation is open, and what it is about.

A pair has one room but may have several bookings, so the room is derived from all of them: it is open as long as any
of them keeps it open (docs/adr/0007).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import and_, bindparam, or_, select, union
from sqlalchemy.orm import Session

from app.domain import clock, views
from app.domain.ids import conversation_id
from app.domain.policies import terms
from app.events.log import emit
from app.events.types import EventType
from app.models import Booking, Conversation, Therapist

# Built once: every step of a booking asks these, and building a statement costs more than running it.
_ROOM = select(Conversation).where(Conversation.id == bindparam("identifier"))
_LOCKED = _ROOM.with_for_update(key_share=True).execution_options(populate_existing=True)
_ROW = Booking.__table__.c
# No more than decides: what is encrypted stays so.
_OF_PAIR = select(
    _ROW.id, _ROW.status, _ROW.ends_at, _ROW.accepted_at, _ROW.cancelled_at, _ROW.cancel_reason, _ROW.created_at
).where(_ROW.conversation_id == bindparam("identifier"))
_ALIVE = _ROW.status != "cancelled"
_WAS_ACCEPTED = and_(_ROW.status == "cancelled", _ROW.accepted_at.is_not(None))
_DECIDING = union(
    _OF_PAIR.where(
        or_(
            and_(_ALIVE, _ROW.ends_at > bindparam("since")),
            and_(_WAS_ACCEPTED, _ROW.cancelled_at > bindparam("since")),
        )
    ),
    *(
        select(first.limit(1).subquery())
        for first in (
            _OF_PAIR.order_by(_ROW.created_at.desc(), _ROW.id.desc()),
            _OF_PAIR.where(_ALIVE).order_by(_ROW.ends_at.desc()),
            _OF_PAIR.where(_WAS_ACCEPTED).order_by(_ROW.cancelled_at.desc()),
        )
    ),
)


class Deciding(Protocol):
    """What of a booking decides about its room."""

    @property
    def id(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def accepted_at(self) -> datetime | None: ...
    @property
    def cancelled_at(self) -> datetime | None: ...
    @property
    def cancel_reason(self) -> str | None: ...
    @property
    def created_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class RoomState:
    """``closes_at`` lies in the past for a closed room."""

    booking_id: str | None
    closes_at: datetime | None
    is_unlocked: bool
    closed_reason: str | None


def keeps_open_until(booking: Deciding) -> datetime:
    """Until when one booking keeps its room open: some time after its end; after its cancellation if it had been
    accepted; not beyond its cancellation if it never was.
    """
    if booking.status != "cancelled":
        return booking.ends_at + terms().chat_open_time
    assert booking.cancelled_at is not None
    if booking.accepted_at is None:
        return booking.cancelled_at
    return booking.cancelled_at + terms().chat_open_time


def derive(bookings: Sequence[Deciding], now: datetime) -> RoomState:
    """The room's state from the pair's bookings, newest first."""
    if not bookings:
        return RoomState(None, None, False, None)
    last = max(bookings, key=keeps_open_until)
    closes_at = keeps_open_until(last)
    opening = [b for b in bookings if keeps_open_until(b) > now]
    subject = next((b for b in bookings if b.status != "cancelled" and b in opening), bookings[0])
    reason = None if opening else last.cancel_reason or "ended"
    return RoomState(subject.id, closes_at, any(b.accepted_at for b in opening), reason)


def room_of(
    session: Session, customer_id: str, customer_name: str, therapist: Therapist, now: datetime
) -> Conversation:
    """The pair's conversation, made if there is none. The customer is called what the newest booking says."""
    identifier = conversation_id(customer_id, therapist.id)
    conversation = session.execute(_ROOM, {"identifier": identifier}).scalar_one_or_none()
    if conversation is None:
        conversation = Conversation(
            id=identifier,
            customer_id=customer_id,
            therapist_id=therapist.id,
            therapist_user_id=therapist.user_id,
            created_at=now,
            closed_at=now,
        )
        session.add(conversation)
    conversation.customer_name, conversation.therapist_name = customer_name, therapist.display_name
    conversation.active_at = now
    session.flush()
    return conversation


def refresh(session: Session, identifier: str) -> Conversation:
    """Derive the room again after one of its bookings changed or its time has come, and tell both members if what
    they may do changed.
    """
    now = clock.now()
    conversation = session.execute(_LOCKED, {"identifier": identifier}).scalar_one()
    state = derive(_deciding(session, identifier, now), now)
    is_open = state.closes_at is not None and state.closes_at > now
    was = (conversation.closed_at is None, _shown(conversation))
    # A closed room has no deadline any more: whoever looks for the next one must not meet all that ever closed.
    conversation.booking_id, conversation.closes_at = state.booking_id, state.closes_at if is_open else None
    conversation.is_unlocked, conversation.closed_reason = state.is_unlocked, state.closed_reason
    conversation.closed_at = None if is_open else conversation.closed_at or now
    if was != (is_open, _shown(conversation)):
        conversation.version += 1
        session.flush()
        _announce(session, conversation, is_open)
    return conversation


def _deciding(session: Session, identifier: str, now: datetime) -> list[Deciding]:
    """The bookings of a pair that decide about its room, newest first: all that keep it open, the newest, and those
    that kept it open longest. However many others there are, they cannot push these out.
    """
    asked = {"identifier": identifier, "since": now - terms().chat_open_time}
    found = session.execute(_DECIDING, asked).all()
    return sorted(found, key=lambda booking: (booking.created_at, booking.id), reverse=True)


def _shown(conversation: Conversation) -> tuple[object, ...]:
    c = conversation
    return (c.booking_id, c.closes_at, c.is_unlocked, c.closed_reason)


def _announce(session: Session, conversation: Conversation, is_open: bool) -> None:
    name: EventType = "conversation.opened" if is_open else "conversation.closed"
    emit(session, conversation.customer_id, name, views.conversation_for(session, conversation, "customer"))
    emit(session, conversation.therapist_user_id, name, views.conversation_for(session, conversation, "therapist"))
