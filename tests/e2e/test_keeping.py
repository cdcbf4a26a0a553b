"""A guest who keeps everything: by an account, or by a code on another phone. # R10"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e import steps
from tests.e2e.conftest import NewGuest, OpenDevice
from tests.e2e.device import LOST_REQUEST, LOST_SOCKET, Device, refused
from tests.e2e.steps import AYU

WORDS = "four words in a row"


def booked(device: Device, new_guest: NewGuest) -> str:
    """A guest with a booking and a message, on the account page; the guest's name."""
    guest = new_guest()
    device.button("review.send", steps.order(device, guest)).click()
    device.window(AYU).get_by_role("textbox").wait_for()
    steps.write(device, AYU, "hello from the first phone")
    steps.has_message(device, AYU, "hello from the first phone")
    device.button("window.close", device.window(AYU)).click()
    device.goto("/sign-in")
    return guest.name


def expect_everything(device: Device) -> None:
    """The booking is listed, and the chat has its message."""
    device.goto("/bookings")
    device.button("chat.title", device.page.get_by_role("main"), name=AYU).first.click()
    steps.has_message(device, AYU, "hello from the first phone")


def test_a_guest_registers_and_signs_in_elsewhere_with_everything(open_device: OpenDevice, new_guest: NewGuest) -> None:
    """# R10"""
    phone, laptop = open_device(), open_device()
    name = booked(phone, new_guest)
    email = f"{name.lower().replace(' ', '.')}@example.com"
    words = phone.words
    phone.page.get_by_label(words("account.email")).fill(email)
    phone.page.get_by_label(words("account.password"), exact=True).fill(WORDS)
    phone.button("register.submit").click()
    expect(phone.page.get_by_text(words("account.role.customer"), exact=True)).to_be_visible()
    expect_everything(phone)
    laptop.goto("/sign-in")
    laptop.page.get_by_label(words("account.email")).fill(email)
    laptop.page.get_by_label(words("account.password"), exact=True).fill(WORDS)
    laptop.button("account.submit", laptop.page.get_by_role("main")).click()
    expect(laptop.page.get_by_role("heading", name=words("bookings.title"))).to_be_visible()
    expect_everything(laptop)


def test_a_code_opens_everything_on_another_phone_once(open_device: OpenDevice, new_guest: NewGuest) -> None:
    """# R10"""
    phone, other, third = open_device(), open_device(), open_device()
    third.expects(refused(404))
    for device in (phone, other):
        device.expects(LOST_REQUEST, LOST_SOCKET)
    booked(phone, new_guest)
    phone.button("code.make").click()
    expect(phone.page.get_by_role("img", name=phone.words("code.picture"))).to_be_visible()
    code = phone.page.locator(".recovery-letters").inner_text()
    other.goto(f"/sign-in#recover={code}")
    expect(other.page.get_by_label(other.words("recover.code"), exact=True)).to_have_value(code)
    assert code not in other.page.evaluate("() => location.href")
    other.button("recover.submit").click()
    expect(other.page.get_by_role("heading", name=other.words("bookings.title"))).to_be_visible()
    expect_everything(other)
    third.goto("/sign-in")
    third.page.get_by_label(third.words("recover.code"), exact=True).fill(code.lower())
    third.button("recover.submit").click()
    expect(third.page.get_by_text(third.words("recover.wrong"))).to_be_visible()
