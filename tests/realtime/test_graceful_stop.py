"""A deploy sends everybody away quickly, with the code that tells them to come back."""

from __future__ import annotations

import contextlib
import http.client
import time

import pytest

from tests.conftest import StartServer
from tests.realtime.conftest import pair_in
from tests.support.cast import Cast
from tests.support.socket import Socket

pytestmark = pytest.mark.alone

DEVICES = 40


def test_a_stop_closes_every_socket_with_1012_and_the_process_exits(start_server: StartServer) -> None:
    """# R20 # R24"""
    server = start_server()
    cast = Cast(server.url)
    devices = [cast.sari.socket() for _ in range(DEVICES // 2)]
    for _ in range(DEVICES // 2):
        devices.append(Socket(server.url))
        devices[-1].hello()

    began = time.monotonic()
    server.terminate()
    codes = [device.close_code(within=5).code for device in devices]
    told_after = time.monotonic() - began
    server.wait(10)
    gone_after = time.monotonic() - began

    assert set(codes) == {1012}
    assert told_after < 1.0
    assert gone_after < 5.0


def test_a_socket_that_has_not_said_hello_does_not_hold_up_a_stop(start_server: StartServer) -> None:
    """# R24"""
    server = start_server()
    with Socket(server.url) as silent:
        server.terminate()
        assert silent.close_code(within=5).code == 1012
        server.wait(5)


def test_a_device_that_does_not_read_does_not_hold_up_a_stop(start_server: StartServer) -> None:
    """# R24"""
    server = start_server()
    with Cast(server.url).sari.socket():
        assert server.stop() < 8.0


def test_a_connection_that_a_browser_keeps_open_does_not_hold_up_a_stop(start_server: StartServer) -> None:
    """As every browser keeps some, a deploy would leave the site dark for as long as they may. # R24"""
    server = start_server()
    kept = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    with contextlib.closing(kept):
        kept.request("GET", "/healthz")
        assert kept.getresponse().read()
        assert server.stop() < 8.0


def test_a_request_that_is_being_answered_is_answered_before_a_stop(start_server: StartServer) -> None:
    """# R24"""
    server = start_server()
    ayu = Cast(server.url).ayu
    kept = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    with contextlib.closing(kept):
        kept.request("GET", f"/api/events?after={ayu.api.cursor()}&wait=25", headers={"Cookie": ayu.api.cookie})
        server.terminate()
        assert kept.getresponse().status == 200
        server.wait(10)


def test_what_happened_around_a_restart_is_caught_up(start_server: StartServer) -> None:
    """# R21 # R24"""
    server = start_server()
    pair = pair_in(Cast(server.url))
    with pair.ayu.socket(after="0") as device:
        before = list(device.caught_up())
        server.terminate()
        assert device.close_code().code == 1012
        server.wait(10)
    server.start()
    sent = pair.talk(2)
    with Socket(server.url, pair.ayu.api.cookie) as again:
        assert not again.hello(device.cursor, seen=before)["reset"]
        assert [event["data"]["id"] for event in again.caught_up()[len(before) :]] == sent
