"""A town of people around one database: what they do is one line in a test, and so is what became of it."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import storage
from app.domain import bank_accounts, chat, deadlines, payment_cards, submissions, transitions
from app.domain.orders import Order
from app.domain.people import Person
from app.domain.policies import Action
from app.domain.submissions import Submitted
from app.events.payloads import BankAccountPayload, BookingPayload, MessagePayload
from app.extensions import Base
from app.models import (
    Appeal,
    AuditEntry,
    BankAccount,
    Booking,
    Conversation,
    Draft,
    Event,
    EventHead,
    Message,
    Notification,
    PaymentCardReveal,
    RecoveryCode,
)
from tests.domain.moment import NOW, Clock
from tests.domain.people import AYU, BUDI
from tests.support.words import word

Row = TypeVar("Row", bound=Base)

#: Where a booking of these tests begins unless they say otherwise: the next day at noon in Denpasar.
NOON = NOW + timedelta(hours=26)
#: Ayu's. Nothing else in these tests holds any four of its first eight digits in a row.
ACCOUNT_NUMBER = "731099244821"


def order(therapist: Person = AYU, minutes: int = 60, **changes: Any) -> Order:
    """An order that is right in every field, but for ``changes``."""
    fields = {
        "therapist_id": therapist.therapist_id,
        "service_id": f"{therapist.therapist_id}.{minutes}",
        "expected_price": None,
        "customer_name": "Budi Santoso",
        "customer_whatsapp": "0812-3456-7890",
        "location_type": "hotel",
        "area": "Sanur",
        "location": "Hotel Melati, room 12",
        "massage_for": "male",
        "scheduled_time": NOON,
        "note": "Please bring coconut oil",
    }
    return Order(**(fields | changes))


@dataclass
class Town:
    """Everything on one fresh database. Numbers of keys and texts begin anew in each town."""

    clock: Clock
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    # ---- what people do

    def submit(self, customer: Person = BUDI, key: str | None = None, **changes: Any) -> Submitted:
        """A submitted order, under a key of its own unless one is given."""
        return submissions.submit(customer, key or f"key-{next(self._numbers)}", order(**changes))

    def booked(self, customer: Person = BUDI, **changes: Any) -> BookingPayload:
        """A new pending booking."""
        return self.submit(customer, **changes).booking

    def accepted(self, customer: Person = BUDI, therapist: Person = AYU, **changes: Any) -> BookingPayload:
        """A new booking that its therapist has accepted."""
        booking = self.booked(customer, therapist=therapist, **changes)
        return transitions.act(therapist, booking.booking_id, "accept")

    def confirmed(self, customer: Person = BUDI, therapist: Person = AYU, **changes: Any) -> BookingPayload:
        """A new booking that was accepted and confirmed."""
        return self.act(customer, "confirm", self.accepted(customer, therapist, **changes))

    def act(self, person: Person, action: Action, booking: BookingPayload, reason: str | None = None) -> BookingPayload:
        """The booking after the person's action."""
        return transitions.act(person, booking.booking_id, action, reason)

    def say(self, person: Person, room: str, text: str | None = None) -> MessagePayload:
        """A new message, with a text of its own unless one is given."""
        number = next(self._numbers)
        return chat.send(person, room, f"client-{number}", text or f"hello {word(number)}").message

    def account(self, person: Person = AYU, number: str = ACCOUNT_NUMBER, holder: str = "") -> BankAccountPayload:
        """The provider's bank account from now on."""
        return bank_accounts.put(person, "BCA", holder or person.display_name, number)

    def card(self, booking: BookingPayload | None = None, therapist: Person = AYU) -> MessagePayload:
        """A payment card of the provider's, sent for a booking that she accepted: a new one unless one is given."""
        booking = booking or self.accepted(therapist=therapist)
        self.account(therapist)
        key = f"client-{next(self._numbers)}"
        return payment_cards.send(therapist, booking.conversation_id, key, booking.booking_id).message

    def settle(self) -> int:
        """What the deadline job does."""
        return deadlines.settle_due()

    # ---- what became of it

    def row(self, booking: BookingPayload) -> Booking:
        """The booking's row."""
        return storage.read(lambda session: _detached(session, session.get_one(Booking, booking.booking_id)))

    def room(self, identifier: str) -> Conversation:
        """The conversation's row."""
        return storage.read(lambda session: _detached(session, session.get_one(Conversation, identifier)))

    def count(self, table: type[Base] = Booking) -> int:
        """How many rows a table has."""
        return storage.read(lambda session: session.scalar(select(func.count()).select_from(table)) or 0)

    def census(self) -> dict[str, int]:
        """How many rows there are of everything that a refused request must not leave behind."""
        return {
            table.__tablename__: self.count(table)
            for table in (
                Booking,
                Conversation,
                Message,
                Notification,
                Event,
                Draft,
                RecoveryCode,
                BankAccount,
                PaymentCardReveal,
                Appeal,
                AuditEntry,
            )
        }

    def events(self, person: Person, after: int = 0) -> list[tuple[str, dict[str, Any]]]:
        """Types and data of a person's events behind a ``seq``, in order."""
        wanted = select(Event.type, Event.data).where(Event.user_id == person.id, Event.seq > after).order_by(Event.seq)
        rows = storage.read(lambda session: session.execute(wanted).all())
        return [(kind, json.loads(data)) for kind, data in rows]

    def head(self, person: Person) -> int:
        """The newest ``seq`` of a person's stream."""
        found = storage.read(lambda session: session.get(EventHead, person.id))
        return found.seq if found else 0


def _detached(session: Session, row: Row) -> Row:
    session.expunge(row)
    return row


def at(hours: float) -> datetime:
    """A time this many hours after the tests begin."""
    return NOW + timedelta(hours=hours)
