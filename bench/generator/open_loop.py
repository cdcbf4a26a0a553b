"""Sends at planned moments, whether or not earlier sends were answered: a slow server cannot slow the load down."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import gevent

Send = Callable[[int, float], None]


def moments(per_second: float, seconds: float, seed: int) -> list[float]:
    """Moments from 0 on, as independent people choose them (exponential intervals)."""
    rng, at, found = random.Random(seed), 0.0, list[float]()
    while (at := at + rng.expovariate(per_second)) < seconds:
        found.append(at)
    return found


def run(plan: list[float], send: Send) -> None:
    """Calls `send(number, planned moment)` in a greenlet of its own at each moment; returns when all are answered."""
    start = time.monotonic() + 0.1
    greenlets = []
    for number, offset in enumerate(plan):
        gevent.sleep(max(0.0, start + offset - time.monotonic()))
        greenlets.append(gevent.spawn(send, number, start + offset))
    gevent.joinall(greenlets, raise_error=True)
