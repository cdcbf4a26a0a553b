"""Draw the demo's portraits into static/portraits: `python tools/artwork/portraits.py [folder]`.

A portrait is put together from the parts in `portrait/`; the same script always writes the same files.
"""

import sys
from pathlib import Path

from portrait import places
from portrait.cast import FIGURES

ROOT = Path(__file__).resolve().parents[2]
MAX_BYTES = 6 * 1024


def picture(body: str) -> str:
    """Return a whole SVG file."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" width="240" height="240">{body}</svg>\n'


def main() -> None:
    """Write every portrait; stop when one outgrew its limit."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "static" / "portraits"
    folder.mkdir(parents=True, exist_ok=True)
    bodies = {slug: figure.svg() for slug, figure in FIGURES.items()}
    bodies |= {"rumah-hening": places.spa(), "taman-embun": places.garden_bath()}
    for slug, body in bodies.items():
        svg = picture(body)
        size = len(svg.encode())
        if size > MAX_BYTES:
            raise SystemExit(f"{slug}.svg is {size} bytes, more than {MAX_BYTES}.")
        (folder / f"{slug}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
