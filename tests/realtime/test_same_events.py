"""Socket and long-poll are two carriers of one stream."""

from __future__ import annotations

import threading
import time

import pytest

from tests.realtime.conftest import Pair, pair_in
from tests.support.cast import Cast
from tests.support.wire import Batch, Event

pytestmark = pytest.mark.alone


def test_a_poll_gives_the_same_events_as_the_socket(pair: Pair) -> None:
    """# R20 # R21"""
    pair.talk(5)
    pair.customer.api.read(pair.room, 1)
    polled = pair.customer.api.poll("0")
    with pair.customer.socket(after="0") as device:
        assert device.caught_up() == polled["events"]
        assert device.cursor == polled["cursor"]


def test_a_device_may_change_between_the_carriers_at_any_event(pair: Pair) -> None:
    """# R20 # R21"""
    collected, cursor = list[Event](), "0"
    for turn in range(6):
        pair.talk(2)
        if turn % 2:
            batch = pair.customer.api.poll(cursor)
            collected, cursor = collected + batch["events"], batch["cursor"]
        else:
            with pair.customer.socket(after=cursor, seen=collected) as device:
                collected, cursor = device.caught_up(), device.cursor
    assert collected == pair.customer.api.stream()[: len(collected)]
    assert len([event for event in collected if event["type"] == "message.created"]) == 12


def test_a_waiting_poll_is_answered_by_the_first_event(pair: Pair) -> None:
    """# R20 # R24"""
    cursor, answers = pair.customer.api.cursor(), list[Batch]()
    waiting = threading.Thread(target=lambda: answers.append(pair.customer.api.poll(cursor, wait=20)))
    waiting.start()
    sent = pair.ayu.api.send(pair.room, "on my way")
    began = time.monotonic()
    waiting.join(10)
    assert time.monotonic() - began < 1
    assert answers[0]["events"][0]["data"]["id"] == sent["id"]


def test_a_held_poll_is_not_answered_before_there_is_news(cast: Cast) -> None:
    """# R20 # R24

    A poll that is woken by an event which the poll before it has given out already must go on waiting: to the client
    an early empty answer means that this server cannot hold polls.
    """
    pairs = [pair_in(cast) for _ in range(4)]
    cursor, told = cast.ayu.api.cursor(), list[str]()
    talking = [threading.Thread(target=pair.talk, args=(25,)) for pair in pairs]
    for thread in talking:
        thread.start()
    while len(told) < 100:
        batch = cast.ayu.api.poll(cursor, wait=5)
        assert batch["events"], f"empty after {len(told)} messages"
        told += [event["data"]["id"] for event in batch["events"] if event["type"] == "message.created"]
        cursor = batch["cursor"]
    for thread in talking:
        thread.join()


def test_a_poll_without_news_is_held_as_long_as_asked_and_keeps_its_cursor(cast: Cast) -> None:
    """# R20"""
    customer = cast.guest()
    cursor, began = customer.api.cursor(), time.monotonic()
    batch = customer.api.poll(cursor, wait=1)
    assert batch == {"events": [], "cursor": cursor, "reset": False}
    assert 0.9 < time.monotonic() - began < 2
