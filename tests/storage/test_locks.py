"""Somebody else holds the database: everything else goes on, and the wait has an end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import gevent
import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from app.models import Therapist
from app.storage import Store, StoreBusy, postgresql
from tests.domain.databases import PostgresDatabase, SqliteFile, opened
from tests.storage.rows import names, raw, user
from tests.support.databases import ROOT

LIMIT = 0.3  # seconds, instead of the five of the real thing


@contextmanager
def another_process_holds(file: SqliteFile) -> Iterator[subprocess.Popen[str]]:
    """The write lock is another process's, until the block ends or its input is closed."""
    command = [sys.executable, "-m", "tests.storage.lock_holder", str(file.file)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.stdin.close()


class Ticker:
    """Counts how often the loop comes round."""

    def __init__(self) -> None:
        self.count = 0
        self._greenlet = gevent.spawn(self._run)

    def _run(self) -> None:
        while True:
            gevent.sleep(0.005)
            self.count += 1

    def stop(self) -> int:
        """How many rounds there were."""
        self._greenlet.kill()
        return self.count


@pytest.fixture
def short_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.storage.sqlite.LOCK_WAIT_SECONDS", LIMIT)


@pytest.mark.usefixtures("short_limit")
def test_a_lock_of_another_process_ends_as_busy_and_never_stops_the_loop(
    sqlite_file: SqliteFile, sqlite: Store
) -> None:
    """# R20 # R42"""
    sqlite.write(lambda session: session.add(user("before")))
    with another_process_holds(sqlite_file):
        ticker = Ticker()
        with pytest.raises(StoreBusy):
            sqlite.write(lambda session: session.add(user("during")))
        assert ticker.stop() > LIMIT / 0.005 / 4  # a frozen loop ticks once
        assert sqlite.read(names) == {"before"}
    sqlite.write(lambda session: session.add(user("after")))
    assert sqlite.read(names) == {"before", "after"}


def test_a_write_that_waited_for_another_process_goes_through(sqlite_file: SqliteFile, sqlite: Store) -> None:
    """# R13"""
    with another_process_holds(sqlite_file) as holder:
        waiting = gevent.spawn(sqlite.write, lambda session: session.add(user("patient")))
        gevent.sleep(0.05)
        assert not waiting.ready()
        assert holder.stdin is not None
        holder.stdin.close()
        holder.wait(5)
        waiting.get(timeout=5)
    assert sqlite.read(names) == {"patient"}


@pytest.mark.usefixtures("short_limit")
def test_everybody_who_waits_for_the_lock_is_told_in_time(sqlite_file: SqliteFile, sqlite: Store) -> None:
    """# R42"""
    with another_process_holds(sqlite_file):
        writers = [gevent.spawn(sqlite.write, lambda session: session.add(user())) for _ in range(20)]
        gevent.joinall(writers, timeout=LIMIT * 4)
        assert {type(writer.exception) for writer in writers} == {StoreBusy}


def test_reading_goes_on_while_another_process_writes(sqlite_file: SqliteFile, sqlite: Store) -> None:
    """# R20"""
    with another_process_holds(sqlite_file):
        assert sqlite.read(names) == set()


def test_a_row_that_somebody_else_holds_ends_as_busy_on_postgresql(
    postgres_database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R42"""
    settings = [s.replace("lock_timeout = '5s'", "lock_timeout = '200ms'") for s in postgresql.SESSION_SETTINGS]
    monkeypatch.setattr(postgresql, "SESSION_SETTINGS", settings)
    touch = update(Therapist).where(Therapist.id == "ayu").values(about_en="Twenty years of practice")
    with opened(postgres_database.url) as store:
        postgres_database.rewind()
        with raw(postgres_database.url) as somebody:
            somebody.execute(touch)
            with pytest.raises(StoreBusy):
                store.write(lambda session: session.execute(touch))
        store.write(lambda session: session.execute(touch))


def test_a_statement_that_takes_too_long_ends_as_busy_on_postgresql(
    postgres_database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R42"""
    monkeypatch.setattr(postgresql, "SESSION_SETTINGS", ("SET statement_timeout = '100ms'",))
    with opened(postgres_database.url) as store:
        for through in (store.write, store.read):
            with pytest.raises(StoreBusy):
                through(lambda session: session.execute(text("SELECT pg_sleep(5)")))


def test_a_pool_without_a_free_connection_ends_as_busy_on_postgresql(
    postgres_database: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R42"""
    monkeypatch.setattr(postgresql, "POOL_SIZE", 1)
    monkeypatch.setattr(postgresql, "POOL_WAIT_SECONDS", 0.05)
    with opened(postgres_database.url) as store:
        postgres_database.rewind()

        def both_at_once(session: Session) -> None:
            session.add(user())
            session.flush()
            store.read(names)

        with pytest.raises(StoreBusy):
            store.write(both_at_once)
        assert store.read(names) == set()


def test_a_server_that_went_away_is_busy_until_it_is_back_on_postgresql(
    postgres_database: PostgresDatabase,
) -> None:
    """# R42"""
    with opened(postgres_database.url) as store:
        postgres_database.rewind()

        def cut(session: Session) -> None:
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

        with pytest.raises(StoreBusy):
            store.write(cut)
        store.write(lambda session: session.add(user("after")))
        assert store.read(names) == {"after"}
