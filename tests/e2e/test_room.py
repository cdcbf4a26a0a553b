"""Where there is little room: long words, narrow and low screens, and a window over the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import TimeoutError as WaitedInVain

from tests.e2e import steps
from tests.e2e.conftest import OpenDevice, fresh_name
from tests.e2e.device import Device
from tests.e2e.steps import AYU
from tests.e2e.words import words_of
from tests.support.cast import PASSWORD, Cast
from tests.support.wire import Booking

LONG = "withoutanyspace" * 5
WIDTHS = [360, 320, 180]  # a phone, a small one, and one whose page is zoomed to twice its size


def accepted(cast: Cast, name: str) -> Booking:
    """A booking with a message on both sides, and not a space in anything that could be left out."""
    customer = cast.guest(name)
    form = cast.form(customerName=name, location=LONG * 3, area=LONG, note=LONG * 4)
    booking = cast.ayu.api.act("accept", customer.api.book(form)["bookingId"])
    for writer in (customer, cast.ayu):
        writer.api.send(booking["conversationId"], LONG * 3)
    return booking


def fits(device: Device, screen: str) -> None:
    """Nothing makes the page wider than its screen, which a phone would then show smaller."""
    size = device.page.viewport_size
    assert size is not None
    assert device.page.evaluate("() => document.documentElement.scrollWidth") <= size["width"], screen


def is_pressable(control: Locator) -> bool:
    """Whether a finger in its middle would hit it and nothing above it, once what moves the page has come."""
    control.scroll_into_view_if_needed()
    hits = """(control) => {
        const { x, y, width, height } = control.getBoundingClientRect();
        return control.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    }"""
    try:
        control.page.wait_for_function(hits, arg=control.element_handle())
    except WaitedInVain:
        return False
    return True


@pytest.mark.parametrize("width", WIDTHS)
def test_a_word_without_end_pushes_nothing_off_the_screen(open_device: OpenDevice, cast: Cast, width: int) -> None:
    name, asker = fresh_name() + LONG[:50], fresh_name()
    booking = accepted(cast, name)
    cast.guest(asker).api.book(cast.form(customerName=asker, area=LONG, note=LONG * 4))
    desk = open_device(size=(width, 740), is_mobile=True, has_touch=True, reduced_motion="reduce")
    desk.keep_language()
    desk.become(cast.ayu)
    steps.go_to_desk(desk)
    accept = desk.button("desk.acceptNamed", name=asker)
    accept.wait_for()
    fits(desk, "dashboard")
    assert is_pressable(accept)
    desk.goto(f"/chat/{booking['conversationId']}")
    window = desk.window(name)
    desk.button("booking.details", window).click()
    fits(desk, "details")
    field = window.get_by_role("textbox")
    field.fill("https://" + LONG * 4)
    fits(desk, "chat")
    assert is_pressable(desk.button("chat.send", window))


@pytest.mark.parametrize("width", [*WIDTHS, 820, 1024, 1280])
def test_no_page_is_wider_than_its_screen(open_device: OpenDevice, cast: Cast, width: int) -> None:
    """In the language whose words are longer."""
    device = open_device("id", size=(width, 800), reduced_motion="reduce")
    device.keep_language()
    device.become(cast.guest())
    for path in ("/", "/therapists/ayu-lestari", "/bookings", "/sign-in", "/therapist"):
        device.goto(path)
        device.page.get_by_role("heading", level=1).wait_for()
        device.page.wait_for_load_state("networkidle")
        fits(device, path)


@pytest.mark.parametrize("size", [(740, 360), (180, 370)])
def test_a_booking_can_be_confirmed_on_a_low_screen(open_device: OpenDevice, cast: Cast, size: tuple[int, int]) -> None:
    """A phone held sideways, or zoomed, is as low as one with its keyboard up."""
    customer = cast.guest()
    phone = open_device(size=size)
    phone.become(customer)
    phone.goto(f"/chat/{cast.accepted(customer)['conversationId']}")
    confirm = phone.button("booking.confirm", phone.window(AYU))
    confirm.wait_for()
    assert is_pressable(confirm)
    confirm.click()
    expect(phone.shows("booking.confirmed", phone.window(AYU))).to_be_visible()


@pytest.mark.parametrize("width", [1280, 1024])
def test_a_floating_window_leaves_what_is_being_answered_free(open_device: OpenDevice, cast: Cast, width: int) -> None:
    """Also on a chat's own address, to which a notice leads. # R36"""
    asker = fresh_name()
    cast.guest(asker).api.book(cast.form(customerName=asker))
    desk = open_device(size=(width, 800))
    desk.keep_language()
    desk.become(cast.ayu)
    desk.goto(f"/chat/{cast.accepted(cast.guest())['conversationId']}")
    window = desk.page.get_by_role("dialog").bounding_box()
    accept = desk.button("desk.acceptNamed", name=asker)
    accept.wait_for()
    switch = desk.page.get_by_role("radio", name=desk.words("desk.status.busy"))
    for control in (accept, switch):
        assert is_pressable(control)
        box = control.bounding_box()
        assert window
        assert box
        assert box["x"] + box["width"] <= window["x"]


def test_the_language_of_an_account_comes_at_once_and_stays(open_device: OpenDevice) -> None:
    """Before, the page stayed English until it was loaded again. # R34"""
    desk, indonesian = open_device(), words_of("id")
    heading = desk.page.get_by_role("heading", level=1)
    desk.goto("/sign-in")
    expect(heading).to_have_text(desk.words("account.signIn"))
    desk.page.get_by_label(desk.words("account.email")).fill("ayu@demo.test")
    desk.page.get_by_label(desk.words("account.password"), exact=True).fill(PASSWORD)
    desk.button("account.submit", desk.page.get_by_role("main")).click()
    expect(heading).to_have_text(indonesian("desk.title"))
    desk.page.reload()
    expect(heading).to_have_text(indonesian("desk.title"))
    desk.goto("/sign-in")
    desk.page.get_by_role("radio", name="English").check()
    expect(heading).to_have_text(desk.words("account.title"))
    desk.page.reload()
    expect(heading).to_have_text(desk.words("account.title"))


def test_a_name_from_right_to_left_stays_apart_from_the_number(open_device: OpenDevice, cast: Cast) -> None:
    """# R2"""
    phone = open_device()
    window = steps.open_form(phone)
    steps.fill_form(phone, window, steps.Guest("سارة محمد", cast.slot()))
    steps.review(phone, window)
    name, number = window.get_by_text("سارة محمد"), window.get_by_text("0812-3456-7890")
    left, right = name.bounding_box(), number.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    expect(number).to_have_attribute("dir", "ltr")
