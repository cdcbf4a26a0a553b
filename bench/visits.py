"""A page that was visited before: its files from the device, and its start without a network."""

from __future__ import annotations

from playwright.sync_api import Page, sync_playwright

from app.web.assets import BASE
from bench.generator.ledger import percentiles
from bench.results import Figure
from bench.scenarios import NO_LIMITS, server
from tests.e2e.browser import launch
from tests.e2e.device import Device

VISITS = 10
#: When the worker has kept the shell and the directory; and when the first provider stands on the screen.
_NOTES = """
    navigator.serviceWorker.addEventListener("message", ({ data }) => {
        if (data === "kept-first-visit") window.isKept = true;
    });
    new MutationObserver((_changes, watching) => {
        if (!document.querySelector(".provider")) return;
        window.shownAt = performance.now();
        watching.disconnect();
    }).observe(document, { childList: true, subtree: true });
"""
_SHOWN_AT = "() => window.shownAt"
_FILES = f"""() => performance.getEntriesByType("resource")
    .filter(({{ name }}) => name.includes("{BASE}"))
    .map(({{ duration }}) => duration)"""


def figures() -> list[Figure]:
    """The directory, each time in a page of its own: first with its network, then without one."""
    with server(**NO_LIMITS) as running, sync_playwright() as playwright:
        browser = launch(playwright)
        device = Device.open(browser, running.url, service_workers="allow")
        device.page.add_init_script(_NOTES)
        device.goto("/")
        device.page.wait_for_function("() => window.isKept")
        files = [took for _ in range(VISITS) for took in _visit(device).evaluate(_FILES)]
        device.context.set_offline(True)
        starts = [_visit(device).evaluate(_SHOWN_AT) for _ in range(VISITS)]
        browser.close()
    repeated, offline = percentiles(files), percentiles(starts)
    return [
        Figure("a file of the shell on a repeated visit, p99", repeated["p99"], "ms", 100, detail=_rest(repeated)),
        Figure("visited page without a network, to its first card", offline["max"], "ms", 1_000, detail=_rest(offline)),
    ]


def _visit(device: Device) -> Page:
    """The directory in a new page, with somebody on it."""
    device.page.close()
    device.page = device.context.new_page()
    device.page.add_init_script(_NOTES)
    device.page.goto(f"{device.url}/")
    device.page.wait_for_function(_SHOWN_AT)
    return device.page


def _rest(found: dict[str, float]) -> dict[str, object]:
    return {"median": f"{found['median']:.0f} ms", "max": f"{found['max']:.0f} ms"}
