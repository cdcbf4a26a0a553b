"""What was sent, when the page or the whole browser dies in that moment: there once, whatever dies. # R3 R13 R30 R31"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Playwright, Route, expect
from playwright.sync_api import Error as PlaywrightError

from tests.e2e import steps
from tests.e2e.conftest import NewGuest, OpenDevice
from tests.e2e.device import LOST_REQUEST, LOST_SOCKET, Device
from tests.e2e.installation import WRITES_WITHIN_SECONDS, Installation
from tests.e2e.steps import AYU
from tests.e2e.test_device import MESSAGES, kept, reopen, said, stored, texts
from tests.e2e.test_drafts import expect_filled_in, field
from tests.e2e.test_submit import bookings_of, expect_booked_once
from tests.support.server import Server
from tests.support.waiting import until

ORDERS = "**/api/bookings"


def press(button: Locator) -> None:
    """A tap that does not wait for anything that comes of it."""
    button.evaluate("(button) => button.click()")


def crash(device: Device) -> None:
    """The renderer dies where it stands: no goodbye, no last write. Then the app is opened again."""
    page = device.page
    with page.expect_event("crash"), contextlib.suppress(PlaywrightError):
        page.goto("chrome://crash")
    reopen(device)


@pytest.fixture
def phone(open_device: OpenDevice) -> Device:
    """A device with the app's worker."""
    device = open_device(service_workers="allow")
    device.expects(LOST_REQUEST, LOST_SOCKET)
    return device


def has_said(device: Device, written: list[str]) -> bool:
    """Whether the server has each of these once, in this order, and nothing else."""
    return said(device) == written


def write(device: Device, text: str) -> None:
    """A message is written, and Send is pressed in this very instant."""
    window = device.window(AYU)
    window.get_by_role("textbox", name=device.words("chat.writeTo", name=AYU)).fill(text)
    press(device.button("chat.send", window))


def test_a_renderer_that_crashes_right_after_a_message_was_sent(phone: Device, new_guest: NewGuest) -> None:
    """# R13 R31"""
    press(phone.button("review.send", steps.order(phone, new_guest())))
    phone.window(AYU).get_by_role("textbox").wait_for()
    written = ["hello", "is the gate open", "see you"]
    for count, text in enumerate(written, start=1):
        write(phone, text)
        crash(phone)
        expect(texts(phone)).to_have_text([re.compile(text) for text in written[:count]])
        until(partial(has_said, phone, written[:count]), "the server has each once, in order")


@pytest.mark.parametrize("wait_for", ["nothing", "the request", "the answer"])
def test_a_renderer_that_crashes_right_after_a_booking_was_sent(
    phone: Device, new_guest: NewGuest, wait_for: str
) -> None:
    """# R3 R30 R31"""
    arrived = list[int]()

    def in_the_air(route: Route) -> None:
        arrived.append(route.fetch().status)

    if wait_for == "the request":
        phone.page.route(ORDERS, in_the_air)
    button = phone.button("review.send", steps.order(phone, new_guest()))
    press(button)
    if wait_for == "the request":
        until(lambda: bool(phone.page.evaluate("1") and arrived), "the order at the server")
    if wait_for == "the answer":
        phone.window(AYU).get_by_role("textbox").wait_for()
    crash(phone)
    expect_booked_once(phone)


@pytest.fixture
def installation(chromium: Browser, playwright: Playwright, server: Server, tmp_path: Path) -> Iterator[Installation]:
    """A browser that nobody has used."""
    made = Installation(playwright, tmp_path / "profile", server.url)
    yield made
    made.kill9()


def lose_posts(route: Route) -> None:
    """What is sent does not reach the server."""
    route.abort() if route.request.method == "POST" else route.continue_()


def test_a_browser_killed_when_a_guest_has_just_booked_knows_the_guest_again(
    installation: Installation, new_guest: NewGuest
) -> None:
    """It had not written its cookie down yet. # R10 R30"""
    phone = installation.start()
    press(phone.button("review.send", steps.order(phone, new_guest())))
    phone.window(AYU).get_by_role("textbox").wait_for()
    (booking,) = bookings_of(phone)
    installation.kill9()
    phone = installation.start_at("/bookings")
    expect(phone.page.get_by_role("heading", name=phone.words("bookings.active"))).to_be_visible()
    assert [there["bookingId"] for there in bookings_of(phone)] == [booking["bookingId"]]


def test_a_browser_killed_after_an_order_was_kept_sends_it_once(
    installation: Installation, new_guest: NewGuest
) -> None:
    """It had not written its localStorage down yet. # R3 R31"""
    phone = installation.start()
    phone.context.route(re.compile("/api/(bookings|session/guest)$"), lose_posts)
    press(phone.button("review.send", steps.order(phone, new_guest())))
    until(lambda: any("order:" in key for key in kept(phone.page)), "the database has it")
    installation.kill9()
    phone = installation.start_at("/bookings")
    until(lambda: len(bookings_of(phone)) > 0, "the booking at the server", 20)
    until(lambda: not any("order:" in key for key in kept(phone.page)), "nothing waits")
    assert len(bookings_of(phone)) == 1


def test_a_browser_killed_in_the_middle_of_sending_a_message_sends_it_once(
    installation: Installation, new_guest: NewGuest
) -> None:
    """The server has it, and its answer never arrives. # R13 R31"""
    arrived = list[int]()

    def in_the_air(route: Route) -> None:
        if route.request.method == "POST":
            arrived.append(route.fetch().status)
        else:
            route.continue_()

    phone = installation.start()
    # Nor does the event about it, by which the device would know.
    phone.page.route_web_socket("**/ws", lambda _socket: None)
    phone.context.route("**/api/events*", lambda route: route.abort())
    press(phone.button("review.send", steps.order(phone, new_guest())))
    phone.window(AYU).get_by_role("textbox").wait_for()
    phone.context.route(MESSAGES, in_the_air)
    write(phone, "on its way")
    until(lambda: bool(phone.page.evaluate("1") and arrived), "the message at the server")
    assert arrived == [201]
    until(lambda: stored(phone.page) == 1, "the device still has it")
    installation.kill9()
    phone = installation.start_at("/bookings")
    expect(phone.page.get_by_role("heading", name=phone.words("bookings.active"))).to_be_visible()
    until(lambda: stored(phone.page) == 0, "nothing waits", 20)
    assert said(phone) == ["on its way"]
    # What was on the screen may not have been written down yet.
    if phone.window(AYU).count() == 0:
        phone.button("chat.title", phone.page.get_by_role("main"), name=AYU).first.click()
    expect(texts(phone)).to_have_text([re.compile("on its way")])


def test_a_browser_killed_after_messages_were_kept_sends_each_once(
    installation: Installation, new_guest: NewGuest
) -> None:
    """# R13 R31"""
    phone = installation.start()
    press(phone.button("review.send", steps.order(phone, new_guest())))
    phone.window(AYU).get_by_role("textbox").wait_for()
    phone.context.route(MESSAGES, lose_posts)
    for text in ("first", "second"):
        write(phone, text)
    until(lambda: stored(phone.page) == 2, "the database has both")
    installation.kill9()
    phone = installation.start_at("/bookings")
    expect(phone.page.get_by_role("heading", name=phone.words("bookings.active"))).to_be_visible()
    until(lambda: said(phone) == ["first", "second"], "the server has each once, in order", 20)
    until(lambda: stored(phone.page) == 0, "nothing waits")


def copies(device: Device) -> str:
    """All that the device's database keeps of what is not sent, as one text."""
    found: str = device.page.evaluate(
        """() => new Promise((resolve) => {
            const asked = indexedDB.open('tenang');
            asked.onsuccess = () => {
                const values = asked.result.transaction('outbox').objectStore('outbox').getAll();
                values.onsuccess = () => { asked.result.close(); resolve(JSON.stringify(values.result)); };
            };
        })"""
    )
    return found


def test_a_browser_killed_a_moment_after_the_last_key_has_every_word(
    installation: Installation, new_guest: NewGuest
) -> None:
    """It writes localStorage down some seconds late. # R25 R30"""
    guest = new_guest()
    phone = installation.start()
    window = steps.open_form(phone)
    steps.fill_form(phone, window, guest)
    field(phone, window, "form.note").press_sequentially("knock twice, the bell is broken")
    until(lambda: "the bell is broken" in copies(phone), "the copy", 5)
    installation.kill9()
    phone = installation.start()
    window = steps.open_form(phone)
    expect(window.get_by_text(phone.words("draft.found"))).to_be_visible()
    expect(field(phone, window, "form.note")).to_have_value("knock twice, the bell is broken")
    expect_filled_in(phone, window, guest)


def test_what_was_cleared_a_moment_before_the_browser_was_killed_stays_cleared(
    installation: Installation, new_guest: NewGuest
) -> None:
    """# R28"""
    guest = new_guest()
    phone = installation.start()
    window = steps.open_form(phone)
    steps.fill_form(phone, window, guest)
    until(lambda: installation.has_on_disk(guest.address), "the browser wrote it down", WRITES_WITHIN_SECONDS)
    until(lambda: guest.address in copies(phone), "the copy", 5)
    steps.dont_keep(phone, window)
    until(lambda: guest.address not in copies(phone), "the copy is cleared", 5)
    installation.kill9()
    phone = installation.start()
    window = steps.open_form(phone)
    expect(field(phone, window, "form.name")).to_have_value("")
