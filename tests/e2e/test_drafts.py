"""What was filled in and not sent: after a kill, without a network, on two devices, damaged, refused. # R25 to R30"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Playwright, Response, expect

from tests.e2e import steps
from tests.e2e.conftest import NewGuest, OpenDevice
from tests.e2e.device import LOST_REQUEST, LOST_SOCKET, Device, refused
from tests.e2e.installation import WRITES_WITHIN_SECONDS, Installation
from tests.e2e.steps import AYU, Guest
from tests.support.cast import AYU as AYU_ID
from tests.support.server import Server
from tests.support.waiting import until

SCRIPT = '<img src=x onerror="window.ran = true"><script>window.ran = true</script>'


@pytest.fixture
def installation(chromium: Browser, playwright: Playwright, server: Server, tmp_path: Path) -> Iterator[Installation]:
    """A browser that nobody has used."""
    made = Installation(playwright, tmp_path / "profile", server.url)
    yield made
    made.kill9()


def field(device: Device, window: Locator, key: str) -> Locator:
    """The text field with this label; an optional one says so in its label."""
    return window.get_by_role("textbox", name=re.compile(f"^{re.escape(device.words(key))}"))


def expect_filled_in(device: Device, window: Locator, guest: Guest) -> None:
    """Everything that `steps.fill_form` filled in is there."""
    expect(field(device, window, "form.name")).to_have_value(guest.name)
    expect(field(device, window, "form.whatsApp")).to_have_value(guest.whatsapp)
    expect(field(device, window, "form.area")).to_have_value(guest.area)
    expect(field(device, window, "form.addressHotel")).to_have_value(guest.address)
    expect(window.get_by_role("radio", name=device.words("form.location.hotel"))).to_be_checked()
    expect(window.get_by_role("group", name=device.words("form.service")).get_by_role("radio").first).to_be_checked()


def bookings_of(device: Device) -> list[object]:
    """The bookings of whoever is at this device, from the server."""
    answer = device.context.request.get(f"{device.url}/api/bookings")
    return list(answer.json()["items"]) if answer.ok else []


def test_what_was_typed_is_there_after_the_browser_was_killed(installation: Installation, new_guest: NewGuest) -> None:
    """# R25 R27 R30"""
    guest = new_guest()
    phone = installation.start()
    window = steps.open_form(phone)
    steps.fill_form(phone, window, guest)
    field(phone, window, "form.note").fill("left by a kill")
    until(lambda: installation.has_on_disk("left by a kill"), "the browser wrote it down", WRITES_WITHIN_SECONDS)
    installation.kill9()
    phone = installation.start_at("/")
    window = phone.window(AYU)
    expect(window.get_by_text(phone.words("draft.found"))).to_be_visible()
    expect_filled_in(phone, window, guest)
    phone.button("draft.continue", window).click()
    expect(window.get_by_text(phone.words("draft.found"))).to_have_count(0)
    steps.review(phone, window)


def test_a_booking_made_without_server_or_network_is_sent_once(
    installation: Installation, new_guest: NewGuest, server: Server
) -> None:
    """The app was here before; from then on everything is off until the end. # R3 R25 R31 R34"""
    guest = new_guest()
    phone = installation.start_at("/")
    phone.page.evaluate("() => navigator.serviceWorker.ready")
    phone.page.reload()
    expect(phone.button("directory.bookNamed", name=AYU)).to_be_visible()
    phone.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    phone.page.reload()
    expect(phone.button("directory.bookNamed", name=AYU)).to_be_visible()
    installation.close()
    server.stop()
    try:
        phone = installation.start(offline=True)
        phone.goto("/")
        expect(phone.page.get_by_text(re.compile(phone.words("problem.offline"))).first).to_be_visible()
        phone.button("directory.bookNamed", name=AYU).click()
        window = phone.window(AYU)
        steps.fill_form(phone, window, guest)
        steps.review(phone, window)
        phone.button("review.send", window).click()
        expect(window.get_by_text(phone.words("waiting.savedOnDesk"))).to_be_visible(timeout=20_000)
        until(lambda: installation.has_on_disk(guest.name), "the browser wrote it down", WRITES_WITHIN_SECONDS)
        installation.close()
    finally:
        server.start()
    phone = installation.start_at("/")
    until(lambda: len(bookings_of(phone)) > 0, "the booking at the server", 20)
    phone.window(AYU).get_by_role("textbox").wait_for()
    assert len(bookings_of(phone)) == 1


def test_start_fresh_leaves_nothing(open_device: OpenDevice, new_guest: NewGuest) -> None:
    """# R27 R28"""
    phone = open_device()
    guest = new_guest()
    steps.keep_filled_in(phone, guest)
    window = steps.open_form(phone)
    expect(field(phone, window, "form.name")).to_have_value(guest.name)
    phone.button("draft.fresh", window).click()
    expect(field(phone, window, "form.name")).to_have_value("")
    assert guest.name not in json.dumps(phone.page.evaluate("() => ({...localStorage})"))


def test_dont_save_closes_the_window_and_leaves_nothing(open_device: OpenDevice, new_guest: NewGuest) -> None:
    """# R28"""
    phone = open_device()
    guest = new_guest()
    window = steps.open_form(phone)
    steps.fill_form(phone, window, guest)
    steps.dont_keep(phone, window)
    expect(window).to_have_count(0)
    assert guest.name not in json.dumps(phone.page.evaluate("() => ({...localStorage})"))


def known_customer(device: Device, guest: Guest) -> None:
    """Makes this device the one of a customer, by a booking with another therapist's server call."""
    answer = device.page.evaluate(
        """async (name) => (await fetch('/api/session/guest', {method: 'POST',
            headers: {'Content-Type': 'application/json'}, body: JSON.stringify({displayName: name})})).status""",
        guest.name,
    )
    assert answer == 201


def is_synced(device: Device) -> AbstractContextManager[object]:
    """Until the server was asked to keep the draft, which is done some seconds after the last key."""

    def is_answer(answer: Response) -> bool:
        return "/api/drafts/" in answer.url and answer.request.method == "PUT"

    return device.page.expect_response(is_answer, timeout=30_000)


def two_devices(open_device: OpenDevice, guest: Guest) -> tuple[Device, Device]:
    """Two devices of one customer, both at the directory."""
    one = open_device()
    one.goto("/")
    known_customer(one, guest)
    other = open_device()
    other.context.add_cookies(one.context.cookies())  # type: ignore[arg-type]  # what it gives is what it takes
    return one, other


def test_the_other_device_goes_on_where_this_one_stopped_and_asks_about_double_changes(
    open_device: OpenDevice, new_guest: NewGuest
) -> None:
    """# R29"""
    guest = new_guest()
    phone, laptop = two_devices(open_device, guest)
    for device in (phone, laptop):
        device.expects(refused(409))
    window = steps.open_form(phone)
    with is_synced(phone):
        steps.fill_form(phone, window, guest)
    there = steps.open_form(laptop)
    expect_filled_in(laptop, there, guest)
    # Different fields: both have both, live.
    field(phone, window, "form.area").fill("Kuta")
    field(phone, window, "form.name").focus()
    expect(field(laptop, there, "form.area")).to_have_value("Kuta", timeout=20_000)
    # The same field: what is typed here stays, and the person decides.
    laptop.context.set_offline(True)
    laptop.expects(LOST_REQUEST, LOST_SOCKET)
    field(laptop, there, "form.note").fill("from the laptop")
    with is_synced(phone):
        field(phone, window, "form.note").fill("from the phone")
    laptop.context.set_offline(False)
    question = there.get_by_text(laptop.words("draft.asks", field=laptop.words("form.note")))
    expect(question).to_be_visible(timeout=20_000)
    expect(field(laptop, there, "form.note")).to_have_value("from the laptop")
    expect(there.get_by_text("from the phone")).to_be_visible()
    laptop.button("draft.takeThere", there).click()
    expect(field(laptop, there, "form.note")).to_have_value("from the phone")
    expect(question).to_have_count(0)


def test_two_devices_in_the_form_at_once_and_one_of_them_sends(open_device: OpenDevice, new_guest: NewGuest) -> None:
    """What one typed is at the other; when it is sent, the other shows that booking and makes no second one. # R29"""
    guest = new_guest()
    phone, laptop = two_devices(open_device, guest)
    windows = [steps.open_form(device) for device in (phone, laptop)]
    with is_synced(phone):
        steps.fill_form(phone, windows[0], guest)
    expect(field(laptop, windows[1], "form.addressHotel")).to_have_value(guest.address, timeout=20_000)
    with is_synced(laptop):
        field(laptop, windows[1], "form.note").fill("ring twice")
    expect(field(phone, windows[0], "form.note")).to_have_value("ring twice", timeout=20_000)
    steps.review(phone, windows[0])
    phone.button("review.send", windows[0]).click()
    windows[0].get_by_role("textbox", name=phone.words("chat.writeTo", name=AYU)).wait_for()
    (booking,) = bookings_of(phone)
    assert isinstance(booking, dict)
    assert booking["note"] == "ring twice"
    laptop.button("window.close", windows[1]).click()
    laptop.button("directory.bookNamed", name=AYU).click()
    expect(laptop.shows("booking.pending", windows[1], name=AYU)).to_be_visible()
    assert len(bookings_of(laptop)) == 1


def test_two_tabs_merge_and_never_type_over_each_other(open_device: OpenDevice, new_guest: NewGuest) -> None:
    """# R29"""
    phone = open_device()
    guest = new_guest()
    window = steps.open_form(phone)
    steps.fill_form(phone, window, guest)
    expect(window.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    tab = Device(phone.url, phone.words, phone.context, phone.new_page())
    tab.goto("/")
    there = tab.window(AYU)
    expect_filled_in(tab, there, guest)
    field(tab, there, "form.note").fill("typed in the second")
    field(phone, window, "form.area").fill("Kuta")
    expect(field(tab, there, "form.area")).to_have_value("Kuta")
    expect(field(phone, window, "form.note")).to_have_value("typed in the second")
    field(phone, window, "form.note").fill("typed in the first")
    expect(there.get_by_text(tab.words("draft.asks", field=tab.words("form.note")))).to_be_visible()
    expect(field(tab, there, "form.note")).to_have_value("typed in the second")
    expect(there.get_by_text("typed in the first")).to_be_visible()


DAMAGE = ["{", "null", "7", "[]", '{"schema":2}', '{"schema":2,"draft":{"fields":{"note":7}}}', "x" * 4_000_000]


@pytest.mark.parametrize("damage", DAMAGE, ids=range(len(DAMAGE)))
def test_a_damaged_draft_never_breaks_the_form(open_device: OpenDevice, damage: str) -> None:
    """# R26"""
    phone = open_device()
    phone.leave()
    phone.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"session_{AYU_ID}_guest", damage])
    window = steps.open_form(phone)
    expect(field(phone, window, "form.name")).to_have_value("")
    field(phone, window, "form.name").fill("Wati")
    expect(window.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()


def test_a_draft_edited_by_hand_runs_no_script(open_device: OpenDevice) -> None:
    """# R26"""
    phone = open_device()
    fields = {"customerName": SCRIPT, "area": {"a": 1}, "location": SCRIPT, "locationType": "hotel", "note": 5}
    phone.leave()
    phone.page.evaluate(
        "([key, value]) => localStorage.setItem(key, value)",
        [f"session_{AYU_ID}_guest", json.dumps({"fields": fields})[:-1] + ',"__proto__":{"polluted":true}}'],
    )
    window = steps.open_form(phone)
    expect(field(phone, window, "form.name")).to_have_value(SCRIPT)
    expect(field(phone, window, "form.area")).to_have_value("")
    assert phone.page.evaluate("() => [window.ran, {}.polluted]") == [None, None]


def test_a_storage_that_throws_on_every_call_works_in_memory_and_says_so(
    open_device: OpenDevice, new_guest: NewGuest
) -> None:
    """# R26 R32"""
    phone = open_device()
    phone.page.add_init_script(
        """for (const name of ['getItem', 'setItem', 'removeItem', 'key']) {
            Storage.prototype[name] = () => { throw new DOMException('no', 'SecurityError'); };
        }"""
    )
    window = steps.open_form(phone)
    steps.fill_form(phone, window, new_guest())
    expect(window.get_by_text(phone.words("draft.notKept"))).to_be_visible()
    steps.review(phone, window)
    phone.goto("/sign-in")
    expect(phone.page.get_by_text(phone.words("storage.bad"))).to_be_visible()


@pytest.mark.parametrize("status", [413, 500])
def test_a_server_that_refuses_drafts_takes_nothing_away(
    open_device: OpenDevice, new_guest: NewGuest, status: int
) -> None:
    """# R29"""
    guest = new_guest()
    phone = open_device()
    phone.expects(refused(status))
    phone.goto("/")
    known_customer(phone, guest)
    phone.goto("/")
    phone.page.route("**/api/drafts/*", lambda route: route.fulfill(status=status, body="no"))
    window = steps.open_form(phone)
    with is_synced(phone):
        steps.fill_form(phone, window, guest)
    expect_filled_in(phone, window, guest)
    phone.page.reload()
    expect_filled_in(phone, phone.window(AYU), guest)


def test_step_and_scroll_are_as_they_were_after_a_reload(open_device: OpenDevice, new_guest: NewGuest) -> None:
    """# R30"""
    phone = open_device()
    window = steps.open_form(phone)
    steps.fill_form(phone, window, new_guest())
    box = window.locator(".window-scroll")
    box.evaluate("(box) => { box.scrollTop = 200; }")
    kept = f"() => JSON.parse(localStorage.getItem('session_{AYU_ID}_guest')).draft.scroll === 200"
    phone.page.wait_for_function(kept)
    phone.page.reload()
    expect(field(phone, window, "form.name")).to_be_attached()
    assert box.evaluate("(box) => box.scrollTop") == 200
    steps.review(phone, window)
    phone.page.reload()
    expect(window.get_by_role("heading", name=phone.words("review.title"))).to_be_visible()


def test_leaving_is_warned_about_only_where_something_would_be_lost(open_device: OpenDevice) -> None:
    """# R27"""
    phone = open_device()
    warnings = list[str]()

    def agree(dialog: Dialog) -> None:
        warnings.append(dialog.type)
        dialog.accept()

    phone.page.on("dialog", agree)
    window = steps.open_form(phone)
    field(phone, window, "form.name").press_sequentially("Wati")
    phone.page.reload()
    expect(field(phone, window, "form.name")).to_have_value("Wati")
    assert warnings == []
    phone.page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    field(phone, window, "form.name").press_sequentially(" Sari")
    phone.page.reload()
    assert warnings == ["beforeunload"]
