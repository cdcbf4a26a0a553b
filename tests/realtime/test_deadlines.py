"""Deadlines live on the server: they expire on time, with nobody connected and across a restart."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import StartServer
from tests.support.cast import Cast
from tests.support.databases import Databases
from tests.support.server import Server
from tests.support.waiting import until
from tests.support.wire import Booking

pytestmark = pytest.mark.alone

HASTY = {"BOOKING_ANSWER_MINUTES": "0.05", "BOOKING_CONFIRM_MINUTES": "0.05"}
ON_TIME = timedelta(seconds=1)


@pytest.fixture(scope="module")
def hasty(sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose deadlines are three seconds long."""
    home = tmp_path_factory.mktemp("hasty")
    with Server(home, sqlite_databases.fresh(home), **HASTY) as server:
        yield server


def cancelled_at(server: Server, booking: Booking) -> datetime | None:
    """When the booking was cancelled, read from the file, so that the server is not visited."""
    database = sqlite3.connect(f"file:{server.database_url.removeprefix('sqlite:///')}?mode=ro", uri=True)
    try:
        row = database.execute("SELECT cancelled_at FROM bookings WHERE id = ?", (booking["bookingId"],)).fetchone()
    finally:
        database.close()
    return datetime.now(UTC) if row[0] else None


def deadline_of(booking: Booking) -> datetime:
    return datetime.fromisoformat(str(booking["expiresAt"]))


@pytest.mark.parametrize(
    ("state", "reason"), [("pending", "answer_expired"), ("therapist_accepted", "confirm_expired")]
)
def test_a_booking_expires_on_time_with_nobody_connected(hasty: Server, state: str, reason: str) -> None:
    """# R6"""
    cast = Cast(hasty.url)
    booking = cast.booked(cast.budi) if state == "pending" else cast.accepted(cast.budi)

    seen = until(lambda: cancelled_at(hasty, booking), "the expiry", within=6)

    assert abs(seen - deadline_of(booking)) < ON_TIME
    after = cast.budi.api.booking(booking["bookingId"])
    assert (after["status"], after["cancelledBy"], after["cancelReason"]) == ("cancelled", "system", reason)


def test_both_are_told_of_an_expiry_on_time(hasty: Server) -> None:
    """# R6 # R19"""
    cast = Cast(hasty.url)
    booking = cast.booked(cast.budi)
    with cast.budi.socket() as his, cast.ayu.socket() as ayus:
        for device in (his, ayus):
            device.event("booking.changed", bookingId=booking["bookingId"], cancelReason="answer_expired")
            assert abs(datetime.now(UTC) - deadline_of(booking)) < ON_TIME


def test_a_deadline_that_passed_while_the_server_was_down_is_acted_on_at_its_start(
    start_server: StartServer,
) -> None:
    """# R6"""
    server = start_server(**HASTY)
    booking = (cast := Cast(server.url)).booked(cast.budi)
    server.kill9()
    until(lambda: datetime.now(UTC) > deadline_of(booking), "the deadline", within=5)
    server.start()
    started = datetime.now(UTC)
    seen = until(lambda: cancelled_at(server, booking), "the expiry", within=3)
    assert seen - started < ON_TIME


def test_a_deadline_survives_a_restart_and_is_kept_on_time(start_server: StartServer) -> None:
    """# R6"""
    server = start_server(BOOKING_ANSWER_MINUTES="0.1")
    booking = (cast := Cast(server.url)).booked(cast.budi)
    server.kill9()
    server.start()
    assert cancelled_at(server, booking) is None
    seen = until(lambda: cancelled_at(server, booking), "the expiry", within=8)
    assert abs(seen - deadline_of(booking)) < ON_TIME
