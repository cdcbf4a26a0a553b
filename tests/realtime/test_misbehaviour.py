"""What a socket may not do, and the code with which it is told so; nobody else notices."""

from __future__ import annotations

import contextlib
import json
import time

import pytest

from tests.realtime.conftest import Pair
from tests.support.cast import Cast, Person
from tests.support.socket import Socket
from tests.support.waiting import until
from tests.support.wire import Json

WIDE = "🌴" * 1900  # as many bytes as a message can have
PATIENCE_SECONDS = 6.0  # longer than the server waits for a device that takes nothing
MORE_THAN_A_LINE_HOLDS = 80  # wide messages
MORE_THAN_ANY_BUFFER = 300  # messages


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "[]",
        "7",
        "null",
        "{}",
        '{"type": 7}',
        '{"type":"hello"',
        "[" * 20_000,
        "\x00",
        '{"type":"ping","t":"noon"}',
        '{"type":"ping","t":true}',
        '{"type":"ping","t":null}',
        '{"type":"ping","t":NaN}',
        '{"type":"ping","t":Infinity}',
        '{"type":"ping","t":-1e999}',
        '{"type":"ping","t":9007199254740993}',
        '{"type":"ping","t":-9007199254740993}',
        '{"type":"ping","t":1' + "0" * 400 + "}",
        '{"type":"typing"}',
        '{"type":"typing","conversationId":null}',
        '{"type":"typing","conversationId":7}',
        '{"type":"typing","conversationId":""}',
        '{"type":"typing","conversationId":"two words"}',
        '{"type":"typing","conversationId":"\\u0000"}',
        '{"type":"typing","conversationId":"\\ud800"}',
        '{"type":"typing","conversationId":"' + "x" * 121 + '"}',
        '{"type":"presence"}',
        '{"type":"presence","watch":null}',
        '{"type":"presence","watch":"nowhere"}',
        '{"type":"presence","watch":{"nowhere":1}}',
        '{"type":"presence","watch":[7]}',
        '{"type":"presence","watch":["nowhere",""]}',
        '{"type":"presence","watch":["\\u0000"]}',
        json.dumps({"type": "presence", "watch": ["nowhere"] * 21}),
    ],
)
def test_a_frame_that_is_no_object_with_a_type_closes_with_1003(cast: Cast, text: str) -> None:
    """# R20"""
    with cast.sari.socket() as device:
        device.send_text(text)
        assert device.close_code().code == 1003


def test_a_binary_frame_closes_with_1003(cast: Cast) -> None:
    """# R20"""
    with cast.sari.socket() as device:
        device.send_binary(b'{"type":"ping","t":1}')
        assert device.close_code().code == 1003


def test_a_frame_over_64_kilobytes_closes_with_1009(cast: Cast) -> None:
    """# R20"""
    with cast.sari.socket() as device:
        device.send_text(json.dumps({"type": "ping", "t": "x" * 66_000}))
        assert device.close_code().code == 1009


def test_a_frame_just_under_64_kilobytes_is_taken(cast: Cast) -> None:
    """# R20"""
    with cast.sari.socket() as device:
        device.send(type="dance", steps="x" * 65_000)
        device.send(type="ping", t=1)
        assert device.frame_of("pong")["t"] == 1


@pytest.mark.parametrize("who", ["sari", "operator"])
@pytest.mark.parametrize(
    "frame",
    [
        {"type": "dance"},
        {"type": "typing", "conversationId": "nobody's"},
        {"type": "presence", "watch": []},
        {"type": "presence", "watch": [f"nobody's-{number}" for number in range(20)]},
    ],
    ids=lambda frame: f"{frame['type']}-{len(frame)}",
)
def test_a_frame_that_means_nothing_here_is_passed_over(cast: Cast, who: str, frame: Json) -> None:
    """# R20"""
    person: Person = getattr(cast, who)
    with person.socket() as device:
        device.send(**frame)
        assert device.told(frame["type"]) == []


@pytest.mark.parametrize(
    "frame", [{"type": "typing", "conversationId": "nowhere"}, {"type": "presence", "watch": ["nowhere"]}]
)
def test_without_a_session_there_is_nobody_to_type_and_nobody_to_watch(anonymous: Socket, frame: Json) -> None:
    """# R14"""
    anonymous.send(**frame)
    assert anonymous.told(frame["type"]) == []


@pytest.mark.parametrize(
    "frame",
    [{"type": "ping", "t": 1}, {"type": "typing", "conversationId": "nowhere"}, {"type": "presence", "watch": ["no"]}],
    ids=lambda frame: frame["type"],
)
def test_a_flood_closes_with_4029_and_the_wait_and_others_do_not_notice(cast: Cast, pair: Pair, frame: Json) -> None:
    """# R20"""
    with cast.sari.socket() as flooding, pair.ayu.socket() as calm:
        with contextlib.suppress(OSError):  # the server may hang up before all is sent
            for _ in range(2_000):
                flooding.send(**frame)
        closed = flooding.close_code()
        assert closed.code == 4029
        name, _, seconds = closed.reason.partition("=")
        assert name == "retry-after"
        assert 1 <= int(seconds) <= 60
        calm.event("message.created", id=pair.talk(1)[0])


def test_a_slow_reader_is_closed_with_4008_and_resumes_without_a_loss(pair: Pair) -> None:
    """# R20 # R21"""
    cursor = pair.ayu.api.cursor()
    with Socket(pair.ayu.api.url, pair.ayu.api.cookie, receive_buffer=4096) as slow:
        slow.hello(cursor)
        ids = pair.talk(MORE_THAN_A_LINE_HOLDS, WIDE)
        stuck = time.monotonic()
        until(lambda: time.monotonic() > stuck + PATIENCE_SECONDS, "the end of the patience", within=10)
        ids += pair.talk(MORE_THAN_ANY_BUFFER)
        assert slow.close_code(within=30).code == 4008
        cursor = slow.cursor
    with pair.ayu.socket(after=cursor) as again:
        events = slow.events + again.up_to(pair.ayu.api.cursor(), within=15)
    told = [event["data"]["id"] for event in events if event["type"] == "message.created"]
    assert [id for id in told if id in set(ids)] == ids
    assert [event["seq"] for event in events] == list(range(events[0]["seq"], events[-1]["seq"] + 1))
