"""Bookings and the history of their transitions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.storage.columns import EncryptedText, UtcDateTime

#: States in which a booking holds one of its provider's places.
ACTIVE_STATES = ("therapist_accepted", "user_confirmed")


class Booking(Base):
    """An order for one session. The migration adds what keeps two bookings that hold a place from overlapping:
    an exclusion constraint on PostgreSQL, triggers on SQLite, both named ``booking_overlap``.
    """

    __tablename__ = "bookings"
    __table_args__ = (
        UniqueConstraint("customer_id", "idempotency_key"),
        CheckConstraint("status IN ('pending', 'therapist_accepted', 'user_confirmed', 'cancelled')", name="status"),
        CheckConstraint("(status = 'cancelled') = (cancelled_by IS NOT NULL)", name="cancelled_by"),
        CheckConstraint("cancelled_by IN ('customer', 'therapist', 'system')", name="cancelled_by_whom"),
        CheckConstraint(
            "cancel_reason IN ('customer_cancelled', 'therapist_cancelled', 'declined', 'answer_expired', "
            "'confirm_expired')",
            name="cancel_reason",
        ),
        CheckConstraint(
            "status NOT IN ('therapist_accepted', 'user_confirmed') OR slot IS NOT NULL", name="active_has_slot"
        ),
        CheckConstraint("(expires_at IS NULL) = (status IN ('user_confirmed', 'cancelled'))", name="deadline"),
        CheckConstraint("slot >= 1", name="slot"),
        CheckConstraint("starts_at < ends_at", name="times"),
        CheckConstraint("price = service_price + travel_fee", name="price"),
        Index(None, "customer_id", "created_at"),
        Index(None, "therapist_id", "starts_at"),
        Index(None, "conversation_id"),
        Index(None, "expires_at"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    therapist_id: Mapped[str] = mapped_column(ForeignKey("therapists.id"))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    service_id: Mapped[str] = mapped_column(ForeignKey("services.id"))
    service_name: Mapped[str] = mapped_column(String(80))
    customer_name: Mapped[str] = mapped_column(String(80))
    customer_whatsapp: Mapped[str] = mapped_column(EncryptedText)
    therapist_name: Mapped[str] = mapped_column(String(80))
    area: Mapped[str] = mapped_column(String(80))
    location: Mapped[str] = mapped_column(String(300))
    location_type: Mapped[str] = mapped_column(String(8))
    massage_for: Mapped[str] = mapped_column(String(8))
    note: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20))
    service_price: Mapped[int]
    travel_fee: Mapped[int]
    price: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    duration_minutes: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    timezone: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    slot: Mapped[int | None]
    cancelled_by: Mapped[str | None] = mapped_column(String(12))
    cancel_reason: Mapped[str | None] = mapped_column(String(24))
    cancel_note: Mapped[str | None] = mapped_column(String(300))
    idempotency_key: Mapped[str] = mapped_column(String(200))
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BookingTransition(Base):
    """What happened to a booking, by whom and when; rows are only ever added."""

    __tablename__ = "booking_transitions"
    __table_args__ = (UniqueConstraint("booking_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[str] = mapped_column(ForeignKey("bookings.id"))
    version: Mapped[int]
    from_status: Mapped[str | None] = mapped_column(String(20))
    to_status: Mapped[str] = mapped_column(String(20))
    actor_role: Mapped[str] = mapped_column(String(12))
    actor_user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str | None] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
