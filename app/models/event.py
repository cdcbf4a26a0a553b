"""The event log: one gap-free stream per person."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.storage.columns import UtcDateTime


class EventHead(Base):
    """The newest event of a person's stream; its row is the lock that makes commit order and ``seq`` order one."""

    __tablename__ = "event_heads"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    seq: Mapped[int]
    tag: Mapped[str] = mapped_column(String(16))


class Event(Base):
    """Something that concerned a person. ``tag`` is random, so that a cursor of a lost timeline is recognised."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "created_at"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(String(16))
    type: Mapped[str] = mapped_column(String(32))
    data: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
