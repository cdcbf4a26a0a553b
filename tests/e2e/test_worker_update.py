"""A new version of the service worker while something waits to be sent. # R13 R31 R34"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e import steps
from tests.e2e.conftest import OpenDevice, fresh_name
from tests.e2e.device import LOST_REQUEST, LOST_SOCKET, Device
from tests.e2e.steps import AYU, Guest
from tests.e2e.test_device import MESSAGES, said, stored, texts, wake_worker
from tests.support.cast import Cast
from tests.support.databases import ROOT, Databases
from tests.support.server import Server
from tests.support.waiting import until

SERVED = ("app", "deploy", "migrations", "static", "templates", "wsgi.py")
#: What the second version has more than the first: it says who it is.
SECOND = """
self.addEventListener('fetch', (event) => {
    if (new URL(event.request.url).pathname === '/worker-version') event.respondWith(new Response('second'));
});
"""


@dataclass
class Deployment:
    """A server with a built client of its own."""

    server: Server
    root: Path

    def deploy(self) -> None:
        """From now on another build of the worker is served."""
        worker = self.root / "static" / "dist" / "service-worker.js"
        worker.write_text(worker.read_text() + SECOND)


@pytest.fixture
def deployment(sqlite_databases: Databases, tmp_path: Path) -> Iterator[Deployment]:
    """The first version, running."""
    root = tmp_path / "checkout"
    root.mkdir()
    for name in SERVED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    server = Server(tmp_path, sqlite_databases.fresh(tmp_path))
    server.root = root
    with server:
        yield Deployment(server, root)


def lose_posts(route: Route) -> None:
    """What is written does not reach the server."""
    route.abort() if route.request.method == "POST" else route.continue_()


def version(page: Page) -> str:
    """Who answers in the name of the worker."""
    return str(page.evaluate("() => fetch('/worker-version').then((it) => it.ok ? it.text() : 'first')"))


@pytest.fixture
def phone(deployment: Deployment, open_device: OpenDevice) -> Device:
    """A chat with two messages that wait, under the first version; the second one is on the device by now."""
    device = open_device(url=deployment.server.url, service_workers="allow")
    device.expects(LOST_REQUEST, LOST_SOCKET, "404")
    window = steps.order(device, Guest(name=fresh_name(), slot=Cast(deployment.server.url).slot()))
    device.button("review.send", window).click()
    device.window(AYU).get_by_role("textbox").wait_for()
    device.page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
    assert version(device.page) == "first"
    device.context.route(MESSAGES, lose_posts)
    steps.write(device, AYU, "before the update")
    until(lambda: stored(device.page) >= 1, "the database has it")
    deployment.deploy()
    device.page.evaluate("() => navigator.serviceWorker.ready.then((it) => it.update())")
    device.shows("update.ready").wait_for()
    steps.write(device, AYU, "while it is offered")
    # A page that is closed before leaves it in localStorage, where no worker can read it.
    until(lambda: stored(device.page) >= 2, "the database has both")
    return device


def test_what_waits_goes_out_once_when_the_person_takes_the_update(phone: Device) -> None:
    """# R31 R34"""
    phone.page.evaluate("() => { window.isOld = true; }")
    phone.button("update.now").click()
    phone.page.wait_for_function("() => window.isOld === undefined")
    phone.page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
    assert version(phone.page) == "second"
    phone.context.unroute_all()
    steps.write(phone, AYU, "after it")
    written = ["before the update", "while it is offered", "after it"]
    until(lambda: said(phone) == written, "the server has each once, in order", 20)
    expect(texts(phone)).to_have_text([re.compile(text) for text in written])


def test_what_waits_is_sent_once_by_the_new_worker_when_every_page_is_closed(phone: Device) -> None:
    """# R31 R34"""
    phone.page.close()
    phone.context.unroute_all()
    wake_worker(phone)
    phone.page = phone.context.new_page()
    phone.page.goto("/healthz")
    written = ["before the update", "while it is offered"]
    until(lambda: said(phone) == written, "the server has each once, in order", 20)
    until(lambda: version(phone.page) == "second", "the new version is in charge")
    phone.goto("/")
    expect(texts(phone)).to_have_text([re.compile(text) for text in written])
    assert said(phone) == written
