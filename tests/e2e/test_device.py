"""What is on the device: it survives a dead tab, a full disk, an update, a day without a network. # R13 R14 R31"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import steps
from tests.e2e.conftest import NewGuest, OpenDevice
from tests.e2e.device import LOST_REQUEST, LOST_SOCKET, Device
from tests.e2e.steps import AYU
from tests.support.cast import Cast
from tests.support.waiting import until

SYNC_TAG = "tenang.outbox"
MESSAGES = re.compile(r"/api/conversations/[^/]+/messages$")
FULL = """() => {
    const full = () => { throw new DOMException('full', 'QuotaExceededError'); };
    Storage.prototype.setItem = full;
    IDBObjectStore.prototype.put = full;
}"""


@pytest.fixture
def phone(open_device: OpenDevice, new_guest: NewGuest) -> Device:
    """A guest's device with the app's worker, and the chat of a booking open."""
    device = open_device(service_workers="allow")
    device.expects(LOST_REQUEST, LOST_SOCKET)
    window = steps.order(device, new_guest())
    device.button("review.send", window).click()
    device.window(AYU).get_by_role("textbox").wait_for()
    device.page.wait_for_function("() => navigator.serviceWorker.ready.then((it) => it.active?.state === 'activated')")
    return device


def texts(device: Device) -> Locator:
    """What the thread shows, bubble by bubble."""
    return steps.log_of(device, AYU).locator(".bubble")


def said(device: Device) -> list[str]:
    """What the server holds of the chat."""
    answer = device.page.evaluate(
        """async () => {
            const read = async (path) => (await fetch(path)).json();
            const [room] = (await read('/api/conversations')).items;
            return (await read(`/api/conversations/${room.id}/messages`)).items.map(({message}) => message);
        }"""
    )
    return list(answer)


def reopen(device: Device) -> None:
    """A new tab, after the old one died."""
    device.page = device.new_page()
    device.goto("/")


def kept(page: Page) -> list[str]:
    """The names of all that waits in the device's database."""
    names: list[str] = page.evaluate(
        """() => new Promise((resolve) => {
            const asked = indexedDB.open('tenang');
            asked.onsuccess = () => {
                const keys = asked.result.transaction('outbox').objectStore('outbox').getAllKeys();
                keys.onsuccess = () => { asked.result.close(); resolve(keys.result.map(String)); };
            };
        })"""
    )
    return names


def stored(page: Page) -> int:
    """How many messages wait in the device's database."""
    return sum("message:" in name for name in kept(page))


def is_known(page: Page, text: str) -> bool:
    """Whether the device holds bookings, and a message of this text, for a start without a network."""
    known: bool = page.evaluate(
        """(text) => new Promise((resolve) => {
            const asked = indexedDB.open('tenang');
            asked.onsuccess = () => {
                const all = asked.result.transaction('history').objectStore('history').getAll();
                all.onsuccess = () => {
                    asked.result.close();
                    const messages = all.result.flatMap((kept) => kept.messages ?? []);
                    const bookings = all.result.flatMap((kept) => kept.bookings ?? []);
                    resolve(bookings.length > 0 && messages.some(({ message }) => message === text));
                };
            };
        })""",
        text,
    )
    return known


def wake_worker(device: Device) -> None:
    """The browser says that there is a network again, as it does for a worker whose pages are all gone."""
    page = device.context.new_page()
    page.goto("/healthz")
    session = device.context.new_cdp_session(page)
    registrations: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    until(lambda: bool(page.evaluate("1")) and bool(registrations), "the worker is known")
    session.send(
        "ServiceWorker.dispatchSyncEvent",
        {
            "origin": device.url,
            "registrationId": registrations[0]["registrationId"],
            "tag": SYNC_TAG,
            "lastChance": False,
        },
    )
    page.close()


def test_a_tab_killed_right_after_send_loses_nothing_and_doubles_nothing(phone: Device) -> None:
    """# R13 R31"""
    window = phone.window(AYU)
    window.get_by_role("textbox", name=phone.words("chat.writeTo", name=AYU)).fill("hello")
    phone.page.evaluate("(label) => [...document.querySelectorAll('button')].find("
                        "(it) => it.textContent.trim() === label || it.ariaLabel === label).click()",
                        phone.words("chat.send"))  # fmt: skip
    phone.page.close()
    reopen(phone)
    expect(texts(phone)).to_have_text([re.compile("hello")])
    until(lambda: said(phone) == ["hello"], "the server has all of it")


def test_what_was_written_offline_goes_out_when_its_page_is_closed(phone: Device) -> None:
    """# R31"""
    phone.context.set_offline(True)
    for text in ("first", "second"):
        steps.write(phone, AYU, text)
    until(lambda: stored(phone.page) == 2, "the database has it")
    phone.page.close()
    phone.context.set_offline(False)
    wake_worker(phone)
    phone.page = phone.context.new_page()
    phone.page.goto("/healthz")
    until(lambda: said(phone) == ["first", "second"], "the server has all of it")
    phone.goto("/")
    expect(texts(phone)).to_have_text([re.compile("first"), re.compile("second")])
    assert stored(phone.page) == 0


def test_a_full_device_sends_all_the_same_and_asks_before_the_page_goes(phone: Device) -> None:
    """# R31"""
    phone.page.evaluate(FULL)
    phone.context.set_offline(True)
    steps.write(phone, AYU, "hello")
    expect(phone.page.get_by_text(phone.words("chat.unkept"))).to_be_visible()
    assert phone.page.evaluate("() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    phone.context.set_offline(False)
    expect(phone.page.get_by_text(phone.words("chat.unkept"))).to_have_count(0)
    assert said(phone) == ["hello"]


def test_an_update_of_the_worker_loses_nothing_that_waits(phone: Device) -> None:
    """# R31 R34"""
    phone.context.set_offline(True)
    steps.write(phone, AYU, "hello")
    until(lambda: stored(phone.page) == 1, "the database has it")
    phone.context.set_offline(False)
    phone.context.route(MESSAGES, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    phone.page.evaluate(
        """async () => {
            for (const it of await navigator.serviceWorker.getRegistrations()) await it.unregister();
            await navigator.serviceWorker.register('/service-worker.js');
        }"""
    )
    phone.context.unroute_all()
    phone.page.reload()
    expect(texts(phone)).to_have_text([re.compile("hello")])
    until(lambda: said(phone) == ["hello"], "the server has all of it")


def test_bookings_and_chat_are_there_without_a_network(phone: Device, cast: Cast) -> None:
    """# R14 R30"""
    for text in ("one", "two"):
        steps.write(phone, AYU, text)
    expect(texts(phone)).to_have_text([re.compile("one"), re.compile("two")])
    until(lambda: is_known(phone.page, "two"), "the device has what the screen shows")
    phone.context.set_offline(True)
    phone.page.reload()
    expect(texts(phone)).to_have_text([re.compile("one"), re.compile("two")])
    as_of = re.compile(phone.words("app.asOf", time="@").replace("@", r".+"))
    expect(phone.window(AYU).get_by_text(as_of)).to_be_visible()
    phone.page.goto("/bookings")
    expect(phone.page.get_by_text(as_of).first).to_be_visible()
    expect(phone.page.get_by_role("heading", name=phone.words("bookings.active"))).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.page.get_by_text(as_of)).to_have_count(0)
