"""Rows as a person may see them. What is not put into a payload here reaches nobody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.domain import clock
from app.domain.banks import masked
from app.events.payloads import (
    BankAccountPayload,
    BookingPayload,
    ConversationPayload,
    MarkPayload,
    MarksPayload,
    MemberRole,
    MessagePayload,
    NotificationPayload,
    OpeningPayload,
    OwnBookingPayload,
    PaymentCardPayload,
    ServicePayload,
    TherapistPayload,
)
from app.models import BankAccount, Booking, Conversation, Message, Notification, PaymentCard, Therapist

# Built once: every conversation that is shown asks these.
_MESSAGE = select(Message).where(
    Message.conversation_id == bindparam("conversation_id"), Message.seq == bindparam("seq")
)
_UNREAD = select(func.count()).where(
    Message.__table__.c.conversation_id == bindparam("conversation_id"),
    Message.__table__.c.seq > bindparam("read"),
    Message.__table__.c.sender_role != bindparam("role"),
)


class Room(Protocol):
    """What of a conversation its messages show."""

    @property
    def customer_id(self) -> str: ...
    @property
    def therapist_id(self) -> str: ...
    @property
    def customer_read_seq(self) -> int: ...
    @property
    def therapist_read_seq(self) -> int: ...


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message as it is written, with the card that it carries: what its row would show, without the cost of the
    mapper.
    """

    id: str
    conversation_id: str
    seq: int
    client_id: str
    sender_user_id: str
    sender_role: MemberRole
    sender_name: str
    receiver_name: str
    message: str
    message_type: str
    created_at: datetime
    card: PaymentCard | None


def booking_for(booking: Booking, role: MemberRole) -> BookingPayload:
    """A booking for one of its two sides, as events carry it. Neither side's event holds the WhatsApp number; the
    therapist sees the exact location only if she ever accepted.
    """
    hidden = role == "therapist" and booking.accepted_at is None
    return BookingPayload.model_validate(_booking_fields(booking) | {"location": None if hidden else booking.location})


def own_booking(booking: Booking) -> OwnBookingPayload:
    """A booking in an answer to its own customer."""
    own = {"customer_whats_app": booking.customer_whatsapp, "address": booking.location}
    return OwnBookingPayload.model_validate(_booking_fields(booking) | own)


def booking_answer(booking: Booking, role: str) -> BookingPayload:
    """A booking in an HTTP answer to one of its two sides."""
    return own_booking(booking) if role == "customer" else booking_for(booking, "therapist")


def _booking_fields(booking: Booking) -> dict[str, object]:
    same = (
        "customer_id therapist_id conversation_id customer_name therapist_name status price service_price travel_fee "
        "currency service_id service_name area location location_type massage_for timezone expires_at cancelled_by "
        "cancel_reason cancel_note note version created_at accepted_at confirmed_at cancelled_at"
    )
    return {name: getattr(booking, name) for name in same.split()} | {
        "booking_id": booking.id,
        "duration": booking.duration_minutes,
        "scheduled_time": booking.starts_at,
        "end_time": booking.ends_at,
        "completed": booking.status == "user_confirmed" and booking.ends_at <= clock.now(),
    }


def conversation_for(session: Session, conversation: Conversation, role: MemberRole) -> ConversationPayload:
    """A conversation for one of its members."""
    is_open = conversation.closed_at is None
    is_unlocked = is_open and conversation.is_unlocked
    last = _last_message(session, conversation)
    return ConversationPayload(
        id=conversation.id,
        customer_id=conversation.customer_id,
        therapist_id=conversation.therapist_id,
        customer_name=conversation.customer_name,
        therapist_name=conversation.therapist_name,
        booking_id=conversation.booking_id,
        is_open=is_open,
        can_write=is_unlocked or (is_open and role == "customer"),
        is_unlocked=is_unlocked,
        closed_reason=conversation.closed_reason,  # type: ignore[arg-type]  # pydantic checks the literal
        expires_at=conversation.closes_at or conversation.closed_at,
        unread_count=_unread(session, conversation, role),
        marks=marks_of(conversation).marks,
        last_message=message_view(last, conversation) if last else None,
        version=conversation.version,
    )


def _last_message(session: Session, conversation: Conversation) -> Message | None:
    if not conversation.last_seq:
        return None
    asked = {"conversation_id": conversation.id, "seq": conversation.last_seq}
    return session.execute(_MESSAGE, asked).scalar_one_or_none()


def _unread(session: Session, conversation: Conversation, role: MemberRole) -> int:
    read = conversation.customer_read_seq if role == "customer" else conversation.therapist_read_seq
    if read >= conversation.last_seq:
        return 0
    asked = {"conversation_id": conversation.id, "read": read, "role": role}
    return session.execute(_UNREAD, asked).scalar_one()


def marks_of(conversation: Conversation) -> MarksPayload:
    """Both sides' delivered and read marks."""
    c = conversation
    return MarksPayload(
        conversation_id=c.id,
        marks=[
            MarkPayload(role="customer", delivered_seq=c.customer_delivered_seq, read_seq=c.customer_read_seq),
            MarkPayload(role="therapist", delivered_seq=c.therapist_delivered_seq, read_seq=c.therapist_read_seq),
        ],
    )


def message_view(message: Message | NewMessage, conversation: Room) -> MessagePayload:
    """A message; both members see the same."""
    by_customer = message.sender_role == "customer"
    customer, therapist = f"customer_{conversation.customer_id}", f"therapist_{conversation.therapist_id}"
    read = conversation.therapist_read_seq if by_customer else conversation.customer_read_seq
    return MessagePayload(
        id=message.id,
        conversation_id=message.conversation_id,
        seq=message.seq,
        client_id=message.client_id,
        sender_id=customer if by_customer else therapist,
        sender_name=message.sender_name,
        sender_role="customer" if by_customer else "therapist",
        receiver_id=therapist if by_customer else customer,
        receiver_name=message.receiver_name,
        receiver_role="therapist" if by_customer else "customer",
        message=message.message,
        message_type=message.message_type,  # type: ignore[arg-type]  # pydantic checks the literal
        payment_card=_card_view(message) if message.message_type == "payment_card" else None,
        is_read=message.seq <= read,
        created_at=message.created_at,
    )


def _card_view(message: Message | NewMessage) -> PaymentCardPayload:
    card = message.card
    assert card is not None  # written in the transaction of its message
    return PaymentCardPayload(
        card_id=card.message_id,
        booking_id=card.booking_id,
        bank=card.bank,
        holder=card.holder,
        masked=message.message,
        is_outdated=card.outdated_at is not None,
    )


def account_view(account: BankAccount) -> BankAccountPayload:
    """A provider's account for her own eyes."""
    return BankAccountPayload(
        bank=account.bank,
        holder=account.holder,
        masked=masked(account.bank, account.number),
        updated_at=account.updated_at,
    )


def notification_view(row: Notification) -> NotificationPayload:
    """A notification for the person it is addressed to."""
    return NotificationPayload.model_validate({name: getattr(row, name) for name in NotificationPayload.model_fields})


def therapist_view(therapist: Therapist) -> TherapistPayload:
    """A provider as everyone may see it."""
    same = (
        "id kind display_name area areas_served address timezone languages capacity status travel_fee currency "
        "photo_url about_en about_id"
    )
    return TherapistPayload.model_validate(
        {name: getattr(therapist, name) for name in same.split()}
        | {
            "services": [
                ServicePayload(
                    id=service.id,
                    name=service.name,
                    name_id=service.name_id,
                    duration=service.duration_minutes,
                    price=service.price,
                    currency=therapist.currency,
                )
                for service in therapist.services
                if service.is_active
            ],
            "hours": [
                OpeningPayload(
                    weekday=row.weekday, opens=_clock_face(row.opens_minute), closes=_clock_face(row.closes_minute)
                )
                for row in therapist.hours
            ],
        }
    )


def _clock_face(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
