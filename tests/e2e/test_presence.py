"""Who writes and who is here, between a customer's and a therapist's browser. # R14"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import steps
from tests.e2e.conftest import OpenDevice, fresh_name
from tests.e2e.device import Device
from tests.e2e.steps import AYU
from tests.support.cast import Cast, Person

#: The server waits 10 s before it says that somebody has gone: phones change networks.
GONE_WITHIN_MS = 15_000
#: A sign of writing lasts 6 s.
QUIET_WITHIN_MS = 8_000


@dataclass
class Pair:
    """A customer's phone and Ayu's desk, each with the chat with the other open."""

    phone: Device
    desk: Device
    name: str
    customer: Person
    room: str

    def under(self, device: Device) -> Locator:
        """What stands under the other's name."""
        return device.window(self.name if device is self.desk else AYU).locator(".window-sub")

    def field(self, device: Device) -> Locator:
        """Where a message is written."""
        return device.window(self.name if device is self.desk else AYU).get_by_role("textbox")

    def says(self, device: Device, key: str, **params: str) -> None:
        """Under the other's name stands this."""
        expect(self.under(device)).to_contain_text(device.words.like(key, **params))

    def keeps_quiet(self, device: Device, key: str, within: float = 100) -> None:
        """It does not, or not any more."""
        expect(self.under(device)).not_to_contain_text(device.words.like(key), timeout=within)


@pytest.fixture
def pair(open_device: OpenDevice, cast: Cast) -> Pair:
    """Both at the chat, and connected."""
    name = fresh_name()
    customer = cast.guest(name)
    booking = cast.ayu.api.act("accept", customer.api.book(cast.form(customerName=name))["bookingId"])
    phone, desk = open_device(), open_device()
    for device, person in ((phone, customer), (desk, cast.ayu)):
        device.keep_language()
        device.become(person)
        device.goto(f"/chat/{booking['conversationId']}")
        device.carrier("websocket")
    pair = Pair(phone, desk, name, customer, booking["conversationId"])
    pair.field(phone).wait_for()
    pair.field(desk).wait_for()
    return pair


def test_writing_shows_and_ends_with_the_message(pair: Pair) -> None:
    pair.field(pair.phone).press_sequentially("On my way")
    pair.says(pair.desk, "chat.typing")
    expect(pair.desk.page.get_by_role("main").get_by_text(pair.desk.words("chat.typing"))).to_be_visible()
    pair.phone.button("chat.send", pair.phone.window(AYU)).click()
    steps.has_message(pair.desk, pair.name, "On my way")
    pair.keeps_quiet(pair.desk, "chat.typing")
    pair.keeps_quiet(pair.phone, "chat.typing")


def test_writing_ends_by_itself(pair: Pair) -> None:
    pair.field(pair.desk).press_sequentially("One mo")
    pair.says(pair.phone, "chat.typing")
    pair.keeps_quiet(pair.phone, "chat.typing", QUIET_WITHIN_MS)


def test_who_is_here_is_online_and_later_was_last_seen(pair: Pair) -> None:
    pair.says(pair.phone, "presence.online")
    pair.says(pair.desk, "presence.online")
    pair.phone.leave()
    expect(pair.under(pair.desk)).to_contain_text(pair.desk.words.like("presence.lastSeen"), timeout=GONE_WITHIN_MS)
    pair.keeps_quiet(pair.desk, "presence.online")
    pair.phone.goto(f"/chat/{pair.room}")
    pair.says(pair.desk, "presence.online")


def test_nothing_is_known_without_a_line(pair: Pair) -> None:
    pair.says(pair.desk, "presence.online")
    pair.desk.page.evaluate("() => dispatchEvent(new Event('offline'))")
    pair.keeps_quiet(pair.desk, "presence.online")
    pair.desk.page.evaluate("() => dispatchEvent(new Event('online'))")
    pair.says(pair.desk, "presence.online")


def test_who_does_not_want_to_be_noticed_is_not(pair: Pair) -> None:
    pair.says(pair.desk, "presence.online")
    phone, words = pair.phone, pair.phone.words
    phone.goto("/sign-in")
    for key in ("account.shareTyping", "account.sharePresence"):
        switch = phone.page.get_by_role("switch", name=words(key))
        with phone.page.expect_response(re.compile("/api/session/preferences")):
            switch.click()
        expect(switch).not_to_be_checked()
    phone.goto(f"/chat/{pair.room}")
    phone.carrier("websocket")
    pair.keeps_quiet(pair.desk, "presence.online", QUIET_WITHIN_MS)
    pair.field(phone).press_sequentially("Nobody sees this")
    phone.button("chat.send", phone.window(AYU)).click()
    steps.has_message(pair.desk, pair.name, "Nobody sees this")
    pair.keeps_quiet(pair.desk, "chat.typing")
    pair.keeps_quiet(pair.desk, "presence.lastSeen")
    pair.says(phone, "presence.online")
    phone.goto("/sign-in")
    expect(phone.page.get_by_role("switch", name=words("account.shareTyping"))).not_to_be_checked()


def test_a_tab_without_a_socket_of_its_own_tells_and_hears_as_well(pair: Pair) -> None:
    tab = pair.phone.new_page()
    tab.goto(f"/chat/{pair.room}")
    window = tab.get_by_role("dialog", name=AYU, exact=True)
    expect(window.locator(".window-sub")).to_contain_text(pair.phone.words("presence.online"))
    window.get_by_role("textbox").press_sequentially("From the other tab")
    pair.says(pair.desk, "chat.typing")
    pair.field(pair.desk).press_sequentially("To both")
    expect(window.locator(".window-sub")).to_contain_text(pair.phone.words("chat.typing"))
    pair.says(pair.phone, "chat.typing")
