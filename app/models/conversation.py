"""One conversation per customer and therapist, and its messages."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from app.extensions import Base
from app.models.payment import PaymentCard
from app.storage.columns import UtcDateTime


class Conversation(Base):
    """The room of a pair. ``closes_at`` and ``closed_reason`` are derived from all bookings of the pair and kept here
    so that a deadline can find them; once the closing was announced, ``closed_at`` stands instead of ``closes_at``.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("customer_id", "therapist_id"),
        Index(None, "therapist_user_id"),
        Index(None, "closes_at"),
    )

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    therapist_id: Mapped[str] = mapped_column(ForeignKey("therapists.id"))
    therapist_user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    customer_name: Mapped[str] = mapped_column(String(80))
    therapist_name: Mapped[str] = mapped_column(String(80))
    # The booking the room is about now. No foreign key: bookings already point here.
    booking_id: Mapped[str | None] = mapped_column(String(40))
    # Whether the therapist may write: some booking of the open room was accepted.
    is_unlocked: Mapped[bool] = mapped_column(default=False)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_reason: Mapped[str | None] = mapped_column(String(24))
    last_seq: Mapped[int] = mapped_column(default=0)
    customer_delivered_seq: Mapped[int] = mapped_column(default=0)
    customer_read_seq: Mapped[int] = mapped_column(default=0)
    therapist_delivered_seq: Mapped[int] = mapped_column(default=0)
    therapist_read_seq: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    active_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Message(Base):
    """A message, numbered from 1 in its conversation without a gap."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("sender_user_id", "client_id"),
        CheckConstraint("message_type IN ('text', 'system', 'booking', 'payment_card')", name="message_type"),
        CheckConstraint("sender_role IN ('customer', 'therapist')", name="sender_role"),
    )

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(40), unique=True)
    client_id: Mapped[str] = mapped_column(String(100))
    sender_user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    sender_role: Mapped[str] = mapped_column(String(12))
    sender_name: Mapped[str] = mapped_column(String(80))
    receiver_name: Mapped[str] = mapped_column(String(80))
    message: Mapped[str] = mapped_column(Text)
    message_type: Mapped[str] = mapped_column(String(16), default="text")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    #: Asked for only where ``message_type`` says that there is one.
    card: Mapped[PaymentCard | None] = relationship(
        primaryjoin=lambda: foreign(Message.id) == PaymentCard.message_id, viewonly=True
    )
