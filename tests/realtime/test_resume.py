"""After any gap the device catches up exactly: nothing missing, nothing twice."""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Iterator

import pytest

from tests.realtime.conftest import Pair, pair_in
from tests.support.cast import Cast, Person
from tests.support.server import Server
from tests.support.socket import Socket
from tests.support.wire import Event

MESSAGES = 80


@pytest.fixture(scope="module")
def people(each_server: Server) -> Cast:
    """The people of a server on each kind of database: only PostgreSQL lets others commit while a read waits."""
    return Cast(each_server.url)


@pytest.fixture
def pair(people: Cast) -> Pair:
    """A new customer with an open room."""
    return pair_in(people)


@contextlib.contextmanager
def chatter(pair: Pair) -> Iterator[threading.Thread]:
    """The customer sends messages while the block runs."""
    talking = threading.Thread(target=pair.talk, args=(MESSAGES,))
    talking.start()
    try:
        yield talking
    finally:
        talking.join()


def read_with_cuts(person: Person, rng: random.Random, until_done: threading.Thread) -> list[Event]:
    """Everything that a device collects which is cut after a few frames, again and again, and resumes."""
    cursor, collected = "0", list[Event]()
    while True:
        over = not until_done.is_alive()
        with Socket(person.api.url, person.api.cookie) as device:
            assert not device.hello(cursor, seen=collected)["reset"]
            if over:
                return device.caught_up()
            with contextlib.suppress(TimeoutError):  # at the end nothing more may come
                for _ in range(rng.randrange(4)):
                    device.frame_of("events", within=1)
            cursor, collected = device.cursor, device.events


@pytest.mark.parametrize("seed", range(3))
def test_a_device_that_is_cut_at_random_has_the_stream_without_gap_or_double(pair: Pair, seed: int) -> None:
    """# R21"""
    with chatter(pair) as talking:
        collected = read_with_cuts(pair.customer, random.Random(seed), talking)
    assert collected == pair.customer.api.stream()[: len(collected)]
    assert len([event for event in collected if event["type"] == "message.created"]) == MESSAGES


def test_devices_that_join_in_the_middle_of_traffic_miss_nothing(pair: Pair) -> None:
    """# R21"""
    with contextlib.ExitStack() as stack:
        joined = list[Socket]()
        with chatter(pair) as talking:
            while talking.is_alive() and len(joined) < 20:
                joined.append(stack.enter_context(pair.customer.socket(after="0")))
                joined[-1].frame_of("events")
        streams = [device.caught_up() for device in joined]
        assert len(streams) > 3
        assert all(stream == streams[-1][: len(stream)] for stream in streams)


def test_what_is_committed_while_devices_are_greeted_reaches_them(pair: Pair) -> None:
    """# R21

    Nothing follows the message in every other round, so nothing would bring to light that it was missed.
    """
    for number in range(40):
        pair.talk(1)  # the greeting writes that this one is delivered, which takes a moment
        if number % 2:  # or has nothing to write
            pair.ayu.api.poll(pair.ayu.api.cursor())
        cursor, sent = pair.ayu.api.cursor(), list[str]()
        talking = threading.Thread(target=lambda: sent.extend(pair.talk(1)))  # noqa: B023  # joined in this round
        with contextlib.ExitStack() as stack:
            devices = [stack.enter_context(Socket(pair.ayu.api.url, pair.ayu.api.cookie)) for _ in range(8)]
            talking.start()
            for device in devices:
                device.send(type="hello", v=1, after=cursor)
            talking.join()
            for device in devices:
                device.event("message.created", within=2, id=sent[0])


def test_a_frame_that_was_half_read_is_given_again_from_the_cursor(pair: Pair) -> None:
    """# R21"""
    cursor = pair.customer.api.cursor()
    ids = pair.talk(40, text="w" * 1500)
    device = pair.customer.socket(after=cursor)
    device.line.read_a_little(500)
    device.cut()
    with pair.customer.socket(after=device.cursor) as again:
        told = [
            event["data"]["id"]
            for event in again.up_to(pair.customer.api.cursor())
            if event["type"] == "message.created"
        ]
    assert told == ids
