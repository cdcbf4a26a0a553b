"""The scenarios: a server on one core, the load on the other, and the figures that come of it."""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from bench.generator.ledger import percentiles
from bench.load import Load
from bench.machine import SERVER_CORE, children, cpu_seconds, pinned, resident_kb
from bench.results import Figure
from tests.support.databases import SqliteDatabases
from tests.support.server import Server

CLIENTS = 400
#: Of `live`, each this many seconds.
ROUNDS = 5
SECONDS = 10
SOCKETS = 1000
RETURNING = 1000
LONG_DEADLINES = {"BOOKING_ANSWER_MINUTES": "60", "BOOKING_CONFIRM_MINUTES": "60"}
ON_ITS_CORE = pinned(SERVER_CORE)
NO_LIMITS = {"RATE_MESSAGE_BURST": "100000", "RATE_MESSAGES_PER_SECOND": "100000"}


@contextmanager
def server(prefix: Sequence[str] = ON_ITS_CORE, **settings: str) -> Iterator[Server]:
    """A server with demo data, on its own core unless `prefix` says how else it is run, with the limits of a real
    installation unless `settings` say else.
    """
    with tempfile.TemporaryDirectory(prefix="tenang-bench-") as name:
        folder = Path(name)
        url = SqliteDatabases(folder).fresh(folder)
        with Server(folder, url, prefix=prefix, **LONG_DEADLINES, **settings) as running:
            yield running


def live() -> list[Figure]:
    """Messages and bookings to the other person's socket, with everybody connected."""
    arguments = {"clients": CLIENTS, "messages_per_second": 100, "bookings_per_second": 10}
    with server() as running, Load("live", url=running.url, seconds=SECONDS, rounds=ROUNDS, **arguments) as load:
        (worker,) = children(running.pid)
        load.found()
        messages = [_round(load, worker) for _ in range(ROUNDS)]
        bookings = [_round(load, worker) for _ in range(ROUNDS)]
    return [
        _latency("message POST → other socket, p99 at 100/s, 400 connected", messages, 20),
        _latency("booking POST → therapist's socket, p99 at 10/s", bookings, 50),
        Figure("lost, doubled or misordered", _wrong([*messages, *bookings]), "", 0),
    ]


def _round(load: Load, worker: int) -> dict[str, Any]:
    """One round of the load, and what it cost the server."""
    before = cpu_seconds(worker)
    load.go_on()
    step = load.found()
    found: dict[str, Any] = step["found"]
    return found | {"cpu": (cpu_seconds(worker) - before) * 1000 / found["sent"], "connected": step["connected"]}


def _latency(name: str, rounds: list[dict[str, Any]], target: float) -> Figure:
    """The median of the rounds, because another guest of the machine may slow some of them down."""
    p99s = [found["delivery"]["p99"] for found in rounds]
    detail: dict[str, object] = {
        "rounds": " ".join(f"{value:.1f}" for value in p99s),
        "all together": f"{percentiles([each for found in rounds for each in found['deliveries']])['p99']:.1f} ms",
        "median": f"{median(found['delivery']['median'] for found in rounds):.1f} ms",
        "max": f"{max(found['delivery']['max'] for found in rounds):.1f} ms",
        "own answer p99": f"{median(found['answer']['p99'] for found in rounds):.1f} ms",
        "load late by p99": f"{median(found['lateness']['p99'] for found in rounds):.1f} ms",
        "server's CPU each": " ".join(f"{found['cpu']:.2f}" for found in rounds) + " ms",
        "sent": sum(found["sent"] for found in rounds),
        "connected": min(found["connected"] for found in rounds),
    }
    return Figure(name, median(p99s), "ms", target, detail=detail)


def _wrong(rounds: list[dict[str, Any]]) -> int:
    # What is lost is counted anew in each round, the other faults are counted on.
    return sum(int(found["lost"]) for found in rounds) + int(rounds[-1]["doubled"] + rounds[-1]["misordered"])


def idle() -> list[Figure]:
    """What a socket holds resident that does nothing."""
    with server() as running, Load("idle", url=running.url, sockets=SOCKETS) as load:
        (worker,) = children(running.pid)
        few, before = load.found()["sockets"], resident_kb(worker)
        load.go_on()
        many, after = load.found()["sockets"], resident_kb(worker)
    each = (after - before) / (many - few)
    detail: dict[str, object] = {"sockets": many, "worker": f"{after / 1024:.0f} MB"}
    return [Figure("an idle socket, resident", each, "KB", 45, detail=detail)]


def writes() -> list[Figure]:
    """Durable write transactions by the API."""
    with server(**NO_LIMITS) as running, Load("writes", url=running.url, senders=32, seconds=6) as load:
        (worker,) = children(running.pid)
        load.found()
        before = cpu_seconds(worker)
        load.go_on()
        found = load.found()
        spent = (cpu_seconds(worker) - before) * 1000 / found["messages"]
    detail: dict[str, object] = {
        "answer median": f"{found['answer']['median']:.1f} ms",
        "senders": 32,
        "server's CPU each": f"{spent:.2f} ms",
    }
    return [Figure("messages written by the API, each on disk", found["perSecond"], "per s", detail=detail)]


def recovery() -> list[Figure]:
    """From kill -9 until everybody is back, with the server started again at once."""
    with server() as running, Load("recovery", url=running.url, clients=RETURNING) as load:
        load.found()
        load.go_on()
        killed = time.monotonic()
        running.kill9()
        running.start()
        ready = time.monotonic() - killed
        back = sorted(moment - killed for moment in load.found()["backAt"])
    detail: dict[str, object] = {"server ready": f"{ready:.2f} s", "first": f"{back[0]:.2f} s", "clients": len(back)}
    most = back[math.ceil(len(back) * 0.95) - 1]
    return [
        Figure("after kill -9 95 of 100 clients are back", most, "s", 1.5, detail=detail),
        Figure("after kill -9 the last client is back", back[-1], "s", 5),
    ]
