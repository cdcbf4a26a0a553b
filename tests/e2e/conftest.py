"""Real browsers against a real server of their own. Any error on a page that a test did not announce fails it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.conftest import missing
from tests.e2e.browser import launch, program, small_program
from tests.e2e.device import PATIENCE_MS, Device
from tests.e2e.lines import LINES, Line
from tests.e2e.steps import Guest
from tests.support.cast import Cast
from tests.support.databases import ROOT, Databases
from tests.support.server import Server

NO_LIMITS = {"RATE_MESSAGE_BURST": "100000", "RATE_MESSAGES_PER_SECOND": "10000"}
HAS_FAILED = pytest.StashKey[bool]()
OpenDevice = Callable[..., Device]
NewGuest = Callable[[], Guest]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium."""
    if program() is None:
        missing("Chromium")
    if not (ROOT / "static" / "dist").exists():
        pytest.fail("the client is not built: run `make setup`")
    with launch(playwright, small_program()) as browser:
        yield browser


@pytest.fixture(scope="session")
def server(sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of the browser tests alone: what they leave behind disturbs nobody else."""
    home = tmp_path_factory.mktemp("e2e")
    with Server(home, sqlite_databases.fresh(home), **NO_LIMITS) as running:
        yield running


@pytest.fixture(scope="session")
def cast(server: Server) -> Cast:
    """The people of that server."""
    # A calendar in the form ends after some weeks, and each test takes a time of its own.
    return Cast(server.url, hours_apart=1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tells the fixtures how the test itself ended."""
    report = yield
    if report.when == "call":
        item.stash[HAS_FAILED] = report.failed
    return report


@pytest.fixture
def open_device(
    request: pytest.FixtureRequest, chromium: Browser, server: Server, tmp_path: Path
) -> Iterator[OpenDevice]:
    """Opens devices of fresh people; at the end none of them may have had an error.

    After a failure the folder of the test holds a picture of each.
    """
    opened: list[Device] = []

    def open_one(language: str = "en", url: str = "", **options: Any) -> Device:  # passed on to the browser
        opened.append(Device.open(chromium, url or server.url, language, **options))
        return opened[-1]

    yield open_one
    troubles = [line for device in opened for line in device.unexpected()]
    for number, device in enumerate(opened):
        if request.node.stash.get(HAS_FAILED, False):
            device.page.screenshot(path=tmp_path / f"device-{number}.png")
            print(f"{tmp_path}/device-{number}.png shows {device.page.url}")
        device.close()
    assert troubles == []


@pytest.fixture
def line(request: pytest.FixtureRequest, server: Server) -> Iterator[Line]:
    """The way to the server that the test names."""
    with LINES[request.param](server) as made:
        yield made


@pytest.fixture
def new_guest(cast: Cast) -> NewGuest:
    """Makes people who have never been here, each with a time that nobody else wants."""
    return lambda: Guest(name=fresh_name(), slot=cast.slot())


def fresh_name() -> str:
    """A name that nobody else has: letters only, since a name with a number in it looks like a phone number."""
    letters = "".join(secrets.choice("abdeghiklmnorstuwy") for _ in range(6))
    return f"Wati {letters.capitalize()}"
