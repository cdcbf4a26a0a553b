"""The app on a home screen: installing, its worker, what is kept and forgotten, and a new version under a finger.

# R33 R34
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.conftest import StartServer
from tests.e2e import steps
from tests.e2e.conftest import OpenDevice
from tests.e2e.device import Device, refused
from tests.e2e.installation import Installation
from tests.e2e.steps import AYU
from tests.support.server import Server

KEPT = """async () => {
    const lists = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
    return (await Promise.all(lists)).flat().map(({url}) => url);
}"""
TELLS_WHEN_KEPT = """navigator.serviceWorker.addEventListener('message', ({data}) => {
    if (data === 'kept-first-visit') window.isKept = true;
})"""
PORTRAITS_ARE_THERE = """() => {
    const portraits = [...document.querySelectorAll('main img')];
    for (const portrait of portraits) portrait.loading = 'eager';
    return portraits.length > 10 && portraits.every(({complete, naturalWidth}) => complete && naturalWidth > 0);
}"""
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def installation(chromium: Browser, playwright: Playwright, server: Server, tmp_path: Path) -> Iterator[Installation]:
    """A browser that nobody has used; only one with a profile offers to install."""
    made = Installation(playwright, tmp_path / "profile", server.url)
    yield made
    made.kill9()


def with_worker(device: Device) -> None:
    """Opens the directory twice: the second time the worker answers."""
    device.goto("/")
    device.page.evaluate("() => navigator.serviceWorker.ready")
    device.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    device.page.reload()
    expect(device.button("directory.bookNamed", name=AYU)).to_be_visible()


def kept(device: Device) -> list[str]:
    """The addresses of everything in the caches of this device."""
    found: list[str] = device.page.evaluate(KEPT)
    return found


def test_the_browsers_prompt_waits_for_the_button(installation: Installation) -> None:
    """# R33"""
    phone = installation.start()
    phone.page.add_init_script("addEventListener('beforeinstallprompt', () => { window.wasOffered = true; })")
    with_worker(phone)
    phone.page.wait_for_function("() => window.wasOffered === true", timeout=20_000)
    expect(phone.button("install.do")).to_be_visible()


def test_an_iphone_is_told_the_steps(open_device: OpenDevice) -> None:
    """# R33"""
    phone = open_device(user_agent=IPHONE)
    phone.goto("/")
    phone.button("install.how").click()
    for step in ("install.ios1", "install.ios2", "install.ios3"):
        expect(phone.page.get_by_text(phone.words(step))).to_be_visible()


def test_a_directory_from_the_cache_says_from_when_it_is(open_device: OpenDevice) -> None:
    """# R34"""
    phone = open_device(service_workers="allow")
    phone.expects(r"Failed to load resource", r"WebSocket connection")
    with_worker(phone)
    phone.context.set_offline(True)
    phone.page.reload()
    expect(phone.button("directory.bookNamed", name=AYU)).to_be_visible()
    expect(phone.shows("app.asOf")).to_be_visible()


def test_after_one_visit_the_directory_opens_without_a_network(
    open_device: OpenDevice, start_server: StartServer
) -> None:
    """What the first visit fetched before there was a worker is kept too; also who was never looked at. # R34"""
    server = start_server()
    phone = open_device(url=server.url, service_workers="allow")
    phone.expects(r"Failed to load resource", r"WebSocket connection")
    phone.page.add_init_script(TELLS_WHEN_KEPT)
    phone.goto("/")
    phone.page.wait_for_function("() => window.isKept === true", timeout=20_000)
    server.stop()
    phone.page.close()
    phone.page = phone.new_page()
    phone.page.goto("/")
    expect(phone.button("directory.bookNamed", name=AYU)).to_be_visible()
    expect(phone.shows("app.asOf")).to_be_visible()
    phone.page.wait_for_function(PORTRAITS_ARE_THERE)
    phone.page.goto("/therapists/komang-sari")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Komang Sari")
    expect(phone.shows("app.asOf")).to_be_visible()
    steps.open_form(phone)
    answers = [url for url in kept(phone) if "/api/" in url]
    assert answers == [f"{server.url}/api/therapists"]


def test_nothing_private_is_in_the_caches_and_nothing_stays_after_signing_out(open_device: OpenDevice) -> None:
    """# R34"""
    phone = open_device(service_workers="allow")
    with_worker(phone)
    steps.sign_in_at_desk(phone, "ayu@demo.test")
    phone.page.reload()
    phone.page.get_by_role("heading", name=phone.words("desk.title"), exact=True).wait_for()
    answers = [url for url in kept(phone) if "/api/" in url]
    assert answers
    assert [url for url in answers if not re.search(r"/api/therapists(\?|$|/(?!me))", url)] == []
    # What was being asked for when the session ended is refused.
    phone.expects(refused(401))
    phone.goto("/sign-in")
    phone.button("account.signOut").click()
    phone.button("account.signOutYes").click()
    expect(phone.button("account.submit", phone.page.get_by_role("main"))).to_be_visible()
    phone.page.wait_for_function(f"async () => !(await ({KEPT})()).some((url) => url.includes('/api/'))")


def test_a_new_version_waits_while_somebody_types_and_loses_nothing(open_device: OpenDevice) -> None:
    """# R34"""
    phone = open_device(service_workers="allow")
    with_worker(phone)
    window = steps.open_form(phone)
    # The same worker at another address is to the browser what a new version is.
    phone.page.evaluate("() => navigator.serviceWorker.register('/service-worker.js?next')")
    banner = phone.page.get_by_text(phone.words("update.ready"))
    expect(banner).to_be_visible(timeout=20_000)
    phone.page.evaluate("() => { window.isOld = true; }")
    name = window.get_by_label(phone.words("form.name"), exact=True)
    name.press_sequentially("Wati Sari")
    assert phone.page.evaluate("() => window.isOld") is True
    phone.button("update.now").click()
    phone.page.wait_for_function("() => window.isOld === undefined")
    expect(phone.window(AYU).get_by_label(phone.words("form.name"), exact=True)).to_have_value("Wati Sari")


def test_a_worker_that_is_switched_off_goes_with_all_it_kept(
    open_device: OpenDevice, start_server: StartServer
) -> None:
    """The way out for an operator whose worker is at fault; the app goes on without one. # R34"""
    server = start_server()
    phone = open_device(url=server.url, service_workers="allow")
    with_worker(phone)
    assert kept(phone)
    server.env["SERVICE_WORKER"] = "off"
    phone.expects(r"Failed to load resource", r"WebSocket connection")
    server.restart()
    phone.page.evaluate("async () => (await navigator.serviceWorker.getRegistration())?.update()")
    phone.page.wait_for_function("async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
    phone.page.wait_for_function("async () => (await caches.keys()).length === 0")
    phone.page.reload()
    expect(phone.button("directory.bookNamed", name=AYU)).to_be_visible()
