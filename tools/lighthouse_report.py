"""Lighthouse over the main screens of a demo server of its own: `make lighthouse`.

Mobile, simulated slow 4G, as Lighthouse comes. Each page is opened several times; the run with the median performance
counts, as Lighthouse advises. Prints a table, writes bench/results/lighthouse.json, and ends with status 1 when a page
misses its score.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.browser import small_program
from tests.support.cast import Cast
from tests.support.databases import ROOT, SqliteDatabases
from tests.support.server import BEHIND, Server

RUNNER = ROOT / "tools" / "lighthouse" / "run.mjs"
RESULTS = ROOT / "bench" / "results"
#: The least score, of 100.
TARGETS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3
TALK = ("Hello Ayu, is it easy to park near the hotel?", "Yes, right in front.")


@dataclass(frozen=True)
class Page:
    """One screen as one person sees it; nobody's with no cookie."""

    name: str
    url: str
    cookie: str = ""


def main() -> int:
    """Measures all pages; 0 when every one reaches its scores."""
    chrome = small_program()
    if chrome is None:
        raise FileNotFoundError("Chromium is not installed: run `make test-tools`")
    with tempfile.TemporaryDirectory(prefix="tenang-lighthouse-") as folder:
        home = Path(folder)
        with Server(home, SqliteDatabases(home).fresh(home), prefix=BEHIND) as server:
            reports = [_median([_report(chrome, page) for _ in range(RUNS)]) for page in _pages(server.url)]
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "lighthouse.json").write_text(json.dumps(reports, indent=2) + "\n")
    return 1 if [missed for report in reports for missed in _show(report)] else 0


def _report(chrome: str, page: Page) -> Any:
    asked = json.dumps({"chrome": chrome, "page": vars(page)})
    return json.loads(subprocess.run(["node", RUNNER], input=asked, capture_output=True, text=True, check=True).stdout)


def _median(reports: list[Any]) -> Any:
    """The report with the median performance, and what all of them gave."""
    ordered = sorted(reports, key=lambda report: report["scores"]["performance"])
    return ordered[len(ordered) // 2] | {"all": [report["scores"]["performance"] for report in reports]}


def _pages(url: str) -> list[Page]:
    """The directory as a stranger sees it, a chat with a few messages, and the dashboard with a request."""
    cast = Cast(url)
    guest, waiting = cast.guest("Maya Putri"), cast.guest("Sophie Laurent")
    waiting.api.book(cast.form(customerName="Sophie Laurent"))
    booking = cast.ayu.api.act("accept", guest.api.book(cast.form(customerName="Maya Putri"))["bookingId"])
    for writer, words in zip((guest, cast.ayu), TALK, strict=True):
        writer.api.send(booking["conversationId"], words)
    return [
        Page("directory", f"{url}/"),
        Page("chat", f"{url}/chat/{booking['conversationId']}", guest.api.cookie),
        Page("dashboard", f"{url}/therapist", cast.ayu.api.cookie),
    ]


def _show(report: dict[str, Any]) -> list[str]:
    """Prints one page's line; the categories that miss their score."""
    scores = report["scores"]
    told = ", ".join(f"{category} {score}" for category, score in scores.items())
    measured = ", ".join(f"{name} {value:.3g}" for name, value in report["measures"].items())
    print(f"{report['name']}: {told} (performance of all runs: {report['all']})\n  {measured}")
    for audit in report["costly"]:
        print(f"  costs points: {audit}")
    return [category for category, least in TARGETS.items() if scores[category] < least]


if __name__ == "__main__":
    sys.exit(main())
