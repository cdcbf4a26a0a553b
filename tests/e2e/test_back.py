"""Back and Forward, and windows: over the screen of a phone, beside the page on a desktop. # R30"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import steps
from tests.e2e.conftest import NewGuest, OpenDevice, fresh_name
from tests.e2e.device import DESKTOP, PHONE, Device, refused
from tests.e2e.steps import AYU
from tests.support.cast import Cast


@pytest.fixture
def phone(open_device: OpenDevice) -> Device:
    """A phone, on which a window covers the screen."""
    return open_device(size=PHONE)


def go_to(device: Device, key: str) -> None:
    """Follows a link of the tabs."""
    device.page.get_by_role("navigation").get_by_role("link", name=device.words(key)).click()


def typed_form(device: Device, name: str) -> Locator:
    """The booking window with a name typed into its form; where the name stands."""
    window = steps.open_form(device)
    field = window.get_by_label(device.words("form.name"), exact=True)
    field.fill(name)
    return field


def goes_back(device: Device) -> None:
    """Presses Back while a window covers the screen."""
    device.page.wait_for_function("() => history.state?.window")
    device.page.go_back()


def is_on(device: Device, path: str) -> None:
    """The page is this one, and nothing covers it."""
    expect(device.page.get_by_role("dialog")).to_have_count(0)
    expect(device.page).to_have_url(device.url + path)
    expect(device.page.get_by_role("main")).to_be_visible()
    assert not device.page.evaluate("() => document.querySelector('.frame').inert")


def test_back_puts_a_form_away_and_forward_brings_it_back_as_it_was(phone: Device) -> None:
    name = fresh_name()
    field = typed_form(phone, name)
    goes_back(phone)
    is_on(phone, "/")
    phone.page.go_forward()
    expect(field).to_have_value(name)
    goes_back(phone)
    is_on(phone, "/")
    phone.button("directory.bookNamed", name=AYU).click()
    expect(field).to_have_value(name)
    goes_back(phone)
    is_on(phone, "/")


def test_a_window_takes_one_step_of_the_history_however_often_it_is_opened(phone: Device) -> None:
    phone.goto("/sign-in")
    go_to(phone, "nav.directory")
    before = phone.page.evaluate("() => history.length")
    for _ in range(3):
        phone.button("directory.bookNamed", name=AYU).click()
        phone.page.wait_for_function("() => history.state?.window")
        phone.button("window.close", phone.window(AYU)).click()
        phone.page.wait_for_function("() => history.state === null")
    assert phone.page.evaluate("() => history.length") == before + 1
    is_on(phone, "/")
    phone.page.go_back()
    is_on(phone, "/sign-in")


def test_a_reload_keeps_the_window_and_its_way_back(phone: Device) -> None:
    name = fresh_name()
    field = typed_form(phone, name)
    phone.page.reload()
    expect(field).to_have_value(name)
    goes_back(phone)
    is_on(phone, "/")
    phone.page.reload()
    is_on(phone, "/")


@pytest.mark.parametrize("path", ["/bookings", "/therapists/komang-sari", "/sign-in"])
def test_a_window_does_not_cover_another_page_that_is_opened_by_its_address(phone: Device, path: str) -> None:
    name = fresh_name()
    typed_form(phone, name)
    phone.page.goto(path)
    phone.page.get_by_role("heading", level=1).wait_for()
    is_on(phone, path)
    go_to(phone, "nav.directory")
    phone.button("directory.bookNamed", name=AYU).wait_for()
    is_on(phone, "/")
    phone.button("directory.bookNamed", name=AYU).click()
    expect(phone.window(AYU).get_by_label(phone.words("form.name"), exact=True)).to_have_value(name)


def test_a_page_behind_another_has_its_window_again_when_one_comes_back(phone: Device) -> None:
    name = fresh_name()
    field = typed_form(phone, name)
    goes_back(phone)
    is_on(phone, "/")
    go_to(phone, "nav.bookings")
    is_on(phone, "/bookings")
    phone.page.go_back()
    is_on(phone, "/")
    phone.button("directory.bookNamed", name=AYU).click()
    expect(field).to_have_value(name)


def test_back_leaves_a_chat_with_what_was_being_written(phone: Device, cast: Cast) -> None:
    customer = cast.guest()
    phone.become(customer)
    room = cast.accepted(customer)["conversationId"]
    phone.goto("/bookings")
    chat = phone.page.get_by_role("main").get_by_role("button", name=phone.words("chat.title", name=AYU)).first
    chat.click()
    field = phone.window(AYU).get_by_role("textbox")
    field.fill("half a sent")
    goes_back(phone)
    is_on(phone, "/bookings")
    phone.page.go_forward()
    expect(field).to_have_value("half a sent")
    phone.page.goto(f"/chat/{room}")
    expect(field).to_have_value("half a sent")
    phone.page.wait_for_function("() => history.state?.window")
    phone.button("window.close", phone.window(AYU)).click()
    is_on(phone, "/bookings")
    phone.page.reload()
    chat.wait_for()
    is_on(phone, "/bookings")


def way_back(device: Device, name: str) -> Locator:
    """What brings a window about this person back that was put away on a phone."""
    windows = device.page.get_by_role("list", name=device.words("window.putAway"))
    return windows.get_by_role("button", name=f"{device.words('window.backTo')} {name}")


def test_back_from_the_address_of_a_chat_leaves_the_address_too(phone: Device, cast: Cast) -> None:
    customer = cast.guest()
    phone.become(customer)
    phone.goto(f"/chat/{cast.accepted(customer)['conversationId']}")
    phone.window(AYU).get_by_role("textbox").wait_for()
    goes_back(phone)
    is_on(phone, "/bookings")
    phone.page.reload()
    way_back(phone, AYU).wait_for()
    is_on(phone, "/bookings")


def test_a_window_that_was_put_away_has_a_way_back_on_every_page(phone: Device, cast: Cast) -> None:
    """It covers nothing, takes the keyboard, and gives the focus back."""
    customer = cast.guest()
    phone.become(customer)
    phone.goto(f"/chat/{cast.accepted(customer)['conversationId']}")
    field = phone.window(AYU).get_by_role("textbox")
    field.fill("half a sent")
    goes_back(phone)
    for path in ("/", "/sign-in", "/bookings"):
        phone.goto(path)
        way_back(phone, AYU).press("Enter")
        expect(field).to_have_value("half a sent")
        goes_back(phone)
        is_on(phone, path)
        expect(way_back(phone, AYU)).to_be_focused()
    brand = phone.page.get_by_role("link", name="Tenang", exact=True)
    left, right = brand.bounding_box(), way_back(phone, AYU).bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    assert right["x"] + right["width"] <= PHONE[0]
    way_back(phone, AYU).click()
    phone.page.wait_for_function("() => history.state?.window")
    phone.button("window.close", phone.window(AYU)).click()
    is_on(phone, "/bookings")
    expect(way_back(phone, AYU)).to_have_count(0)


def test_a_form_that_nobody_touched_leaves_nothing_behind(phone: Device) -> None:
    steps.open_form(phone)
    goes_back(phone)
    is_on(phone, "/")
    typed_form(phone, fresh_name())
    goes_back(phone)
    is_on(phone, "/")
    expect(way_back(phone, AYU)).to_contain_text(phone.words("booking.draft"))
    expect(way_back(phone, AYU)).to_have_count(1)


def test_a_booking_can_be_sent_after_going_back_and_forward(phone: Device, new_guest: NewGuest) -> None:
    window = steps.order(phone, new_guest())
    goes_back(phone)
    is_on(phone, "/")
    phone.page.go_forward()
    phone.button("review.send", window).click()
    expect(phone.shows("booking.pending", window, name=AYU)).to_be_visible()
    goes_back(phone)
    is_on(phone, "/")
    go_to(phone, "nav.bookings")
    expect(phone.page.get_by_role("heading", name=phone.words("bookings.active"))).to_be_visible()


def test_on_a_desktop_back_turns_the_page_and_the_window_stays(open_device: OpenDevice) -> None:
    desk, name = open_device(), fresh_name()
    desk.goto("/sign-in")
    go_to(desk, "nav.directory")
    before = desk.page.evaluate("() => history.length")
    desk.button("directory.bookNamed", name=AYU).click()
    field = desk.window(AYU).get_by_label(desk.words("form.name"), exact=True)
    field.fill(name)
    assert desk.page.evaluate("() => history.length") == before
    desk.page.go_back()
    expect(desk.page).to_have_url(re.compile("/sign-in$"))
    expect(field).to_have_value(name)
    desk.page.go_forward()
    expect(field).to_have_value(name)
    desk.page.goto("/bookings")
    expect(field).to_have_value(name)


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
@pytest.mark.parametrize("is_desk", [False, True], ids=["customer", "therapist"])
def test_a_chat_that_is_not_there_says_so_and_leads_to_those_that_are(
    open_device: OpenDevice, cast: Cast, size: tuple[int, int], is_desk: bool
) -> None:
    device = open_device(size=size)
    device.keep_language()
    device.become(cast.ayu if is_desk else cast.guest())
    device.expects(refused(404))
    device.goto("/chat/nope")
    expect(device.page.get_by_text(device.words("chat.missing"))).to_be_visible()
    expect(device.page.get_by_text(device.words("chat.missingDesk" if is_desk else "chat.missingText"))).to_be_visible()
    device.button("chat.toOwn").click()
    is_on(device, "/therapist" if is_desk else "/bookings")
