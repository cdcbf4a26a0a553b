"""Lists in pages, by keyset: a page stays true while rows are added before it."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.errors import FieldError, invalid_fields

T = TypeVar("T")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """``next_cursor`` asks for the following page, None at the end; the page is true at the event cursor ``cursor``."""

    items: list[T]
    next_cursor: str | None
    cursor: str


def in_order(
    session: Session,
    query: Select[T],
    moment: InstrumentedAttribute[datetime],
    identifier: InstrumentedAttribute[str],
    after: str | None,
    oldest: bool = False,
) -> tuple[Sequence[T], str | None]:
    """One page of ``query`` by (moment, identifier) descending, with ``oldest`` ascending, and the cursor of the next.

    :raises Invalid: ``after`` is no cursor of ours
    """
    if after:
        at, last_id = decode(after)
        key = tuple_(literal(_moment(at), moment.type), literal(last_id))
        place = tuple_(moment, identifier)
        query = query.where(place > key if oldest else place < key)
    order = [column.asc() if oldest else column.desc() for column in (moment, identifier)]
    rows = session.scalars(query.order_by(*order).limit(PAGE_SIZE + 1)).all()
    if len(rows) <= PAGE_SIZE:
        return rows, None
    last = rows[PAGE_SIZE - 1]
    return rows[:PAGE_SIZE], encode(getattr(last, moment.key).isoformat(), getattr(last, identifier.key))


def encode(*parts: str) -> str:
    """An opaque cursor of a row's sort key."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[str, str]:
    """The sort key of a cursor.

    :raises Invalid: it is no cursor of ours
    """
    try:
        parts: Any = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        first, second = parts
        if isinstance(first, str) and isinstance(second, str) and (first + second).isprintable():
            return first, second
    except (binascii.Error, ValueError, TypeError):
        pass
    raise _not_a_cursor()


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _not_a_cursor()


def _not_a_cursor() -> Exception:
    return invalid_fields(FieldError("cursor", "invalid", "This is not a cursor of this list."))
