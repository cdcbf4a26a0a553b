"""Moving a booking between its states: by a person, or by the clock."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock, passes, refusals, views
from app.domain.bookings import own_bookings
from app.domain.errors import Conflict, nothing_here
from app.domain.free_text import Texts
from app.domain.moves import Move, make
from app.domain.people import Person
from app.domain.policies import EXPIRIES, Action, Rule, rule_for
from app.events.payloads import BookingPayload
from app.models import Booking, BookingTransition

REASON_LENGTH = 300


def act(person: Person, booking_id: str, action: Action, reason: str | None = None) -> BookingPayload:
    """Perform an action on one of the person's bookings. The same person repeating it gets the same answer.

    :param reason: free words for the other side, with decline and cancel
    :raises NotFound: unknown, or somebody else's
    :raises Forbidden: the action belongs to the other side
    :raises Invalid: the reason is too long, or carries contact details
    :raises Conflict: ``booking_state`` with the current booking; ``slot_taken``
    """
    rule = rule_for(action, person.side)
    texts = Texts()
    note = texts.take("reason", reason or "", longest=REASON_LENGTH, shortest=0, lines=True) or None
    # Known once the booking is found; what an outsider writes is about no conversation of hers.
    place: list[str] = []

    def run(session: Session) -> tuple[BookingPayload, bool]:
        booking = _locked(session, person, booking_id)
        place[:] = [booking.conversation_id]
        return _attempt(session, person, booking, Move(rule, person.side, person.id, note), texts)

    with refusals.noting(person.id, place, texts.judged):
        answer, done = storage.write(run)
    if not done:
        raise Conflict(
            "The booking has moved on meanwhile. Nothing was changed by this; see how it stands now.",
            code="booking_state",
            extra={"current": answer},
        )
    return answer


def _locked(session: Session, person: Person, booking_id: str) -> Booking:
    # Locked, so that the same action twice at once is seen as a repetition by the second.
    booking = session.scalar(own_bookings(person).where(Booking.id == booking_id).with_for_update(key_share=True))
    if booking is None:
        raise nothing_here()
    return booking


def _attempt(
    session: Session, person: Person, booking: Booking, move: Move, texts: Texts
) -> tuple[BookingPayload, bool]:
    """The booking as it stands then, and whether the rule's transition has happened, now or before."""
    done = _happened_already(session, booking, move.rule, person)
    if not done:
        texts.require_readable()
        done = make(session, booking, move)
        if done:
            # Last, because a pass is used only for a reason that is stored. Without one all of this is undone.
            passes.require(session, person.id, booking.conversation_id, texts)
    if not done:
        # A deadline that has passed is made true before it is reported.
        expire(session, booking, clock.now())
    return views.booking_answer(booking, person.role), done


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
    """Cancel the booking if the deadline of its state has passed at ``now``. Returns whether this cancelled it."""
    rule = EXPIRIES.get(booking.status)  # type: ignore[call-overload]  # the column holds the literals only
    if rule is None or booking.expires_at is None or booking.expires_at > now:
        return False
    return make(session, booking, Move(rule, "system"))
