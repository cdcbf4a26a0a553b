"""`kill -9` at random moments under load: what was acknowledged is there, once and in order."""

from __future__ import annotations

import os
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.crowd import Crowd
from tests.support.cast import Cast
from tests.support.damage import unreported
from tests.support.databases import Databases
from tests.support.history import Account, judge
from tests.support.server import Server
from tests.support.waiting import until

KILLS = int(os.environ.get("TENANG_KILLS", "20"))
SEED = int(os.environ.get("TENANG_SEED", str(time.time_ns() % 1_000_000)))
NO_LIMITS = {"RATE_MESSAGE_BURST": "100000", "RATE_MESSAGES_PER_SECOND": "10000"}


@pytest.fixture(scope="module")
def survivor(each_database: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that is killed; its log tells the story when a test fails."""
    home = tmp_path_factory.mktemp("survivor")
    with Server(home, each_database.fresh(home), **NO_LIMITS) as server:
        yield server


@pytest.fixture(scope="module")
def crowd(survivor: Server, each_database: Databases, tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    """The crowd after it has lived through its share of the kills: fewer where the database is a process of its own."""
    kills = KILLS * 3 // 4 if each_database.kind == "sqlite" else KILLS // 4
    print(f"\n{each_database.kind}: TENANG_SEED={SEED}, {kills} kills")
    crowd = Crowd(Cast(survivor.url), tmp_path_factory.mktemp("journals"), SEED)
    rng = random.Random(SEED)
    crowd.start()
    try:
        for _ in range(kills):
            _kill_at_a_random_moment(survivor, crowd, rng)
        crowd.finish()
    finally:
        crowd.abandon()
    print(f"{crowd.acknowledged} sends acknowledged, {len(judge(crowd.accounts()))} faults")
    return crowd


def _kill_at_a_random_moment(server: Server, crowd: Crowd, rng: random.Random) -> None:
    """Some answers after the last start, and a little beside any of them; at times while it still starts."""
    enough = crowd.acknowledged + rng.randrange(1, 40)

    def under_load() -> bool:
        crowd.check()
        return crowd.acknowledged >= enough

    until(under_load, "acknowledgements under load", within=60)
    threading.Event().wait(rng.random() * 0.03)
    server.kill9()
    if rng.random() < 0.15:
        server.launch()
        threading.Event().wait(rng.random() * 0.8)
        server.kill9()
    server.start()


@pytest.fixture(scope="module")
def accounts(crowd: Crowd) -> list[Account]:
    return crowd.accounts()


def test_every_acknowledged_send_reached_every_device_once_and_in_order(accounts: list[Account]) -> None:
    """# R4 # R13 # R21"""
    assert sum(len(account.acknowledged) for account in accounts) > KILLS
    assert judge(accounts) == []
    assert unreported(accounts, SEED) == [], "the judge overlooks what is wrong in this very run"


def test_a_device_that_resumed_through_it_all_has_what_a_new_device_gets(crowd: Crowd, accounts: list[Account]) -> None:
    """# R21"""
    by_name = {account.name: account for account in accounts}
    for reader in crowd.readers:
        assert by_name[reader.name].received == crowd.afresh(reader), reader.name


def test_the_judge_saw_every_kind_of_change(accounts: list[Account]) -> None:
    """# R21"""
    kinds = {event.kind for account in accounts for event in account.received}
    assert kinds >= {"message.created", "booking.created", "booking.changed", "conversation.marks"}


def test_history_pages_hold_every_acknowledged_message_once_without_gaps(crowd: Crowd, accounts: list[Account]) -> None:
    """# R13 # R14"""
    promised = {promise.thing for account in accounts for promise in account.acknowledged if "writes" in account.name}
    found: list[str] = []
    for room in crowd.rooms:
        history = crowd.ayu.api.history(room)
        assert [message["seq"] for message in history] == list(range(1, len(history) + 1))
        found += [message["id"] for message in history if message["messageType"] == "text"]
    assert sorted(found) == sorted(promised)


def test_every_acknowledged_booking_is_there_once(crowd: Crowd, accounts: list[Account]) -> None:
    """# R3 # R4"""
    answers = [promise for account in accounts if "books" in account.name for promise in account.acknowledged]
    promised = [promise.thing for promise in answers if not promise.key.startswith("cancel-")]
    kept = [booking["bookingId"] for booking in crowd.booker.api.bookings()]
    assert sorted(kept) == sorted({*promised, crowd.first_booking})


def test_the_database_is_whole_and_serves_again(crowd: Crowd, survivor: Server) -> None:
    """# R13"""
    survivor.kill9()
    if survivor.database_url.startswith("sqlite"):  # PostgreSQL itself was not killed
        check_file(Path(survivor.database_url.removeprefix("sqlite:///")))
    survivor.start()
    assert crowd.ayu.api.bookings()


def check_file(path: Path) -> None:
    database = sqlite3.connect(path)
    try:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        database.close()
