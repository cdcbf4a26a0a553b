"""From *Book now* to two people talking, on two real devices, whether or not a WebSocket ever opens.

# R4 R11 R12 R19 R20 R24 R37
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e import steps
from tests.e2e.conftest import NewGuest, OpenDevice
from tests.e2e.device import Device
from tests.e2e.lines import Line
from tests.e2e.steps import AYU, Guest
from tests.support.waiting import until

SOCKET_GIVEN_UP_MS = 11_000  # a socket that says nothing is given up after 10 s


@pytest.fixture
def pair(line: Line, language: str, open_device: OpenDevice) -> tuple[Device, Device]:
    """A customer's phone and the therapist's desk, on that line."""
    phone, desk = (open_device(language, url=line.url) for _ in range(2))
    line.join(phone)
    line.join(desk)
    return phone, desk


every_line = pytest.mark.parametrize(
    ("line", "language"),
    [("websocket", "en"), ("websocket", "id"), ("unanswered", "en"), ("black-hole", "en"), ("black-hole", "id")],
    indirect=["line"],
)


@every_line
def test_from_book_now_to_a_confirmed_session(line: Line, pair: tuple[Device, Device], new_guest: NewGuest) -> None:
    """# R4 R12 R19 R37"""
    phone, desk = pair
    guest = new_guest()
    steps.sign_in_at_desk(desk, "ayu@demo.test")
    desk.carrier(line.kind)
    window = steps.order(phone, guest)
    phone.button("review.send", window).click()
    expect(phone.shows("booking.pending", window, name=AYU)).to_be_visible()
    request = desk.page.get_by_role("article", name=guest.name)
    expect_request(desk, request, guest)
    desk.button("desk.acceptNamed", request, name=guest.name).click()
    expect(phone.shows("booking.accepted", window, name=AYU)).to_be_visible()
    steps.open_desk_chat(desk, guest.name)
    phone.carrier(line.kind)
    steps.talk(phone, desk, guest, ["Halo, is it easy to park?", "Yes, behind the gate", "🙏 siap"])

    phone.button("booking.confirm", window).click()
    for device, other in ((phone, AYU), (desk, guest.name)):
        state = device.window(other).get_by_role("region", name=device.words("booking.details"))
        expect(state.get_by_text(device.words("booking.confirmed"), exact=True)).to_be_visible()


def expect_request(desk: Device, request: Locator, guest: Guest) -> None:
    """The banner has the details, the countdown and both answers; the address is kept back until she accepts."""
    expect(request).to_be_visible()
    expect(request.get_by_role("timer", name=desk.words("booking.timer"))).to_have_text(desk.words.like("booking.left"))
    expect(request).to_contain_text("200.000")
    expect(request).to_contain_text("WITA")
    expect(request).to_contain_text(guest.area)
    expect(request).not_to_contain_text(guest.address)
    expect(desk.button("desk.declineNamed", request, name=guest.name)).to_be_visible()


@pytest.mark.parametrize(("line", "language"), [("websocket", "en"), ("black-hole", "id")], indirect=["line"])
def test_a_message_goes_from_sending_to_read(line: Line, pair: tuple[Device, Device], new_guest: NewGuest) -> None:
    """The therapist's device is away, then there, then shows the chat. # R13 R14"""
    phone, desk = pair
    guest = new_guest()
    steps.sign_in_at_desk(desk, "ayu@demo.test")
    desk.leave()
    window = steps.order(phone, guest)
    phone.button("review.send", window).click()
    log = steps.log_of(phone, AYU)

    held: list[Route] = []
    phone.page.route("**/messages", lambda route: held.append(route))
    steps.write(phone, AYU, "Is there a lift?")
    expect(log).to_contain_text(phone.words("chat.sending"))
    # It goes out when it is on the device; the page is asked, so that the route is heard of.
    until(lambda: bool(phone.page.evaluate("true") and held), "the message on its way")
    held[0].continue_()
    expect(log).to_contain_text(phone.words("chat.sent"))
    steps.go_to_desk(desk)
    expect(log).to_contain_text(phone.words("chat.delivered"))
    desk.button("desk.acceptNamed", name=guest.name).click()
    steps.open_desk_chat(desk, guest.name)
    expect(log).to_contain_text(phone.words("chat.read"))
    steps.has_message(phone, AYU, "Is there a lift?")


@pytest.mark.parametrize(("line", "language"), [("unanswered", "en"), ("black-hole", "en")], indirect=["line"])
def test_the_socket_takes_over_when_it_comes_back(line: Line, pair: tuple[Device, Device], new_guest: NewGuest) -> None:
    """And what is written while it does so arrives once. # R20 R21"""
    phone, _ = pair
    phone.page.clock.install()
    window = steps.order(phone, new_guest())
    phone.button("review.send", window).click()
    phone.carrier("polling")
    steps.write(phone, AYU, "While it hangs")
    line.heal()
    phone.page.clock.fast_forward(SOCKET_GIVEN_UP_MS)
    phone.carrier("websocket")
    steps.write(phone, AYU, "When it is back")
    for text in ("While it hangs", "When it is back"):
        steps.has_message(phone, AYU, text)
    assert phone.page.evaluate("window.tenang.connection.getStatus().isConnected") is True
