"""Sending a booking over a line that loses things: three attempts, one key, one booking, or kept and asked. # R3"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.conftest import StartServer
from tests.e2e import steps
from tests.e2e.conftest import NewGuest, OpenDevice
from tests.e2e.device import LOST_REQUEST, LOST_SOCKET, PHONE, Device, refused
from tests.e2e.steps import AYU
from tests.support.waiting import until
from tests.support.wire import Json

ORDERS = "**/api/bookings"
TICK_MS = 50
SLACK_MS = 500  # ticks that pass while the page hears of a failure
A_FORTNIGHT = 14 * 24 * 60 * 60 * 1000


class Orders:
    """What a page sends to POST /api/bookings: the keys, and how much of the page's own time had passed (ms)."""

    def __init__(self, page: Page) -> None:
        self.keys: list[str] = []
        self._at: list[int] = []
        self._page, self._now = page, 0
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/api/bookings"):
            self.keys.append(request.headers["idempotency-key"])
            self._at.append(self._now)

    def pause_before(self, number: int) -> int:
        """Moves the page's clock until so many were sent; the milliseconds since the one before."""
        while len(self._at) < number:
            self._page.clock.run_for(TICK_MS)
            self._now += TICK_MS
        return self._at[number - 1] - self._at[number - 2]


@pytest.fixture
def phone(open_device: OpenDevice, new_guest: NewGuest) -> Device:
    """A device on which somebody has filled in the form for Ayu."""
    device = open_device()
    device.expects(LOST_REQUEST)
    steps.keep_filled_in(device, new_guest())
    device.page.clock.install()
    device.goto("/")
    return device


def lose(route: Route) -> None:
    """The line breaks before anything reaches the server."""
    route.abort("connectionfailed")


def lose_the_answer(route: Route) -> None:
    """The server gets it, and the line breaks before its answer arrives."""
    route.fetch()
    route.abort("connectionreset")


def bookings_of(device: Device) -> list[Json]:
    """What the server has of the person at this device; nothing while nobody is known."""
    answer: list[Json] = device.context.request.get("/api/bookings").json().get("items", [])
    return answer


def expect_booked_once(device: Device) -> Json:
    """The chat is open, and the server has this one booking."""
    expect(device.shows("booking.pending", device.window(AYU), name=AYU)).to_be_visible()
    (booking,) = bookings_of(device)
    return booking


def pause(device: Device) -> None:
    """From now on the page's time moves only when it is moved."""
    device.page.clock.pause_at(device.page.evaluate("() => Date.now() / 1000 + 2"))


def send_in_vain(device: Device) -> Locator:
    """Three attempts that fail; the window, which says that the booking is kept. The page's time stands still."""
    orders = Orders(device.page)
    window = steps.send_the_form(device)
    pause(device)
    orders.pause_before(3)
    expect(device.shows("waiting.savedOnDesk", window)).to_be_visible()
    return window


def expect_question(device: Device, key: str) -> Locator:
    """The window asks."""
    question = device.window(AYU).get_by_role("alertdialog", name=device.words(key))
    expect(question).to_be_visible()
    return question


@pytest.mark.alone
def test_three_attempts_then_one_more_after_four_seconds(phone: Device) -> None:
    """1 s and 2 s between them; the key stays the same. # R3"""
    phone.page.route(ORDERS, lose)
    orders = Orders(phone.page)
    window = steps.review_kept_form(phone)
    pause(phone)
    phone.button("review.send", window).click()
    orders.pause_before(1)
    assert 1_000 <= orders.pause_before(2) <= 1_000 + SLACK_MS
    assert 2_000 <= orders.pause_before(3) <= 2_000 + SLACK_MS
    expect(phone.shows("waiting.savedOnDesk", window)).to_be_visible()
    notices = phone.page.get_by_role("region", name=phone.words("app.notices"))
    expect(notices).to_contain_text(phone.words("waiting.toast"))
    assert 4_000 <= orders.pause_before(4) <= 4_000 + SLACK_MS
    assert len(set(orders.keys)) == 1
    assert bookings_of(phone) == []


def test_an_answer_that_got_lost_makes_no_second_booking(phone: Device) -> None:
    """# R3"""
    phone.page.route(ORDERS, lose_the_answer, times=1)
    orders = Orders(phone.page)
    steps.send_the_form(phone)
    until(lambda: bookings_of(phone) and len(orders.keys) == 2, "the second attempt")
    expect_booked_once(phone)
    assert len(set(orders.keys)) == 1


def test_a_double_tap_on_the_form_sends_nothing_that_was_not_reviewed(phone: Device) -> None:
    """The button that sends comes under the same finger. # R3"""
    orders = Orders(phone.page)
    phone.button("directory.bookNamed", name=AYU).click()
    window = phone.window(AYU)
    phone.button("form.next", window).dblclick()
    expect(window.get_by_role("heading", name=phone.words("review.title"))).to_be_visible()
    assert orders.keys == []
    phone.button("review.send", window).dblclick()
    expect_booked_once(phone)


def test_a_double_tap_makes_one_booking(phone: Device) -> None:
    """# R3"""
    orders = Orders(phone.page)
    window = steps.review_kept_form(phone)
    phone.button("review.send", window).evaluate("(button) => { button.click(); button.click(); }")
    expect_booked_once(phone)
    assert len(set(orders.keys)) == 1


def test_a_reload_in_the_middle_keeps_the_key(phone: Device) -> None:
    """The server had it already; the page that comes back finds that out. # R3"""
    orders, arrived = Orders(phone.page), list[int]()
    phone.page.route(ORDERS, lambda route: arrived.append(route.fetch().status), times=1)
    steps.send_the_form(phone)
    until(lambda: bool(bookings_of(phone) and arrived), "the order at the server")
    phone.page.reload()
    expect_booked_once(phone)
    assert len(set(orders.keys)) == 1


def test_a_reload_before_the_guest_is_known_keeps_the_order(phone: Device) -> None:
    """The server had made the guest; the page that comes back is that guest, with order and window. # R3 # R10"""
    orders, made = Orders(phone.page), list[int]()
    # The answer stays in the air until the page is gone.
    phone.page.route("**/api/session/guest", lambda route: made.append(route.fetch().status), times=1)
    steps.send_the_form(phone)
    until(lambda: bool(phone.context.cookies() and made), "the guest at the server")
    phone.page.reload()
    expect_booked_once(phone)
    assert (made, len(set(orders.keys))) == ([201], 1)


def test_a_kept_booking_says_so_and_goes_out_when_told(phone: Device) -> None:
    """# R3"""
    phone.page.route(ORDERS, lose)
    window = send_in_vain(phone)
    phone.button("window.close", window).click()
    banner = phone.page.get_by_role("status").filter(has_text=phone.words("waiting.savedOnDesk"))
    expect(banner).to_contain_text(AYU)
    phone.page.unroute(ORDERS)
    phone.button("waiting.retry", banner).click()
    expect(banner).to_have_count(0)
    assert len(bookings_of(phone)) == 1


def test_a_kept_booking_can_be_read_and_sent_on_a_phone_that_knows_nothing_else(
    open_device: OpenDevice, new_guest: NewGuest
) -> None:
    """The window covers the notice on a phone, so it must offer by itself what the notice does. # R3 R31"""
    phone, guest = open_device(size=PHONE), new_guest()
    phone.expects(LOST_REQUEST)
    steps.keep_filled_in(phone, guest)
    phone.goto("/")
    window = steps.review_kept_form(phone)
    duration = window.get_by_text(re.compile(r"^.+, \d+ min"))
    shown = duration.inner_text()
    phone.context.route(re.compile("/api/(bookings|session/guest|therapists)"), lose)
    phone.button("review.send", window).click()
    phone.button("waiting.retry", window).wait_for(timeout=20_000)
    phone.goto("/")
    for text in (shown, guest.address, guest.name):
        expect(window.get_by_text(text, exact=True)).to_be_visible()
    expect(window.locator(".price-total").last).to_contain_text("Rp")
    phone.context.unroute_all()
    phone.button("waiting.retry", window).click()
    expect(phone.shows("booking.pending", window, name=AYU)).to_be_visible()
    assert len(bookings_of(phone)) == 1


def test_a_kept_booking_goes_out_once_when_the_network_returns(phone: Device) -> None:
    """# R3 # R20"""
    orders = Orders(phone.page)
    window = steps.review_kept_form(phone)
    phone.context.set_offline(True)
    phone.button("review.send", window).click()
    expect(phone.shows("waiting.savedOnDesk", window)).to_be_visible()
    phone.context.set_offline(False)
    expect_booked_once(phone)
    assert len(set(orders.keys)) == 1


def test_a_kept_booking_goes_out_when_the_server_is_back(
    start_server: StartServer, open_device: OpenDevice, new_guest: NewGuest
) -> None:
    """# R3 # R24"""
    server = start_server()
    phone = open_device(url=server.url)
    phone.expects(LOST_REQUEST, LOST_SOCKET)
    steps.keep_filled_in(phone, new_guest())
    phone.goto("/")
    phone.carrier("websocket")
    window = steps.review_kept_form(phone)
    server.kill9()
    phone.button("review.send", window).click()
    expect(phone.shows("waiting.savedOnDesk", window)).to_be_visible()
    server.start()
    expect(phone.shows("booking.pending", window, name=AYU)).to_be_visible(timeout=20_000)
    assert len(bookings_of(phone)) == 1


def test_a_price_that_changed_meanwhile_is_asked_about(phone: Device) -> None:
    """The device has an old price; the server refuses it, and the person decides. # R3"""

    def with_the_price_of_last_week(route: Route) -> None:
        response = route.fetch()
        provider = response.json()
        for service in provider["services"]:
            service["price"] -= 50_000
        route.fulfill(response=response, json=provider)

    phone.expects(refused(409))
    phone.page.route("**/api/therapists/*", with_the_price_of_last_week)
    phone.goto("/")
    steps.send_the_form(phone)
    question = expect_question(phone, "question.price")
    expect(question).to_contain_text("150.000")
    assert bookings_of(phone) == []
    question.get_by_role("button", name=phone.words.like("question.priceYes")).click()
    assert expect_booked_once(phone)["price"] == 200_000


def test_a_time_that_passed_meanwhile_is_asked_about(phone: Device) -> None:
    """# R3"""
    # Any answer after the jump would bring the server's clock, which stands still: the order would not be late by it.
    phone.page.route_web_socket("**/ws", lambda socket: None)
    phone.page.route(ORDERS, lose)
    phone.goto("/")
    send_in_vain(phone)
    orders = Orders(phone.page)
    phone.page.route("**/api/**", lose)
    phone.page.clock.fast_forward(A_FORTNIGHT)
    expect_question(phone, "question.passed")
    assert orders.keys == []
    assert bookings_of(phone) == []
