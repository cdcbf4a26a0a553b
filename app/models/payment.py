"""Bank accounts of providers, the payment cards sent of them, and who looked at the number on one."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.storage.columns import EncryptedText, UtcDateTime


class BankAccount(Base):
    """Where a provider is paid: one account at most, which may be the name of a wallet with its number."""

    __tablename__ = "bank_accounts"

    therapist_id: Mapped[str] = mapped_column(String(40), ForeignKey("therapists.id"), primary_key=True)
    bank: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(EncryptedText)
    number: Mapped[str] = mapped_column(EncryptedText)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaymentCard(Base):
    """The account as it was when a card of it was sent: what a customer saw once must not change under her hands.
    ``outdated_at`` is when the provider gave another account, or none.
    """

    __tablename__ = "payment_cards"
    __table_args__ = (Index(None, "therapist_id", "outdated_at"), Index(None, "booking_id"))

    message_id: Mapped[str] = mapped_column(String(40), ForeignKey("messages.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    booking_id: Mapped[str] = mapped_column(ForeignKey("bookings.id"))
    therapist_id: Mapped[str] = mapped_column(ForeignKey("therapists.id"))
    bank: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(EncryptedText)
    # Read only where it is asked for by name: whatever else is done with a card is done without it.
    number: Mapped[str] = mapped_column(EncryptedText, deferred=True)
    outdated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PaymentCardReveal(Base):
    """Somebody was shown the number on a card; rows are only ever added."""

    __tablename__ = "payment_card_reveals"
    __table_args__ = (Index(None, "message_id"), Index(None, "viewer_user_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("payment_cards.message_id"))
    booking_id: Mapped[str] = mapped_column(ForeignKey("bookings.id"))
    viewer_user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
