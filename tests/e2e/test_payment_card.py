"""A bank account from the therapist's dashboard to the customer's eyes, and to nobody and nothing else. # R18"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import steps
from tests.e2e.axe import inspect
from tests.e2e.conftest import OpenDevice, fresh_name
from tests.e2e.device import DESKTOP, PHONE, Device
from tests.e2e.steps import AYU
from tests.e2e.traces import Traces
from tests.support.cast import Cast, Person
from tests.support.leaks import Secret
from tests.support.server import Server
from tests.support.wire import Booking

NUMBER, GROUPED = "731099244821", "7310 9924 4821"
ACCOUNT = Secret(NUMBER, shown=4)
#: Of this customer alone, with digits in an order that stands in no program.
WHATSAPP_WRITTEN = "+62 857-1948-3620"
WHATSAPP = Secret("6285719483620")
ACCOUNT_PATH = "/api/therapists/me/bank-account"


class Payment:
    """Ayu at her desk, a customer of hers with an accepted booking, and both their windows."""

    def __init__(self, cast: Cast, desk: Device, phone: Device) -> None:
        self.name = fresh_name()
        self.customer: Person = cast.guest(self.name)
        self.booking: Booking = cast.ayu.api.act("accept", self._booked(cast))
        self.desk, self.phone = desk, phone
        for device, person in ((desk, cast.ayu), (phone, self.customer)):
            device.keep_language()
            device.become(person)

    def _booked(self, cast: Cast) -> str:
        return self.customer.api.book(cast.form(customerName=self.name, customerWhatsApp=WHATSAPP_WRITTEN))["bookingId"]

    def give_account(self) -> Locator:
        """Fills in the form on the dashboard; the section it stands in."""
        desk, words = self.desk, self.desk.words
        steps.go_to_desk(desk)
        section = desk.page.get_by_role("region", name=words("pay.title"))
        desk.button("pay.add", section).click()
        section.get_by_label(words("pay.bank")).select_option("BCA")
        section.get_by_label(words("pay.holder")).fill("Ayu Lestari")
        section.get_by_label(words("pay.number")).fill(GROUPED)
        desk.button("pay.save", section).click()
        expect(section.get_by_text("BCA •••• 4821")).to_be_visible()
        return section

    def open(self, device: Device) -> Locator:
        """The chat, on one of the two devices; its window."""
        device.goto(f"/chat/{self.booking['conversationId']}")
        window = device.window(self.name if device is self.desk else AYU)
        window.get_by_role("log").wait_for(state="attached")  # an empty one has no height
        return window

    def send(self, window: Locator) -> None:
        """The therapist sends the card."""
        self.desk.button("pay.send", window).click()
        self.desk.button("pay.sendYes", window).click()
        expect(window.get_by_role("log").get_by_text("•••• 4821")).to_be_visible()


@pytest.fixture(autouse=True)
def no_account(cast: Cast) -> None:
    """Ayu begins without one."""
    cast.ayu.api.call("DELETE", ACCOUNT_PATH)


def test_the_number_is_nowhere_but_on_the_customers_screen(open_device: OpenDevice, cast: Cast, server: Server) -> None:
    """With the worker and all stores of three browsers, the log and the database's file. # R16 # R18"""
    desk, phone, other = (open_device(service_workers="allow") for _ in range(3))
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    traces = [Traces(desk), Traces(phone, apart="/reveal"), Traces(other)]
    payment = Payment(cast, desk, phone)
    other.become(cast.komang)
    other.keep_language()
    steps.go_to_desk(other)

    section = payment.give_account()
    assert not ACCOUNT.is_in(desk.page.content())
    expect(section.get_by_role("textbox")).to_have_count(0)
    payment.send(payment.open(desk))
    window = payment.open(phone)
    phone.button("pay.show", window).click()
    expect(window.get_by_text(GROUPED)).to_be_visible()
    during = traces[1].stores()
    phone.button("pay.copy", window).click()
    assert phone.page.evaluate("() => navigator.clipboard.readText()") == NUMBER
    phone.button("window.close", window).click()
    expect(phone.page.get_by_text(GROUPED)).to_have_count(0)
    assert not ACCOUNT.is_in(phone.page.content())
    window = payment.open(phone)
    expect(phone.button("pay.show", window)).to_be_visible()
    steps.write(desk, payment.name, "thank you")
    steps.has_message(phone, AYU, "thank you")
    steps.go_to_desk(desk)

    for device, trace in zip((desk, phone, other), traces, strict=True):
        device.page.wait_for_load_state("networkidle")
        for found in trace.everything():
            assert not ACCOUNT.is_in(found), found[:300]
    assert not ACCOUNT.is_in(during)
    for trace in (traces[0], traces[2]):
        for found in trace.everything():
            assert not WHATSAPP.is_in(found), found[:300]
    # What is not private is found like this.
    assert all("•••• 4821" in trace.stores() for trace in traces[:2])
    assert any("•••• 4821" in told for told in traces[1].answers())
    _expect_nothing_on_the_server(server)


def _expect_nothing_on_the_server(server: Server) -> None:
    file = Path(server.database_url.removeprefix("sqlite:///"))
    stored = b"".join(part.read_bytes() for part in (file, Path(f"{file}-wal")) if part.exists())
    assert "•••• 4821".encode() in stored
    for place in (stored.replace(b"\0", b"\n"), server.logs()):
        for written in (NUMBER, GROUPED, "73109924", "85719483620", "857-1948-3620"):
            assert (written.encode() if isinstance(place, bytes) else written) not in place  # type: ignore[operator]  # both are of one kind


@pytest.mark.parametrize(("size", "scheme", "language"), [(PHONE, "light", "id"), (DESKTOP, "dark", "en")])
def test_every_step_can_be_seen_reached_and_read(
    open_device: OpenDevice, cast: Cast, tmp_path: Path, size: tuple[int, int], scheme: str, language: str
) -> None:
    """In both languages, light and dark, by keyboard, and with a screen reader as far as a machine can tell. # R18"""
    look = {"size": size, "color_scheme": scheme, "reduced_motion": "reduce"}
    desk, phone = open_device(language, **look), open_device(language, **look)
    payment = Payment(cast, desk, phone)
    steps.go_to_desk(desk)
    section = desk.page.get_by_role("region", name=desk.words("pay.title"))
    desk.button("pay.add", section).press("Enter")
    desk.button("pay.save", section).press("Enter")
    desk.shows("form.errors").wait_for()
    inspect(desk, "account form with faults")
    desk.button("pay.cancel", section).press("Enter")
    payment.give_account()
    inspect(desk, "account")
    desk.page.screenshot(path=tmp_path / "desk.png", full_page=True)
    window = payment.open(desk)
    desk.button("pay.send", window).press("Enter")
    inspect(desk, "before the card is sent")
    desk.page.screenshot(path=tmp_path / "ask.png")
    desk.button("pay.sendYes", window).press("Enter")
    expect(window.get_by_role("log").get_by_text("•••• 4821")).to_be_visible()
    inspect(desk, "own card")
    window = payment.open(phone)
    phone.button("pay.show", window).press("Enter")
    expect(phone.button("pay.copy", window)).to_be_focused()
    expect(window.get_by_text(GROUPED)).to_be_visible()
    inspect(phone, "card with its number")
    phone.page.screenshot(path=tmp_path / "card.png")
    phone.button("pay.hide", window).press("Enter")
    expect(phone.button("pay.show", window)).to_be_focused()
    cast.ayu.api.call("DELETE", ACCOUNT_PATH)
    phone.shows("pay.old", window).wait_for()  # while she looks on
    inspect(phone, "an old card")
    cast.ayu.api.act("cancel", payment.booking["bookingId"])
    phone.shows("pay.cancelled", window).wait_for()
    inspect(phone, "card of a cancelled booking")


def test_an_account_can_be_added_where_it_is_needed(open_device: OpenDevice, cast: Cast) -> None:
    """# R18"""
    desk, phone = open_device(), open_device()
    payment = Payment(cast, desk, phone)
    window, words = payment.open(desk), desk.words
    desk.button("pay.send", window).click()
    window.get_by_label(words("pay.bank")).select_option("other")
    window.get_by_label(words("pay.otherName")).fill("Koperasi Merah")
    window.get_by_label(words("pay.holder")).fill("Ayu Lestari")
    window.get_by_label(words("pay.number")).fill(GROUPED)
    desk.button("pay.save", window).click()
    desk.button("pay.sendYes", window).click()
    expect(payment.open(phone).get_by_role("log").get_by_text("Koperasi Merah")).to_be_visible()


def test_the_number_is_hidden_by_itself_after_a_minute(open_device: OpenDevice, cast: Cast) -> None:
    """# R18"""
    desk, phone = open_device(), open_device()
    payment = Payment(cast, desk, phone)
    payment.give_account()
    payment.send(payment.open(desk))
    phone.page.clock.install()
    window = payment.open(phone)
    phone.button("pay.show", window).click()
    expect(window.get_by_text(GROUPED)).to_be_visible()
    phone.page.clock.fast_forward(60_000)
    expect(window.get_by_text(GROUPED)).to_have_count(0)
    expect(phone.button("pay.show", window)).to_be_visible()
