"""Encrypting anew, with the current field key, what older keys have encrypted.

Each batch is a transaction of its own and each row is written only if it is still what was read, so the server may run
meanwhile. A row that the current key reads is left alone: a rotation that was cut off goes on where it was.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import Column, LargeBinary, Table, bindparam, select, tuple_, type_coerce, update
from sqlalchemy.orm import Session

from app.storage.columns import EncryptedText, encrypted_anew
from app.storage.store import read, write

BATCH = 200

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Rotated:
    """What became of the values of one column. ``unreadable``: no key in force opens them; they were left alone."""

    name: str
    rewritten: int
    current: int
    unreadable: int


def rotate(tables: Iterable[Table]) -> Iterator[Rotated]:
    """Bring every encrypted column of the tables under the first of the field keys, one column after the other."""
    for table in tables:
        for column in table.columns:
            if isinstance(column.type, EncryptedText):
                yield _rotate_column(table, column)


def _rotate_column(table: Table, column: Column[Any]) -> Rotated:
    rewritten = current = unreadable = 0
    last: Key | None = None
    while rows := _rows_after(table, column, last):
        last = rows[-1][0]
        changes: list[tuple[Key, bytes, bytes]] = []
        for key, old in rows:
            try:
                new = encrypted_anew(old)
            except InvalidToken:
                unreadable += 1
                continue
            if new is None:
                current += 1
            else:
                changes.append((key, old, new))
        if changes:
            rewritten += write(lambda session, changes=changes: _replace(session, table, column, changes))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    return Rotated(f"{table.name}.{column.name}", rewritten, current, unreadable)


def _rows_after(table: Table, column: Column[Any], last: Key | None) -> list[tuple[Key, bytes]]:
    """The next values as they are stored, with their primary keys, in the order of those."""
    keys = list(table.primary_key.columns)
    query = select(*keys, type_coerce(column, LargeBinary)).where(column.is_not(None)).order_by(*keys).limit(BATCH)
    if last is not None:
        query = query.where(tuple_(*keys) > tuple_(*last))
    found = read(lambda session: session.execute(query).all())
    return [(tuple(row[:-1]), bytes(row[-1])) for row in found]


def _replace(session: Session, table: Table, column: Column[Any], changes: list[tuple[Key, bytes, bytes]]) -> int:
    """How many were written: a value that somebody else has replaced meanwhile is under the current key already."""
    keys = list(table.primary_key.columns)
    raw = type_coerce(column, LargeBinary)
    statement = (
        update(table)
        .where(*(each == bindparam(f"key_{place}") for place, each in enumerate(keys)))
        .where(raw == bindparam("old", type_=LargeBinary))
        .values({column: type_coerce(bindparam("new", type_=LargeBinary), LargeBinary)})
    )
    count = 0
    for key, old, new in changes:
        values = {f"key_{place}": part for place, part in enumerate(key)}
        count += session.execute(statement, values | {"old": old, "new": new}).rowcount  # type: ignore[attr-defined]  # the result of an UPDATE has it
    return count
