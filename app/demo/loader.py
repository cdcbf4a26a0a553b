"""Loads the files of this folder into an empty database, once."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.demo.history import add_history
from app.domain import accounts, clock
from app.domain.ids import new_id
from app.models import Service, Therapist, User, WorkingHours

FOLDER = Path(__file__).parent
STATIC = FOLDER.parents[1] / "static"
PASSWORD = "demo-only"  # noqa: S105  # for development only, and in the README


def load_demo() -> str:
    """Fill the database unless it holds providers already. Returns a sentence about what was done."""
    providers = json.loads((FOLDER / "therapists.json").read_text())
    past = json.loads((FOLDER / "histories.json").read_text())
    password_hash = accounts.hash_password(PASSWORD)

    def run(session: Session) -> str:
        if session.scalar(select(Therapist.id).limit(1)):
            return "The database holds providers already; nothing was changed."
        now = clock.now()
        for entry in providers:
            _add_provider(session, entry, password_hash, now)
        customers = {entry["id"]: _add_customer(session, entry, password_hash, now) for entry in past["customers"]}
        session.add(_user("operator", "Operator", "operator@demo.test", password_hash, now))
        session.flush()
        count = add_history(session, customers, past["bookings"], now)
        return f"Demo data: {len(providers)} providers, {len(customers)} customers, {count} past bookings."

    return storage.write(run)


def _user(role: str, name: str, email: str, password_hash: str, now: datetime, **more: Any) -> User:
    return User(
        id=new_id(), role=role, display_name=name, email=email, password_hash=password_hash, created_at=now, **more
    )


def _add_customer(session: Session, entry: dict[str, Any], password_hash: str, now: datetime) -> tuple[User, str]:
    places = {"locale": entry["locale"], "timezone": entry["timezone"]}
    user = _user("customer", entry["displayName"], entry["email"], password_hash, now, **places)
    session.add(user)
    session.flush()
    return user, entry["whatsApp"]


def _add_provider(session: Session, entry: dict[str, Any], password_hash: str, now: datetime) -> None:
    places = {"locale": "id", "timezone": entry["timezone"]}
    user = _user("therapist", entry["displayName"], entry["email"], password_hash, now, **places)
    session.add(user)
    session.flush()
    session.add(
        Therapist(
            id=entry["id"],
            user_id=user.id,
            kind=entry["kind"],
            display_name=entry["displayName"],
            area=entry["area"],
            areas_served=entry["areasServed"],
            address=entry["address"],
            timezone=entry["timezone"],
            languages=entry["languages"],
            capacity=entry["capacity"],
            status=entry["status"],
            travel_fee=entry["travelFee"],
            about_en=entry["aboutEn"],
            about_id=entry["aboutId"],
            photo_url=_photo_address(entry["photo"]),
            services=[_service(entry["id"], position, each) for position, each in enumerate(entry["services"])],
            hours=[_opening(each) for each in entry["hours"]],
        )
    )


def _photo_address(photo: str) -> str:
    """Another picture has another address: the worker keeps one for a month without asking again."""
    version = hashlib.sha256((STATIC / photo).read_bytes()).hexdigest()[:8]
    return f"/static/{photo}?v={version}"


def _service(therapist_id: str, position: int, entry: dict[str, Any]) -> Service:
    return Service(
        id=f"{therapist_id}.{entry['id']}",
        name=entry["name"],
        name_id=entry["nameId"],
        duration_minutes=entry["duration"],
        price=entry["price"],
        position=position,
    )


def _opening(entry: dict[str, Any]) -> WorkingHours:
    return WorkingHours(
        weekday=entry["weekday"], opens_minute=_minute(entry["opens"]), closes_minute=_minute(entry["closes"])
    )


def _minute(face: str) -> int:
    hours, minutes = face.split(":")
    return int(hours) * 60 + int(minutes)
