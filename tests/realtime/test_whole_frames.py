"""Large frames reach a reader that pauses whole."""

from __future__ import annotations

import threading

from tests.realtime.conftest import Pair
from tests.support.socket import Socket

TALE = "🌴" * 1900
PINGS = 50  # fewer unread pongs than the server calls a slow reader


def test_a_large_catch_up_reaches_a_pausing_reader_whole(pair: Pair) -> None:
    """# R21

    The reader takes a few kilobytes between pauses, so the server's send buffer is full all the time: a send
    that is not repeated for its rest would cut a frame in the middle.
    """
    cursor, ids = pair.customer.api.cursor(), pair.talk(120, TALE)
    with Socket(pair.customer.api.url, pair.customer.api.cookie, receive_buffer=4096) as device:
        device.hello(cursor)
        for _ in range(30):
            device.line.read_a_little(4096)
            pair.customer.api.poll(cursor, wait=0)  # the server goes on with other work meanwhile
        told = [event["data"] for event in device.up_to(pair.customer.api.cursor(), within=20)]
    assert [fact["id"] for fact in told] == ids
    assert all(fact["message"].startswith(TALE) for fact in told)


def test_pongs_between_large_frames_do_not_break_them(pair: Pair) -> None:
    """# R20 # R21"""
    cursor = pair.customer.api.cursor()
    with Socket(pair.customer.api.url, pair.customer.api.cookie, receive_buffer=4096) as device:
        device.hello(cursor)
        talking = threading.Thread(target=pair.talk, args=(60, TALE))
        talking.start()
        for number in range(PINGS):
            device.send(type="ping", t=number)
            device.line.ping()
        talking.join()
        pongs = [device.frame_of("pong", within=10)["t"] for _ in range(PINGS)]
        assert pongs == list(range(PINGS))
        told = device.up_to(pair.customer.api.cursor())
        assert len([event for event in told if event["type"] == "message.created"]) == 60
