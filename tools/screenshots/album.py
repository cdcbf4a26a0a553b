"""The album: which pictures there are of what, and how one is taken."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Browser, Locator, expect

from tests.e2e.device import DESKTOP, PHONE, Device
from tests.support.databases import ROOT

FOLDER = ROOT / "docs" / "screenshots"
#: What the web app manifest names, for the dialog in which a browser offers to install the app.
SERVED = ROOT / "static" / "screenshots"
INSTALL_DIALOG = {("directory", "phone"), ("chat", "phone"), ("waiting", "desktop"), ("dashboard", "desktop")}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
TOUCH: dict[str, dict[str, Any]] = {"phone": {"is_mobile": True, "has_touch": True}, "desktop": {}}
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SETTLED = """() => [...document.images]
    .filter((image) => image.getBoundingClientRect().top < innerHeight)
    .every((image) => image.complete)"""


@dataclass
class Album:
    """The pictures of one size and colour scheme."""

    size: str
    scheme: Scheme

    def device(self, browser: Browser, url: str) -> Device:
        """A device of this size and scheme."""
        options = {"color_scheme": self.scheme, "reduced_motion": "reduce", **TOUCH[self.size]}
        return Device.open(browser, url, size=SIZES[self.size], **options)

    def take(self, device: Device, name: str, about: Locator | None = None) -> None:
        """One picture of what the device shows now, once it has settled: of its top, or of where `about` is."""
        page = device.page
        expect(page.get_by_role("region", name=device.words("app.notices"))).to_be_empty(timeout=10_000)
        page.mouse.move(0, 0)  # what the pointer rests on looks different
        if about is None:
            page.evaluate("() => scrollTo(0, 0)")
        else:
            about.evaluate("(element) => element.scrollIntoView({ block: 'center' })")
        page.wait_for_function(SETTLED)
        picture = FOLDER / f"{name}-{self.size}-{self.scheme}.png"
        page.screenshot(path=picture, animations="disabled")
        if self.scheme == "light" and (name, self.size) in INSTALL_DIALOG:
            shutil.copy(picture, SERVED / f"{name}-{self.size}.png")
