"""Every screen, every question and every banner, in light and dark, held against axe-core and a finger's width."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e import steps
from tests.e2e.axe import inspect
from tests.e2e.conftest import NewGuest, OpenDevice, fresh_name
from tests.e2e.device import LOST_REQUEST, LOST_SOCKET, PHONE, Device, refused
from tests.e2e.steps import AYU
from tests.support.cast import Cast

SCHEMES = ("light", "dark")


@pytest.fixture(params=SCHEMES)
def phone(request: pytest.FixtureRequest, open_device: OpenDevice) -> Device:
    """A phone on which nothing moves, so that no colour is measured half-way."""
    return open_device(size=PHONE, color_scheme=request.param, reduced_motion="reduce")


def test_a_strangers_screens(phone: Device) -> None:
    phone.expects(refused(404))
    for path in ("/", "/therapists/ayu-lestari", "/bookings", "/therapist", "/chat/of_nobody", "/nowhere"):
        phone.goto(path)
        phone.page.get_by_role("heading").first.wait_for()
        phone.page.wait_for_load_state("networkidle")
        inspect(phone, path)
    phone.goto("/sign-in")
    phone.button("account.submit", phone.page.get_by_role("main")).click()
    phone.shows("form.errors").wait_for()
    inspect(phone, "sign-in with faults")
    phone.goto("/")
    phone.page.get_by_role("searchbox").fill("nobody is called like this")
    phone.shows("directory.none").wait_for()
    inspect(phone, "no matches")


def test_a_booking_from_the_form_to_its_end(phone: Device, new_guest: NewGuest, cast: Cast) -> None:
    guest = new_guest()
    window = steps.open_form(phone)
    phone.button("form.next", window).click()
    inspect(phone, "form with faults")
    steps.fill_form(phone, window, guest)
    inspect(phone, "form")
    steps.review(phone, window)
    inspect(phone, "review")
    phone.button("review.send", window).click()
    phone.shows("booking.pending", window, name=AYU).wait_for()
    phone.button("booking.details", window).click()
    inspect(phone, "waiting, with details")
    [booking] = [one for one in cast.ayu.api.bookings() if dict(one)["customerName"] == guest.name]
    cast.ayu.api.act("accept", booking["bookingId"])
    phone.button("booking.confirm", window).wait_for()
    for text in ("See you there", "I bring my own oils"):
        cast.ayu.api.send(booking["conversationId"], text)
    window.get_by_role("textbox", name=phone.words("chat.writeTo", name=AYU)).fill("x" * 2_001)
    phone.shows("chat.tooLong", window).wait_for()
    inspect(phone, "chat with a message too long")
    phone.button("booking.cancel", window).click()
    expect(window.get_by_role("alertdialog")).to_be_focused()
    inspect(phone, "question before cancelling")
    phone.button("booking.cancelYes", window).click()
    phone.shows("booking.cancelled", window, who=phone.words("booking.you")).wait_for()
    inspect(phone, "cancelled")
    phone.button("window.close", window).click()
    phone.goto("/bookings")
    phone.page.get_by_role("article", name=AYU).wait_for()
    inspect(phone, "bookings")


def test_the_therapists_screens(phone: Device, cast: Cast) -> None:
    talker, asker = fresh_name(), fresh_name()
    customer = cast.guest(talker)
    accepted = cast.ayu.api.act("accept", customer.api.book(cast.form(customerName=talker))["bookingId"])
    customer.api.send(accepted["conversationId"], "Is there a place to park?")
    cast.guest(asker).api.book(cast.form(customerName=asker))
    phone.keep_language()
    phone.become(cast.ayu)
    steps.go_to_desk(phone)
    phone.button("desk.acceptNamed", name=asker).wait_for()
    inspect(phone, "dashboard without sound")
    phone.button("desk.soundOn").click()
    phone.button("desk.declineNamed", name=asker).click()
    phone.button("desk.undo").wait_for()
    inspect(phone, "a decline that can be undone")
    # Looking takes longer than the moment in which it can be undone, so another request takes its place.
    later = fresh_name()
    cast.guest(later).api.book(cast.form(customerName=later))
    phone.goto("/")
    phone.shows("desk.requestFrom").wait_for()
    inspect(phone, "banner of a request")
    steps.go_to_desk(phone)
    steps.open_desk_chat(phone, talker)
    steps.has_message(phone, talker, "Is there a place to park?")
    inspect(phone, "the therapist's chat")


def test_the_operators_screens(phone: Device, cast: Cast) -> None:
    phone.keep_language()
    phone.become(cast.operator)
    for path in ("/operator", "/sign-in", "/bookings", "/therapist"):
        phone.goto(path)
        phone.page.get_by_role("heading", level=1).wait_for()
        inspect(phone, path)


def test_what_stands_there_without_a_network(phone: Device, cast: Cast) -> None:
    customer = cast.guest()
    conversation = cast.accepted(customer)["conversationId"]
    phone.become(customer)
    phone.goto(f"/chat/{conversation}")
    phone.button("booking.details").wait_for()
    phone.expects(LOST_REQUEST, LOST_SOCKET)
    phone.context.set_offline(True)
    steps.write(phone, AYU, "Written in a tunnel")
    phone.shows("chat.waits").wait_for()
    phone.shows("connection.offline").wait_for(timeout=30_000)
    inspect(phone, "offline")
