"""A chat opens, and stays open, only over a sound booking; else the window says why and the app goes on. # R7

The three moments: the window opens over a booking that was loaded, the booking changes by an event, and the step
from the order to the chat.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e import damage, steps
from tests.e2e.conftest import NewGuest
from tests.e2e.damage import Damage, DamagedLine
from tests.e2e.device import Device
from tests.e2e.steps import AYU
from tests.support.cast import AYU as AYU_ID
from tests.support.cast import Cast, Person
from tests.support.server import Server
from tests.support.wire import Booking

each_field = pytest.mark.parametrize("field", damage.FIELDS)


@pytest.fixture(scope="module")
def shared_device(chromium: Browser, server: Server) -> Iterator[Device]:
    """One browser for all: only the person at it changes."""
    device = Device.open(chromium, server.url)
    yield device
    device.close()


@pytest.fixture
def phone(shared_device: Device) -> Iterator[Device]:
    """The shared device as if nobody had been here."""
    shared_device.forget()
    yield shared_device
    assert shared_device.unexpected() == []


def has_chat_open(phone: Device, person: Person, booking: Booking) -> None:
    """The device of `person`, who had the chat of this booking open when the page went away."""
    phone.become(person)
    window = {
        "id": AYU_ID, "therapistId": AYU_ID, "conversationId": booking["conversationId"],
        "bookingId": booking["bookingId"], "step": "chat", "isMinimised": False,
    }  # fmt: skip
    phone.keep(f"windows_{person.user['id']}", [window])


def expect_explanation(phone: Device, fault: Damage) -> Locator:
    """The window says what is wrong with its booking, and nothing can be written in it."""
    window = phone.window(AYU)
    expect(window.get_by_role("heading", name=phone.words("broken.title"))).to_be_visible()
    expect(window.get_by_text(phone.words.like("broken.missing"))).to_contain_text(phone.words(fault.part))
    expect(window.get_by_role("textbox")).to_have_count(0)
    return window


def expect_the_rest_to_work(phone: Device) -> None:
    """The window closes, and another page opens."""
    words = phone.words
    phone.button("app.close", phone.window(AYU)).click()
    expect(phone.window(AYU)).to_have_count(0)
    phone.page.get_by_role("link", name=words("nav.bookings")).click()
    expect(phone.page.get_by_role("heading", name=words("bookings.title"))).to_be_visible()


def expect_chat(phone: Device, state: str) -> None:
    """The chat is open, with the booking in this state, and can be written in."""
    window = phone.window(AYU)
    expect(phone.shows(state, window, name=AYU)).to_be_visible()
    expect(window.get_by_role("textbox", name=phone.words("chat.writeTo", name=AYU))).to_be_visible()


@each_field
def test_a_broken_booking_when_the_window_opens(phone: Device, cast: Cast, field: str) -> None:
    """Missing, then corrupt, then sound: only then the chat is there. # R7"""
    person = cast.guest()
    has_chat_open(phone, person, cast.booked(person))
    line = DamagedLine(phone.page, Damage(field, "missing"))
    phone.goto("/")
    window = expect_explanation(phone, Damage(field, "missing"))
    line.damage = Damage(field, "corrupt")
    phone.button("broken.reload", window).click()
    expect_explanation(phone, Damage(field, "corrupt"))
    line.damage = None
    phone.button("broken.reload", window).click()
    expect_chat(phone, "booking.pending")


@each_field
def test_a_booking_that_breaks_when_it_changes(phone: Device, cast: Cast, field: str) -> None:
    """Missing when it is accepted; loaded again; corrupt when it is confirmed. # R7 # R19"""
    person = cast.guest()
    booking = cast.booked(person)
    has_chat_open(phone, person, booking)
    line = DamagedLine(phone.page)
    phone.goto("/")
    expect_chat(phone, "booking.pending")
    phone.carrier("websocket")
    line.damage = Damage(field, "missing")
    cast.ayu.api.act("accept", booking["bookingId"])
    window = expect_explanation(phone, line.damage)
    line.damage = None
    phone.button("broken.reload", window).click()
    expect_chat(phone, "booking.accepted")
    line.damage = Damage(field, "corrupt")
    person.api.act("confirm", booking["bookingId"])
    expect_explanation(phone, line.damage)
    expect_the_rest_to_work(phone)


@pytest.mark.parametrize("fault", [Damage("price", "missing"), Damage("status", "corrupt")], ids=str)
def test_a_booking_that_breaks_when_it_changes_by_long_poll(phone: Device, cast: Cast, fault: Damage) -> None:
    """# R7 # R20"""
    person = cast.guest()
    booking = cast.booked(person)
    has_chat_open(phone, person, booking)
    line = DamagedLine(phone.page, has_socket=False)
    phone.goto("/")
    expect_chat(phone, "booking.pending")
    phone.carrier("polling")
    line.damage = fault
    cast.ayu.api.act("accept", booking["bookingId"])
    expect_explanation(phone, fault)
    expect_the_rest_to_work(phone)


@pytest.mark.parametrize("kind", ["missing", "corrupt"])
@each_field
def test_a_broken_booking_at_the_step_to_the_chat(phone: Device, new_guest: NewGuest, field: str, kind: str) -> None:
    """The answer to the order is broken. # R4 # R7"""
    steps.keep_filled_in(phone, new_guest())
    phone.goto("/")
    DamagedLine(phone.page, Damage(field, kind))
    steps.send_the_form(phone)
    expect_explanation(phone, Damage(field, kind))
    expect_the_rest_to_work(phone)


EVERY_FAULT = [Damage(field, kind) for field in damage.FIELDS for kind in ("missing", "corrupt")]


@pytest.fixture(scope="module")
def indonesian(chromium: Browser, server: Server) -> Iterator[Device]:
    """A device that speaks Indonesian."""
    device = Device.open(chromium, server.url, "id")
    device.keep_language()
    yield device
    assert device.unexpected() == []
    device.close()


def expect_lists_to_say_so(device: Device, path: str, faults: list[Damage]) -> DamagedLine:
    """With each fault the page stands, says that something cannot be shown, and shows all once it is loaded again."""
    line = DamagedLine(device.page, faults[0])
    notice = device.page.get_by_text(device.words.like("broken.listed"))
    for fault in faults:
        line.damage = fault
        device.goto(path)
        expect(notice, str(fault)).to_be_visible()
    line.damage = None
    device.button("broken.reload").click()
    expect(notice).to_have_count(0)
    return line


def test_a_broken_booking_is_in_no_list_and_the_list_says_so(phone: Device, cast: Cast) -> None:
    """# R7"""
    person = cast.guest()
    cast.booked(person)
    phone.become(person)
    expect_lists_to_say_so(phone, "/bookings", EVERY_FAULT)
    expect(phone.page.get_by_role("main").get_by_role("heading", name=AYU)).to_be_visible()


def test_the_therapist_reads_in_her_language_what_is_wrong_with_a_booking(indonesian: Device, cast: Cast) -> None:
    """On her dashboard, and in the window of the chat. # R7"""
    person = cast.guest()
    booking = cast.accepted(person)
    indonesian.become(cast.ayu)
    line = expect_lists_to_say_so(indonesian, "/therapist", EVERY_FAULT[-6:])
    line.damage = Damage("timezone", "corrupt")
    indonesian.goto(f"/chat/{booking['conversationId']}")
    window = indonesian.window(booking["customerName"])
    expect(window.get_by_role("heading", name=indonesian.words("broken.title"))).to_be_visible()
    expect(window.get_by_text(indonesian.words.like("broken.missing"))).to_contain_text(
        indonesian.words("broken.part.time")
    )
    expect(window.get_by_role("textbox")).to_have_count(0)
