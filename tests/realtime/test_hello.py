"""The first frames: hello, welcome, what was missed, what comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.realtime.conftest import Pair
from tests.support.cast import Cast
from tests.support.server import Server
from tests.support.socket import Socket


@pytest.fixture(scope="module", autouse=True)
def silent(server: Server) -> Iterator[Socket]:
    """A device that never says hello, opened before the other tests, so that its ten seconds pass meanwhile."""
    with Socket(server.url) as device:
        yield device


def test_welcome_names_the_cursor_and_the_servers_time(cast: Cast) -> None:
    """# R21"""
    customer = cast.guest()
    cast.booked(customer)
    with Socket(customer.api.url, customer.api.cookie) as device:
        cursor = customer.api.cursor()
        welcome = device.hello(cursor)
    assert (welcome["v"], welcome["cursor"], welcome["reset"]) == (1, cursor, False)
    off = datetime.fromisoformat(welcome["serverTime"]) - datetime.now(UTC)
    assert abs(off.total_seconds()) < 2


def test_a_device_that_starts_at_zero_gets_the_whole_stream_and_then_lives_on(pair: Pair) -> None:
    """# R19 # R21"""
    ids = pair.talk(3)
    with pair.customer.socket(after="0") as device:
        device.caught_up()
        ids += pair.talk(2)
        device.event("message.created", id=ids[-1])
        assert [event["seq"] for event in device.events] == list(range(1, len(device.events) + 1))
        told = [event["data"]["id"] for event in device.events if event["type"] == "message.created"]
        assert [id for id in told if id in ids] == ids


def test_two_devices_of_one_person_get_the_same(pair: Pair) -> None:
    """# R19"""
    cursor = pair.ayu.api.cursor()
    with pair.ayu.socket(after=cursor) as phone, pair.ayu.socket(after=cursor) as tablet:
        last = pair.talk(5)[-1]
        for device in (phone, tablet):
            device.event("message.created", id=last)
        assert phone.events == tablet.events


def test_a_pong_echoes_the_ping_and_names_the_head_of_the_stream(pair: Pair) -> None:
    """# R20 # R21"""
    with pair.customer.socket(after="0") as device:
        head = device.caught_up()[-1]["seq"]
        device.send(type="ping", t=12345)
        pong = device.frame_of("pong")
        assert (pong["t"], pong["head"]) == (12345, head)
        assert pong["serverTime"].endswith("Z")


@pytest.mark.parametrize("t", [0, -1, 0.5, 2**53, -(2**53)])
def test_a_ping_may_carry_any_number_that_a_script_can_hold(cast: Cast, t: float) -> None:
    """# R20"""
    with cast.sari.socket() as device:
        device.send(type="ping", t=t)
        assert device.frame_of("pong")["t"] == t


def test_a_version_the_server_does_not_speak_is_refused_at_once(server: Server) -> None:
    """# R20"""
    with Socket(server.url) as device:
        device.send(type="hello", v=2, after="0")
        assert device.close_code().code == 1008


def test_a_socket_that_never_says_hello_is_closed_after_ten_seconds(silent: Socket) -> None:
    """# R20"""
    assert silent.close_code(within=12).code == 1008
