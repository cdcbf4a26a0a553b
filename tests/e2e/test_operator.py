"""The operator's page in a real browser: what was refused, and a text that she lets pass once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import inspect
from tests.e2e.conftest import OpenDevice, fresh_name
from tests.e2e.device import DESKTOP, PHONE
from tests.support.api import Problem
from tests.support.cast import Cast, Person

TEXT = "my number is 0812 3456 7890"


def refused(customer: Person, room: str, text: str = TEXT) -> None:
    """The customer sends a text that is refused."""
    with pytest.raises(Problem, match="contact_blocked"):
        customer.api.send(room, text)


def appealed(cast: Cast, name: str) -> tuple[Person, str]:
    """A new customer of Ayu who was refused a text and has appealed; and the room."""
    customer = cast.guest(name)
    room = cast.accepted(customer)["conversationId"]
    refused(customer, room)
    customer.api.call("POST", "/api/appeals", {"kind": "message", "text": TEXT, "conversationId": room})
    return customer, room


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_operator_allows_a_text_by_keyboard_and_it_passes_once(
    open_device: OpenDevice, cast: Cast, size: dict[str, int], scheme: str
) -> None:
    """# R17 # R42"""
    name = fresh_name()
    customer, room = appealed(cast, name)
    device = open_device(size=size, color_scheme=scheme, reduced_motion="reduce")
    device.keep_language()
    device.become(cast.operator)
    device.goto("/operator")
    device.button("operator.showNamed", name=name).press("Enter")
    expect(device.page.get_by_text("•").first).to_be_visible()
    device.button("operator.rejectNamed", name=name).press("Enter")
    inspect(device, "oversight with a question")
    device.page.keyboard.press("Escape")
    device.button("operator.allowNamed", name=name).press("Enter")
    expect(device.button("operator.allowNamed", name=name)).to_have_count(0)
    expect(device.page.get_by_role("heading", name=device.words("operator.appeals"), exact=True)).to_be_focused()
    inspect(device, "oversight")
    assert device.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert customer.api.send(room, TEXT)["message"] == TEXT
    refused(customer, room)


def test_what_comes_while_she_was_away_is_there_when_she_looks_again(open_device: OpenDevice, cast: Cast) -> None:
    """# R42"""
    device = open_device()
    device.keep_language()
    device.become(cast.operator)
    device.goto("/operator")
    device.button("operator.reload").wait_for()
    name = fresh_name()
    appealed(cast, name)
    device.button("operator.reload").click()
    device.button("operator.allowNamed", name=name).wait_for()


@pytest.mark.parametrize("who", ["budi", "ayu"])
def test_nobody_else_sees_anything_there(open_device: OpenDevice, cast: Cast, who: str) -> None:
    """# R42"""
    appealed(cast, fresh_name())
    device = open_device()
    device.keep_language()
    device.become(getattr(cast, who))
    device.goto("/operator")
    device.page.get_by_role("heading", name=device.words("operator.notOperator")).wait_for()
    expect(device.page.get_by_role("article")).to_have_count(0)
