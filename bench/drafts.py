"""What drafts cost on a slow phone: saving, loading, and typing, in Chromium with its processor slowed six times."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.generator.ledger import percentiles
from bench.results import Figure
from bench.scenarios import NO_LIMITS, server
from tests.e2e import steps
from tests.e2e.browser import launch
from tests.e2e.device import Device
from tests.support.cast import Cast
from tests.support.databases import ROOT
from tests.support.server import BEHIND, Server
from tests.support.words import word

CONFIG = "bench/draft_store/vite.config.ts"
BUILT = ROOT / ".stamps" / "draft_store" / "store.js"
SLOWER = 6
ROUNDS = 500
MESSAGES = 50
NAME = "Wati Melati"
#: Ten keys a second for twenty seconds, with the pauses after which a draft is saved and goes to the server.
WORDS = ["the gate is the second after the temple "] * 5
KEY_EVERY_MS = 100
PAUSE_MS = 1_500
#: Without its processor slowed, because the brake is time of the page's thread as well.
TRACED = WORDS[:2]
_TRACE = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
_MEASURE = "(rounds) => measureDrafts(rounds)"
_NOTE_TASKS = """() => {
    const tasks = (window.tenangTasks = []);
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ entryTypes: ["longtask"] });
}"""


def figures() -> list[Figure]:
    """The store on a page with a chat of 50 messages, and a form in which somebody types."""
    subprocess.run(["npx", "--no-install", "vite", "build", "-c", CONFIG], cwd=ROOT, check=True, timeout=120)
    # On a phone nobody else takes the processor from the page.
    with server(BEHIND, **NO_LIMITS) as running, sync_playwright() as playwright:
        browser = launch(playwright)
        found = _store(browser, running)
        tasks, each = _typing(browser, running)
        times, long = _thread_times(browser, running)
        browser.close()
    saves, loads = percentiles(found["saves"]), percentiles(found["loads"])
    own = {act: percentiles(found[f"thread {act}s"]) for act in ("save", "load")}
    return [
        Figure("a draft saved, thread time x 6, p99", own["save"]["p99"], "ms", 5, detail=_rest(own["save"])),
        Figure("a draft loaded, thread time x 6, p99", own["load"]["p99"], "ms", 2, detail=_rest(own["load"])),
        Figure("a draft saved, CPU 6x slower, p99", saves["p99"], "ms", 5, detail=_rest(saves)),
        Figure("a draft loaded, CPU 6x slower, p99", loads["p99"], "ms", 2, detail=_rest(loads)),
        Figure("a draft and its backup on the device", found["bytes"] / 1024, "KB"),
        Figure("script for each key, CPU 6x slower", each.pop("Script"), "ms", 50, detail=_in_ms(each)),
        Figure("tasks over 50 ms while typing", len(long), "", 0, detail=_in_ms(percentiles(long))),
        Figure("longest task while typing, thread time x 6", SLOWER * max(times), "ms", 50),
        Figure("tasks over 50 ms while typing, CPU 6x slower", len(tasks), "", 0, detail=_in_ms(percentiles(tasks))),
    ]


def _rest(found: dict[str, float]) -> dict[str, object]:
    return {"median": f"{found['median']:.2f} ms", "max": f"{found['max']:.2f} ms", "times": ROUNDS}


def _in_ms(found: dict[str, float]) -> dict[str, object]:
    return {name: f"{value:.1f} ms" for name, value in found.items()}


def _slow(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return session


def _spent(session: CDPSession) -> dict[str, float]:
    """Milliseconds that the page has spent so far, by what on."""
    found = {metric["name"]: 1_000 * metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return {name: found[f"{name}Duration"] for name in ("Script", "RecalcStyle", "Layout", "Task")}


def _store(browser: Browser, running: Server) -> dict[str, Any]:
    cast = Cast(running.url)
    customer = cast.guest(NAME)
    booking = customer.api.book(cast.form(customerName=NAME))
    room = booking["conversationId"]
    for number in range(MESSAGES):
        body = {"clientId": f"measured-draft-{number:04}", "message": f"hello {word(number)}"}
        customer.api.call("POST", f"/api/conversations/{room}/messages", body)
    device = Device.open(browser, running.url)
    device.keep_language()
    device.become(customer)
    device.goto(f"/chat/{room}")
    steps.has_message(device, steps.AYU, f"hello {word(MESSAGES - 1)}")
    device.page.evaluate(BUILT.read_text())
    browser.start_tracing(page=device.page, categories=["blink.user_timing"])
    device.page.evaluate(_MEASURE, ROUNDS)
    marks = json.loads(browser.stop_tracing())["traceEvents"]
    _slow(device.page)
    found: dict[str, Any] = device.page.evaluate(_MEASURE, ROUNDS)
    return found | {f"thread {act}s": _between(marks, act) for act in ("save", "load")}


def _between(marks: list[dict[str, Any]], act: str) -> list[float]:
    """Milliseconds of the page's own thread between each two marks, times ``SLOWER``."""
    begins, ends = (
        [mark["tts"] for mark in marks if mark["name"] == f"{act} {edge}" and "tts" in mark]
        for edge in ("begins", "ends")
    )
    return [SLOWER * (end - begin) / 1_000 for begin, end in zip(begins, ends, strict=True)]


def _note(browser: Browser, running: Server) -> Device:
    """A form with the cursor in its note."""
    device = Device.open(browser, running.url)
    device.keep_language()
    device.become(Cast(running.url).guest(NAME))
    steps.open_form(device).get_by_label(device.words("form.note")).click()
    return device


def _type(device: Device, words: list[str]) -> None:
    """By the keyboard, because a locator would search the page for its field in the page's own thread. Nobody types
    while their phone is still opening the form.
    """
    for text in words:
        device.page.wait_for_timeout(PAUSE_MS)
        device.page.keyboard.type(text, delay=KEY_EVERY_MS)
    device.page.wait_for_timeout(PAUSE_MS)


def _thread_times(browser: Browser, running: Server) -> tuple[list[float], list[float]]:
    """Milliseconds of the page's own thread for each of its tasks while somebody types: what else the machine does is
    not in them. And of each long task by the clock on the wall.
    """
    device = _note(browser, running)
    device.page.evaluate(_NOTE_TASKS)
    browser.start_tracing(page=device.page, categories=_TRACE)
    _type(device, TRACED)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    (thread, _), *_ = Counter(
        (event["pid"], event["tid"]) for event in events if event["name"] == "EventDispatch"
    ).most_common(1)
    times = [
        event["tdur"] / 1_000
        for event in events
        if event["name"] == "RunTask" and (event["pid"], event["tid"]) == thread and "tdur" in event
    ]
    return times, device.page.evaluate("() => window.tenangTasks")


def _typing(browser: Browser, running: Server) -> tuple[list[float], dict[str, float]]:
    """Milliseconds of each long task while somebody types a note, pauses and types on; and what a key costs."""
    device = _note(browser, running)
    session = _slow(device.page)
    session.send("Performance.enable")
    device.page.evaluate(_NOTE_TASKS)
    before = _spent(session)
    _type(device, WORDS)
    keys = sum(len(text) for text in WORDS)
    each = {name: (spent - before[name]) / keys for name, spent in _spent(session).items()}
    tasks: list[float] = device.page.evaluate("() => window.tenangTasks")
    return tasks, each
