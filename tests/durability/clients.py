"""Clients that never give up: they repeat what was not answered under its key, and resume from a cursor."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.support.api import Problem
from tests.support.cast import Cast, Person
from tests.support.history import Journal, Received
from tests.support.socket import Closed, Refused, Socket
from tests.support.wire import Event, Json

T = TypeVar("T")

PATIENCE_SECONDS = 60
#: A phone would wait longer; a shorter wait would take the processor from the server that starts.
COMES_BACK_AFTER = 0.1
PASSING = {429, 502, 503}
GONE = (OSError, http.client.HTTPException, Closed, Refused)


@dataclass(frozen=True)
class Place:
    """Where in a person's stream a device stands: behind event `seq`, with this cursor."""

    seq: int
    cursor: str


BEGINNING = Place(0, "0")


class Client(threading.Thread):
    """Works through the server's deaths until it is told to finish. What it raises fails the test."""

    def __init__(self, name: str, journal: Path, seed: int) -> None:
        super().__init__(name=name, daemon=True)
        self.journal = Journal(journal / f"{name}.jsonl")
        self.rng = random.Random(seed)
        self.finish = threading.Event()
        self.given_up = threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.finish.is_set():
                self.work()
        except BaseException as failure:  # noqa: BLE001  # whatever it is, the test's own thread raises it
            self.failure = failure

    def work(self) -> None:
        """One piece of work, after which the client may be told to finish."""
        raise NotImplementedError

    def insist(self, attempt: Callable[[], T]) -> T:
        """The answer of `attempt`, which is repeated while the server is away or asks to wait."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and not self.given_up.is_set():
            try:
                return attempt()
            except Problem as refusal:
                if refusal.status not in PASSING:
                    raise
            except GONE:
                pass
            self.given_up.wait(COMES_BACK_AFTER)
        raise AssertionError(f"{self.name} was not answered for {PATIENCE_SECONDS} s")

    def join_or_raise(self) -> None:
        """Waits for the end of the client; raises what it failed of."""
        self.finish.set()
        self.join(PATIENCE_SECONDS + 10)
        assert not self.is_alive(), f"{self.name} did not finish"
        if self.failure:
            raise AssertionError(f"{self.name} failed") from self.failure


class Writer(Client):
    """Sends one message after another into its rooms."""

    def __init__(self, name: str, person: Person, rooms: list[str], journal: Path, seed: int) -> None:
        super().__init__(name, journal, seed)
        self.person, self.rooms = person, rooms
        self.acknowledged = 0

    def work(self) -> None:
        key, room = f"{self.rng.getrandbits(96):024x}", self.rng.choice(self.rooms)
        self.journal.sent(key)
        message = self.insist(lambda: self.person.api.send(room, f"hello from {self.name}", key))
        self.journal.acknowledged(key, message["id"], room)
        self.acknowledged += 1


class Booker(Client):
    """Submits one booking after another, and cancels it."""

    def __init__(self, name: str, person: Person, cast: Cast, journal: Path, seed: int) -> None:
        super().__init__(name, journal, seed)
        self.person, self.cast = person, cast
        self.acknowledged = 0

    def work(self) -> None:
        key, form = f"{self.rng.getrandbits(96):024x}", self.cast.form()
        self.journal.sent(key)
        booking = self.insist(lambda: self.person.api.book(form, key))
        self.journal.acknowledged(key, booking["bookingId"], booking["conversationId"])
        self.acknowledged += 1
        self.journal.sent(f"cancel-{key}")
        self.insist(lambda: self.person.api.act("cancel", booking["bookingId"]))  # keeps the day's list short
        self.journal.acknowledged(f"cancel-{key}", f"{booking['bookingId']} cancelled", booking["conversationId"])


class Reader(Client):
    """One device: reads by socket or by poll, cuts its own line at times, and resumes from its cursor."""

    def __init__(self, name: str, person: Person, start: Place, rooms: list[str], journal: Path, seed: int) -> None:
        super().__init__(name, journal, seed)
        self.person, self.place = person, start
        self.journal.begins_after(start.seq)
        for room in rooms:
            self.journal.follows(room)

    def work(self) -> None:
        if self.rng.random() < 0.5:
            self._poll()
        else:
            try:
                self._listen()
            except GONE:
                self.given_up.wait(COMES_BACK_AFTER)  # then the next piece of work comes back from the cursor

    def read_on(self) -> bool:
        """Reads to the end of the stream, after the thread has ended; whether there was anything yet."""
        before = self.place
        while (batch := self.person.api.poll(self.place.cursor))["events"]:
            self._note(batch["events"], batch["cursor"])
        return self.place != before

    def _poll(self) -> None:
        batch = self.insist(lambda: self.person.api.poll(self.place.cursor, wait=0.5))
        assert not batch["reset"], f"{self.name} lost its place"
        self._note(batch["events"], batch["cursor"])

    def _listen(self) -> None:
        with Socket(self.person.api.url, self.person.api.cookie) as device:
            assert not device.hello(self.place.cursor)["reset"], f"{self.name} lost its place"
            for _ in range(self.rng.randrange(1, 60)):
                if self.finish.is_set():
                    return
                try:
                    frame = device.frame(within=0.5)
                except TimeoutError:
                    continue
                if frame["type"] == "events":
                    self._note(frame["events"], frame["cursor"])

    def _note(self, events: list[Event], cursor: str) -> None:
        for event in events:
            self.journal.received(seen(event))
        if events:
            self.place = Place(events[-1]["seq"], cursor)


def read_all(person: Person, place: Place = BEGINNING) -> tuple[list[Received], Place]:
    """Everything in the person's stream behind `place`, and where it ends now."""
    found: list[Received] = []
    while (batch := person.api.poll(place.cursor))["events"]:
        found += [seen(event) for event in batch["events"]]
        place = Place(found[-1].seq, batch["cursor"])
    return found, place


def seen(event: Event) -> Received:
    """What the judge needs to know of an event."""
    kind, fact = event["type"], event["data"]
    if kind == "message.created" and fact["messageType"] == "text":
        return Received(event["seq"], fact["id"], fact["clientId"] or "", fact["conversationId"], fact["seq"], kind)
    if kind in ("booking.created", "booking.changed"):
        booking = fact["bookingId"]
        thing = booking if kind == "booking.created" else f"{booking} {fact['status']}"
        rises = {f"version of {booking}": fact["version"]}
        return Received(event["seq"], thing, "", fact["conversationId"], kind=kind, rises=rises)
    return Received(event["seq"], kind=kind, rises=_rises(kind, fact))


def _rises(kind: str, fact: Json) -> dict[str, int]:
    if kind == "conversation.marks":
        room = fact["conversationId"]
        marks = [(mark, name) for mark in fact["marks"] for name in ("deliveredSeq", "readSeq")]
        return {f"{mark['role']}'s {name} in {room}": mark[name] for mark, name in marks}
    if kind in ("conversation.opened", "conversation.closed"):
        return {f"version of {fact['id']}": fact["version"]}
    return {}
