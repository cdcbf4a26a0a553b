"""axe-core on the page as it stands: what a machine can find of what keeps people out."""

from __future__ import annotations

from tests.e2e.device import Device
from tests.support.databases import ROOT

SCRIPT = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FIND = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
        `${id}: ${target.join(" ")}: ${failureSummary.replace(/\\s+/g, " ")}`));
}"""
#: A finger's width (ux.md). What stands in a sentence may be lower; a provider's name reaches over its whole card.
SMALL = """() => [...document.querySelectorAll("a[href], button, select, input, textarea, [role=button]")]
    .filter((target) => target.checkVisibility({ visibilityProperty: true }))
    .filter((target) => !target.closest("[inert], p, .skip, .provider-name"))
    .map((target) => target.closest("label") ?? target)
    .filter((target) => {
        const { width, height } = target.getBoundingClientRect();
        return width > 1 && (width < 43.5 || height < 43.5);
    })
    .map((target) => `too small for a finger: ${target.outerHTML.slice(0, 120)}`)"""


def inspect(device: Device, screen: str) -> None:
    """Adds to the device's troubles whatever axe finds fault with, and every target too small for a finger."""
    page = device.page
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    device.troubles += [f"{screen}: {fault}" for fault in (*page.evaluate(FIND), *page.evaluate(SMALL))]
