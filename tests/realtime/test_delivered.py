"""What a device acknowledged, on its way to the database."""

from __future__ import annotations

from collections.abc import Callable

import gevent
import pytest
from gevent.event import Event

from app.domain import receipts
from app.domain.people import Person
from app.realtime import delivered
from app.realtime.delivered import MOST_WAITING, DeliveryMarks
from app.storage import StoreBusy
from tests.domain.people import AYU


class Database:
    """Takes marks down in its own time; what is in ``errors`` happens to the next ones instead."""

    def __init__(self) -> None:
        self.errors: list[Exception] = []
        self.marked: list[str] = []
        self.tried: list[str] = []
        self.goes_on = Event()
        self.goes_on.set()

    def mark_delivered(self, _: Person, cursor: str) -> bool:
        self.tried.append(cursor)
        self.goes_on.wait()
        if self.errors:
            raise self.errors.pop(0)
        self.marked.append(cursor)
        return True


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Database:
    """Stands for the domain; its pauses take no time."""
    database = Database()
    monkeypatch.setattr(receipts, "mark_delivered", database.mark_delivered)
    monkeypatch.setattr(delivered, "PAUSES", (0, 0, 0))
    return database


def device(fault: Callable[[], None] = lambda: pytest.fail("the socket was ended")) -> DeliveryMarks:
    """A connection of Ayu's."""
    return DeliveryMarks(AYU, fault)


def test_while_one_is_written_the_newest_stands_for_all_below_it(database: Database) -> None:
    """# R14"""
    marks = device()
    database.goes_on.clear()
    for number in range(1, 200):
        marks.note(f"{number}-tag")
        gevent.sleep(0)
    database.goes_on.set()
    marks.part()
    assert database.marked == ["1-tag", "199-tag"]


def test_a_lower_one_does_not_take_the_place_of_a_higher_one(database: Database) -> None:
    """A broken client, or a stream that began anew. # R13 # R14"""
    marks = device()
    database.goes_on.clear()
    for cursor in ("1-a", "900-b", "7-c", "8-d", "8-e", "x", "9" * 5000 + "-f", ""):
        marks.note(cursor)
        gevent.sleep(0)
    database.goes_on.set()
    marks.part()
    assert database.marked == ["1-a", "900-b", "8-d", "8-e", "x", "9" * 5000 + "-f", ""]


def test_a_busy_database_is_asked_again_and_nothing_is_skipped(database: Database) -> None:
    """# R13 # R14"""
    marks = device()
    database.errors = [StoreBusy("held"), StoreBusy("held")]
    marks.note("1-a")
    marks.part()
    marks.note("2-b")
    marks.part()
    assert database.tried == ["1-a", "1-a", "1-a", "2-b"]
    assert database.marked == ["1-a", "2-b"]


@pytest.mark.parametrize("error", [StoreBusy("held"), ValueError("a fault of ours")])
def test_what_cannot_be_written_ends_the_socket_so_that_the_device_says_it_again(
    database: Database, error: Exception
) -> None:
    """# R13 # R21"""
    ended: list[str] = []
    marks = device(lambda: ended.append("fault"))
    database.errors = [error] * (len(delivered.PAUSES) + 1)
    marks.note("1-a")
    marks.part()
    assert ended == ["fault"]
    assert database.marked == []


def test_contradicting_cursors_do_not_pile_up(database: Database) -> None:
    """# R14"""
    marks = device()
    database.goes_on.clear()

    def contradict() -> None:
        for number in range(5 * MOST_WAITING, 0, -1):
            marks.note(f"{number}-tag")

    flood = gevent.spawn(contradict)
    gevent.idle()
    assert not flood.ready()
    database.goes_on.set()
    flood.join()
    marks.part()
    assert len(database.marked) == 5 * MOST_WAITING
