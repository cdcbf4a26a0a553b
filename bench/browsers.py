"""How long a message takes from one real browser to another, from the tap to the bubble."""

from __future__ import annotations

from playwright.sync_api import sync_playwright

from bench.generator.ledger import percentiles
from bench.results import Figure
from bench.scenarios import NO_LIMITS, server
from tests.e2e import steps, stopwatch
from tests.e2e.browser import launch
from tests.e2e.device import Device
from tests.support.cast import Cast, Person
from tests.support.words import word

MESSAGES = 200
WARM_UP = 20
NAME = "Wati Melati"


def figures() -> list[Figure]:
    """A customer's and a therapist's browser beside the server on one machine, over the socket."""
    with server(**NO_LIMITS) as running, sync_playwright() as playwright:
        browser = launch(playwright)
        cast = Cast(running.url)
        customer = cast.guest(NAME)
        booking = customer.api.book(cast.form(customerName=NAME))
        room = cast.ayu.api.act("accept", booking["bookingId"])["conversationId"]
        phone = _opened(Device.open(browser, running.url), customer, room)
        desk = _opened(Device.open(browser, running.url), cast.ayu, room)
        times = _times(phone, desk)
        browser.close()
    found = percentiles(times[WARM_UP:])
    detail: dict[str, object] = {"median": f"{found['median']:.1f} ms", "max": f"{found['max']:.1f} ms"}
    detail["messages"] = len(times) - WARM_UP
    return [Figure("message from tap to the other browser's bubble, p99", found["p99"], "ms", 100, detail=detail)]


def _opened(device: Device, person: Person, room: str) -> Device:
    """The device in this chat, connected by the socket."""
    device.keep_language()
    device.become(person)
    device.goto(f"/chat/{room}")
    device.carrier("websocket")
    return device


def _times(phone: Device, desk: Device) -> list[float]:
    """Milliseconds of each message, sent one after the other."""
    stopwatch.watch_messages(steps.log_of(phone, steps.AYU))
    stopwatch.watch_messages(steps.log_of(desk, NAME))
    times = list[float]()
    for number in range(WARM_UP + MESSAGES):
        text = f"hello {word(number)}"
        steps.write(phone, steps.AYU, text)
        steps.has_message(desk, NAME, text)
        times.append(stopwatch.between(phone.page, desk.page, text))
    return times
