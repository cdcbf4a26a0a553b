"""What customers have filled in but not sent, kept for their other devices."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.storage.columns import EncryptedText, UtcDateTime


class Draft(Base):
    """The draft of one customer for one provider. One that was removed stays as a row without content, so that its
    version never falls: a device that was away would take an older version for the newest.
    """

    __tablename__ = "drafts"
    __table_args__ = (CheckConstraint("version >= 1", name="version"), Index(None, "updated_at"))

    customer_id: Mapped[str] = mapped_column(String(40), ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    therapist_id: Mapped[str] = mapped_column(String(40), ForeignKey("therapists.id"), primary_key=True)
    version: Mapped[int]
    # JSON. It holds the WhatsApp number and the address.
    content: Mapped[str | None] = mapped_column(EncryptedText)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
