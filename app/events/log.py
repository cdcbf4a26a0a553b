"""Append to and read from the numbered stream of each person.

``emit`` only notes an event; ``number_events`` runs last in the transaction, locks the streams' heads in user-id order
and numbers what was noted. A stream therefore has no gap, and its order is the order of the commits.
"""

import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from sqlalchemy import TextClause, bindparam, delete, insert, select, text, tuple_
from sqlalchemy.orm import Session

from app.events.payloads import Payload
from app.events.types import PAYLOADS, EventType, StoredEvent
from app.models import Event, EventHead

#: Cursor of a stream's very beginning: what follows is the oldest event still kept.
BEGINNING = "0"

#: The row of a stream's newest position, by ``user_id``.
HEAD = select(EventHead.__table__).where(EventHead.user_id == bindparam("user_id"))

# Built once: these run in every request, and building a statement costs more than running it.
_INSERT = insert(Event.__table__)  # type: ignore[arg-type]  # declared as a FromClause, always a Table
_TAG = select(Event.__table__.c.tag).where(Event.user_id == bindparam("user_id"), Event.seq == bindparam("seq"))
_AFTER = (
    select(*(Event.__table__.c[name] for name in ("seq", "tag", "type", "data", "created_at")))
    .where(Event.user_id == bindparam("user_id"), Event.seq > bindparam("seq"))
    .order_by(Event.seq)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a stream. ``reset`` means that the cursor asked for is not of this stream, and this is its head."""

    seq: int
    cursor: str
    reset: bool = False


def emit(session: Session, user_id: str, event_type: EventType, payload: Payload) -> None:
    """Note an event for one person; it is numbered and stored when the transaction ends."""
    assert type(payload) is PAYLOADS[event_type], f"{event_type} carries {PAYLOADS[event_type].__name__}"
    session.info.setdefault("noted", []).append((user_id, event_type, payload.model_dump_json()))


def number_events(session: Session) -> None:
    """Number and store the noted events: the last step of every write."""
    by_person: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for user_id, event_type, data in session.info.pop("noted", ()):
        by_person[user_id].append((event_type, data))
    stored = _numbered(session, by_person) if by_person else []
    if stored:
        session.execute(_INSERT, [_row(event) for event in stored])
    session.info["stored"] = stored


def stored_events(session: Session) -> list[StoredEvent]:
    """What the committed transaction of ``session`` added, per person in order."""
    events: list[StoredEvent] = session.info.get("stored", [])
    return events


def _numbered(session: Session, by_person: Mapping[str, list[tuple[str, str]]]) -> list[StoredEvent]:
    at = datetime.now(UTC)
    # In the order of the ids, in which everybody locks.
    people = sorted(by_person)
    tags = {user_id: [secrets.token_urlsafe(6) for _ in by_person[user_id]] for user_id in people}
    asked: dict[str, object] = {}
    for number, user_id in enumerate(people):
        count, tag = len(by_person[user_id]), tags[user_id][-1]
        asked |= {f"user_{number}": user_id, f"count_{number}": count, f"tag_{number}": tag}
    last = {row.user_id: row.seq for row in session.execute(_take_numbers(len(people)), asked)}
    return [
        StoredEvent(user_id, last[user_id] - len(by_person[user_id]) + 1 + index, tag, event_type, data, at)
        for user_id in people
        for index, (tag, (event_type, data)) in enumerate(zip(tags[user_id], by_person[user_id], strict=True))
    ]


@cache
def _take_numbers(people: int) -> TextClause:
    """The statement that moves the heads of so many people's streams on, and answers where they stand then."""
    rows = ", ".join(f"(:user_{number}, :count_{number}, :tag_{number})" for number in range(people))
    return text(
        f"INSERT INTO event_heads (user_id, seq, tag) VALUES {rows} "  # noqa: S608  # names of parameters only
        "ON CONFLICT (user_id) DO UPDATE "
        "SET seq = event_heads.seq + excluded.seq, tag = excluded.tag RETURNING user_id, seq"
    )


def _row(e: StoredEvent) -> dict[str, object]:
    return {"user_id": e.user_id, "seq": e.seq, "tag": e.tag, "type": e.type, "data": e.data, "created_at": e.at}


def head(session: Session, user_id: str) -> Position:
    """The newest position of a person's stream."""
    row = session.execute(HEAD, {"user_id": user_id}).one_or_none()
    return Position(row.seq, f"{row.seq}-{row.tag}") if row else Position(0, BEGINNING)


def locate(session: Session, user_id: str, cursor: str | None) -> Position:
    """Where ``cursor`` stands in the stream. One that names no event of it is answered with the head and ``reset``."""
    if not cursor or cursor == BEGINNING:
        return Position(0, BEGINNING)
    number, _, tag = cursor.partition("-")
    # A stream does not reach 2**63, and SQLite refuses larger numbers.
    if number.isascii() and number.isdigit() and len(number) < 19:
        known = session.execute(_TAG, {"user_id": user_id, "seq": int(number)}).scalar_one_or_none()
        if known is not None and secrets.compare_digest(known.encode(), tag.encode("utf-8", "surrogatepass")):
            return Position(int(number), cursor)
    newest = head(session, user_id)
    return Position(newest.seq, newest.cursor, reset=True)


def read_after(session: Session, user_id: str, seq: int, limit: int) -> list[StoredEvent]:
    """The events after ``seq``, oldest first, at most ``limit``."""
    rows = session.execute(_AFTER, {"user_id": user_id, "seq": seq, "limit": limit})
    return [StoredEvent(user_id, *row) for row in rows]


def trim(session: Session, keep: timedelta, now: datetime, limit: int = 1000) -> int:
    """Delete at most ``limit`` events older than ``keep``, but never a person's newest. Returns how many went."""
    newest = select(EventHead.seq).where(EventHead.user_id == Event.user_id).scalar_subquery()
    old = (
        select(Event.user_id, Event.seq)
        .where(Event.created_at < now - keep, Event.seq < newest)
        .order_by(Event.created_at)
        .limit(limit)
    )
    gone = session.execute(delete(Event).where(tuple_(Event.user_id, Event.seq).in_(old)).returning(Event.seq))
    return len(gone.all())
