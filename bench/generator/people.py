"""The people of a scenario: guests with an accepted booking each, and the therapists they have it with."""

from __future__ import annotations

import http.client
import itertools
import json
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from gevent.pool import Pool

KEPT_OPEN_SECONDS = 20.0
AT_ONCE = 16
THERAPISTS = ("ayu", "komang", "putu", "nur", "siti", "bambang", "made", "dewi")


class Connections:
    """One person's HTTP/1.1 connections, kept open between requests as a browser keeps them."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self._host, self._port = str(address.hostname), address.port
        self._idle: list[tuple[http.client.HTTPConnection, float]] = []
        self.cookie = ""

    def post(self, path: str, body: object, key: str = "", method: str = "POST") -> tuple[int, Any]:
        """Status and JSON of the answer."""
        headers = {"Content-Type": "application/json", "Cookie": self.cookie}
        if key:
            headers["Idempotency-Key"] = key
        return self._ask(method, path, json.dumps(body), headers)

    def get(self, path: str) -> Any:
        """The JSON of the answer."""
        return self._ask("GET", path, None, {"Cookie": self.cookie})[1]

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, Any]:
        connection = self._take()
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        cookie = response.headers.get("Set-Cookie")
        if cookie:
            self.cookie = cookie.partition(";")[0]
        content = response.read()
        self._idle.append((connection, time.monotonic()))
        return response.status, json.loads(content) if content else None

    def _take(self) -> http.client.HTTPConnection:
        while self._idle:
            connection, since = self._idle.pop()
            if time.monotonic() - since < KEPT_OPEN_SECONDS:
                return connection
            connection.close()
        return http.client.HTTPConnection(self._host, self._port, timeout=60)


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in."""

    id: str
    http: Connections


@dataclass(frozen=True)
class Therapist(Person):
    """Somebody who can be booked, and the times at which that is possible."""

    offer: dict[str, Any]
    times: Iterator[str]

    def form(self) -> dict[str, object]:
        """The form of a booking at a time that nobody else has."""
        return {
            "therapistId": self.offer["id"], "serviceId": self.offer["services"][0]["id"],
            "customerName": "Wati Kusuma", "customerWhatsApp": "+62 812-3456-7890", "locationType": "hotel",
            "area": self.offer["area"], "location": "Hotel Melati, room 12", "massageFor": "female",
            "scheduledTime": next(self.times),
        }  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A guest and a therapist in an open room."""

    guest: Person
    therapist: Therapist
    room: str


def guest(url: str) -> Person:
    """A new guest."""
    connections = Connections(url)
    _, body = connections.post("/api/session/guest", {"displayName": "Wati", "guestKey": secrets.token_hex(16)})
    return Person(body["user"]["id"], connections)


def therapists(url: str) -> list[Therapist]:
    """The demo's therapists, on duty."""
    return [_on_duty(url, name) for name in THERAPISTS]


def _on_duty(url: str, name: str) -> Therapist:
    connections = Connections(url)
    _, body = connections.post("/api/session", {"email": f"{name}@demo.test", "password": "demo-only"})
    connections.post("/api/therapists/me/status", {"status": "available"}, method="PUT")
    offer = connections.get(f"/api/therapists/{body['user']['therapistId']}")
    return Therapist(body["user"]["id"], connections, offer=offer, times=_times(offer))


def _times(offer: dict[str, Any]) -> Iterator[str]:
    """Times within the therapist's hours, three hours apart, from four days ahead on."""
    zone = ZoneInfo(offer["timezone"])
    for day in itertools.count(4):
        date = (datetime.now(UTC).astimezone(zone) + timedelta(days=day)).date()
        for opening in offer["hours"]:
            if opening["weekday"] != date.weekday():
                continue
            opens, closes = (int(opening[edge].partition(":")[0]) for edge in ("opens", "closes"))
            for hour in range(opens, closes - 2, 3):
                yield datetime(date.year, date.month, date.day, hour, tzinfo=zone).astimezone(UTC).isoformat()


def pairs(url: str, therapists: list[Therapist], count: int) -> list[Pair]:
    """New guests with a conversation in which both may write; each therapist gets as many."""
    pool: Pool = Pool(AT_ONCE)
    with_whom = itertools.islice(itertools.cycle(therapists), count)
    found: list[Pair] = pool.map(lambda therapist: _accepted(guest(url), therapist), with_whom)
    return found


def _accepted(person: Person, therapist: Therapist) -> Pair:
    booking, room = book(person, therapist)
    status, answer = therapist.http.post(f"/api/bookings/{booking}/accept", {})
    assert status == 200, answer
    return Pair(person, therapist, room)


def book(person: Person, therapist: Therapist) -> tuple[str, str]:
    """Submits a booking; its id and its room's."""
    status, body = person.http.post("/api/bookings", therapist.form(), key=secrets.token_hex(12))
    assert status == 201, body
    return body["booking"]["bookingId"], body["conversation"]["id"]
