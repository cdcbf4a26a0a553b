"""Who did what that others must be able to look up later."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.storage.columns import UtcDateTime


class AuditEntry(Base):
    """One deed; rows are only ever added. ``details`` holds no secret and no text of a person's: entries outlive what
    they speak of.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "created_at"), Index(None, "subject_type", "subject_id"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    actor_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(40))
    subject_type: Mapped[str] = mapped_column(String(24))
    # No foreign key: the subject may be gone.
    subject_id: Mapped[str] = mapped_column(String(120))
    details: Mapped[dict[str, Any]] = mapped_column("data", JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
