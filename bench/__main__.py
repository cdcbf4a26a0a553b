"""`python -m bench [scenario …]`: all scenarios, or those named; exits with 1 when a target was missed."""

from __future__ import annotations

import sys
import time

from bench import (
    browsers,
    contact_guard,
    contact_warning,
    drafts,
    engine_size,
    first_load,
    results,
    scenarios,
    visits,
)

SCENARIOS = {
    "live": scenarios.live,
    "idle": scenarios.idle,
    "writes": scenarios.writes,
    "recovery": scenarios.recovery,
    "browsers": browsers.figures,
    "first-load": first_load.figures,
    "engine-size": engine_size.figures,
    "contact-guard": contact_guard.figures,
    "contact-warning": contact_warning.figures,
    "drafts": drafts.figures,
    "visits": visits.figures,
}


def main(names: list[str]) -> int:
    """The exit status."""
    unknown = set(names) - set(SCENARIOS)
    if unknown:
        print(f"No such scenario: {', '.join(sorted(unknown))}. There are: {', '.join(SCENARIOS)}.")
        return 2
    figures: list[results.Figure] = []
    for name in names or SCENARIOS:
        began = time.monotonic()
        figures += SCENARIOS[name]()
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    print(results.table(figures))
    print(f"\nWritten to {results.write(figures)}")
    return int(any(figure.met is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
