"""Draw the app's icons into static/icons: `python tools/artwork/icons.py [folder]`.

The mark is a speech bubble that is also a leaf, with calm water in it. The SVG files are written as they are; Chromium
makes the PNG files from them (`CHROMIUM` names another browser than /usr/bin/chromium).
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
TEAL, DEEP, CREAM, WHITE = "#0F5F55", "#0A453E", "#FFF8EA", "#FFFFFF"

# The leaf's tip is at the upper right, the bubble's tail at the lower left; the middle is at 256, 256.
LEAF = (
    "M396 116C414 236 396 396 256 396C226 396 200 389 178 377C160 389 138 396 114 396C124 380 130 362 132 343"
    "C121 318 116 287 116 256C116 116 276 98 396 116z"
)
WAVES = "M172 246q28-28 56 0t56 0t56 0M172 306q28-28 56 0t56 0t56 0"


def mark(leaf: str, water: str, scale: float = 1) -> str:
    """Return the mark in the middle of a 512 by 512 picture."""
    return (
        f'<g transform="translate(256 256) scale({scale}) translate(-256 -256)"><path d="{LEAF}" fill="{leaf}"/>'
        f'<path d="{WAVES}" fill="none" stroke="{water}" stroke-width="26" stroke-linecap="round"/></g>'
    )


def picture(body: str) -> str:
    """Return a whole SVG file."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">{body}</svg>\n'


def tile(radius: int) -> str:
    """Return the ground: teal, with a deeper hill of water at the bottom."""
    return (
        f'<clipPath id="t"><rect width="512" height="512" rx="{radius}"/></clipPath><g clip-path="url(#t)">'
        f'<path d="M0 0H512V512H0z" fill="{TEAL}"/><path d="M0 404Q128 340 256 392T512 372V512H0z" fill="{DEEP}"/></g>'
    )


def single_colour(scale: float) -> str:
    """Return the mark as one white shape; the water is cut out, because a platform uses only the opacity."""
    return (
        f'<mask id="m"><path d="M0 0H512V512H0z" fill="#fff"/>{mark("none", "#000", scale)}</mask>'
        f'<g mask="url(#m)">{mark(WHITE, WHITE, scale)}</g>'
    )


APP = picture(tile(112) + mark(CREAM, TEAL, 1.12))
# Platforms cut a maskable icon to a circle of 80 % of its width at the least; the mark stays inside it.
FULL_BLEED = picture(tile(0) + mark(CREAM, TEAL, 0.94))
MONOCHROME = picture(single_colour(0.98))
BADGE = picture(single_colour(1.55))

PNG = {
    "icon-192.png": (APP, 192),
    "icon-512.png": (APP, 512),
    "icon-maskable-512.png": (FULL_BLEED, 512),
    "icon-monochrome-512.png": (MONOCHROME, 512),
    "apple-touch-icon.png": (FULL_BLEED, 180),
    "favicon-32.png": (picture(tile(112) + mark(CREAM, TEAL, 1.3)), 32),
    "badge-96.png": (BADGE, 96),
}
SVG = {"icon.svg": APP, "favicon.svg": picture(tile(112) + mark(CREAM, TEAL, 1.3))}


def rasterise(browser: Browser, svg: str, size: int, target: Path) -> None:
    """Write the picture as a PNG of `size` pixels a side, transparent where nothing is drawn."""
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{svg}")
    page.screenshot(path=target, omit_background=True)
    page.close()


def main() -> None:
    """Write every icon."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "static" / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in SVG.items():
        (folder / name).write_text(svg, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (svg, size) in PNG.items():
            rasterise(browser, svg, size, folder / name)
        browser.close()


if __name__ == "__main__":
    main()
