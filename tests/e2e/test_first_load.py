"""What a browser fetches of the client: the first load to look around, the rest when it is needed. # R35"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request, expect

from app.web.assets import BASE
from bench import first_load
from tests.e2e.conftest import OpenDevice
from tests.e2e.device import LOST_REQUEST, Device
from tests.e2e.steps import AYU

PERSONAL = "/personal-"


class Fetched:
    """The built files that the page of a device asks for from now on."""

    def __init__(self, device: Device) -> None:
        self.files: set[str] = set()
        device.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        path = urlsplit(request.url).path
        if path.startswith(BASE):
            self.files.add(path.removeprefix(BASE))

    @property
    def personal(self) -> bool:
        """Whether the part that only a person needs was among them."""
        return any(PERSONAL in file for file in self.files)


def directory(device: Device) -> None:
    """The front page, when it has fetched all that it wants."""
    with device.page.expect_websocket():
        device.goto("/")
    expect(device.page.get_by_role("heading", name=AYU)).to_be_visible()
    device.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("language", ["en", "id"])
def test_who_looks_around_fetches_what_the_first_load_counts_and_nothing_else(
    open_device: OpenDevice, language: str
) -> None:
    """Not later either: fetched at once by another way it would only hide from the measure."""
    device = open_device(language)
    fetched = Fetched(device)
    directory(device)
    assert fetched.files == first_load.files(language)


def test_something_of_a_person_on_the_device_brings_what_takes_care_of_it(open_device: OpenDevice) -> None:
    """It may have to be sent. # R31"""
    device = open_device()
    device.keep("session_somebody_guest", {"fields": {}})
    fetched = Fetched(device)
    directory(device)
    assert fetched.personal


def test_a_database_on_the_device_brings_it_too(open_device: OpenDevice) -> None:
    """What a person was told, and what waits, may be in it alone. # R31"""
    device = open_device()
    device.leave()
    device.page.evaluate(
        """() => new Promise((done) => {
            const asked = indexedDB.open("tenang", 1);
            asked.onupgradeneeded = () => ["outbox", "history"].map((name) => asked.result.createObjectStore(name));
            asked.onsuccess = () => { asked.result.close(); done(); };
        })"""
    )
    fetched = Fetched(device)
    directory(device)
    assert fetched.personal


def test_a_booking_button_says_that_its_part_cannot_be_fetched_and_works_when_it_can(open_device: OpenDevice) -> None:
    """A network that ends after the first page must not leave a button that does nothing. # R34"""
    device = open_device()
    device.expects(LOST_REQUEST)
    directory(device)
    device.page.route("**/static/dist/assets/*", lambda route: route.abort())
    device.button("directory.bookNamed", name=AYU).click()
    expect(device.page.get_by_text(device.words("app.partBroken"))).to_be_visible()
    device.page.unroute("**/static/dist/assets/*")
    device.button("directory.bookNamed", name=AYU).click()
    form = device.window(AYU)
    expect(form.get_by_role("group", name=device.words("form.service"))).to_be_visible()
