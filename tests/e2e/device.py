"""A person's device in a test: a browser context of its own, its page, and what went wrong in it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page

from tests.e2e.words import Words, words_of
from tests.support.cast import Person

PHONE = (360, 740)
DESKTOP = (1280, 800)
LOCALES = {"en": "en-GB", "id": "id-ID"}
PATIENCE_MS = 15_000
#: The browser itself notes every refused and every lost request; a test that causes them says so.
LOST_REQUEST = r"Failed to load resource: net::ERR_"
LOST_SOCKET = r"WebSocket connection to .* failed"


def refused(status: int) -> str:
    """The browser's own note about an answer of this status."""
    return rf"Failed to load resource: the server responded with a status of {status}\b"


def options_of(url: str, language: str, size: tuple[int, int] = DESKTOP) -> dict[str, Any]:
    """What makes a browser context the device of somebody with this language; for Playwright."""
    viewport = {"width": size[0], "height": size[1]}
    return {"base_url": url, "locale": LOCALES[language], "viewport": viewport, "timezone_id": "Asia/Makassar"}


@dataclass
class Device:
    """One browser context with one page."""

    url: str
    words: Words
    context: BrowserContext
    page: Page
    troubles: list[str] = field(default_factory=list)
    _expected: list[str] = field(default_factory=list)

    @classmethod
    def open(
        cls,
        browser: Browser,
        url: str,
        language: str = "en",
        size: tuple[int, int] = DESKTOP,
        **options: Any,  # what Playwright's new_context takes
    ) -> Device:
        """A fresh device that has never been here."""
        context = browser.new_context(**{**options_of(url, language, size), "service_workers": "block", **options})
        return cls.of(context, context.new_page(), url, language)

    @classmethod
    def of(cls, context: BrowserContext, page: Page, url: str, language: str) -> Device:
        """The device that a context is, with the page in front."""
        context.set_default_timeout(PATIENCE_MS)
        device = cls(url, words_of(language), context, page)
        device._listen(page)
        return device

    def new_page(self) -> Page:
        """One more tab of this browser, in which nothing may go wrong either."""
        page = self.context.new_page()
        self._listen(page)
        return page

    def _listen(self, page: Page) -> None:
        page.on("pageerror", self._on_page_error)
        page.on("console", self._on_console)

    def _on_page_error(self, error: Error) -> None:
        self.troubles.append(f"page error: {error}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(f"console: {message.text} ({message.location.get('url', '')})")

    def expects(self, *patterns: str) -> None:
        """Lets console errors through that match one of `patterns`; errors of the page itself never."""
        self._expected += patterns

    def unexpected(self) -> list[str]:
        """What went wrong on the page that no test had announced."""
        pattern = "|".join(self._expected)
        return [
            line
            for line in self.troubles
            if not (pattern and line.startswith("console: ") and re.search(pattern, line))
        ]

    def keep_language(self) -> None:
        """This device's language was chosen on it; otherwise an account brings its own."""
        self.context.add_cookies([{"name": "tenang_locale", "value": self.words.language, "url": self.url}])

    def become(self, person: Person) -> None:
        """Signs this device in as a person who has a session already."""
        for name, value in person.api.cookies.items():
            self.context.add_cookies([{"name": name, "value": value, "url": self.url}])

    def keep(self, key: str, value: object) -> None:
        """Puts something into the device's storage, as an earlier visit left it."""
        self.leave()
        self.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(value)])

    def leave(self) -> None:
        """Away from the app, to a page of the same site without it."""
        self.expects(r"favicon\.ico")  # which the browser asks for where a page names no icon
        self.page.goto("/healthz")

    def forget(self) -> None:
        """As if nobody had ever been at this device, and nothing had gone wrong."""
        self.page.unroute_all()
        self.context.clear_cookies()
        self.leave()
        self.page.evaluate(
            """() => new Promise((done) => {
                localStorage.clear();
                const asked = indexedDB.deleteDatabase('tenang');
                asked.onsuccess = asked.onerror = asked.onblocked = () => done();
            })"""
        )
        self.troubles.clear()

    def goto(self, path: str) -> None:
        """Opens a page and returns when its frame is there."""
        self.page.goto(path)
        self.page.get_by_role("main").wait_for()

    def close(self) -> None:
        """Ends the browser context."""
        self.context.close()

    # ---- finding

    def button(self, key: str, inside: Locator | None = None, **params: object) -> Locator:
        """The button with exactly this name."""
        return (inside or self.page).get_by_role("button", name=self.words(key, **params), exact=True)

    def window(self, name: str) -> Locator:
        """The chat booking window about this person."""
        return self.page.get_by_role("dialog", name=name, exact=True)

    def shows(self, key: str, inside: Locator | None = None, **params: object) -> Locator:
        """The text of `key`, whatever stands in the holes that are not filled here."""
        return (inside or self.page).get_by_text(self.words.like(key, **params)).locator("visible=true").first

    def carrier(self, kind: str) -> None:
        """Returns when this device is connected by `kind`: websocket, polling or none."""
        self.page.wait_for_function(
            "(kind) => window.tenang?.connection?.getStatus().connectionType === kind", arg=kind
        )

    def attempts(self, count: int) -> None:
        """Returns when this device has tried in vain this often to connect."""
        self.page.wait_for_function(
            "(count) => window.tenang?.connection?.getStatus().reconnectAttempts >= count", arg=count, timeout=30_000
        )
