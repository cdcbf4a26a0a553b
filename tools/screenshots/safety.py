"""What keeps contact details, bank accounts and a guest's bookings safe, and who looks after it."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Browser

from tests.e2e import steps
from tests.e2e.device import Device
from tests.e2e.steps import AYU
from tests.support.api import Problem
from tests.support.cast import Cast, Person
from tests.support.wire import Booking

from .album import Album
from .booking import GUEST, TALK

ACCOUNT = {"bank": "BCA", "holder": "Ayu Lestari", "number": "731099244821"}
CALL_ME = "call me on 0812 3456 7890"
ADDRESS = "The villa is behind the 1971 2023 3008 sign"


def keep_safe(browser: Browser, cast: Cast, album: Album) -> None:
    """The warning, the payment card, the recovery code and the operator's page."""
    guest = cast.guest(GUEST)
    booking = cast.ayu.api.act("accept", guest.api.book(cast.form(customerName=GUEST))["bookingId"])
    for writer, (_, text) in zip((guest, cast.ayu), TALK, strict=False):
        writer.api.send(booking["conversationId"], text)
    device = _signed_in(browser, cast, guest, album)
    _warn(device, booking, album)
    _show_card(device, cast, booking, album)
    _put_away(device, album)
    _show_code(device, album)
    device.close()
    _oversee(browser, cast, guest, booking, album)


def _signed_in(browser: Browser, cast: Cast, person: Person, album: Album) -> Device:
    device = album.device(browser, cast.url)
    device.keep_language()
    device.become(person)
    return device


def _warn(device: Device, booking: Booking, album: Album) -> None:
    device.goto(f"/chat/{booking['conversationId']}")
    field = device.window(AYU).get_by_role("textbox", name=device.words("chat.writeTo", name=AYU))
    field.fill(CALL_ME)
    device.button("contact.wrong", device.window(AYU)).wait_for()
    album.take(device, "contact-warning")
    field.fill("")


def _show_card(device: Device, cast: Cast, booking: Booking, album: Album) -> None:
    cast.ayu.api.call("PUT", "/api/therapists/me/bank-account", ACCOUNT)
    room = f"/api/conversations/{booking['conversationId']}"
    cast.ayu.api.call("POST", f"{room}/payment-card", {"clientId": "card-of-ayu"})
    log = steps.log_of(device, AYU)
    log.get_by_text(device.words("pay.card"), exact=True).wait_for()
    album.take(device, "payment-card")


def _put_away(device: Device, album: Album) -> None:
    """On a phone the way back to the chat stands beside the brand, on a desktop the chat is a bar."""
    if album.size == "phone":
        device.page.wait_for_function("() => history.state?.window")
        device.page.go_back()
    else:
        device.button("window.minimise").click()
    device.goto("/")
    device.button("directory.bookNamed", name=AYU).wait_for()
    device.page.get_by_text(AYU, exact=True).nth(1).wait_for()
    album.take(device, "put-away")


def _show_code(device: Device, album: Album) -> None:
    device.goto("/sign-in")
    device.button("code.make").click()
    picture = device.page.get_by_role("img", name=device.words("code.picture"))
    picture.wait_for()
    album.take(device, "recovery-code", about=picture)


def _oversee(browser: Browser, cast: Cast, guest: Person, booking: Booking, album: Album) -> None:
    """Refusals of two people, and a text about which one of them asks."""
    room = booking["conversationId"]
    for person, texts in ((guest, (CALL_ME, ADDRESS)), (cast.ayu, ("my wa is 0812 9999 1234",))):
        for text in texts:
            with suppress(Problem):
                person.api.send(room, text)
    guest.api.call("POST", "/api/appeals", {"kind": "message", "text": ADDRESS, "conversationId": room})
    device = _signed_in(browser, cast, cast.operator, album)
    device.goto("/operator")
    device.button("operator.showNamed", name=GUEST).wait_for()
    album.take(device, "operator")
    device.close()
