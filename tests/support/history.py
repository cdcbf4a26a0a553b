"""The judge of delivery: what clients were told, kept on disk outside the server, and what is wrong with it.

Each client writes an account of its own: what it sent, what was acknowledged, and every event in the order in
which it came. An acknowledgement is on disk before the client goes on, so nothing that the server does can
unsay it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class Received:
    """One event as it reached a reader: `thing` is a message's or booking's id, `place` its seq there, and `rises`
    holds the numbers in it that may only rise, by their names: versions and marks.
    """

    seq: int
    thing: str = ""
    key: str = ""
    room: str = ""
    place: int = 0
    kind: str = ""
    rises: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Acknowledged:
    """The server's promise that `thing`, sent under `key`, is kept."""

    key: str
    thing: str
    room: str


@dataclass
class Account:
    """What one client knows. A reader follows rooms; a sender need not follow any."""

    name: str
    begins_after: int = 0
    follows: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    acknowledged: list[Acknowledged] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The account in a journal; a last line that a crash cut short is left out."""
        account = cls(path.stem)
        for line in path.read_text().splitlines():
            try:
                kind, facts = json.loads(line)
            except json.JSONDecodeError:
                break
            account._add(kind, facts)
        return account

    def _add(self, kind: str, facts: dict[str, Any]) -> None:
        match kind:
            case "begins_after":
                self.begins_after = int(facts["seq"])
            case "follows":
                self.follows.add(str(facts["room"]))
            case "sent":
                self.sent.add(str(facts["key"]))
            case "acknowledged":
                self.acknowledged.append(Acknowledged(**facts))
            case "received":
                self.received.append(Received(**facts))


class Journal:
    """An account being written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("a", encoding="utf-8")

    def begins_after(self, seq: int) -> None:
        """This client's reading starts behind event `seq` of the person's stream."""
        self._write("begins_after", {"seq": seq})

    def follows(self, room: str) -> None:
        """This client reads `room`, so everything acknowledged in it must reach this client."""
        self._write("follows", {"room": room})

    def sent(self, key: str) -> None:
        """Something was sent under `key`; the answer is not known."""
        self._write("sent", {"key": key})

    def acknowledged(self, key: str, thing: str, room: str) -> None:
        """The server said that it keeps it. On disk when this returns."""
        self._write("acknowledged", {"key": key, "thing": thing, "room": room})
        os.fsync(self._file.fileno())

    def received(self, event: Received) -> None:
        """An event came; called in the order of arrival."""
        self._write("received", vars(event))

    def close(self) -> None:
        """Nothing more will be written."""
        self._file.close()

    def _write(self, kind: str, facts: Mapping[str, object]) -> None:
        self._file.write(json.dumps([kind, facts]) + "\n")
        self._file.flush()


@dataclass(frozen=True)
class Fault:
    """A broken promise: the rule, and who saw what."""

    rule: str
    detail: str


def judge(accounts: Iterable[Account]) -> list[Fault]:
    """Every fault in the accounts of one run, in which every client kept trying until it was answered."""
    everyone = list(accounts)
    promises = [promise for account in everyone for promise in account.acknowledged]
    return [
        *_unanswered(everyone),
        *_keys_with_two_things(promises),
        *(fault for reader in everyone for fault in _stream_faults(reader)),
        *(fault for reader in everyone for fault in _losses(reader, promises)),
        *(fault for reader in everyone for fault in _falls(reader)),
        *_inventions(everyone, {promise.thing for promise in promises}),
        *_disagreements(everyone),
    ]


def _unanswered(everyone: list[Account]) -> Iterator[Fault]:
    for account in everyone:
        for key in sorted(account.sent - {promise.key for promise in account.acknowledged}):
            yield Fault("unanswered", f"{account.name} never got an answer to {key}")


def _keys_with_two_things(promises: list[Acknowledged]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for promise in promises:
        if first.setdefault(promise.key, promise.thing) != promise.thing:
            yield Fault("doubled", f"{promise.key} became both {first[promise.key]} and {promise.thing}")


def _stream_faults(reader: Account) -> Iterator[Fault]:
    """Gaps and steps back in the stream, things twice, and messages out of the order of their room."""
    last, places = reader.begins_after, dict[str, int]()
    for event in reader.received:
        if event.seq <= last:
            yield Fault("went back", f"{reader.name} got event {event.seq} after {last}")
        elif event.seq != last + 1:
            yield Fault("gap", f"{reader.name} got event {event.seq} after {last}")
        last = max(last, event.seq)
        if event.place and event.place <= places.get(event.room, 0):
            yield Fault("misordered", f"{reader.name} got {event.thing} ({event.place}) late in {event.room}")
        places[event.room] = max(event.place, places.get(event.room, 0))
    for thing, times in Counter(event.thing for event in reader.received if event.thing).items():
        if times > 1:
            yield Fault("doubled", f"{reader.name} got {thing} {times} times")


def _falls(reader: Account) -> Iterator[Fault]:
    """Versions and marks that were higher before."""
    highest = dict[str, int]()
    for event in reader.received:
        for name, number in event.rises.items():
            if number < highest.get(name, number):
                yield Fault("fell", f"{reader.name} got {name} {number} after {highest[name]}, in event {event.seq}")
            highest[name] = max(number, highest.get(name, number))


def _losses(reader: Account, promises: list[Acknowledged]) -> Iterator[Fault]:
    seen = {event.thing for event in reader.received}
    for promise in promises:
        if promise.room in reader.follows and promise.thing not in seen:
            yield Fault("lost", f"{reader.name} never got {promise.thing} (key {promise.key})")


def _inventions(everyone: list[Account], promised: set[str]) -> Iterator[Fault]:
    for reader in everyone:
        for event in reader.received:
            if event.thing and event.thing not in promised:
                yield Fault("invented", f"{reader.name} got {event.thing}, which nobody was promised")


def _disagreements(everyone: list[Account]) -> Iterator[Fault]:
    """Two readers who hold different messages at one place of one room."""
    held: dict[tuple[str, int], tuple[str, str]] = {}
    for reader in everyone:
        for event in reader.received:
            if not event.place:
                continue
            thing, witness = held.setdefault((event.room, event.place), (event.thing, reader.name))
            if thing != event.thing:
                where = f"place {event.place} of {event.room}"
                yield Fault("misordered", f"{witness} has {thing} at {where}, {reader.name} has {event.thing}")
