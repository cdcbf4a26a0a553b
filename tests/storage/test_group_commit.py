"""SQLite: writes that arrive together share a commit, and each is answered when that is on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import gevent
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.storage import Store, StoreBusy
from tests.storage.rows import names, user

#: What the SQLite store calls to bring a batch to the disk.
COMMIT = "app.storage.sqlite.in_native_thread"


def test_writes_that_arrive_together_share_one_commit(sqlite: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R24"""
    commits: list[Callable[[], None]] = []

    def counted(commit: Callable[[], None]) -> None:
        commits.append(commit)
        commit()

    monkeypatch.setattr(COMMIT, counted)
    gevent.joinall(
        [gevent.spawn(sqlite.write, lambda session: session.add(user())) for _ in range(40)], raise_error=True
    )
    assert len(sqlite.read(names)) == 40
    assert len(commits) == 1


def test_nobody_is_answered_before_the_commit_is_on_disk(sqlite: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R13"""
    answered: list[str] = []

    def slow_commit(commit: Callable[[], None]) -> None:
        gevent.sleep(0)  # lets every other greenlet run
        assert answered == []
        commit()

    monkeypatch.setattr(COMMIT, slow_commit)

    def one(number: int) -> None:
        sqlite.write(lambda session: session.add(user(f"writer-{number}")))
        answered.append(f"writer-{number}")

    gevent.joinall([gevent.spawn(one, number) for number in range(5)], raise_error=True)
    assert set(answered) == sqlite.read(names)


def test_a_commit_that_fails_is_everybodys_failure(sqlite: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R13"""

    def disk_full(_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(COMMIT, disk_full)
    writers = [gevent.spawn(sqlite.write, lambda session: session.add(user())) for _ in range(3)]
    gevent.joinall(writers)
    assert [type(writer.exception) for writer in writers] == [OSError] * 3
    monkeypatch.undo()
    assert sqlite.read(names) == set()
    sqlite.write(lambda session: session.add(user("after")))
    assert sqlite.read(names) == {"after"}


def test_work_whose_commit_failed_is_not_done_again(sqlite: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it reached the disk nobody knows: it is for the caller to ask. # R13"""
    done: list[int] = []

    def disk_full(_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(COMMIT, disk_full)
    writers = [gevent.spawn(sqlite.write, lambda _, number=number: done.append(number)) for number in range(3)]
    gevent.joinall(writers)
    assert done == [0, 1, 2]


def test_a_refusal_among_others_is_its_own_and_the_others_are_stored_once(
    sqlite: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R13"""
    commits: list[str] = []

    def counted(commit: Callable[[], None]) -> None:
        commits.append("commit")
        commit()

    def refused(session: Session) -> None:
        session.add(user("refused"))
        session.flush()
        raise LookupError("not this one")

    monkeypatch.setattr(COMMIT, counted)
    before = gevent.spawn(sqlite.write, lambda session: session.add(user("before")))
    wrong = gevent.spawn(sqlite.write, refused)
    after = gevent.spawn(sqlite.write, lambda session: session.add(user("after")))
    gevent.joinall([before, wrong, after])
    assert (before.successful(), after.successful()) == (True, True)
    assert str(wrong.exception) == "not this one"
    assert sqlite.read(names) == {"before", "after"}
    assert commits == ["commit"]


def test_a_caller_who_is_killed_takes_nobody_along(sqlite: Store) -> None:
    """# R13"""
    writers = [gevent.spawn(sqlite.write, lambda session: session.add(user())) for _ in range(5)]
    gevent.sleep(0)
    writers[0].kill(block=False)
    gevent.joinall(writers)
    assert len(sqlite.read(names)) >= 4
    sqlite.write(lambda session: session.add(user("after")))
    assert "after" in sqlite.read(names)


def test_a_writer_that_is_interrupted_leaves_nobody_waiting(sqlite: Store) -> None:
    """# R13"""

    def interrupted(_: Session) -> None:
        raise gevent.GreenletExit

    with gevent.Timeout(2):
        writers = [gevent.spawn(sqlite.write, fn) for fn in (lambda session: session.add(user()), interrupted)]
        gevent.joinall(writers)
    assert [type(writer.exception) for writer in writers] == [StoreBusy] * 2
    assert sqlite.read(names) == set()
    sqlite.write(lambda session: session.add(user("after")))
    assert sqlite.read(names) == {"after"}


@pytest.mark.parametrize("others", [0, 2])
def test_a_lock_that_a_write_meets_is_busy_and_keeps_its_reason(sqlite: Store, others: int) -> None:
    """# R42"""
    writers = [gevent.spawn(sqlite.write, lambda session: session.add(user())) for _ in range(others)]
    writers.append(gevent.spawn(sqlite.write, locked))
    gevent.joinall(writers)
    assert isinstance(writers[-1].exception, StoreBusy)
    assert isinstance(writers[-1].exception.__cause__, sqlite3.OperationalError)
    assert len(sqlite.read(names)) == others


def test_a_write_inside_a_write_is_a_fault_and_not_a_wait_for_ever(sqlite: Store) -> None:
    """# R13"""
    with gevent.Timeout(2), pytest.raises(RuntimeError, match="a write inside a write"):
        sqlite.write(lambda _: sqlite.write(names))


def test_a_conflict_whose_second_look_finds_the_database_busy_is_still_answered(
    sqlite: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R13"""

    def conflict_then_busy(session: Session) -> None:
        monkeypatch.setattr("app.storage.sqlite._execute_patiently", locked)
        session.add(user("budi-user"))

    with gevent.Timeout(2), pytest.raises((IntegrityError, StoreBusy)):
        sqlite.write(conflict_then_busy)
    monkeypatch.undo()
    sqlite.write(lambda session: session.add(user("after")))
    assert sqlite.read(names) == {"after"}


def locked(*_: object) -> None:
    """What another process's lock is to a statement."""
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise error


def test_a_full_disk_in_the_middle_of_a_batch_is_a_failure_of_all_who_would_have_lost_something(
    sqlite: Store,
) -> None:
    """SQLite then rolls back what the writers before had done, too. # R13"""
    pages = sqlite.read(lambda session: session.execute(text("PRAGMA page_count")).scalar_one())
    sqlite.write(lambda session: session.execute(text(f"PRAGMA max_page_count={pages + 20}")))
    acknowledged: set[str] = set()

    def one(number: int) -> None:
        name = f"writer-{number}"
        sqlite.write(lambda session: session.add(user(name, email=f"{number}@" + "x" * 8_000)))
        acknowledged.add(name)

    writers = [gevent.spawn(one, number) for number in range(20)]
    gevent.joinall(writers)
    assert any(writer.exception for writer in writers)
    assert sqlite.read(names) == acknowledged
    sqlite.write(lambda session: session.execute(text(f"PRAGMA max_page_count={2**30}")))
    sqlite.write(lambda session: session.add(user("after")))
    assert sqlite.read(names) == acknowledged | {"after"}
