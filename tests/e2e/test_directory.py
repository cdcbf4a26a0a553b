"""Finding somebody: the search, the filters, and who can be booked right now, while it changes. # R1 R19"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import steps
from tests.e2e.conftest import OpenDevice
from tests.e2e.device import Device
from tests.e2e.steps import AYU
from tests.support.cast import Cast

PROVIDERS = 14  # of the demo data
SPAS = 2
AREA = "Canggu"


def cards(device: Device) -> Locator:
    """The providers on the screen."""
    return device.page.get_by_role("main").get_by_role("listitem").filter(has=device.page.get_by_role("heading"))


@pytest.fixture
def directory(open_device: OpenDevice) -> Device:
    """Somebody who has just come, before the whole list."""
    device = open_device()
    device.goto("/")
    expect(cards(device)).to_have_count(PROVIDERS)
    return device


@pytest.fixture
def komang_returns(cast: Cast) -> Iterator[None]:
    """Whatever a test does to her switch, she is available for the next one."""
    yield
    cast.komang.api.go("available")


def test_filters_narrow_the_list_and_are_cleared_with_one_tap(directory: Device) -> None:
    words, page = directory.words, directory.page
    page.get_by_label(words("directory.kind"), exact=True).select_option("place")
    expect(cards(directory)).to_have_count(SPAS)
    page.get_by_label(words("directory.kind"), exact=True).select_option("")
    page.get_by_label(words("directory.area"), exact=True).select_option(AREA)
    expect(cards(directory).filter(has_text="Komang Sari")).to_have_count(1)
    expect(cards(directory).filter(has_text=AYU)).to_have_count(0)
    page.get_by_role("searchbox", name=words("directory.search")).fill("nobody is called this")
    expect(page.get_by_text(words("directory.none"))).to_be_visible()
    directory.button("directory.clear").first.click()
    expect(cards(directory)).to_have_count(PROVIDERS)


def test_a_search_finds_by_service_too(directory: Device) -> None:
    directory.page.get_by_role("searchbox", name=directory.words("directory.search")).fill("hot stone")
    expect(cards(directory).filter(has_text=AYU)).to_have_count(1)
    expect(cards(directory)).not_to_have_count(PROVIDERS)


@pytest.mark.usefixtures("komang_returns")
def test_a_switch_at_the_desk_shows_in_the_directory_at_once(
    directory: Device, open_device: OpenDevice, cast: Cast
) -> None:
    """Also to somebody whom nobody knows, without a reload."""
    directory.carrier("websocket")
    komang = cards(directory).filter(has_text="Komang Sari")
    desk = open_device()
    desk.keep_language()
    desk.become(cast.komang)
    steps.go_to_desk(desk)
    duty = desk.page.get_by_role("group", name=desk.words("desk.duty"))
    for press, shown in (
        (duty.get_by_role("radio", name=desk.words("desk.status.busy")), "provider.busy"),
        (duty.get_by_role("radio", name=desk.words("desk.status.offline")), "provider.offline"),
        (desk.button("desk.goOn"), "provider.available"),
    ):
        press.click()
        expect(komang).to_contain_text(directory.words(shown))
    expect(directory.button("directory.bookNamed", name="Komang Sari")).to_be_enabled()
