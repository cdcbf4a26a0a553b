"""Payment cards: the one way in which a bank account reaches a customer, and only the customer of that booking."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app import storage
from app.domain import bank_accounts, banks, chat, clock, rooms, transitions, views
from app.domain.bookings import own_bookings
from app.domain.chat import Sent
from app.domain.errors import Conflict, Forbidden, nothing_here
from app.domain.people import Person
from app.domain.rates import take_account, take_message
from app.events.payloads import MessagePayload, RevealedCardPayload
from app.models import ACTIVE_STATES, BankAccount, Booking, Message, PaymentCard, PaymentCardReveal


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a look at a card came to: exactly one of the two. A refusal is raised after the commit, because the booking
    may have been brought up to date on the way.
    """

    card: RevealedCardPayload | None = None
    refusal: Conflict | None = None


def send(therapist: Person, conversation_id: str, client_id: str, booking_id: str | None) -> Sent:
    """Send a card of the therapist's account, once per ``client_id``, for a booking that she accepted: the one named,
    or the newest.

    :raises Forbidden: a customer has no account to send
    :raises NotFound: not a conversation of hers, or no booking of it
    :raises Invalid: ``client_id_reused``
    :raises Conflict: ``chat_closed``; ``booking_state`` with the current booking; ``no_bank_account``
    :raises TooMany: more than the rate allows
    """
    if therapist.side != "therapist":
        raise Forbidden("Only the therapist can send a payment card.")
    take_message(therapist.id)

    def run(session: Session) -> Sent:
        # Bookings, the provider's row, the room: the order in which everybody locks.
        bookings = _locked_bookings(session, therapist, conversation_id, booking_id)
        account = bank_accounts.locked(session, therapist)
        room = chat.locked_room(session, therapist, conversation_id)
        earlier = chat.sent_before(session, therapist, client_id)
        if earlier is not None:
            return Sent(_replayed(earlier, room, booking_id), is_new=False)
        chat.require_open(session, room, "therapist")
        booking = _booking_to_pay(bookings, booking_id)
        card = _card_of(account, booking)
        shown = banks.masked(card.bank, card.number)
        return Sent(chat.store(session, room, therapist, client_id, shown, card), is_new=True)

    return storage.write(run)


def _locked_bookings(
    session: Session, therapist: Person, conversation_id: str, booking_id: str | None
) -> list[Booking]:
    """The pair's bookings that a card may be about, newest first; none of them moves until the commit. With them
    the one that is named, or the newest, which may say why there is none.
    """
    mine = own_bookings(therapist).where(Booking.conversation_id == conversation_id)
    live = session.scalars(
        mine.where(Booking.status.in_(ACTIVE_STATES)).order_by(Booking.id).with_for_update(key_share=True)
    ).all()
    named = mine.where(Booking.id == booking_id) if booking_id else mine
    other = session.scalars(named.order_by(Booking.created_at.desc(), Booking.id.desc()).limit(1)).all()
    return sorted({*live, *other}, key=lambda booking: (booking.created_at, booking.id), reverse=True)


def _replayed(message: Message, room: chat.LockedRoom, booking_id: str | None) -> MessagePayload:
    card = message.card if message.message_type == "payment_card" else None
    same = card is not None and booking_id in (None, card.booking_id)
    if not same or message.conversation_id != room.id:
        raise chat.client_id_reused()
    return views.message_view(message, room)


def _booking_to_pay(bookings: list[Booking], booking_id: str | None) -> Booking:
    asked = [booking for booking in bookings if booking_id in (None, booking.id)]
    if not asked:
        raise nothing_here()
    payable = next((booking for booking in asked if _is_accepted(booking)), None)
    if payable is None:
        raise Conflict(
            "A payment card goes with a booking that is accepted, and it is not accepted now. Nothing was sent.",
            code="booking_state",
            extra={"current": views.booking_for(asked[0], "therapist")},
        )
    return payable


def _is_accepted(booking: Booking) -> bool:
    now = clock.now()
    in_time = booking.expires_at is None or booking.expires_at > now
    return booking.status in ACTIVE_STATES and in_time and rooms.keeps_open_until(booking) > now


def _card_of(account: BankAccount | None, booking: Booking) -> PaymentCard:
    if account is None:
        raise Conflict(
            "There is no bank account yet, so nothing was sent. Add it on your page, then send the card.",
            code="no_bank_account",
        )
    return PaymentCard(
        conversation_id=booking.conversation_id,
        booking_id=booking.id,
        therapist_id=booking.therapist_id,
        bank=account.bank,
        holder=account.holder,
        number=account.number,
    )


def reveal(customer: Person, message_id: str) -> RevealedCardPayload:
    """The number on a card, for the customer of its booking. That it was looked at is written down in the same
    transaction: there is no number without a row.

    :raises NotFound: no such card, or of somebody else's booking
    :raises Conflict: ``booking_state``: the booking was cancelled; with the booking as it is
    :raises TooMany: more than the rate allows
    """
    take_account(customer.id)
    outcome = storage.write(lambda session: _look(session, customer, message_id))
    if outcome.card is None:
        assert outcome.refusal is not None
        raise outcome.refusal
    return outcome.card


def _look(session: Session, customer: Person, message_id: str) -> _Outcome:
    asked = select(PaymentCard.booking_id).where(PaymentCard.message_id == message_id).scalar_subquery()
    # Locked: a cancellation either came before, or finds that the number was seen.
    booking = session.scalar(own_bookings(customer).where(Booking.id == asked).with_for_update(key_share=True))
    if booking is None:
        raise nothing_here()
    transitions.expire(session, booking, clock.now())
    if booking.status not in ACTIVE_STATES:
        return _Outcome(refusal=_refusal(booking))
    card = session.get_one(PaymentCard, message_id, options=[undefer(PaymentCard.number)], populate_existing=True)
    session.add(
        PaymentCardReveal(message_id=message_id, booking_id=booking.id, viewer_user_id=customer.id, at=clock.now())
    )
    return _Outcome(
        RevealedCardPayload(
            card_id=message_id,
            bank=card.bank,
            holder=card.holder,
            number=card.number,
            is_outdated=card.outdated_at is not None,
        )
    )


def _refusal(booking: Booking) -> Conflict:
    return Conflict(
        "This booking was cancelled, so there is nothing to pay and the account number is not shown. "
        "If you have paid already, write in the chat.",
        code="booking_state",
        extra={"current": views.booking_answer(booking, "customer")},
    )
