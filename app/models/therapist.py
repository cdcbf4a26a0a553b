"""Providers (a therapist, or a place with several), what they offer and when they work."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Base


class Therapist(Base):
    """A provider in the directory. ``capacity`` is how many bookings may run at the same time."""

    __tablename__ = "therapists"
    __table_args__ = (
        CheckConstraint("kind IN ('therapist', 'place')", name="kind"),
        CheckConstraint("status IN ('available', 'busy', 'offline')", name="status"),
        CheckConstraint("capacity >= 1", name="capacity"),
        CheckConstraint("travel_fee >= 0", name="travel_fee"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    display_name: Mapped[str] = mapped_column(String(80))
    area: Mapped[str] = mapped_column(String(80))
    areas_served: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Where guests come to; only a place has one.
    address: Mapped[str | None] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(64))
    languages: Mapped[list[str]] = mapped_column(JSON)
    capacity: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(12), default="offline")
    travel_fee: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3), default="IDR")
    about_en: Mapped[str] = mapped_column(Text, default="")
    about_id: Mapped[str] = mapped_column(Text, default="")
    photo_url: Mapped[str | None] = mapped_column(String(200))

    services: Mapped[list["Service"]] = relationship(order_by="Service.position", lazy="selectin")
    hours: Mapped[list["WorkingHours"]] = relationship(
        order_by="WorkingHours.weekday, WorkingHours.opens_minute", lazy="selectin"
    )


class Service(Base):
    """A session on offer. A withdrawn one stays in the table, because bookings name it."""

    __tablename__ = "services"
    __table_args__ = (
        CheckConstraint("duration_minutes BETWEEN 15 AND 480", name="duration"),
        CheckConstraint("price > 0", name="price"),
        Index(None, "therapist_id"),
    )

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    therapist_id: Mapped[str] = mapped_column(ForeignKey("therapists.id"))
    name: Mapped[str] = mapped_column(String(80))
    name_id: Mapped[str] = mapped_column(String(80), default="")
    duration_minutes: Mapped[int]
    price: Mapped[int]
    is_active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)


class WorkingHours(Base):
    """One opening on one weekday (0 = Monday), in minutes after midnight of the provider's own zone."""

    __tablename__ = "working_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute <= 1440", name="minutes"),
        Index(None, "therapist_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    therapist_id: Mapped[str] = mapped_column(ForeignKey("therapists.id"))
    weekday: Mapped[int]
    opens_minute: Mapped[int]
    closes_minute: Mapped[int]
