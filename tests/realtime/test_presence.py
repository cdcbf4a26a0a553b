"""Presence, on a running server. What time does to it is in test_coming_and_going.py."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.conftest import StartServer
from tests.realtime.conftest import Pair, pair_in
from tests.support.cast import Cast
from tests.support.socket import Socket
from tests.support.wire import Json

OFFLINE = (False, None)
ONLINE = (True, None)
NOTHING = (None, None)


def stand(frames: list[Json]) -> list[tuple[bool | None, str | None]]:
    """isOnline and lastSeenAt of each frame."""
    return [(frame["isOnline"], frame["lastSeenAt"]) for frame in frames]


def watch(device: Socket, *rooms: str) -> list[tuple[bool | None, str | None]]:
    """What the server answers to a list of conversations to watch."""
    device.send(type="presence", watch=list(rooms))
    return stand(device.told("presence"))


@pytest.fixture(scope="module", autouse=True)
def departed(cast: Cast) -> Iterator[Socket]:
    """A device that watches somebody who has gone, before the other tests, so that the ten seconds pass meanwhile."""
    pair = pair_in(cast)
    with pair.ayu.socket() as hers:
        with pair.customer.socket():
            assert watch(hers, pair.room) == [ONLINE]
        yield hers


def test_the_answer_comes_at_once_and_again_when_it_changes(cast: Cast) -> None:
    """# R14"""
    customer, ayu = cast.guest(), cast.ayu
    room = cast.booked(customer)["conversationId"]
    with ayu.socket() as hers:
        hers.send(type="presence", watch=[room])
        expected = {"type": "presence", "conversationId": room, "isOnline": False, "lastSeenAt": None}
        assert hers.frame_of("presence") == expected
        with customer.socket() as his:
            assert hers.frame_of("presence") == expected | {"isOnline": True}
            assert watch(his, room) == [ONLINE]


def test_outsiders_and_closed_chats_get_no_answer(cast: Cast, pair: Pair, anonymous: Socket) -> None:
    """# R11 # R14"""
    customer = cast.guest()
    declined = cast.booked(customer)
    cast.ayu.api.act("decline", declined["bookingId"])
    with pair.ayu.socket():
        for person in (cast.sari, cast.komang, cast.operator, customer):
            with person.socket() as device:
                assert watch(device, pair.room, declined["conversationId"], "nowhere") == []
        assert watch(anonymous, pair.room) == []


def test_a_chat_that_closes_is_not_watched_any_more(cast: Cast) -> None:
    """# R14 # R15"""
    customer = cast.guest()
    booking = cast.booked(customer)
    with cast.ayu.socket() as hers:
        assert watch(hers, booking["conversationId"]) == [OFFLINE]
        cast.ayu.api.act("decline", booking["bookingId"])
        with customer.socket():
            assert hers.told("presence") == []


def test_a_new_list_takes_the_place_of_the_old(cast: Cast, pair: Pair) -> None:
    """# R14"""
    with pair.ayu.socket() as hers:
        assert watch(hers, pair.room, pair.room) == [OFFLINE]
        assert watch(hers) == []
        with pair.customer.socket():
            assert hers.told("presence") == []


def test_asking_again_and_again_is_not_reading_too_slowly(cast: Cast) -> None:
    """Frames that arrive together have more answers than may wait for a reader. # R14 # R20"""
    rooms = [cast.booked(cast.guest())["conversationId"] for _ in range(4)]
    frame = json.dumps({"type": "presence", "watch": rooms})
    with cast.ayu.socket() as hers:
        hers.line.send_texts([frame] * 20 + ['{"type":"ping","t":1}'])
        assert hers.frame_of("pong")["t"] == 1


def test_turning_it_off_and_on_is_told_at_once(pair: Pair) -> None:
    """# R14"""
    with pair.ayu.socket() as hers, pair.customer.socket() as his:
        assert watch(hers, pair.room) == [ONLINE]
        pair.customer.api.share(sharePresence=False)
        assert stand(hers.told("presence")) == [NOTHING]
        assert watch(hers, pair.room) == [NOTHING]
        assert watch(his, pair.room) == [ONLINE]
        pair.customer.api.share(sharePresence=True)
        assert stand(hers.told("presence")) == [ONLINE]


def test_who_polls_is_online_and_who_only_asks_is_not(cast: Cast, pair: Pair) -> None:
    """A poll that waits is a connection; one that does not is a question. # R14 # R20"""
    cursor = pair.customer.api.cursor()
    with pair.ayu.socket() as hers:
        pair.customer.api.poll(cursor)
        assert watch(hers, pair.room) == [OFFLINE]
        polling = threading.Thread(target=lambda: pair.customer.api.poll(cursor, wait=20))
        polling.start()
        assert stand([hers.frame_of("presence")]) == [ONLINE]
        pair.ayu.api.send(pair.room, "hello")
        polling.join(5)


def test_a_stop_writes_down_when_people_were_here_last(start_server: StartServer) -> None:
    """# R14 # R42"""
    server = start_server()
    pair = pair_in(Cast(server.url))
    with pair.customer.socket():
        stopped = datetime.now(UTC)
        server.restart()
    with pair.ayu.socket() as hers:
        [(is_online, last_seen)] = watch(hers, pair.room)
    assert (is_online, last_seen is not None) == (False, True)
    assert -1 < (datetime.fromisoformat(last_seen or "") - stopped).total_seconds() < 3


def test_a_server_that_is_killed_leaves_nobody_online(start_server: StartServer) -> None:
    """# R14 # R42"""
    server = start_server()
    pair = pair_in(Cast(server.url))
    with pair.ayu.socket() as before, pair.customer.socket():
        assert watch(before, pair.room) == [ONLINE]
        server.kill9()
    server.start()
    with pair.ayu.socket() as hers:
        assert watch(hers, pair.room) == [OFFLINE]
        with pair.customer.socket():
            assert stand([hers.frame_of("presence")]) == [ONLINE]


def test_who_has_gone_is_offline_when_the_grace_has_passed(departed: Socket) -> None:
    """# R14"""
    told = departed.frame_of("presence", within=12)
    assert (told["isOnline"], told["lastSeenAt"] is None) == (False, False)
