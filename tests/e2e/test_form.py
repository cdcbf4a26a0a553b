"""The booking form and the chat as a person meets them: faults, languages, keyboard, history, unread, looks.

# R2 R14
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import steps
from tests.e2e.conftest import NewGuest, OpenDevice
from tests.e2e.device import PHONE, Device, refused
from tests.e2e.steps import AYU
from tests.support.cast import Cast
from tests.support.words import word

LONG = "so long " * 80


def control(device: Device, window: Locator, key: str) -> Locator:
    """The text field with this label; an optional one says so in its label."""
    return window.get_by_role("textbox", name=re.compile(f"^{re.escape(device.words(key))}"))


def test_an_empty_form_lists_every_fault_and_leads_to_its_field(open_device: OpenDevice) -> None:
    """# R2"""
    phone = open_device()
    words = phone.words
    window = steps.open_form(phone)
    phone.button("form.next", window).click()
    listed = window.get_by_role("region", name=words("form.errors"))
    expect(listed).to_be_focused()
    for error in ("service", "time", "locationType", "massageFor"):
        expect(listed.get_by_role("link", name=words(f"error.required.{error}"))).to_be_visible()
    for label in ("form.name", "form.whatsApp"):
        expect(listed.get_by_role("link", name=f"{words(label)}: {words('error.required')}")).to_be_visible()
    listed.get_by_role("link", name=re.compile(words("form.name"))).click()
    name = control(phone, window, "form.name")
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description(re.compile(words("error.required")))


WRONG = [
    ("form.name", " ", "error.required"),
    ("form.name", LONG, "error.too_long"),
    ("form.whatsApp", "12", "error.invalid_phone"),
    ("form.whatsApp", "my number", "error.invalid_phone"),
    ("form.addressHotel", LONG, "error.too_long"),
    ("form.note", LONG, "error.too_long"),
]


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_wrong_field_says_so_beside_itself_and_keeps_its_text(open_device: OpenDevice, language: str) -> None:
    """# R2"""
    phone = open_device(language)
    window = steps.open_form(phone)
    window.get_by_role("radio", name=phone.words("form.location.hotel")).check()
    for field, typed, error in WRONG:
        wrong = control(phone, window, field)
        wrong.fill(typed)
        wrong.blur()
        expect(wrong).to_have_accessible_description(re.compile(re.escape(phone.words(error))))
        expect(wrong).to_have_attribute("aria-invalid", "true")
        expect(wrong).to_have_value(typed)


@pytest.mark.parametrize(
    "number", ["0812 3456 7890", "+62 812-3456-7890", "62812.3456.7890", "(0812) 34567890", "+61 412 345 678"]
)
def test_a_number_is_taken_in_any_usual_way_of_writing_it(
    open_device: OpenDevice, new_guest: NewGuest, number: str
) -> None:
    """The server takes what the form lets through. # R2"""
    phone = open_device()
    guest = new_guest()
    steps.keep_filled_in(phone, guest)
    phone.goto("/")
    phone.button("directory.bookNamed", name=AYU).click()
    window = phone.window(AYU)
    control(phone, window, "form.whatsApp").fill(number)
    steps.review(phone, window)
    phone.button("review.send", window).click()
    expect(phone.shows("booking.pending", window, name=AYU)).to_be_visible()


def test_a_stranger_whose_name_is_refused_mends_it_and_books(open_device: OpenDevice, new_guest: NewGuest) -> None:
    """The name is refused before there is a booking to refuse: for the guest that is made of it. # R2 # R10"""
    phone = open_device()
    phone.expects(refused(422))
    steps.without_mirror(phone)
    guest = new_guest()
    steps.keep_filled_in(phone, guest)
    phone.goto("/")
    phone.button("directory.bookNamed", name=AYU).click()
    window = phone.window(AYU)
    name = control(phone, window, "form.name")
    name.fill(f"{guest.name} 0812 3456 7890")
    steps.review(phone, window)
    phone.button("review.send", window).click()
    expect(name).to_have_accessible_description(re.compile(re.escape(phone.words("contact.PHONE"))))
    name.fill(guest.name)
    steps.review(phone, window)
    phone.button("review.send", window).click()
    expect(phone.shows("booking.pending", window, name=AYU)).to_be_visible()


def test_the_whole_booking_by_keyboard_alone(open_device: OpenDevice, new_guest: NewGuest) -> None:
    """# R2"""
    phone = open_device()
    keyboard, guest, words = phone.page.keyboard, new_guest(), phone.words
    phone.goto("/")
    phone.button("directory.bookNamed", name=AYU).focus()
    keyboard.press("Enter")
    window = phone.window(AYU)
    window.get_by_role("group", name=words("form.service")).wait_for()

    def tab_to(target: Locator) -> None:
        for _ in range(30):
            if target.evaluate("(element) => element === document.activeElement"):
                return
            keyboard.press("Tab")
        expect(target).to_be_focused()

    def choose(group: str) -> None:
        tab_to(window.get_by_role("group", name=words(group)).get_by_role("radio").first)
        keyboard.press("Space")

    for group in ("form.service", "form.when", "form.where"):
        choose(group)
    for field, text in (("form.area", guest.area), ("form.address", guest.address)):
        tab_to(control(phone, window, field))
        keyboard.type(text)
    choose("form.massageFor")
    for field, text in (("form.name", guest.name), ("form.whatsApp", guest.whatsapp)):
        tab_to(control(phone, window, field))
        keyboard.type(text)
    keyboard.press("Enter")
    tab_to(phone.button("review.send", window))
    keyboard.press("Enter")
    expect(phone.shows("booking.pending", window, name=AYU)).to_be_visible()
    expect(window).to_be_focused()  # the focus is not lost with the step that had it
    keyboard.press("Escape")
    expect(window).to_have_count(0)
    expect(phone.button("directory.bookNamed", name=AYU)).to_be_focused()


def test_unread_messages_are_counted_until_the_chat_is_seen(open_device: OpenDevice, cast: Cast) -> None:
    """# R14"""
    customer = cast.guest()
    booking = cast.accepted(customer)
    phone = open_device()
    phone.become(customer)
    phone.goto("/bookings")
    phone.carrier("websocket")
    for text in ("Hello", "I am on my way"):
        cast.ayu.api.send(booking["conversationId"], text)
    tab = phone.page.get_by_role("navigation").get_by_role("link", name=phone.words("nav.bookings"))
    expect(tab).to_contain_text("2")
    expect(phone.page.get_by_role("status").get_by_text(phone.words("app.unread", count=2))).to_have_count(1)
    phone.button("chat.title", name=AYU).first.click()
    steps.has_message(phone, AYU, "I am on my way")
    expect(tab).not_to_contain_text("2")


def test_history_comes_in_pages_and_does_not_jump(open_device: OpenDevice, cast: Cast) -> None:
    """What was on the screen stays where it was while earlier messages come in above it. # R14"""
    customer = cast.guest()
    conversation = cast.accepted(customer)["conversationId"]
    for number in range(1, 121):
        customer.api.send(conversation, line_of_history(number))
    phone = open_device(size=PHONE)
    phone.become(customer)
    phone.goto(f"/chat/{conversation}")
    log = steps.log_of(phone, AYU)
    expect(log.get_by_text(line_of_history(120))).to_be_in_viewport()
    oldest = log.get_by_text(line_of_history(71))
    expect(oldest).to_have_count(1)
    expect(log.get_by_text(line_of_history(70))).to_have_count(0)
    oldest.scroll_into_view_if_needed()
    expect(log.get_by_text(line_of_history(70))).to_have_count(1)
    expect(oldest).to_be_in_viewport()


def line_of_history(number: int) -> str:
    """A text of its own for each number, of which none is part of another."""
    return f"Row {word(1000 + number)}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_stands_still_in_light_and_dark(open_device: OpenDevice, cast: Cast, scheme: str) -> None:
    """Nothing moves for those who asked for it, text stands out, and nothing is wider than the phone."""
    phone = open_device(size=PHONE, color_scheme=scheme, reduced_motion="reduce")
    phone.become(cast.guest())
    for path in ("/", "/therapists/ayu-lestari", "/bookings", "/sign-in", "/therapist"):
        phone.goto(path)
        phone.page.get_by_role("heading", level=1).wait_for()
        looks = phone.page.evaluate(
            """() => ({
                wide: document.documentElement.scrollWidth > innerWidth,
                moving: document.getAnimations().filter(({ playState, effect }) =>
                    playState === "running" && effect.getComputedTiming().duration > 10).length,
                dark: getComputedStyle(document.body).colorScheme.includes("dark"),
            })"""
        )
        assert not looks["wide"], path
        assert looks["moving"] == 0, path
