"""People and their signed-in devices."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text, true
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base
from app.storage.columns import UtcDateTime

ROLES = ("customer", "therapist", "operator")


class User(Base):
    """A person: a guest has neither e-mail nor password and is known by the key that the device keeps."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("role IN ('customer', 'therapist', 'operator')", name="role"),
        # One address is one account, however it is written.
        Index("uq_users_email_folded", text("lower(email)"), unique=True),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    role: Mapped[str] = mapped_column(String(12))
    display_name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_guest: Mapped[bool] = mapped_column(default=False)
    # Only a hash is kept: the key opens the guest's account.
    guest_key_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    locale: Mapped[str] = mapped_column(String(5), default="en")
    timezone: Mapped[str] = mapped_column(String(64), default="Asia/Makassar")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # What the other members of this person's conversations may notice.
    shares_typing: Mapped[bool] = mapped_column(default=True, server_default=true())
    shares_presence: Mapped[bool] = mapped_column(default=True, server_default=true())
    # Until when some device was connected, once the last one had gone; never written while one is.
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DeviceSession(Base):
    """A signed-in device. Deleting the row signs it out everywhere at once."""

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "user_id"), Index(None, "expires_at"))

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """A person's newest recovery code, one at most. Only digests are kept: the code opens everything the person has,
    and ``key_hash`` is of the key with which the device that used it may come again for a moment.
    """

    __tablename__ = "recovery_codes"
    __table_args__ = (Index(None, "expires_at"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    key_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
