"""How it can end otherwise: declined, out of time, closed, refused. People see why, and nothing they typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.conftest import StartServer
from tests.e2e import steps
from tests.e2e.conftest import NewGuest, OpenDevice
from tests.e2e.device import Device, refused
from tests.e2e.steps import AYU, Guest
from tests.support.cast import Cast

UNDO_MS = 5_000
NUMBER = "my number is 0812 3456 7890"


def sent(phone: Device, guest: Guest) -> Locator:
    """A booking that waits for its answer; the window."""
    window = steps.order(phone, guest)
    phone.button("review.send", window).click()
    expect(phone.shows("booking.pending", window, name=AYU)).to_be_visible()
    return window


def the_form_is_kept(phone: Device, window: Locator, guest: Guest) -> None:
    """*Change time* leads back into the form, with all that was typed."""
    phone.button("booking.changeTime", window).click()
    expect(window.get_by_label(phone.words("form.name"), exact=True)).to_have_value(guest.name)
    expect(window.get_by_label(phone.words("form.addressHotel"), exact=True)).to_have_value(guest.address)


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_declined_booking_is_told_and_the_form_is_kept(
    open_device: OpenDevice, new_guest: NewGuest, cast: Cast, language: str
) -> None:
    """# R5 R28"""
    phone, desk, guest = open_device(language), open_device(language), new_guest()
    desk.page.clock.install()
    desk.become(cast.ayu)
    desk.keep_language()
    steps.go_to_desk(desk)
    window = sent(phone, guest)
    desk.button("desk.declineNamed", name=guest.name).click()
    desk.button("desk.undo").wait_for()
    desk.page.clock.run_for(UNDO_MS + 500)
    expect(phone.shows("booking.declined", window, name=AYU)).to_be_visible()
    expect(desk.page.get_by_role("article", name=guest.name)).to_have_count(0)
    the_form_is_kept(phone, window, guest)


def test_no_banner_tells_a_therapist_what_she_did_herself(open_device: OpenDevice, start_server: StartServer) -> None:
    """On none of her devices; the customer's confirmation before it had one. # R37"""
    server = start_server()  # where nothing else has happened to her
    cast = Cast(server.url)
    customer = cast.guest()
    booking = cast.accepted(customer)
    desks = [open_device(url=server.url), open_device(url=server.url)]
    for desk in desks:
        desk.keep_language()
        desk.become(cast.ayu)
        steps.go_to_desk(desk)
    customer.api.act("confirm", booking["bookingId"])
    for desk in desks:
        desk.button("news.seen").wait_for()
    cast.ayu.api.act("cancel", booking["bookingId"])
    for desk in desks:
        expect(desk.button("news.seen")).to_have_count(0)


@pytest.mark.parametrize("accepts", [False, True], ids=["no answer", "no confirmation"])
def test_a_deadline_that_passes_is_told_on_both_screens(
    open_device: OpenDevice, new_guest: NewGuest, start_server: StartServer, accepts: bool
) -> None:
    """# R6"""
    seconds = "0.15"  # minutes: nine seconds to answer in, and to confirm in
    server = start_server(BOOKING_ANSWER_MINUTES=seconds, BOOKING_CONFIRM_MINUTES=seconds)
    phone, desk, guest = open_device(url=server.url), open_device(url=server.url), new_guest()
    desk.become(Cast(server.url).ayu)
    desk.keep_language()
    steps.go_to_desk(desk)
    window = sent(phone, guest)
    if accepts:
        desk.button("desk.acceptNamed", name=guest.name).click()
        expect(phone.shows("booking.accepted", window, name=AYU)).to_be_visible()
    outcome = "booking.confirmExpired" if accepts else "booking.answerExpired"
    expect(phone.shows(outcome, window, name=AYU)).to_be_visible(timeout=15_000)
    expect(desk.page.get_by_role("article", name=guest.name)).to_have_count(0)
    expect(desk.shows("booking.confirmExpired" if accepts else "desk.answerExpired")).to_be_visible()
    # Two who had agreed may still talk about it for a day.
    expect(window.get_by_text(phone.words("chat.closed"))).to_be_visible(visible=not accepts)
    the_form_is_kept(phone, window, guest)


def test_a_closed_chat_says_so_and_leads_to_another_booking(
    open_device: OpenDevice, new_guest: NewGuest, cast: Cast
) -> None:
    """The customer cancelled; what was written stays to be read. # R5 R11"""
    phone, guest = open_device(), new_guest()
    window = sent(phone, guest)
    steps.write(phone, AYU, "See you soon")
    phone.button("booking.cancel", window).click()
    phone.button("booking.cancelYes").click()
    expect(window.get_by_text(phone.words("chat.closed"))).to_be_visible()
    steps.has_message(phone, AYU, "See you soon")
    phone.button("booking.again", window).first.click()
    expect(window.get_by_role("group", name=phone.words("form.service"))).to_be_visible()


def test_a_blocked_message_keeps_its_text_and_marks_the_words(open_device: OpenDevice, new_guest: NewGuest) -> None:
    """# R16"""
    phone, guest = open_device(), new_guest()
    phone.expects(refused(422))
    steps.without_mirror(phone)
    sent(phone, guest)
    steps.write(phone, AYU, NUMBER)
    log = steps.log_of(phone, AYU)
    expect(log).to_contain_text(phone.words("contact.PHONE"))
    expect(log.locator("mark")).to_have_text("0812 3456 7890")
    expect(log).to_contain_text(NUMBER)
    phone.button("chat.edit", log).click()
    box = phone.window(AYU).get_by_role("textbox", name=phone.words("chat.writeTo", name=AYU))
    expect(box).to_have_value(NUMBER)
    box.fill("let us arrange it here")
    phone.button("chat.send", phone.window(AYU)).click()
    expect(log).to_contain_text(phone.words("chat.sent"))
    expect(log).not_to_contain_text(NUMBER)
