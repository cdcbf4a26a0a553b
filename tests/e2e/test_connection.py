"""A device whose network, clock or sleep plays tricks, in a real browser. # R20 R21 R24"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Request, WebSocket, expect

from tests.e2e import steps
from tests.e2e.black_hole import BlackHole
from tests.e2e.conftest import OpenDevice, fresh_name
from tests.e2e.device import LOST_REQUEST, LOST_SOCKET, Device, refused
from tests.e2e.steps import AYU
from tests.faults.proxy import FaultProxy
from tests.support.cast import Cast
from tests.support.server import Server

pytestmark = pytest.mark.alone

BACK_WITHIN_MS = 5_000
POLL_WITHIN_MS = 2_000
#: What a test's own steps may add to a time of the product, on a machine that does other work too.
SLACK_MS = 700
Says = Callable[[str], object]
Chat = tuple[Device, Says]
OpenChat = Callable[..., Chat]


@pytest.fixture
def open_chat(open_device: OpenDevice, cast: Cast) -> OpenChat:
    """A customer's device in an open chat, and what lets the therapist write into it from elsewhere."""

    def open_one(url: str = "", **clock: datetime) -> Chat:
        name = fresh_name()
        customer = cast.guest(name)
        form = cast.form(customerName=name)
        room = cast.ayu.api.act("accept", customer.api.book(form)["bookingId"])["conversationId"]
        device = open_device(url=url)
        device.keep_language()
        device.become(customer)
        device.page.clock.install(**clock)
        device.expects(LOST_SOCKET, LOST_REQUEST, refused(502))
        device.goto(f"/chat/{room}")
        device.window(AYU).get_by_role("textbox").wait_for()
        return device, lambda text: cast.ayu.api.send(room, text)

    return open_one


def arrives(device: Device, text: str, within: float) -> None:
    """The message is on the screen at most `within` ms from now."""
    expect(steps.log_of(device, AYU).get_by_text(text)).to_have_count(1, timeout=within + SLACK_MS)


def test_events_come_by_poll_within_2_s_when_a_middlebox_ends_the_socket_for_good(
    open_chat: OpenChat, server: Server
) -> None:
    with BlackHole(server.port, is_hungry=False) as hole:
        device, says = open_chat(hole.url)
        device.carrier("websocket")
        hole.wake()
        says("While the socket is gone")
        arrives(device, "While the socket is gone", POLL_WITHIN_MS)
        device.carrier("polling")
        device.page.clock.fast_forward(60_000)
        says("A minute later")
        arrives(device, "A minute later", POLL_WITHIN_MS)
        # The line says so, and that messages arrive.
        expect(device.shows("connection.polling")).to_be_visible()
        assert hole.swallowed > 1


@pytest.mark.parametrize("hours", [3, -3])
def test_a_clock_hours_off_neither_delays_nor_miscounts(open_chat: OpenChat, server: Server, hours: int) -> None:
    with FaultProxy(server.port) as proxy:
        wrong = datetime.now() + timedelta(hours=hours)
        device, says = open_chat(proxy.url, time=wrong)
        device.carrier("websocket")
        says("Read by a wrong clock")
        arrives(device, "Read by a wrong clock", 1_000)
        assert device.page.evaluate("() => tenang.connection.getStatus().latency") < 1_000
        proxy.change(refuse=True)
        proxy.reset()
        device.carrier("none")
        # Set right in the middle of the trouble: the seconds go on as if nothing were.
        device.page.clock.set_system_time(datetime.now())
        line = device.page.get_by_text(device.words.like("connection.reconnectingIn")).locator("visible=true").first
        expect(line).to_be_visible(timeout=15_000)
        seconds = int("".join(letter for letter in line.inner_text() if letter.isdigit()))
        assert 5 <= seconds <= 30
        proxy.clear()
        device.button("connection.now").locator("visible=true").first.click()
        device.carrier("websocket")


def test_an_hour_offline_asks_nothing_and_ends_within_5_s(open_chat: OpenChat) -> None:
    device, says = open_chat()
    device.carrier("websocket")
    device.context.set_offline(True)
    device.carrier("none")
    asked: list[str] = []
    device.page.on("request", lambda request: asked.append(_path(request)))
    steps.write(device, AYU, "Written offline")
    device.page.clock.fast_forward("01:00:00")
    expect(device.shows("connection.offline")).to_be_visible()
    says("Said meanwhile")
    assert "/api/events" not in asked
    device.context.set_offline(False)
    began = time.monotonic()
    arrives(device, "Said meanwhile", BACK_WITHIN_MS)
    device.carrier("websocket")
    assert time.monotonic() - began < BACK_WITHIN_MS / 1000
    arrives(device, "Written offline", BACK_WITHIN_MS)


def test_the_back_forward_cache_holds_no_socket_and_gives_back_a_live_page(open_chat: OpenChat) -> None:
    device, says = open_chat()
    device.carrier("websocket")
    sockets: list[WebSocket] = []
    device.page.on("websocket", lambda socket: sockets.append(socket))
    _turns(device, "pagehide")
    device.carrier("none")
    says("While it was in the cache")
    device.page.clock.run_for(1_500)
    assert not sockets
    _turns(device, "pageshow")
    arrives(device, "While it was in the cache", BACK_WITHIN_MS)
    device.carrier("websocket")
    assert len(sockets) == 1


def test_after_sleep_a_dead_socket_is_left_within_5_s(open_chat: OpenChat, server: Server) -> None:
    """While the device slept the network forgot its socket: it looks open, and nothing comes."""
    with FaultProxy(server.port) as proxy:
        device, says = open_chat(proxy.url)
        device.carrier("websocket")
        device.page.clock.run_for(2_500)  # the clocks were compared once
        proxy.change(drop_answers=True)
        with device.page.expect_event("websocket", timeout=BACK_WITHIN_MS):
            device.page.clock.set_system_time(datetime.now() + timedelta(hours=1))
            proxy.change(drop_answers=False)
        says("Good morning")
        arrives(device, "Good morning", BACK_WITHIN_MS)


def _path(request: Request) -> str:
    return request.url.split("?")[0].removeprefix(request.frame.url.split("/chat")[0])


def _turns(device: Device, event: str) -> None:
    """What a browser tells a page that it puts into its cache, or takes out of it: the tests' browser has none."""
    device.page.evaluate("(type) => dispatchEvent(new PageTransitionEvent(type, { persisted: true }))", event)
