"""The bad network is what it says it is, before anything is blamed on it."""

from __future__ import annotations

import gc
import http.client
import socket
from collections.abc import Iterator

import pytest

from tests.faults.proxy import FaultProxy
from tests.support.api import Api
from tests.support.cast import Cast, Person
from tests.support.processes import free_port
from tests.support.server import Server
from tests.support.socket import Closed, Socket
from tests.support.waiting import until

GONE = (OSError, http.client.HTTPException)
NEVER = 0.3
KEY = "key-of-a-message"


@pytest.fixture
def proxy(server: Server) -> Iterator[FaultProxy]:
    """A network between the test and the shared server, fine at first."""
    with FaultProxy(server.port) as proxy:
        yield proxy


@pytest.fixture
def wati(cast: Cast, proxy: FaultProxy) -> Person:
    """A guest who reaches the server through the proxy."""
    person = cast.guest()
    return Person(person.user, person.api.at(proxy.url))


def seen_room(cast: Cast, wati: Person) -> str:
    """A chat of hers with Ayu."""
    booking = Person(wati.user, wati.api.at(cast.url)).api.book(cast.form())
    return booking["conversationId"]


def test_fine_weather_changes_nothing(cast: Cast, wati: Person, proxy: FaultProxy) -> None:
    """# R20"""
    room = seen_room(cast, wati)
    with wati.socket() as device:
        wati.api.send(room, "x" * 2000, KEY)
        event = device.event("message.created", conversationId=room)
    assert len(event["data"]["message"]) == 2000


@pytest.mark.parametrize("weather", [{"slice": 1}, {"slice": 7, "jitter": 0.002}, {"bytes_per_second": 40_000.0}])
def test_slow_and_sliced_bytes_arrive_whole(
    cast: Cast, wati: Person, proxy: FaultProxy, weather: dict[str, float]
) -> None:
    """# R20"""
    room = seen_room(cast, wati)
    proxy.change(**weather)
    with wati.socket() as device:
        message = wati.api.send(room, "a hundred and one ways to say hello", KEY)
        assert device.event("message.created", id=message["id"])


def test_a_reset_ends_what_is_open_and_nothing_else(wati: Person, proxy: FaultProxy) -> None:
    """# R20"""
    with wati.socket() as device:
        assert proxy.reset() >= 1
        assert device.close_code().code == 1006
    assert wati.api.call("GET", "/api/session").status == 200


def test_a_black_hole_holds_everything_and_gives_it_back(cast: Cast, wati: Person, proxy: FaultProxy) -> None:
    """# R20"""
    room = seen_room(cast, wati)
    with wati.socket() as device:
        proxy.change(black_hole=True)
        message = Person(wati.user, wati.api.at(cast.url)).api.send(room, "into the dark", KEY)
        with pytest.raises(TimeoutError):
            device.frame(within=NEVER)
        proxy.clear()
        assert device.event("message.created", id=message["id"])


def test_refused_connections_are_reset(wati: Person, proxy: FaultProxy) -> None:
    """# R20"""
    proxy.change(refuse=True)
    with pytest.raises(GONE):
        wati.api.call("GET", "/api/session")


def test_a_lost_answer_was_a_request_that_arrived(cast: Cast, wati: Person, proxy: FaultProxy) -> None:
    """# R3 # R13"""
    room = seen_room(cast, wati)
    proxy.change(drop_answers=True)
    with pytest.raises(GONE):
        wati.api.send(room, "did you get this?", KEY)
    proxy.clear()
    (message,) = wati.api.call("GET", f"/api/conversations/{room}/messages").body["items"]
    assert message["clientId"] == KEY


def test_a_frame_is_cut_in_its_middle(cast: Cast, wati: Person, proxy: FaultProxy) -> None:
    """# R20 # R21"""
    room = seen_room(cast, wati)
    with wati.socket() as device:
        proxy.cut_in_mid_frame()
        Person(wati.user, wati.api.at(cast.url)).api.send(room, "half of this arrives", KEY)
        until(lambda: proxy.open_connections == 0, "the cut")
        with pytest.raises((Closed, OSError)):
            device.event("message.created", conversationId=room)


def test_only_events_are_lost(cast: Cast, wati: Person, proxy: FaultProxy) -> None:
    """# R21"""
    room = seen_room(cast, wati)
    with wati.socket() as device:
        proxy.change(drop_events=True)
        message = wati.api.send(room, "nobody hears of this", KEY)
        device.send(type="ping", t=1)
        pong = device.frame_of("pong")
        assert pong["head"] > 0
        assert not device.events
    proxy.clear()
    with Socket(proxy.url, wati.api.cookie) as again:
        again.hello("0")
        assert again.event("message.created", id=message["id"])


def test_a_server_that_is_gone_looks_like_one(server: Server, proxy: FaultProxy) -> None:
    """# R20"""
    with FaultProxy(1) as nowhere, pytest.raises(GONE):
        Api(nowhere.url).call("GET", "/api/session")


@pytest.mark.parametrize("black_hole", [True, False])
def test_who_comes_while_it_closes_is_shown_out(black_hole: bool) -> None:
    """Nothing stays open behind it: the suite takes a socket that nobody closed for a fault."""
    for _ in range(50):
        with FaultProxy(free_port()) as proxy:
            proxy.change(black_hole=black_hole)
            comers = [socket.create_connection(("127.0.0.1", proxy.port)) for _ in range(5)]
        for comer in comers:
            comer.close()
    gc.collect()
