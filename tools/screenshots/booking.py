"""From the directory to a confirmed session, on the customer's device and at the therapist's desk."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.e2e import steps
from tests.e2e.device import Device
from tests.e2e.steps import AYU, Guest
from tests.support.cast import AYU as AYU_ID
from tests.support.cast import Cast

from .album import Album

GUEST = "Maya Putri"
TALK = (
    ("phone", "Hello Ayu, is it easy to park near the hotel?"),
    ("desk", "Yes, right in front. I bring my own table and oils."),
    ("phone", "Perfect. My shoulders are the problem, please not too strong."),
    ("desk", "Of course. We begin gently and you tell me."),
)


def book_and_talk(browser: Browser, cast: Cast, album: Album) -> None:
    """The whole flow, each step once."""
    _fill_the_calendar(cast)
    phone, desk = (album.device(browser, cast.url) for _ in range(2))
    steps.sign_in_at_desk(desk, "ayu@demo.test")
    guest = Guest(GUEST, cast.slot())
    _look_around(phone, album)
    _book(phone, guest, album)
    _answer(phone, desk, guest, album)
    for device in (phone, desk):
        device.close()


def _fill_the_calendar(cast: Cast) -> None:
    """A session that is fixed and a request that waits, so that the dashboard looks as on any day."""
    for name, action in (("Sophie Laurent", "confirm"), ("Dewi Anggraini", None)):
        customer = cast.guest(name)
        booking = customer.api.book(cast.form(customerName=name, location="Villa Kenanga 4", locationType="villa"))
        if action:
            cast.ayu.api.act("accept", booking["bookingId"])
            customer.api.act(action, booking["bookingId"])


def _look_around(phone: Device, album: Album) -> None:
    phone.goto("/")
    phone.button("directory.bookNamed", name=AYU).wait_for()
    album.take(phone, "directory")
    phone.goto(f"/therapists/{AYU_ID}")
    phone.page.get_by_role("heading", name=AYU).wait_for()
    album.take(phone, "therapist-page")


def _book(phone: Device, guest: Guest, album: Album) -> None:
    window = steps.open_form(phone)
    steps.fill_form(phone, window, guest)
    window.get_by_role("group", name=phone.words("form.service")).scroll_into_view_if_needed()
    album.take(phone, "booking-form")
    steps.review(phone, window)
    album.take(phone, "booking-review")
    phone.button("review.send", window).click()
    phone.shows("booking.pending", window, name=AYU).wait_for()
    album.take(phone, "waiting")


def _answer(phone: Device, desk: Device, guest: Guest, album: Album) -> None:
    desk.button("desk.soundOn").click()
    desk.page.get_by_text(desk.words.like("desk.soundTested")).first.wait_for()
    desk.page.get_by_role("article", name=guest.name).wait_for()
    album.take(desk, "dashboard")
    desk.button("desk.acceptNamed", name=guest.name).click()
    steps.open_desk_chat(desk, guest.name)
    sides: dict[str, Callable[[str], None]] = {
        "phone": lambda text: steps.write(phone, AYU, text),
        "desk": lambda text: steps.write(desk, guest.name, text),
    }
    for writer, text in TALK:
        sides[writer](text)
        steps.has_message(phone, AYU, text)
        steps.has_message(desk, guest.name, text)
    expect(steps.log_of(phone, AYU)).to_contain_text(phone.words("chat.read"))
    album.take(phone, "chat")
    album.take(desk, "dashboard-chat")
    phone.button("booking.confirm").click()
    phone.page.get_by_text(phone.words("booking.confirmed"), exact=True).first.wait_for()
    phone.button("window.close").click()
    phone.goto("/bookings")
    phone.page.get_by_role("article", name=AYU).wait_for()
    phone.page.get_by_role("main").locator("img").wait_for()  # her portrait in the chat list
    album.take(phone, "bookings")
