"""Budi and Ayu, their devices, and a clock that the test holds: what reaches whom, without a server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet

from app import storage
from app.domain import clock as domain_clock
from app.domain.people import Person
from app.events.types import StoredEvent
from app.models import User
from app.realtime.hub import Hub
from app.runtime import Runtime
from app.storage import use_store
from app.storage.store import Hooks
from tests.domain.databases import SqliteFile, opened
from tests.domain.moment import Clock
from tests.domain.people import AYU
from tests.domain.terms import usual_terms
from tests.domain.town import Town
from tests.realtime.interrupted import InterruptedStore

#: What is told of a person who does not share it.
NOTHING = (None, None)
ONLINE = (True, None)


@dataclass(eq=False)
class Device:
    """A connection that notes the ephemeral frames it is told."""

    person: Person
    token: str | None = None
    told: list[dict[str, Any]] = field(default_factory=list)

    def tell(self, frame: str) -> None:
        self.told.append(json.loads(frame))

    def heard(self) -> list[object]:
        """What has been told since the last time: typing by its role, presence by isOnline and lastSeenAt."""
        frames, self.told = self.told, []
        return [frame["role"] if "role" in frame else (frame["isOnline"], frame["lastSeenAt"]) for frame in frames]

    def offer(self, events: list[StoredEvent]) -> None:
        """Events are not what these tests are about."""

    def look_again(self) -> None:
        """There is no log behind this one."""

    def ping(self) -> None:
        """There is nobody to answer."""

    def end(self, code: int, reason: str) -> None:
        """It ends when the test says so."""


class Meeting:
    """One process of ours around one database."""

    def __init__(self, town: Town, store: InterruptedStore) -> None:
        self.town = town
        self.store = store
        self.commits = 0
        self._start()

    def restart(self) -> None:
        """The process is killed, and comes back on the same database."""
        self._start()

    def _start(self) -> None:
        self.store.real.hooks = self.store.hooks = Hooks()
        self._runtime = Runtime(self.store)
        self._runtime.hub = Hub(lambda: self.town.clock.now.timestamp())
        self.store.hooks.after_commit.append(self._count)

    def _count(self, _: object) -> None:
        self.commits += 1

    @property
    def hub(self) -> Hub:
        """Its hub."""
        return self._runtime.hub

    def come(self, person: Person) -> Device:
        """Another device of this person connects."""
        device = Device(person)
        self.hub.join(person.id, device)
        return device

    def go(self, *devices: Device) -> None:
        """These devices disconnect."""
        for device in devices:
            self.hub.leave(device.person.id, device)

    def watch(self, device: Device, *rooms: str) -> list[object]:
        """What the device is told at once when it watches these conversations."""
        device.heard()
        self.hub.presence.watchers.watch(device, device.person, rooms)
        return device.heard()

    def type(self, device: Device, room: str) -> None:
        """Somebody types on this device."""
        self.hub.relay.typed(device, device.person, room)

    def pass_time(self, seconds: float) -> None:
        """So much time passes, and what it brings is done."""
        self.town.clock.advance(seconds=seconds)
        self.hub.presence.sweep()

    def stop(self) -> None:
        """The process ends as a deploy ends it."""
        self._runtime.stop()

    def last_seen(self, person: Person = AYU) -> datetime | None:
        """What is on disk."""
        return storage.read(lambda session: session.get_one(User, person.id).last_seen_at)


def iso(moment: datetime) -> str:
    """A time as frames write it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def held(database: SqliteFile) -> Iterator[Meeting]:
    """A meeting at its beginning."""
    usual_terms(Fernet.generate_key().decode())
    database.rewind()
    clock = Clock()
    with opened(database.url) as real, domain_clock.fixed(clock):
        store = InterruptedStore(real)
        use_store(store)
        yield Meeting(Town(clock), store)
