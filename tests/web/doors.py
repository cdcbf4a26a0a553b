"""Every route of the application: who may pass, and how each is knocked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.domain import appeals
from app.domain.people import Person
from tests.domain import people
from tests.domain.people import AYU, BUDI
from tests.domain.town import NOON, Town
from tests.web.device import Answer, Device, form

CUSTOMER, THERAPIST, OPERATOR = "customer", "therapist", "operator"
MEMBERS = (CUSTOMER, THERAPIST)
ALL = (CUSTOMER, THERAPIST, OPERATOR)
PUBLIC: tuple[str, ...] = ()


@dataclass(frozen=True)
class Door:
    """One method of one route. ``roles`` empty: open to everybody. ``owned``: only to those whose thing it is."""

    method: str
    rule: str
    roles: tuple[str, ...] = PUBLIC
    owned: bool = False
    body: Any = None

    @property
    def name(self) -> str:
        return f"{self.method} {self.rule}"

    @property
    def somebody(self) -> Person:
        """Somebody who may come in."""
        if self.roles == (OPERATOR,):
            return people.OPERATOR
        return AYU if THERAPIST in self.roles else BUDI

    def path(self, ids: dict[str, str]) -> str:
        """The route's address with these ids in it."""
        return _with(ids, self.rule.replace("<path:", "<"))

    def knock(self, device: Device, ids: dict[str, str], **headers: str) -> Answer:
        """The answer to a request that is right in everything but, perhaps, who sends it."""
        sent = {"Idempotency-Key": "a-key-of-its-own", **headers}
        body = self.body
        if isinstance(body, dict):
            body = {name: _with(ids, value) if isinstance(value, str) else value for name, value in body.items()}
        return device.call(self.method, self.path(ids), body, headers=sent)


def _with(ids: dict[str, str], text: str) -> str:
    for name, value in ids.items():
        text = text.replace(f"<{name}>", value)
    return text


ACCOUNT = {"bank": "BCA", "holder": "Ayu Lestari", "number": "7310 9924 4821"}
CARD = {"clientId": "client-card-1"}
MESSAGE = {"clientId": "client-1", "message": "hello"}
APPEAL = {"kind": "message", "text": "my number is 0812 3456 7890", "conversationId": "<conversation_id>"}
DOORS = [
    Door("GET", "/api/session"),
    Door("POST", "/api/session", body={"email": "budi@tenang.test", "password": "wrong"}),
    Door("DELETE", "/api/session"),
    Door("POST", "/api/session/guest", body={"displayName": "Wati"}),
    Door("POST", "/api/session/register", body={"email": "wati@tenang.test", "password": "rain on a tin roof"}),
    Door("POST", "/api/session/recovery-code", (CUSTOMER,)),
    Door("POST", "/api/session/recover", body={"code": "00000-00000"}),
    Door("PUT", "/api/session/preferences", ALL, body={"shareTyping": False}),
    Door("GET", "/api/therapists"),
    Door("GET", "/api/therapists/<therapist_id>"),
    Door("PUT", "/api/therapists/me/status", (THERAPIST,), body={"status": "busy"}),
    Door("GET", "/api/therapists/me/bank-account", (THERAPIST,)),
    Door("PUT", "/api/therapists/me/bank-account", (THERAPIST,), body=ACCOUNT),
    Door("DELETE", "/api/therapists/me/bank-account", (THERAPIST,)),
    Door("POST", "/api/payment-cards/<message_id>/reveal", (CUSTOMER,), owned=True),
    Door("POST", "/api/bookings", (CUSTOMER,), body=form()),
    Door("GET", "/api/bookings", MEMBERS),
    Door("GET", "/api/bookings/last", (CUSTOMER,)),
    Door("GET", "/api/bookings/<booking_id>", MEMBERS, owned=True),
    Door("POST", "/api/bookings/<booking_id>/accept", (THERAPIST,), owned=True),
    Door("POST", "/api/bookings/<booking_id>/decline", (THERAPIST,), owned=True, body={}),
    Door("POST", "/api/bookings/<booking_id>/confirm", (CUSTOMER,), owned=True),
    Door("POST", "/api/bookings/<booking_id>/cancel", MEMBERS, owned=True, body={}),
    Door("GET", "/api/conversations", MEMBERS),
    Door("GET", "/api/conversations/<conversation_id>", MEMBERS, owned=True),
    Door("GET", "/api/conversations/<conversation_id>/messages", MEMBERS, owned=True),
    Door("POST", "/api/conversations/<conversation_id>/messages", MEMBERS, owned=True, body=MESSAGE),
    Door("POST", "/api/conversations/<conversation_id>/payment-card", (THERAPIST,), owned=True, body=CARD),
    Door("POST", "/api/conversations/<conversation_id>/read", MEMBERS, owned=True, body={"seq": 1}),
    Door("GET", "/api/drafts/<therapist_id>", (CUSTOMER,)),
    Door("PUT", "/api/drafts/<therapist_id>", (CUSTOMER,), body={"baseVersion": 0, "draft": {"area": "Sanur"}}),
    Door("DELETE", "/api/drafts/<therapist_id>", (CUSTOMER,)),
    Door("POST", "/api/appeals", MEMBERS, owned=True, body=APPEAL),
    Door("GET", "/api/appeals", MEMBERS),
    Door("GET", "/api/operator/refusals", (OPERATOR,)),
    Door("GET", "/api/operator/people-refused", (OPERATOR,)),
    Door("GET", "/api/operator/appeals", (OPERATOR,)),
    Door("POST", "/api/operator/appeals/<appeal_id>/allow", (OPERATOR,)),
    Door("POST", "/api/operator/appeals/<appeal_id>/reject", (OPERATOR,), body={}),
    Door("GET", "/api/operator/shadow", (OPERATOR,)),
    Door("GET", "/api/operator/audit", (OPERATOR,)),
    Door("GET", "/api/operator/card-reveals", (OPERATOR,)),
    Door("GET", "/api/notifications", ALL),
    Door("POST", "/api/notifications/<notification_id>/acknowledge", ALL, owned=True),
    Door("GET", "/api/events", ALL),
    Door("GET", "/healthz"),
    Door("GET", "/readyz"),
    Door("GET", "/openapi.json"),
    Door("GET", "/ws"),
    Door("GET", "/"),
    Door("GET", "/bookings"),
    Door("GET", "/chat/<path:rest>"),
    Door("GET", "/therapist"),
    Door("GET", "/sign-in"),
    Door("GET", "/operator"),
    Door("GET", "/therapists/<therapist_id>"),
    Door("GET", "/offline"),
    Door("GET", "/manifest.webmanifest"),
    Door("GET", "/service-worker.js"),
    Door("GET", "/favicon.ico"),
]
WRITES = [door for door in DOORS if door.method != "GET"]
NOWHERE = {
    "therapist_id": "nobody",
    "booking_id": "nothing",
    "conversation_id": "nowhere",
    "notification_id": "nothing",
    "message_id": "nothing",
    "appeal_id": "nothing",
    "rest": "nowhere",
}


def budis_things(town: Town) -> dict[str, str]:
    """Ids of a booking of Budi with Ayu, its conversation with a message in it, Ayu's notice of it, and the card of her
    account that she sent for another one.
    """
    card = town.card()
    booking = town.booked(scheduled_time=NOON + timedelta(hours=3))
    town.say(BUDI, booking.conversation_id)
    appeal = appeals.appeal(BUDI, "message", "my number is 0812 3456 7890", booking.conversation_id)
    notice = next(data["id"] for kind, data in town.events(AYU) if kind == "notification.created")
    return {
        "therapist_id": "ayu",
        "booking_id": booking.booking_id,
        "conversation_id": booking.conversation_id,
        "notification_id": notice,
        "message_id": card.id,
        "appeal_id": appeal.answer.id or "",
        "rest": booking.conversation_id,
    }
