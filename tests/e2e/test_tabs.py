"""Tabs of one browser share one line to the server; whichever has it can be closed or frozen. # R20 # R21"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.e2e.conftest import OpenDevice
from tests.e2e.device import Device
from tests.e2e.steps import AYU
from tests.support.cast import Cast
from tests.support.waiting import until

STANDS_IN_WITHIN_MS = 7_000


class Tabs:
    """Tabs of one customer in one browser, all at the same chat with Ayu. To Playwright every tab is on the screen."""

    def __init__(self, device: Device, cast: Cast) -> None:
        self.cast = cast
        self.device = device
        self.sockets: dict[Page, list[WebSocket]] = {}
        customer = cast.guest()
        self.room = cast.accepted(customer)["conversationId"]
        device.become(customer)

    def open(self) -> Page:
        """One more, connected."""
        page = self.device.new_page() if self.sockets else self.device.page
        opened = self.sockets[page] = []
        page.on("websocket", lambda socket: opened.append(socket))
        page.goto(f"/chat/{self.room}")
        page.wait_for_function("() => window.tenang?.connection?.getStatus().connectionType === 'websocket'")
        self.field(page).wait_for()
        return page

    def lines(self) -> list[int]:
        """How many sockets each tab has open, in the order of their opening."""
        return [sum(not socket.is_closed() for socket in opened) for opened in self.sockets.values()]

    def lines_now(self, page: Page) -> list[int]:
        """The same, with what the browser has told meanwhile."""
        page.evaluate("true")
        return self.lines()

    def field(self, page: Page) -> Locator:
        """Where a message is written."""
        return page.get_by_role("textbox", name=self.device.words("chat.writeTo", name=AYU))

    def log(self, page: Page) -> Locator:
        """The messages on this tab."""
        return page.get_by_role("log", name=self.device.words("chat.messages", name=AYU))

    def said(self) -> list[str]:
        """What was written here, as the server has it."""
        history = self.cast.ayu.api.history(self.room)
        return [message["message"] for message in history if message["messageType"] == "text"]

    def arrives(self, text: str, *pages: Page) -> None:
        """What Ayu writes now is on these tabs, once, by the time that somebody must stand in."""
        self.cast.ayu.api.send(self.room, text)
        for page in pages:
            expect(self.log(page).get_by_text(text)).to_have_count(1, timeout=STANDS_IN_WITHIN_MS)


@pytest.fixture
def tabs(open_device: OpenDevice, cast: Cast) -> Tabs:
    """None so far."""
    return Tabs(open_device(), cast)


def test_two_tabs_have_one_socket_and_both_show_what_is_said(tabs: Tabs) -> None:
    first, second = tabs.open(), tabs.open()
    assert tabs.lines() == [1, 0]
    tabs.arrives("The gate is open", first, second)
    tabs.field(second).fill("On my way")
    tabs.field(second).press("Enter")
    for page in (first, second):
        own = tabs.log(page).locator(".message-own", has_text="On my way")
        expect(own).to_have_count(1)
    assert tabs.lines() == [1, 0]


def test_when_the_tab_with_the_socket_is_closed_another_goes_on(tabs: Tabs) -> None:
    first, second = tabs.open(), tabs.open()
    tabs.device.page = second  # the picture after a failure
    first.close()
    tabs.arrives("Still there?", second)
    assert tabs.lines()[1] == 1


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "untold"])
def test_when_the_tab_with_the_socket_freezes_the_one_on_the_screen_receives(tabs: Tabs, is_told: bool) -> None:
    """A page that is told gives the line away at once; another is found out by its silence.

    Chromium freezes no page that is on the screen, so the debugger stops its clock and all that it does.
    """
    first, second = tabs.open(), tabs.open()
    debugger = tabs.device.context.new_cdp_session(first)
    debugger.send("Debugger.enable")
    if is_told:
        first.evaluate("() => document.dispatchEvent(new Event('freeze'))")
    debugger.send("Debugger.pause")
    tabs.arrives("Frozen or not", second)
    assert tabs.lines()[1] == 1
    debugger.send("Debugger.disable")
    first.evaluate("() => document.dispatchEvent(new Event('resume'))")
    tabs.arrives("Awake again", first, second)
    expect(tabs.log(first).get_by_text("Frozen or not")).to_have_count(1)
    until(lambda: tabs.lines_now(second).count(1) == 1, "one socket for both", STANDS_IN_WITHIN_MS / 1000)


def test_what_a_tab_was_sending_when_it_froze_another_sends(tabs: Tabs) -> None:
    """# R13 # R31"""
    first, second = tabs.open(), tabs.open()
    first.route("**/messages", lambda _: None)  # its request is never answered
    with first.expect_request("**/messages"):
        tabs.field(first).fill("Is the gate open?")
        tabs.field(first).press("Enter")
    expect(tabs.log(second).locator(".message-own", has_text="Is the gate open?")).to_have_count(1)
    debugger = tabs.device.context.new_cdp_session(first)
    debugger.send("Debugger.enable")
    first.evaluate("() => document.dispatchEvent(new Event('freeze'))")
    debugger.send("Debugger.pause")
    tabs.field(second).fill("I am there in a minute")
    tabs.field(second).press("Enter")
    until(lambda: tabs.said() == ["Is the gate open?", "I am there in a minute"], "both, in their order", within=9)
    debugger.send("Debugger.disable")


def test_signing_out_in_one_tab_is_seen_in_the_other(tabs: Tabs) -> None:
    first, second = tabs.open(), tabs.open()
    second.goto("/sign-in")
    words = tabs.device.words
    second.get_by_role("button", name=words("account.signOut"), exact=True).click()
    second.get_by_role("button", name=words("account.signOutYes"), exact=True).click()
    expect(second.get_by_role("heading", name=words("account.signIn"), exact=True)).to_be_visible()
    expect(tabs.log(first)).to_have_count(0)
