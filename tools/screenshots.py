"""Takes the pictures of docs/screenshots/ from a demo server of its own: `python -m tools.screenshots`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e import steps
from tests.e2e.black_hole import BlackHole
from tests.e2e.browser import launch
from tests.e2e.device import DESKTOP, PHONE, Device
from tests.e2e.steps import AYU, Guest
from tests.faults.proxy import FaultProxy
from tests.support.cast import AYU as AYU_ID
from tests.support.cast import Cast
from tests.support.databases import ROOT, Databases, SqliteDatabases
from tests.support.server import Server

FOLDER = ROOT / "docs" / "screenshots"
#: What the web app manifest names, for the dialog in which a browser offers to install the app.
SERVED = ROOT / "static" / "screenshots"
INSTALL_DIALOG = {("directory", "phone"), ("chat", "phone"), ("waiting", "desktop"), ("dashboard", "desktop")}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
TOUCH: dict[str, dict[str, Any]] = {"phone": {"is_mobile": True, "has_touch": True}, "desktop": {}}
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SETTLED = """() => [...document.images]
    .filter((image) => image.getBoundingClientRect().top < innerHeight)
    .every((image) => image.complete)"""
TALK = (
    ("phone", "Hello Ayu, is it easy to park near the hotel?"),
    ("desk", "Yes, right in front. I bring my own table and oils."),
    ("phone", "Perfect. My shoulders are the problem, please not too strong."),
    ("desk", "Of course. We begin gently and you tell me."),
)


#: Seconds each way; twice that is a poor line, and not yet one that has gone bad.
SLOW = 0.21
VERY_SLOW = 0.6
LADDER_MS = 30_000
GUEST = "Maya Putri"


@dataclass
class Album:
    """The pictures of one size and colour scheme."""

    size: str
    scheme: Scheme

    def device(self, browser: Browser, url: str) -> Device:
        """A device of this size and scheme."""
        options = {"color_scheme": self.scheme, "reduced_motion": "reduce", **TOUCH[self.size]}
        return Device.open(browser, url, size=SIZES[self.size], **options)

    def take(self, device: Device, name: str) -> None:
        """One picture of what the device shows now, once it has settled."""
        page = device.page
        expect(page.get_by_role("region", name=device.words("app.notices"))).to_be_empty(timeout=10_000)
        page.mouse.move(0, 0)  # what the pointer rests on looks different
        page.evaluate("() => scrollTo(0, 0)")
        page.wait_for_function(SETTLED)
        picture = FOLDER / f"{name}-{self.size}-{self.scheme}.png"
        page.screenshot(path=picture, animations="disabled")
        if self.scheme == "light" and (name, self.size) in INSTALL_DIALOG:
            shutil.copy(picture, SERVED / f"{name}-{self.size}.png")


def main() -> None:
    """All pictures, each story on a server that nobody has used before."""
    for pictures in (FOLDER, SERVED):
        pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tenang-screenshots-") as folder, sync_playwright() as playwright:
        home = Path(folder)
        (home / "template").mkdir()
        databases = SqliteDatabases(home / "template")
        browser = launch(playwright)
        for size, scheme in product(SIZES, SCHEMES):
            _story(browser, databases, home / f"{size}-{scheme}", Album(size, scheme))
        browser.close()


def _story(browser: Browser, databases: Databases, home: Path, album: Album) -> None:
    home.mkdir()
    with Server(home, databases.fresh(home)) as server:
        cast = Cast(server.url)
        _fill_the_calendar(cast)
        phone, desk = (album.device(browser, server.url) for _ in range(2))
        steps.sign_in_at_desk(desk, "ayu@demo.test")
        guest = Guest(GUEST, cast.slot())
        _look_around(phone, album)
        _book(phone, guest, album)
        _answer(phone, desk, guest, album)
        for device in (phone, desk):
            device.close()
        _trouble_the_connection(browser, server, album)


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


def _trouble_the_connection(browser: Browser, server: Server, album: Album) -> None:
    """`connection-` poor, very slow, limited, reconnecting and offline; the excellent one is in every other picture."""
    with FaultProxy(server.port) as network, BlackHole(network.port, is_hungry=False) as middlebox:
        device = _open_chat(browser, middlebox.url, Cast(server.url), album)
        network.change(delay=SLOW)
        _waits_for(device, "connection.slow")
        album.take(device, "connection-poor")
        network.change(delay=VERY_SLOW)
        _waits_for(device, "connection.verySlow")
        album.take(device, "connection-very-slow")
        network.clear()
        middlebox.wake()
        _waits_for(device, "connection.polling")
        album.take(device, "connection-limited")
        network.change(refuse=True)
        network.reset()
        middlebox.heal()
        _waits_for(device, "connection.unreachable")
        _waits_for(device, "connection.reconnectingIn")
        album.take(device, "connection-reconnecting")
        device.context.set_offline(True)
        _waits_for(device, "connection.offline")
        album.take(device, "connection-offline")
        device.close()


def _open_chat(browser: Browser, url: str, cast: Cast, album: Album) -> Device:
    """A device in an open chat over a network that works."""
    guest = cast.guest(GUEST)
    booking = cast.ayu.api.act("accept", guest.api.book(cast.form(customerName=GUEST))["bookingId"])
    writers = {"phone": guest, "desk": cast.ayu}
    for writer, text in TALK[:2]:
        writers[writer].api.send(booking["conversationId"], text)
    device = album.device(browser, url)
    device.keep_language()
    if album.size == "phone":
        device.become(guest)
        device.goto(f"/chat/{booking['conversationId']}")
        steps.log_of(device, AYU).wait_for()
    else:
        device.become(cast.ayu)
        steps.go_to_desk(device)
        steps.open_desk_chat(device, GUEST)
    device.carrier("websocket")
    return device


def _waits_for(device: Device, key: str) -> None:
    device.shows(key).wait_for(timeout=LADDER_MS)


if __name__ == "__main__":
    main()
