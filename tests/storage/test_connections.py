"""What an acknowledged write is worth: how each connection is set up, and that nothing writes past the seam."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import partial

import pytest
from sqlalchemy import bindparam, event, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from app.models import User
from app.storage import Store
from tests.domain.databases import SqliteFile, opened
from tests.storage.rows import names, user
from tests.support.databases import ROOT

FULL, ON = 2, 1


def asked(store: Store, question: str, *, writing: bool) -> object:
    """What the connection of a write, or of a read, answers."""
    through = store.write if writing else store.read
    return through(lambda session: session.execute(text(question)).scalar())


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("synchronous", FULL), ("journal_mode", "wal"), ("foreign_keys", ON), ("busy_timeout", 0), ("query_only", 0)],
)
def test_a_write_is_on_disk_before_it_is_acknowledged_and_waits_for_no_lock_itself(
    sqlite: Store, pragma: str, value: object
) -> None:
    """# R13"""
    assert asked(sqlite, f"PRAGMA {pragma}", writing=True) == value


def test_every_connection_that_can_write_is_synchronous_full(sqlite_file: SqliteFile) -> None:
    """Also one that replaces a broken one. # R13"""
    made: list[sqlite3.Connection] = []

    def note(dbapi: sqlite3.Connection, _: object) -> None:
        made.append(dbapi)

    event.listen(Pool, "connect", note)
    try:
        with opened(sqlite_file.url) as store:
            for _ in range(2):
                store.write(lambda session: session.add(user()))
                store.read(names)
                look_up(store)
                settings = [pragmas(dbapi, "synchronous", "query_only") for dbapi in made]
                assert sorted(settings) == [(FULL, 0), (FULL, ON), (FULL, ON)]
                # The writer's and that of the looks are never given back by themselves.
                for kept in ("_pen", "_look"):
                    getattr(store, kept).close()
                    setattr(store, kept, None)
                for engine in ("_writes", "_reads", "_looks"):
                    getattr(store, engine).dispose()  # as after a broken connection
                made.clear()
    finally:
        event.remove(Pool, "connect", note)


def pragmas(dbapi: sqlite3.Connection, *wanted: str) -> tuple[int, ...]:
    """The settings of one connection."""
    return tuple(dbapi.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted)


def test_postgresql_waits_for_the_disk_even_where_its_server_would_not(postgres: Store) -> None:
    """# R13"""
    assert asked(postgres, "SHOW synchronous_commit", writing=True) == "on"


def test_postgresql_reads_one_picture_in_utc(postgres: Store) -> None:
    """# R21"""
    assert asked(postgres, "SHOW transaction_isolation", writing=False) == "repeatable read"
    assert asked(postgres, "SHOW timezone", writing=False) == "UTC"


def test_a_read_can_not_write(store: Store) -> None:
    """# R13"""
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        store.read(lambda session: session.execute(text("UPDATE therapists SET capacity = 9")))
    assert asked(store, "SELECT max(capacity) FROM therapists", writing=False) == 2


def test_a_read_is_one_picture_while_others_write(store: Store) -> None:
    """# R21"""

    def twice(session: Session) -> tuple[set[str], set[str]]:
        before = names(session)
        store.write(lambda other: other.add(user("came-between")))
        return before, names(session)

    before, after = store.read(twice)
    assert before == after == set()
    assert store.read(names) == {"came-between"}


def look_up(store: Store, name: str = "") -> tuple[str, ...] | None:
    """A row on its own."""
    users = User.__table__.c
    row = store.read_row(select(users.display_name).where(users.id == bindparam("id")), {"id": name})
    return tuple(row) if row else None


def test_a_row_that_is_looked_up_is_as_it_is_now(store: Store) -> None:
    """# R21"""
    assert look_up(store, "newcomer") is None
    for called in ("Wati", "Wati Kusuma"):
        store.write(partial(_call, called))
        assert look_up(store, "newcomer") == (called,)


def _call(name: str, session: Session) -> None:
    session.merge(user("newcomer", display_name=name))


def test_a_look_holds_no_picture_that_would_keep_the_journal_growing(sqlite: Store) -> None:
    """# R13"""
    sqlite.write(lambda session: session.add(user("newcomer")))
    assert look_up(sqlite, "newcomer")
    with closing(sqlite3.connect(sqlite._reads.url.database)) as other:  # type: ignore[attr-defined]  # the file's place
        busy, *_ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy == 0


def test_after_a_look_that_failed_the_next_one_works(store: Store) -> None:
    """# R42"""
    with pytest.raises(DBAPIError):
        store.read_row(select(text("no_such_column")), {})
    assert look_up(store, "budi-user")


def test_no_code_of_ours_goes_past_the_seam() -> None:
    """# R13"""
    past_it = re.compile(r"\bdb\.session\b|\.engine\.(connect|begin)|\bcreate_engine\(")
    guilty = [
        path.relative_to(ROOT).as_posix() for path in (ROOT / "app").rglob("*.py") if past_it.search(path.read_text())
    ]
    assert sorted(guilty) == ["app/storage/postgresql.py", "app/storage/sqlite.py"]


def test_a_database_that_is_not_there_is_no_busy_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    """# R42"""
    nowhere = tmp_path_factory.mktemp("empty") / "no-such-folder" / "tenang.db"
    with opened(f"sqlite:///{nowhere}") as store, pytest.raises(OperationalError, match="unable to open"):
        store.read(names)
