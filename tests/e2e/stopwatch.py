"""When things appeared on a screen, in milliseconds of the machine's clock, so that two pages can be compared."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

_WATCH_LOG = """(log) => {
    const seen = (window.tenangSeen ??= {});
    const note = () => {
        for (const line of log.querySelectorAll("p")) {
            const text = line.lastChild?.textContent ?? "";
            seen[text] ??= performance.timeOrigin + performance.now();
        }
    };
    note();
    new MutationObserver(note).observe(log, { childList: true, subtree: true, characterData: true });
}"""
_WATCH_NAMES = """([role, names]) => {
    const seen = (window.tenangSeen ??= {});
    const note = () => {
        for (const element of document.querySelectorAll(role)) {
            for (const name of names) {
                if (element.textContent.includes(name)) seen[name] ??= performance.timeOrigin + performance.now();
            }
        }
    };
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
}"""
_POSTED = """(path) => {
    const entries = performance.getEntriesByType("resource").filter(({ name }) => new URL(name).pathname === path);
    return performance.timeOrigin + entries[0].startTime;
}"""


def watch_messages(log: Locator) -> None:
    """Notes from now on when each message appears in this log."""
    log.evaluate(_WATCH_LOG)


def watch_for(page: Page, element: str, *names: str) -> None:
    """Notes from now on when an element of this tag with one of these names in it first appears."""
    page.evaluate(_WATCH_NAMES, [element, list(names)])


def seen_at(page: Page, text: str) -> float:
    """When `text` appeared on the page; it must have appeared."""
    return float(page.evaluate("(text) => window.tenangSeen[text]", text))


def between(one: Page, other: Page, text: str) -> float:
    """Milliseconds from the page on which `text` appeared first to the other."""
    return abs(seen_at(one, text) - seen_at(other, text))


def posted_at(page: Page, path: str) -> float:
    """When the page first sent a request to this path."""
    return float(page.evaluate(_POSTED, path))
