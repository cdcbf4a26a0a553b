"""What people do on the screen, step by step, in the words of their language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from tests.e2e.device import LOST_REQUEST, Device
from tests.support.cast import AYU as AYU_ID
from tests.support.cast import PASSWORD, hour_of_massage

AYU = "Ayu Lestari"
ZONE = ZoneInfo("Asia/Makassar")


@dataclass(frozen=True)
class Guest:
    """What a customer fills in."""

    name: str
    slot: str  # ISO-8601
    whatsapp: str = "0812-3456-7890"
    area: str = "Sanur"
    address: str = "Hotel Melati, room 12"


def sign_in_at_desk(device: Device, email: str) -> None:
    """A therapist signs in through the form, and is led to her dashboard."""
    words = device.words
    device.keep_language()
    device.goto("/sign-in")
    device.page.get_by_label(words("account.email")).fill(email)
    device.page.get_by_label(words("account.password"), exact=True).fill(PASSWORD)
    device.page.get_by_role("main").get_by_role("button", name=words("account.submit"), exact=True).click()
    _desk_heading(device).wait_for()


def go_to_desk(device: Device) -> None:
    """A therapist who is signed in opens her dashboard."""
    device.goto("/therapist")
    _desk_heading(device).wait_for()


def _desk_heading(device: Device) -> Locator:
    return device.page.get_by_role("heading", name=device.words("desk.title"), exact=True)


def open_form(device: Device, therapist: str = AYU) -> Locator:
    """From the directory into the chat booking window."""
    device.goto("/")
    device.button("directory.bookNamed", name=therapist).click()
    window = device.window(therapist)
    window.get_by_role("group", name=device.words("form.service")).wait_for()
    return window


def choose_time(device: Device, window: Locator, slot: str) -> None:
    """Picks a day and a time of the therapist's zone from the lists."""
    words = device.words
    at = datetime.fromisoformat(slot.replace("Z", "+00:00")).astimezone(ZONE)
    window.get_by_role("radio", name=words("form.later")).check()
    window.get_by_label(words("form.day"), exact=True).select_option(at.strftime("%Y-%m-%d"))
    window.get_by_label(words("form.time"), exact=True).select_option(at.strftime("%H:%M"))


def fill_form(device: Device, window: Locator, guest: Guest) -> None:
    """Fills in every field that must be filled in."""
    words = device.words
    window.get_by_role("group", name=words("form.service")).get_by_role("radio").first.check()
    choose_time(device, window, guest.slot)
    window.get_by_role("radio", name=words("form.location.hotel")).check()
    window.get_by_label(words("form.area"), exact=True).fill(guest.area)
    window.get_by_label(words("form.addressHotel"), exact=True).fill(guest.address)
    window.get_by_role("radio", name=words("form.for.female")).check()
    window.get_by_label(words("form.name"), exact=True).fill(guest.name)
    window.get_by_label(words("form.whatsApp"), exact=True).fill(guest.whatsapp)


def keep_filled_in(device: Device, guest: Guest) -> None:
    """Leaves a complete form on the device, as somebody did who has not sent it yet."""
    fields = {
        "serviceId": hour_of_massage(device.url, AYU_ID), "when": "later", "scheduledTime": guest.slot,
        "locationType": "hotel", "area": guest.area, "location": guest.address, "massageFor": "female",
        "customerName": guest.name, "customerWhatsApp": guest.whatsapp, "note": "",
    }  # fmt: skip
    device.keep(f"session_{AYU_ID}_guest", {"fields": fields, "savedAt": 0, "attempt": None, "bookingId": None})


def without_mirror(device: Device) -> None:
    """The contact filter cannot be fetched on this device: the server alone judges."""
    device.expects(LOST_REQUEST)
    device.page.route("**/contact-guard-*.js", lambda route: route.abort())


def review(device: Device, window: Locator) -> None:
    """From the form to what will be sent."""
    device.button("form.next", window).click()
    window.get_by_role("heading", name=device.words("review.title")).wait_for()


def order(device: Device, guest: Guest) -> Locator:
    """Everything up to the moment before *Send booking* is pressed; the window."""
    window = open_form(device)
    fill_form(device, window, guest)
    review(device, window)
    return window


def review_kept_form(device: Device) -> Locator:
    """From the directory, with a form that is filled in already, to the moment before *Send booking*; the window."""
    device.button("directory.bookNamed", name=AYU).click()
    window = device.window(AYU)
    review(device, window)
    return window


def send_the_form(device: Device) -> Locator:
    """Sends a form that is filled in already; the window."""
    window = review_kept_form(device)
    device.button("review.send", window).click()
    return window


def dont_keep(device: Device, window: Locator) -> None:
    """Gives the draft up. By a key at the end: a second click so soon is taken for a double tap on the first."""
    device.button("draft.dontKeep", window).click()
    device.button("draft.dontKeepYes", window).press("Enter")


def log_of(device: Device, name: str) -> Locator:
    """The messages with this person."""
    return device.page.get_by_role("log", name=device.words("chat.messages", name=name))


def write(device: Device, name: str, text: str) -> None:
    """Sends a message to this person in the open window."""
    window = device.window(name)
    window.get_by_role("textbox", name=device.words("chat.writeTo", name=name)).fill(text)
    device.button("chat.send", window).click()


def has_message(device: Device, name: str, text: str) -> None:
    """The message is on the screen, once."""
    expect(log_of(device, name).get_by_text(text)).to_have_count(1)


def talk(phone: Device, desk: Device, guest: Guest, texts: list[str]) -> None:
    """Customer and therapist in turn, each after the last message has arrived."""
    sides = [(phone, AYU, desk, guest.name), (desk, guest.name, phone, AYU)]
    for turn, text in enumerate(texts):
        writer, reader_name, reader, writer_name = sides[turn % 2]
        write(writer, reader_name, text)
        has_message(reader, writer_name, text)


def open_desk_chat(device: Device, customer: str) -> Locator:
    """The therapist opens the chat with a customer from her dashboard. By a key: where she has just accepted, a click
    so soon would be taken for the second of a double tap.
    """
    device.button("chat.title", device.page.get_by_role("main"), name=customer).first.press("Enter")
    window = device.window(customer)
    window.wait_for()
    return window
