"""What is written and not at the server yet: two tabs, lost answers, damaged storage, leaving. # R3 R5 R13 R31"""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e import steps
from tests.e2e.conftest import NewGuest, OpenDevice
from tests.e2e.device import LOST_REQUEST, Device, refused
from tests.e2e.steps import AYU

MESSAGES = re.compile(r"/api/conversations/[^/]+/messages$")
DAMAGE = ["{", "null", "7", "[]", '{"fields":7}', '{"id":{},"role":[],"displayName":7}', '"\\ud800"']


@pytest.fixture
def phone(open_device: OpenDevice, new_guest: NewGuest) -> Device:
    """A guest's device with the chat of a booking open."""
    device = open_device()
    device.expects(LOST_REQUEST)
    window = steps.order(device, new_guest())
    device.button("review.send", window).click()
    device.window(AYU).get_by_role("textbox").wait_for()
    return device


def beside(phone: Device) -> Device:
    """A second tab of the same device, which opens with the same chat."""
    tab = Device(phone.url, phone.words, phone.context, phone.context.new_page())
    tab.goto("/")
    tab.window(AYU).get_by_role("textbox").wait_for()
    return tab


def lose_messages(route: Route) -> None:
    """Nothing that is written reaches the server."""
    route.abort() if route.request.method == "POST" else route.continue_()


def act_and_lose(route: Route) -> None:
    """The server acts, and its answer is lost."""
    route.fetch()
    route.abort()


def texts(device: Device) -> Locator:
    """What the thread shows, bubble by bubble."""
    return steps.log_of(device, AYU).locator(".bubble")


def test_two_tabs_send_what_they_wrote_offline_in_that_order(phone: Device) -> None:
    """# R13 R31"""
    other = beside(phone)
    phone.context.route(MESSAGES, lose_messages)
    for tab, text in ((phone, "first"), (other, "second"), (phone, "third"), (other, "fourth")):
        steps.write(tab, AYU, text)
        expect(texts(phone)).to_have_text([re.compile(word) for word in said_until(text)])
        expect(texts(other)).to_have_text([re.compile(word) for word in said_until(text)])
    phone.context.unroute_all()
    phone.page.reload()
    for tab in (phone, other):
        expect(texts(tab)).to_have_text([re.compile(word) for word in said_until("fourth")])
        expect(tab.page.get_by_text(tab.words("chat.waits"))).to_have_count(0)


def said_until(text: str) -> list[str]:
    said = ["first", "second", "third", "fourth"]
    return said[: said.index(text) + 1]


def test_a_refused_message_removed_in_one_tab_is_gone_in_the_other(phone: Device) -> None:
    """# R13"""
    phone.expects(refused(422))
    steps.without_mirror(phone)
    phone.goto("/")  # for the filter came with the form
    other = beside(phone)
    steps.write(phone, AYU, "call 0812 3456 7890")
    for tab in (phone, other):
        expect(tab.page.get_by_text(tab.words("contact.PHONE"))).to_be_visible()
    other.button("chat.delete").click()
    for tab in (phone, other):
        expect(texts(tab)).to_have_count(0)


@pytest.mark.parametrize("damage", DAMAGE)
def test_no_damage_in_the_storage_blanks_a_page(phone: Device, damage: str) -> None:
    """# R26"""
    phone.context.route(MESSAGES, lose_messages)
    steps.write(phone, AYU, "keep me")
    phone.leave()
    spoil(phone.page, damage)
    for path in ("/", "/bookings", "/sign-in"):
        phone.goto(path)
        expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    assert json.dumps(database(phone.page, "(store) => store.getAll()")).count("keep me") == 1


def spoil(page: Page, damage: str) -> None:
    """Every value but the text of the message becomes `damage`; of the message everything but its text."""
    page.evaluate(
        "(damage) => { for (const key of Object.keys(localStorage)) localStorage.setItem(key, damage); }", damage
    )
    database(
        page,
        """(store) => {
            const cursor = store.openCursor();
            cursor.onsuccess = () => {
                if (!cursor.result) return;
                const { conversationId, text } = cursor.result.value;
                const spoilt = { clientId: DAMAGE, writtenAt: DAMAGE, place: DAMAGE, refusal: DAMAGE };
                cursor.result.update({ ...spoilt, conversationId, text });
                cursor.result.continue();
            };
            return cursor;
        }""".replace("DAMAGE", json.dumps(damage)),
    )
    database(page, f"(store) => store.put({json.dumps(damage)}, ['x', 'lists', ''])", "history")
    database(page, f"(store) => store.put({{bookings: {json.dumps(damage)}, asOf: 1}}, ['y', 'lists', ''])", "history")


def database(page: Page, act: str, store: str = "outbox") -> object:
    """What `act` gives for a store of the device's database."""
    script = """() => new Promise((resolve) => {
        const asked = indexedDB.open('tenang');
        asked.onsuccess = () => {
            const transaction = asked.result.transaction('STORE', 'readwrite');
            const request = (ACT)(transaction.objectStore('STORE'));
            transaction.oncomplete = () => {
                asked.result.close();
                resolve(Array.isArray(request.result) ? request.result : null);
            };
        };
    })"""
    result: object = page.evaluate(script.replace("STORE", store).replace("ACT", act))
    return result


def test_accepting_whose_answer_is_lost_ends_in_the_true_state(open_device: OpenDevice, new_guest: NewGuest) -> None:
    """# R5"""
    phone, desk = open_device(), open_device()
    desk.expects(LOST_REQUEST)
    guest = new_guest()
    steps.sign_in_at_desk(desk, "ayu@demo.test")
    window = steps.order(phone, guest)
    phone.button("review.send", window).click()
    desk.context.route("**/accept", act_and_lose)
    request = desk.page.get_by_role("article", name=guest.name)
    desk.button("desk.acceptNamed", request, name=guest.name).click()
    expect(phone.shows("booking.accepted", window, name=AYU)).to_be_visible()
    expect(desk.shows("desk.awaiting", name=guest.name)).to_be_visible()
    expect(desk.page.get_by_text("Nothing was changed")).to_have_count(0)


def test_signing_out_asks_about_what_is_not_sent(phone: Device) -> None:
    """# R31"""
    phone.context.route(MESSAGES, lose_messages)
    steps.write(phone, AYU, "hello")
    phone.goto("/sign-in")
    phone.button("account.signOut").click()
    question = phone.page.get_by_role("alertdialog")
    what = phone.words("account.unsent.messages", count=1)
    expect(question).to_contain_text(phone.words("account.unsentText", what=what))
    phone.context.unroute_all()
    phone.button("account.unsentNo", question).click()
    phone.button("account.signOut").click()
    expect(question).not_to_contain_text(what)
