"""One transaction for each write: whole or not at all, and no business of its neighbours."""

from __future__ import annotations

from functools import partial

import gevent
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models import User
from app.storage import Store
from tests.storage.rows import names, user


class Fault(Exception):
    """What goes wrong in a test's write."""


def test_a_write_returns_what_its_function_returns(store: Store) -> None:
    """# R13"""

    def run(session: Session) -> str:
        session.add(user("wati"))
        return "done"

    assert store.write(run) == "done"
    assert store.read(names) == {"wati"}


def test_what_was_read_in_a_write_can_be_used_after_it(store: Store) -> None:
    """# R13"""
    wati = user("wati")
    store.write(lambda session: session.add(wati))
    assert (wati.id, wati.display_name) == ("wati", "Wati")


def test_a_write_that_fails_leaves_nothing(store: Store) -> None:
    """# R13"""

    def fails(session: Session) -> None:
        session.add(user("first"))
        session.flush()
        session.add(user("second"))
        raise Fault

    with pytest.raises(Fault):
        store.write(fails)
    assert store.read(names) == set()
    store.write(lambda session: session.add(user("after")))
    assert store.read(names) == {"after"}


def test_a_row_that_appeared_meanwhile_is_seen_on_the_second_look(store: Store) -> None:
    """# R3"""
    looks: list[bool] = []

    def make_once(session: Session) -> str:
        found = session.get(User, "the-only-one")
        looks.append(found is not None)
        if found is None and len(looks) == 1:
            session.add(user("another"))
            session.flush()
            session.add(user("budi-user"))  # as if Budi had been added between the look and the insert
        return "seen" if found else "made"

    assert store.write(make_once) == "made"
    assert looks == [False, False]
    assert store.read(names) == set()


def test_a_conflict_that_stays_is_the_callers_to_see(store: Store) -> None:
    """# R13"""
    with pytest.raises(IntegrityError):
        store.write(lambda session: session.add(user("budi-user")))
    assert store.read(names) == set()


def test_one_failing_write_of_a_batch_does_not_touch_the_others(store: Store) -> None:
    """# R13"""

    def one(number: int) -> None:
        def run(session: Session) -> None:
            session.add(user(f"writer-{number:02}"))
            session.flush()
            if number % 5 == 0:
                raise Fault
            if number % 7 == 0:
                session.add(user("budi-user"))

        store.write(run)

    writers = [gevent.spawn(one, number) for number in range(40)]
    gevent.joinall(writers)
    failed = {number for number, writer in enumerate(writers) if writer.exception}
    assert failed == {number for number in range(40) if number % 5 == 0 or number % 7 == 0}
    assert store.read(names) == {f"writer-{number:02}" for number in range(40) if number not in failed}


def numbered(session: Session, number: int) -> None:
    """A write that a hook can tell from others."""
    session.info["number"] = number


def test_hooks_see_each_write_before_its_commit_and_after_it_in_order(store: Store) -> None:
    """# R19"""
    seen: list[tuple[str, object]] = []
    store.hooks.before_commit.append(lambda session: seen.append(("before", session.info["number"])))
    store.hooks.after_commit.append(lambda session: seen.append(("after", session.info["number"])))
    try:
        for number in range(3):
            store.write(partial(numbered, number=number))
    finally:
        store.hooks.before_commit.pop()
        store.hooks.after_commit.pop()
    assert seen == [(step, number) for number in range(3) for step in ("before", "after")]


def test_a_write_that_fails_is_announced_to_nobody(store: Store) -> None:
    """# R19"""
    announced: list[object] = []
    store.hooks.after_commit.append(announced.append)

    def fails(session: Session) -> None:
        session.add(user())
        raise Fault

    try:
        with pytest.raises(Fault):
            store.write(fails)
    finally:
        store.hooks.after_commit.pop()
    assert announced == []
    assert store.read(lambda session: session.scalar(select(User.id).where(User.display_name == "Wati"))) is None


def test_a_write_whose_telling_fails_has_still_been_written(store: Store) -> None:
    """Nobody may be told that it was not, and send it again. # R13"""

    def broken(_: Session) -> None:
        raise Fault

    store.hooks.after_commit.append(broken)
    try:
        store.write(lambda session: session.add(user("wati")))
    finally:
        store.hooks.after_commit.pop()
    assert store.read(names) == {"wati"}
