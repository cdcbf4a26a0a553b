"""The people of these tests, and how they stand to each other.

Budi      a customer with an account; most bookings are his, with Ayu
Sari      another customer, a guest: a stranger to whatever Budi does
Ayu       a therapist in Denpasar with one place and no set hours, 25,000 rupiah for the way
Komang    another therapist, a stranger to Ayu's bookings; works 10:00 to 18:00 on weekdays
Hening    a spa with two places and an address
Operator  runs the installation, and is on neither side of anything
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from app.domain.people import Person
from app.models import Service, Therapist, User, WorkingHours

PASSWORD = "correct horse battery"
#: What Sari's phone keeps instead of a password.
SARIS_KEY = "saris-phone-and-no-other"
WITA = "Asia/Makassar"

BUDI = Person("budi-user", "customer", "Budi Santoso", False, "en", WITA, None)
SARI = Person("sari-user", "customer", "Sari", True, "en", WITA, None)
AYU = Person("ayu-user", "therapist", "Ayu Lestari", False, "id", WITA, "ayu")
KOMANG = Person("komang-user", "therapist", "Komang Sari", False, "en", WITA, "komang")
HENING = Person("hening-user", "therapist", "Rumah Hening", False, "en", WITA, "hening")
OPERATOR = Person("operator-user", "operator", "Operator", False, "en", WITA, None)
EVERYBODY = (BUDI, SARI, AYU, KOMANG, HENING, OPERATOR)

#: One hour and ninety minutes at each provider; the prices are minor units.
PRICES = {60: 150_000, 90: 210_000}
TRAVEL_FEE = 25_000


def email_of(person: Person) -> str:
    """The address a person signs in with; a guest has none."""
    return f"{person.id.removesuffix('-user')}@tenang.test"


def add_people(session: Session, now: datetime) -> None:
    """Everybody above, with services and hours."""
    # The weakest hash there is: its parameters are kept in it, so that signing in is real but takes no time.
    password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    for person in EVERYBODY:
        account: dict[str, Any] = {"email": email_of(person), "password_hash": password_hash}
        if person.is_guest:
            account = {"guest_key_hash": hashlib.sha256(SARIS_KEY.encode()).digest()}
        names = {"id": person.id, "role": person.role, "display_name": person.display_name}
        places = {"locale": person.locale, "timezone": person.timezone}
        session.add(User(**names, **places, **account, is_guest=person.is_guest, created_at=now))
    session.flush()
    session.add(_provider(AYU, area="Denpasar", areas_served=["Denpasar", "Sanur"], travel_fee=TRAVEL_FEE))
    weekdays = [WorkingHours(weekday=day, opens_minute=10 * 60, closes_minute=18 * 60) for day in range(5)]
    session.add(_provider(KOMANG, area="Canggu", areas_served=["Canggu"], travel_fee=TRAVEL_FEE, hours=weekdays))
    spa = {"kind": "place", "capacity": 2, "address": "Jalan Kayu Aya 12, Seminyak"}
    session.add(_provider(HENING, area="Seminyak", areas_served=["Seminyak"], **spa))


def _provider(person: Person, **more: object) -> Therapist:
    offered = [
        Service(
            id=f"{person.therapist_id}.{minutes}",
            name="Balinese massage",
            name_id="Pijat Bali",
            duration_minutes=minutes,
            price=price,
            position=position,
        )
        for position, (minutes, price) in enumerate(PRICES.items())
    ]
    withdrawn = Service(id=f"{person.therapist_id}.old", name="Old", duration_minutes=60, price=1, is_active=False)
    usual = {"kind": "therapist", "timezone": WITA, "languages": ["id", "en"], "status": "available"}
    return Therapist(
        **(usual | {"id": person.therapist_id, "user_id": person.id, "display_name": person.display_name} | more),
        services=[*offered, withdrawn],
    )
