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
R = TypeVar("R")
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
    rows, last = cut(session.scalars(query.order_by(*order).limit(PAGE_SIZE + 1)).all())
    return rows, encode(getattr(last, moment.key).isoformat(), getattr(last, identifier.key)) if last else None


def cut(rows: Sequence[R]) -> tuple[Sequence[R], R | None]:
    """One page of ``rows``, of which one more than a page was asked for; and its last row when another page follows."""
    return (rows, None) if len(rows) <= PAGE_SIZE else (rows[:PAGE_SIZE], rows[PAGE_SIZE - 1])


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


def whole_number(text: str, largest: int) -> int:
    """A number in the sort key of a cursor.

    :raises Invalid: it is none of ours: larger ones are no integers of the database's either
    """
    if text.isascii() and text.isdigit() and len(text) <= len(str(largest)) and int(text) <= largest:
        return int(text)
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
