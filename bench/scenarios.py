"""The scenarios: a server on one core, the load on the other, and the figures that come of it."""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.load import Load
from bench.machine import SERVER_CORE, children, cpu_seconds, pinned, resident_kb
from bench.results import Figure
from tests.support.databases import SqliteDatabases
from tests.support.server import Server

CLIENTS = 400
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
    arguments = {"clients": CLIENTS, "messages_per_second": 100, "bookings_per_second": 10, "seconds": 15}
    with server() as running, Load("live", url=running.url, **arguments) as load:
        (worker,) = children(running.pid)
        load.found()
        before = cpu_seconds(worker)
        load.go_on()
        messages = load.found()
        messages["cpu"] = (cpu_seconds(worker) - before) * 1000 / messages["messages"]["sent"]
        load.go_on()
        bookings = load.found()
    return [
        _latency("message POST → other socket, p99 at 100/s, 400 connected", messages, "messages", 20),
        _latency("booking POST → therapist's socket, p99 at 10/s", bookings, "bookings", 50),
        Figure("lost, doubled or misordered", _wrong(messages["messages"]) + _wrong(bookings["bookings"]), "", 0),
    ]


def _latency(name: str, step: dict[str, Any], of: str, target: float) -> Figure:
    found = step[of]
    detail: dict[str, object] = {
        "median": f"{found['delivery']['median']:.1f} ms",
        "max": f"{found['delivery']['max']:.1f} ms",
        "own answer p99": f"{found['answer']['p99']:.1f} ms",
        "load late by p99": f"{found['lateness']['p99']:.1f} ms",
        "sent": found["sent"],
        "connected": step["connected"],
    }
    if "cpu" in step:
        detail["server's CPU each"] = f"{step['cpu']:.2f} ms"
    return Figure(name, found["delivery"]["p99"], "ms", target, detail=detail)


def _wrong(found: dict[str, Any]) -> int:
    return int(found["lost"] + found["doubled"] + found["misordered"])


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
