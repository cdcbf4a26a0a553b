"""What the contact filter refused, and what people say it refused wrongly."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.storage.columns import EncryptedText, UtcDateTime

#: The free texts that the filter judges. ``location`` is the area too.
KINDS = ("message", "customerName", "location", "note", "reason", "displayName", "profile")
_KIND = "kind IN ('message', 'customerName', 'location', 'note', 'reason', 'displayName', 'profile')"


class Refusal(Base):
    """One text that the filter refused, or (``enforced`` false) that the rules on trial would have refused, without
    what was wrong with it. ``tries`` counts the same text within ten minutes of its first refusal. ``digest`` is keyed
    and of person, conversation, kind and text. ``spared_by`` is the version of the rules on trial when they would have
    let it pass.
    """

    __tablename__ = "refusals"
    __table_args__ = (
        CheckConstraint(_KIND, name="kind"),
        CheckConstraint("tries >= 1", name="tries"),
        Index(None, "user_id", "created_at"),
        Index(None, "digest", "created_at"),
        Index(None, "created_at"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    # None: a guest who was refused her name was not made.
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    code: Mapped[str] = mapped_column(String(16))
    redacted: Mapped[str] = mapped_column(Text)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    engine_version: Mapped[str] = mapped_column(String(40))
    rules_version: Mapped[str] = mapped_column(String(40))
    enforced: Mapped[bool] = mapped_column(default=True)
    spared_by: Mapped[str | None] = mapped_column(String(40))
    tries: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Appeal(Base):
    """A person's word that a text was refused wrongly. ``text`` is there until an operator has judged, and so are the
    texts before it that complete it, oldest first as a list in JSON, in ``recent``. One that was allowed lets the text
    pass once, which makes it ``used``.
    """

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint(_KIND, name="kind"),
        CheckConstraint("status IN ('open', 'allowed', 'rejected', 'used')", name="status"),
        CheckConstraint("(status = 'open') = (text IS NOT NULL)", name="text_until_judged"),
        CheckConstraint("recent IS NULL OR status = 'open'", name="recent_until_judged"),
        CheckConstraint("(status = 'open') = (judged_at IS NULL)", name="judged"),
        CheckConstraint("(status = 'used') = (used_at IS NOT NULL)", name="used"),
        # One word about one text, however often and from however many devices it is said, until it has been heard;
        # and one pass for it until that is used.
        Index(
            "uq_appeals_digest_standing",
            "digest",
            unique=True,
            sqlite_where=text("status IN ('open', 'allowed')"),
            postgresql_where=text("status IN ('open', 'allowed')"),
        ),
        Index(None, "status", "created_at"),
        Index(None, "user_id"),
        Index(None, "created_at"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    code: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(8), default="open")
    text: Mapped[str | None] = mapped_column(EncryptedText)
    recent: Mapped[str | None] = mapped_column(EncryptedText)
    spans: Mapped[list[list[int]]] = mapped_column(JSON)
    redacted: Mapped[str] = mapped_column(Text)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    reason: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    judged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
