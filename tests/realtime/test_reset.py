"""A cursor that is not of the stream any more is answered with reset, and the place from which to go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.realtime.conftest import pair_in
from tests.support.cast import Cast
from tests.support.databases import copy_sqlite
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
