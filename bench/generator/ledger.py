"""What was sent, what arrived where and when, and whether anything is lost, doubled or out of order."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

#: The events that are waited for, and where their id stands.
THINGS = {"message.created": "id", "booking.created": "bookingId"}


@dataclass
class Ledger:
    """Times are seconds of the load's monotonic clock; a latency counts from the planned moment of sending."""

    planned: dict[str, float] = field(default_factory=dict)
    readers: dict[str, str] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)
    started: dict[str, float] = field(default_factory=dict)
    arrived: dict[tuple[str, str], float] = field(default_factory=dict)
    doubled: int = 0
    misordered: int = 0
    _last: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def turn_the_page(self) -> None:
        """Forgets what was sent and measured so far; faults are counted on."""
        for page in (self.planned, self.readers, self.answered, self.started):
            page.clear()

    def answer(self, thing: str, reader: str, planned: float, started: float, at: float) -> None:
        """The server has taken `thing`, which `reader` must get."""
        self.planned[thing], self.readers[thing] = planned, reader
        self.started[thing], self.answered[thing] = started, at

    def heard(self, reader: str, event: dict[str, Any], at: float) -> None:
        """An event reached a reader."""
        if event["seq"] <= self._last[reader]:
            self.misordered += 1
        self._last[reader] = max(self._last[reader], event["seq"])
        if event["type"] not in THINGS:
            return
        thing = event["data"][THINGS[event["type"]]]
        if (reader, thing) in self.arrived:
            self.doubled += 1
        self.arrived.setdefault((reader, thing), at)

    def lost(self) -> int:
        """How many of the things that the server has taken did not reach their reader."""
        return sum((reader, thing) not in self.arrived for thing, reader in self.readers.items())

    def summary(self) -> dict[str, Any]:
        """Latencies in ms, and the counts."""
        arrivals = {
            thing: self.arrived[reader, thing]
            for thing, reader in self.readers.items()
            if (reader, thing) in self.arrived
        }
        return {
            "sent": len(self.planned),
            "lost": self.lost(),
            "doubled": self.doubled,
            "misordered": self.misordered,
            "delivery": percentiles(self._since_planned(arrivals)),
            "deliveries": self._since_planned(arrivals),
            "answer": percentiles(self._since_planned(self.answered)),
            "lateness": percentiles(self._since_planned(self.started)),
        }

    def _since_planned(self, moments: dict[str, float]) -> list[float]:
        return [(at - self.planned[thing]) * 1000 for thing, at in moments.items()]


def percentiles(values: list[float]) -> dict[str, float]:
    """Median, 99th percentile and maximum."""
    ordered = sorted(values) or [math.nan]
    return {
        name: ordered[min(len(ordered) - 1, int(part * len(ordered)))]
        for name, part in {"median": 0.5, "p99": 0.99, "max": 1.0}.items()
    }
