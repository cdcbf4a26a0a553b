"""The people of the tests and how they stand to each other.

Ayu      a therapist, on duty around the clock, with one place
Komang   another therapist, who has nothing to do with Ayu's bookings
Hening   a spa with three places, open around the clock
Budi     a customer with an account
Sari     a stranger: a guest who has booked nothing
Operator the person who runs the installation
Guests   as many customers as a test needs, each with a name of her own
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property

from tests.support.api import Api
from tests.support.socket import Socket
from tests.support.wire import Booking, Event, Json, User

PASSWORD = "demo-only"
AYU, SPA = "ayu-lestari", "rumah-hening"
FIRST_SLOT_IN_DAYS = 4  # beyond what the demo people have in their calendars


@dataclass(frozen=True)
class Person:
    """Somebody with a session: who she is, and her HTTP client."""

    user: User
    api: Api

    def socket(self, after: str | None = None, seen: Iterable[Event] = ()) -> Socket:
        """A device of hers that has said hello: live from now, or resumed from `after`, behind the events `seen`."""
        device = Socket(self.api.url, self.api.cookie)
        device.hello(self.api.cursor() if after is None else after, seen)
        return device


@cache
def hour_of_massage(url: str, therapist: str) -> str:
    """The id of a service of this provider that lasts an hour."""
    services = Api(url).call("GET", f"/api/therapists/{therapist}").body["services"]
    return next(str(service["id"]) for service in services if service["duration"] == 60)


class Cast:
    """The people of one server, signed in when they are first needed."""

    def __init__(self, url: str, hours_apart: int = 2) -> None:
        self.url = url
        self._apart = timedelta(hours=hours_apart)
        self._names = itertools.cycle(("Wati", "Rian", "Maya", "Joko", "Lina", "Agus", "Tika", "Hadi"))
        self._slots = itertools.count()
        now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        self._first_slot = now + timedelta(days=FIRST_SLOT_IN_DAYS)

    @cached_property
    def ayu(self) -> Person:
        return self.account("ayu@demo.test")

    @cached_property
    def komang(self) -> Person:
        return self.account("komang@demo.test")

    @cached_property
    def spa(self) -> Person:
        return self.account("hening@demo.test")

    @cached_property
    def budi(self) -> Person:
        return self.account("budi@demo.test")

    @cached_property
    def sari(self) -> Person:
        return self.guest("Sari")

    @cached_property
    def operator(self) -> Person:
        return self.account("operator@demo.test")

    def account(self, email: str) -> Person:
        """A new session of one of the demo people."""
        api = Api(self.url)
        return Person(api.sign_in(email, PASSWORD), api)

    def guest(self, name: str | None = None) -> Person:
        """A new guest."""
        api = Api(self.url)
        return Person(api.guest(name or next(self._names)), api)

    def slot(self) -> str:
        """A time that no other booking of this cast has."""
        return (self._first_slot + next(self._slots) * self._apart).isoformat().replace("+00:00", "Z")

    def form(self, therapist: str = AYU, **changes: object) -> Json:
        """A booking form that is right in every field, but for `changes`."""
        return {
            "therapistId": therapist, "serviceId": hour_of_massage(self.url, therapist),
            "customerName": "Wati Kusuma", "customerWhatsApp": "+62 812-3456-7890",
            "locationType": "place" if therapist == SPA else "hotel",
            "area": "Seminyak" if therapist == SPA else "Sanur", "location": "Hotel Melati, room 12",
            "massageFor": "female", "scheduledTime": self.slot(), **changes,
        }  # fmt: skip

    def booked(self, customer: Person) -> Booking:
        """A new pending booking of the customer with Ayu."""
        return customer.api.book(self.form())

    def accepted(self, customer: Person) -> Booking:
        """A new booking of the customer that Ayu has accepted, so that both may write."""
        return self.ayu.api.act("accept", self.booked(customer)["bookingId"])
