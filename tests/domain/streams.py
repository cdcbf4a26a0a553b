"""Streams of the event log, each a line in a test."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app import storage
from app.domain.people import Person
from app.events import log
from app.events.payloads import DraftChangedPayload


def emit(session: Session, person: Person, number: int = 0) -> None:
    """Note an event for one person inside a transaction."""
    log.emit(session, person.id, "draft.changed", DraftChangedPayload(therapist_id="ayu", version=number))


def happen(*people: Person, number: int = 0) -> None:
    """One transaction with an event for each of these people."""

    def run(session: Session) -> None:
        for person in people:
            emit(session, person, number)

    storage.write(run)


def stream(person: Person, after: int = 0) -> list[int]:
    """The numbers of a person's stream."""
    return [event.seq for event in storage.read(lambda session: log.read_after(session, person.id, after, 10_000))]


def locate(person: Person, cursor: str | None) -> log.Position:
    """Where a cursor stands in a person's stream."""
    return storage.read(lambda session: log.locate(session, person.id, cursor))


def head(person: Person) -> log.Position:
    """The newest position of a person's stream."""
    return storage.read(lambda session: log.head(session, person.id))
