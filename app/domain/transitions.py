"""Moving a booking between its states: by a person, or by the clock. One compare-and-set decides every race."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock, notifications, rooms, views
from app.domain.bookings import announce, free_slot, own_bookings, slot_taken
from app.domain.errors import Conflict, Forbidden, nothing_here
from app.domain.free_text import Texts
from app.domain.people import Person
from app.domain.policies import EXPIRIES, RULES, Action, Rule, terms
from app.events.payloads import BookingPayload, NotificationType
from app.models import Booking, BookingTransition, Therapist

REASON_LENGTH = 300

_TOLD: dict[str, NotificationType] = {
    "therapist_accepted": "booking_accepted",
    "user_confirmed": "booking_confirmed",
    "declined": "booking_declined",
    "customer_cancelled": "booking_cancelled",
    "therapist_cancelled": "booking_cancelled",
    "answer_expired": "booking_expired",
    "confirm_expired": "booking_expired",
}


def act(person: Person, booking_id: str, action: Action, reason: str | None = None) -> BookingPayload:
    """Perform an action on one of the person's bookings. The same person repeating it gets the same answer.

    :param reason: free words for the other side, with decline and cancel
    :raises NotFound: unknown, or somebody else's
    :raises Forbidden: the action belongs to the other side
    :raises Conflict: ``booking_state`` with the current booking; ``slot_taken``
    """
    rule = RULES.get((action, person.side))
    if rule is None:
        raise Forbidden(f"Only the {'customer' if action == 'confirm' else 'therapist'} can {action} a booking.")
    note = _checked_reason(reason)

    def run(session: Session) -> tuple[BookingPayload, bool]:
        # Locked, so that the same action twice at once is seen as a repetition by the second.
        mine = own_bookings(person).where(Booking.id == booking_id).with_for_update(key_share=True)
        booking = session.scalar(mine)
        if booking is None:
            raise nothing_here()
        if _happened_already(session, booking, rule, person):
            return views.booking_answer(booking, person.role), True
        done = _move(session, booking, rule, person.side, person.id, note)
        if not done:
            # A deadline that has passed is made true before it is reported.
            expire(session, booking, clock.now())
        return views.booking_answer(booking, person.role), done

    answer, done = storage.write(run)
    if not done:
        raise Conflict(
            "The booking has moved on meanwhile. Nothing was changed by this; see how it stands now.",
            code="booking_state",
            extra={"current": answer},
        )
    return answer


def _checked_reason(reason: str | None) -> str | None:
    texts = Texts()
    note = texts.take("reason", reason or "", longest=REASON_LENGTH, shortest=0, lines=True)
    texts.finish()
    return note or None


def _happened_already(session: Session, booking: Booking, rule: Rule, person: Person) -> bool:
    """Whether this very person has made this very transition, and it has not been undone by a cancellation."""
    if booking.status == "cancelled" and booking.cancel_reason != rule.reason:
        return False
    earlier = select(BookingTransition.id).where(
        BookingTransition.booking_id == booking.id,
        BookingTransition.to_status == rule.target,
        BookingTransition.actor_user_id == person.id,
        BookingTransition.reason == rule.reason if rule.reason else BookingTransition.reason.is_(None),
    )
    return session.scalar(earlier) is not None


def expire(session: Session, booking: Booking, now: datetime) -> bool:
    """Cancel the booking if the deadline of its state has passed."""
    rule = EXPIRIES.get(booking.status)  # type: ignore[call-overload]  # the column holds the literals only
    if rule is None or booking.expires_at is None or booking.expires_at > now:
        return False
    return _move(session, booking, rule, "system", None, None)


def _move(session: Session, booking: Booking, rule: Rule, actor: str, actor_id: str | None, note: str | None) -> bool:
    """The transition itself; False when the state or its deadline does not allow it any more."""
    now = clock.now()
    slot = _slot_for(session, booking, now) if rule.target == "therapist_accepted" else booking.slot
    before = booking.status
    moved = session.execute(
        update(Booking)
        .where(Booking.id == booking.id, Booking.status.in_(rule.origins), *_in_time(actor, now))
        .values(slot=slot, version=Booking.version + 1, **_changes(booking, rule, actor, now, note))
        .returning(Booking.version)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    session.refresh(booking)
    if moved is None:
        return False
    session.add(
        BookingTransition(
            booking_id=booking.id,
            version=moved,
            from_status=before,
            to_status=rule.target,
            actor_role=actor,
            actor_user_id=actor_id,
            reason=rule.reason,
            at=now,
        )
    )
    _tell(session, booking, rule, actor)
    return True


def _in_time(actor: str, now: datetime) -> list[ColumnElement[bool]]:
    if actor == "system":
        return [Booking.expires_at <= now]
    return [or_(Booking.expires_at.is_(None), Booking.expires_at > now), Booking.ends_at > now]


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


def _changes(booking: Booking, rule: Rule, actor: str, now: datetime, note: str | None) -> dict[str, object]:
    if rule.target == "therapist_accepted":
        deadline = min(now + terms().confirm_time, booking.ends_at)
        return {"status": rule.target, "accepted_at": now, "expires_at": deadline}
    if rule.target == "user_confirmed":
        return {"status": rule.target, "confirmed_at": now, "expires_at": None}
    return {
        "status": rule.target,
        "cancelled_at": now,
        "cancelled_by": actor,
        "cancel_reason": rule.reason,
        "cancel_note": note,
        "expires_at": None,
    }


def _tell(session: Session, booking: Booking, rule: Rule, actor: str) -> None:
    """Events to both sides; a notification to whoever did not do it."""
    announce(session, "booking.changed", booking)
    conversation = rooms.refresh(session, booking.conversation_id)
    notifications.settle(session, booking)
    kind = _TOLD[rule.reason or rule.target]
    sides = {"customer": conversation.customer_id, "therapist": conversation.therapist_user_id}
    for side, user_id in sides.items():
        if side != actor:
            notifications.notify(session, user_id, kind, booking)
