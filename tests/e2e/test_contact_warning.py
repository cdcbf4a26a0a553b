"""Contact details are warned of while typing, pasting and sending, in chat and form. # R16 R17"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e import steps
from tests.e2e.axe import inspect
from tests.e2e.conftest import NewGuest, OpenDevice
from tests.e2e.device import LOST_REQUEST, PHONE, Device, refused
from tests.e2e.steps import AYU
from tests.support.cast import Cast, Person
from tests.support.waiting import until

NUMBER = "0812 3456 7890"
TEXT = f"call me on {NUMBER} ok"
MIRROR = "**/contact-guard-*.js"
#: What a person who pastes does, however the test brings the text there.
PASTE = """(field, text) => {
    field.focus();
    field.setRangeText(text, field.value.length, field.value.length, "end");
    field.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
}"""


class Chat:
    """A customer's open chat with Ayu."""

    def __init__(self, device: Device, customer: Person, conversation: str) -> None:
        self.device = device
        self.customer = customer
        self.conversation = conversation
        self.window = device.window(AYU)
        name = device.words("chat.writeTo", name=AYU)
        self.field = self.window.get_by_role("textbox", name=name)
        self.send = device.button("chat.send", self.window)

    def says(self, key: str) -> Locator:
        return self.device.shows(key, self.window)

    def messages(self) -> list[str]:
        """What the server holds, oldest first."""
        items = self.customer.api.messages(self.conversation)["items"]
        return [item["message"] for item in items if item["messageType"] == "text"]

    def waits_for_messages(self, count: int) -> None:
        """Returns when the server holds so many."""
        until(lambda: len(self.messages()) == count, "the messages at the server")

    def press_send(self) -> None:
        """Also where it is said to be unavailable: people press it all the same."""
        self.send.click(force=True)


def open_chat(device: Device, cast: Cast) -> Chat:
    customer = cast.guest()
    conversation = cast.accepted(customer)["conversationId"]
    device.keep_language()
    device.become(customer)
    device.goto(f"/chat/{conversation}")
    chat = Chat(device, customer, conversation)
    chat.field.wait_for()
    return chat


@pytest.fixture(params=["en", "id"])
def device(request: pytest.FixtureRequest, open_device: OpenDevice) -> Device:
    """A phone in each language."""
    return open_device(request.param, size=PHONE, reduced_motion="reduce")


@pytest.fixture
def chat(open_device: OpenDevice, cast: Cast) -> Chat:
    return open_chat(open_device(size=PHONE, reduced_motion="reduce"), cast)


@pytest.fixture
def fetched(chat: Chat) -> list[str]:
    """Each time the filter is asked for."""
    asked: list[str] = []
    chat.device.page.on(
        "request", lambda request: asked.append(request.url) if "contact-guard" in request.url else None
    )
    return asked


def is_warned(chat: Chat, marked: str = NUMBER, key: str = "contact.PHONE") -> None:
    expect(chat.says(key)).to_be_visible()
    expect(chat.window.locator(".composer mark")).to_have_text(marked)
    expect(chat.field).to_have_attribute("aria-invalid", "true")
    expect(chat.field).to_have_accessible_description(re.compile(re.escape(chat.device.words(key))))
    expect(chat.send).to_have_attribute("aria-disabled", "true")


def test_a_number_is_warned_of_while_it_is_typed_and_the_text_stays(device: Device, cast: Cast) -> None:
    """Key by key, in both languages; Send explains, and what was typed can be mended. # R17"""
    chat = open_chat(device, cast)
    chat.field.press_sequentially(TEXT)
    is_warned(chat)
    inspect(device, "a warning in the chat")
    chat.press_send()
    expect(chat.says("contact.notSent")).to_be_visible()
    expect(chat.field).to_have_value(TEXT)
    expect(chat.field).to_be_focused()
    assert chat.messages() == []
    chat.field.fill("see you at eight")
    expect(chat.says("contact.PHONE")).to_have_count(0)
    chat.press_send()
    steps.has_message(device, AYU, "see you at eight")
    expect(device.shows("chat.sent", chat.window)).to_be_visible()
    assert chat.messages() == ["see you at eight"]


def test_the_filter_comes_with_the_first_key_and_not_before(chat: Chat, fetched: list[str]) -> None:
    """# R17 R35"""
    chat.device.page.wait_for_load_state("networkidle")
    assert fetched == []
    with chat.device.page.expect_response(MIRROR):
        chat.field.press_sequentially("h")
    assert len(fetched) == 1


def test_what_is_pasted_is_warned_of_at_once(chat: Chat) -> None:
    """On a page where the pause after the last key never ends. # R17"""
    page = chat.device.page
    with page.expect_response(MIRROR):
        chat.field.press_sequentially("h")
    page.evaluate(
        """() => {
            const real = window.setTimeout;
            window.setTimeout = (act, ms, ...rest) => (ms === 250 ? 0 : real(act, ms, ...rest));
        }"""
    )
    chat.field.evaluate(PASTE, f" {NUMBER}")
    is_warned(chat)


def test_a_number_in_three_messages_is_warned_of_at_the_last_piece(chat: Chat) -> None:
    """# R16 R17"""
    for count, piece in enumerate(("0812", "3456"), start=1):
        chat.field.press_sequentially(piece)
        chat.press_send()
        steps.has_message(chat.device, AYU, piece)
        chat.waits_for_messages(count)
    chat.field.press_sequentially("7890")
    is_warned(chat, "7890", "contact.SPLIT")
    chat.press_send()
    assert chat.messages() == ["0812", "3456"]


def test_a_client_without_the_filter_hears_the_same_from_the_server(chat: Chat) -> None:
    """It can be left out, or be older than the server's rules: what counts is there. # R16 R17"""
    chat.device.expects(refused(422))
    steps.without_mirror(chat.device)
    chat.field.press_sequentially(TEXT)
    chat.press_send()
    log = steps.log_of(chat.device, AYU)
    expect(log).to_contain_text(chat.device.words("contact.PHONE"))
    expect(log.locator("mark")).to_have_text(NUMBER)
    expect(chat.device.button("contact.wrong", log)).to_be_visible()
    inspect(chat.device, "a refused message")
    assert chat.messages() == []
    chat.device.button("chat.edit", log).click()
    expect(chat.field).to_have_value(TEXT)


def open_filled_form(device: Device, guest: steps.Guest) -> Locator:
    device.keep_language()
    window = steps.open_form(device)
    steps.fill_form(device, window, guest)
    return window


def note_of(device: Device, window: Locator) -> Locator:
    return window.get_by_role("textbox", name=re.compile(f"^{re.escape(device.words('form.note'))}"))


def test_the_form_warns_below_the_field_and_does_not_go_on(device: Device, new_guest: NewGuest) -> None:
    """# R16 R17"""
    window = open_filled_form(device, new_guest())
    note = note_of(device, window)
    note.press_sequentially(f"wa {NUMBER}")
    expect(window.locator("mark")).to_contain_text(NUMBER)
    expect(note).to_have_accessible_description(re.compile(re.escape(device.words("contact.PHONE"))))
    inspect(device, "a warning in the form")
    device.button("form.next", window).click()
    listed = window.get_by_role("region", name=device.words("form.errors"))
    expect(
        listed.get_by_role("link", name=re.compile(re.escape(device.words("error.contact_blocked"))))
    ).to_be_visible()
    expect(note).to_have_value(f"wa {NUMBER}")
    note.fill("")
    steps.review(device, window)


def test_the_servers_refusal_of_a_form_marks_the_words_where_they_stand(
    open_device: OpenDevice, new_guest: NewGuest
) -> None:
    """# R16 R17"""
    phone = open_device(size=PHONE)
    phone.expects(refused(422))
    steps.without_mirror(phone)
    window = open_filled_form(phone, new_guest())
    address = window.get_by_label(phone.words("form.addressHotel"), exact=True)
    address.fill(f"Hotel Melati, {NUMBER}")
    steps.review(phone, window)
    phone.button("review.send", window).click()
    expect(window.locator("mark")).to_have_text(NUMBER)
    expect(address).to_have_value(f"Hotel Melati, {NUMBER}")
    expect(address).to_have_accessible_description(re.compile(re.escape(phone.words("contact.PHONE"))))
    address.fill("Hotel Melati, room 12")
    steps.review(phone, window)
    phone.button("review.send", window).click()
    expect(phone.shows("booking.pending", window, name=AYU)).to_be_visible()


def test_a_reason_with_a_number_cancels_nothing(chat: Chat) -> None:
    """# R16 R17"""
    chat.device.button("booking.cancel", chat.window).click()
    reason = chat.window.get_by_role("textbox", name=re.compile(f"^{chat.device.words('booking.cancelReason')}"))
    reason.press_sequentially(f"call {NUMBER}")
    expect(chat.window.locator("mark")).to_have_text(NUMBER)
    chat.device.button("booking.cancelYes", chat.window).click()
    expect(chat.says("contact.notSent")).to_be_visible()
    inspect(chat.device, "a reason with a number")
    reason.fill("My flight was moved")
    chat.device.button("booking.cancelYes", chat.window).click()
    expect(chat.says("booking.cancelled")).to_be_visible()
    [booking] = chat.customer.api.bookings()
    assert dict(booking)["cancelNote"] == "My flight was moved"


def test_a_text_can_be_shown_to_the_operator_and_sent_when_it_is_allowed(chat: Chat) -> None:
    """It is remembered over a reload and not asked twice; without a network it can be tried again. # R17"""
    page, status = chat.device.page, "open"
    asked: list[object] = []

    def answer(route: Route) -> None:
        if route.request.method == "GET":
            own = {"id": "a1", "kind": "message", "conversationId": chat.conversation, "status": status}
            return route.fulfill(json={"items": [own]})
        asked.append(route.request.post_data_json)
        return route.fulfill(status=201, json={"id": "a1", "status": "open"})

    chat.device.expects(LOST_REQUEST)
    chat.field.press_sequentially(TEXT)
    is_warned(chat)
    wrong = chat.device.button("contact.wrong", chat.window)
    page.route("**/api/appeals", lambda route: route.abort())
    wrong.click()
    expect(chat.says("contact.offline")).to_be_visible()
    page.unroute("**/api/appeals")
    page.route("**/api/appeals", answer)
    wrong.click()
    expect(chat.says("contact.asked")).to_be_visible()
    assert asked == [{"kind": "message", "text": TEXT, "conversationId": chat.conversation}]
    page.reload()
    expect(chat.field).to_have_value(TEXT)
    is_warned(chat)
    expect(chat.says("contact.asked")).to_be_visible()
    expect(wrong).to_have_count(0)
    inspect(chat.device, "an appeal that is open")
    status = "allowed"
    chat.press_send()
    expect(chat.says("contact.allowed")).to_be_visible()
    assert len(asked) == 1
    inspect(chat.device, "an appeal that was allowed")
    # The server's half of the permission has tests of its own: here it is told of as a message that passes.
    page.route(
        "**/messages",
        lambda route: (
            route.continue_(post_data={**route.request.post_data_json, "message": "let pass"})
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    chat.press_send()
    steps.has_message(chat.device, AYU, "let pass")
    expect(chat.field).to_have_value("")


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_operator_lets_a_text_pass_once_and_the_writer_sends_it(
    open_device: OpenDevice, cast: Cast, language: str
) -> None:
    """The whole way, with the server's own judgement: asked, allowed while the chat is open, sent, and not twice.

    # R17
    """
    chat = open_chat(open_device(language, size=PHONE, reduced_motion="reduce"), cast)
    chat.device.carrier("websocket")
    chat.field.press_sequentially(TEXT)
    is_warned(chat)
    chat.device.button("contact.wrong", chat.window).click()
    expect(chat.says("contact.asked")).to_be_visible()
    operator = cast.operator.api
    waiting = operator.call("GET", "/api/operator/appeals?status=open").body["items"]
    [appeal] = [one for one in waiting if one["conversationId"] == chat.conversation]
    operator.call("POST", f"/api/operator/appeals/{appeal['id']}/allow", {})
    expect(chat.says("contact.allowed")).to_be_visible()
    chat.send.click()
    steps.has_message(chat.device, AYU, TEXT)
    expect(chat.device.shows("chat.sent", chat.window)).to_be_visible()
    assert chat.messages() == [TEXT]
    chat.field.press_sequentially(TEXT)
    is_warned(chat)
    chat.press_send()
    expect(chat.says("contact.notSent")).to_be_visible()
    assert chat.messages() == [TEXT]
