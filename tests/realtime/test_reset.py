"""A cursor that is not of the stream any more is answered with reset, and the place from which to go on."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.realtime.conftest import Pair, pair_in
from tests.support.cast import Cast, Person
from tests.support.databases import copy_sqlite
from tests.support.server import Server
from tests.support.socket import Socket

NOT_CURSORS = ["1-AAAAAAAA", "999999-AAAAAAAA", "-1", "garbage", "1", "9" * 40 + "-x", "٣-x", "🌴", " "]


@pytest.mark.parametrize("cursor", NOT_CURSORS)
def test_a_cursor_that_was_never_given_out_is_reset_by_both_carriers(cast: Cast, cursor: str) -> None:
    """# R21"""
    head = cast.budi.api.cursor()
    polled = cast.budi.api.poll(cursor)
    assert (polled["reset"], polled["cursor"], polled["events"]) == (True, head, [])
    with Socket(cast.url, cast.budi.api.cookie) as device:
        welcome = device.hello(cursor)
        assert (welcome["reset"], welcome["cursor"]) == (True, head)


def test_another_persons_cursor_is_reset(cast: Cast) -> None:
    """# R21"""
    customer = cast.guest()
    cast.booked(customer)
    assert cast.budi.api.poll(customer.api.cursor())["reset"] is True


def trim(server: Server, person: Person, cursor: str) -> None:
    """What the retention does after a fortnight: forget a person's events up to a cursor, this one included."""
    path = server.database_url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        upto = int(cursor.partition("-")[0])
        gone = database.execute("DELETE FROM events WHERE user_id = ? AND seq <= ?", (person.user["id"], upto))
        assert gone.rowcount == upto


def test_after_the_log_was_trimmed_beyond_its_cursor_a_device_is_reset_and_lives_on(server: Server, pair: Pair) -> None:
    """# R21"""
    old = pair.customer.api.cursor()
    pair.talk(2)
    trim(server, pair.customer, old)

    head = pair.customer.api.cursor()
    polled = pair.customer.api.poll(old)
    assert (polled["reset"], polled["cursor"], polled["events"]) == (True, head, [])
    with Socket(server.url, pair.customer.api.cookie) as device:
        welcome = device.hello(old)
        assert (welcome["reset"], welcome["cursor"]) == (True, head)
        assert device.event("message.created", id=pair.talk(1)[0])


def test_from_the_beginning_of_a_trimmed_log_one_gets_what_is_kept(server: Server, pair: Pair) -> None:
    """# R21"""
    old = pair.customer.api.cursor()
    ids = pair.talk(2)
    trim(server, pair.customer, old)
    with pair.customer.socket(after="0") as device:
        told = [event["data"].get("id") for event in device.caught_up() if event["type"] == "message.created"]
    assert told == ids


def test_after_a_restored_backup_cursors_from_the_lost_time_are_reset(start_server: StartServer) -> None:
    """# R21"""
    server = start_server()
    pair = pair_in(Cast(server.url))
    kept = pair.customer.api.cursor()
    database = Path(server.database_url.removeprefix("sqlite:///"))
    backup = server.home / "backup.sqlite3"
    copy_sqlite(database, backup)
    pair.talk(3)
    lost = pair.customer.api.cursor()

    server.stop()
    copy_sqlite(backup, database)
    server.start()
    pair.talk(3)  # the stream is as long again, with other events at the same numbers

    with Socket(server.url, pair.customer.api.cookie) as device:
        welcome = device.hello(lost)
        assert welcome["reset"] is True
        assert welcome["cursor"] == pair.customer.api.cursor()
        sent = pair.talk(1)[0]
        assert device.event("message.created", id=sent)
    assert pair.customer.api.poll(kept)["reset"] is False
