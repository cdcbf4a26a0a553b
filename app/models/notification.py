"""What a person must be told, until somebody acknowledges it on any device."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.storage.columns import UtcDateTime


class Notification(Base):
    """``level`` is the urgency, 0 for information, rising while a request is not answered."""

    __tablename__ = "notifications"
    __table_args__ = (Index(None, "user_id", "acknowledged_at"), Index(None, "booking_id"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    type: Mapped[str] = mapped_column(String(32))
    booking_id: Mapped[str | None] = mapped_column(ForeignKey("bookings.id"))
    # No reference: appeals are forgotten earlier, and what was told stays as it was told.
    appeal_id: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(String(300))
    level: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
