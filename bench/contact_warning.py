"""How long the contact filter holds up a slow phone: Chromium with its processor slowed six times."""

from __future__ import annotations

import functools
import json
import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.contact_guard import HISTORY, SLOWED, messages
from bench.first_load import DIST
from bench.generator.ledger import percentiles
from bench.results import Figure
from tests.e2e.browser import launch

MESSAGES = 500
#: The same messages again, each behind another word: what else the machine did meanwhile is in one round of them.
ROUNDS = 2
LONGEST = 2_000
#: Everyday talk at full length, and the hostile pieces that take longest.
PIECES = (
    "saya tunggu di depan hotel jam 8 ya kak, room 1204, see you there. ",
    *("w a ", "@a.b ", "a_b.", "o ", "s s s ", "n o l ", "l0l ", "1/2/", "0 a ", "4 5 ", "wa? "),
)

_TIME = """async ([file, messages, history, rounds]) => {
    const { check, prepare, rehearsal } = await import(file);
    while (prepare()) await new Promise((next) => setTimeout(next));
    for (const text of rehearsal) {
        check(text, rehearsal);
        await new Promise((next) => setTimeout(next));
    }
    const best = new Map();
    for (let round = 0; round < rounds; round++) {
        for (let place = history; place < messages.length; place++) {
            const recent = messages.slice(place - history, place);
            for (const earlier of recent) check(earlier);
            const text = `${messages[place]} ${"abc"[round]}q`;
            const began = performance.now();
            check(text, recent);
            const took = performance.now() - began;
            best.set(place, Math.min(took, best.get(place) ?? took));
            // As in the app, where each is a task of its own.
            if (place % 20 === 0) await new Promise((next) => setTimeout(next));
        }
    }
    return [...best.values()];
}"""
#: On a page that has judged nothing but its rehearsal.
_LONG = """async ([file, text, recent]) => {
    const { check, prepare, rehearsal } = await import(file);
    while (prepare()) await new Promise((next) => setTimeout(next));
    for (const text of rehearsal) {
        check(text, rehearsal);
        await new Promise((next) => setTimeout(next));
    }
    for (const earlier of recent) check(earlier);
    const began = performance.now();
    check(text, recent);
    return performance.now() - began;
}"""
#: The longest task of the page while it fetches the filter and makes it ready.
_LOAD = """async (file) => {
    let longest = 0;
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    }).observe({ type: "longtask" });
    const { check, prepare, rehearsal } = await import(file);
    // As the app does: each part, and each text of the rehearsal, in a pause of its own.
    do await new Promise((next) => setTimeout(next, 20));
    while (prepare());
    for (const [place, text] of rehearsal.entries()) {
        await new Promise((next) => setTimeout(next, 20));
        check(text, rehearsal.slice(0, place));
    }
    await new Promise((next) => setTimeout(next, 200));
    return longest;
}"""


def figures() -> list[Figure]:
    """A message behind ten others, the longest there can be, and the filter's arrival."""
    file = _chunk()
    sample = random.Random(1).sample(messages(), MESSAGES + HISTORY)
    long = [(piece * LONGEST)[:LONGEST] for piece in PIECES]
    with _built_files() as url, sync_playwright() as playwright:
        browser = launch(playwright)
        arrival = min(float(_alone(browser, url, _LOAD, file)) for _ in range(ROUNDS))
        page = _slow(browser.new_page(), url)
        times: Sequence[float] = page.evaluate(_TIME, [file, sample, HISTORY, ROUNDS])
        longest = [
            min(float(_alone(browser, url, _LONG, [file, text, sample[:HISTORY]])) for _ in range(ROUNDS))
            for text in long
        ]
        browser.close()
    found = percentiles(list(times))
    slowest, hostile = max(zip(longest[1:], PIECES[1:], strict=True))
    detail: dict[str, object] = {"median": f"{found['median']:.2f} ms", "max": f"{found['max']:.1f} ms"}
    return [
        Figure(f"contact filter in Chromium, p99, CPU {SLOWED}x slower", found["p99"], "ms", 5, detail=detail),
        Figure(
            f"the same, {LONGEST:,} characters of everyday talk",
            longest[0],
            "ms",
            50,
            # Nobody types these; whoever does waits for the look at them in a pause of theirs.
            detail={"the slowest hostile text": f"{slowest:.1f} ms, {hostile!r}"},
        ),
        Figure("the same, longest task while it is fetched and made ready", arrival, "ms", 50),
    ]


def _chunk() -> str:
    manifest: dict[str, Any] = json.loads((DIST / ".vite" / "manifest.json").read_text())
    return "/" + str(manifest["client/contact-guard/index.ts"]["file"])


def _slow(page: Page, url: str) -> Page:
    page.goto(url)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    return page


def _alone(browser: Browser, url: str, script: str, argument: object) -> Any:
    """What the script says on a page of its own."""
    page = _slow(browser.new_page(), url)
    answer = page.evaluate(script, argument)
    page.close()
    return answer


class _Files(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def _built_files() -> Iterator[str]:
    """The address of a page without anything, beside the built files."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Files, directory=str(DIST)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/assets/"
    finally:
        server.shutdown()
        server.server_close()
