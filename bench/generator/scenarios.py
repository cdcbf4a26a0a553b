"""What the load does in each scenario. Each yields figures; at a yield the orchestrator may look at the server."""

from __future__ import annotations

import itertools
import random
import secrets
import time
from collections.abc import Iterator
from typing import Any

import gevent
from gevent.pool import Pool

from bench.generator.device import HEARTBEAT_SECONDS, Device
from bench.generator.ledger import Ledger, percentiles
from bench.generator.open_loop import moments, run
from bench.generator.people import Connections, Pair, Person, book, guest, pairs, therapists

Found = Iterator[dict[str, Any]]

SETTLE_SECONDS = 2.0
WARM_UP_SECONDS = 3.0
CONNECTING_AT_ONCE = 32


def connect(people: list[Person], ledger: Ledger, url: str) -> list[Device]:
    """A device for each of them that is live from now on and beats as the app does."""
    rng = random.Random(1)

    def one(person: Person) -> Device:
        device = Device(url, person.http.cookie, lambda event, at: ledger.heard(person.id, event, at))
        device.hello(person.http.get("/api/session")["cursor"])
        device.welcomed.wait(30)
        device.keep_beating(rng.uniform(0, HEARTBEAT_SECONDS))
        return device

    devices: list[Device] = Pool(CONNECTING_AT_ONCE).map(one, people)
    return devices


def settle(ledger: Ledger) -> None:
    """Waits until everything has arrived, or long enough to call it lost."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while ledger.lost() and time.monotonic() < deadline:
        gevent.sleep(0.05)


def live(
    url: str, clients: int, messages_per_second: float, bookings_per_second: float, seconds: float, rounds: int
) -> Found:
    """Messages, then bookings, among people who are all connected; each in so many rounds of so many seconds."""
    desk = therapists(url)
    crowd = pairs(url, desk, clients - len(desk))
    everybody: list[Person] = [*desk, *(pair.guest for pair in crowd)]
    ledger = Ledger()
    devices = connect(everybody, ledger, url)
    _send_messages(ledger, crowd, moments(messages_per_second, WARM_UP_SECONDS, seed=0))
    yield {"connected": len(devices)}
    for number in range(rounds):
        ledger.turn_the_page()
        _send_messages(ledger, crowd, moments(messages_per_second, seconds, seed=1 + number))
        yield {"found": ledger.summary(), "connected": sum(not device.closed.is_set() for device in devices)}
    turns = itertools.cycle(crowd)
    for number in range(rounds):
        ledger.turn_the_page()
        _send_bookings(ledger, turns, moments(bookings_per_second, seconds, seed=1 + number))
        yield {"found": ledger.summary(), "connected": sum(not device.closed.is_set() for device in devices)}


def _send_messages(ledger: Ledger, crowd: list[Pair], plan: list[float]) -> None:
    rng = random.Random(3)
    turns = [(rng.choice(crowd), rng.random() < 0.5) for _ in plan]

    def send(number: int, planned: float) -> None:
        pair, by_guest = turns[number]
        sender, reader = (pair.guest, pair.therapist) if by_guest else (pair.therapist, pair.guest)
        started = time.monotonic()
        message = _post_message(sender.http, pair.room)
        ledger.answer(message["id"], reader.id, planned, started, time.monotonic())

    run(plan, send)
    settle(ledger)


def _post_message(http: Connections, room: str) -> dict[str, Any]:
    body = {"clientId": secrets.token_hex(12), "message": "I will be there in a few minutes, see you at the gate"}
    status, message = http.post(f"/api/conversations/{room}/messages", body)
    assert status == 201, message
    found: dict[str, Any] = message
    return found


def _send_bookings(ledger: Ledger, turns: Iterator[Pair], plan: list[float]) -> None:
    takers = list(itertools.islice(turns, len(plan)))

    def send(number: int, planned: float) -> None:
        pair, started = takers[number], time.monotonic()
        booking, _ = book(pair.guest, pair.therapist)
        ledger.answer(booking, pair.therapist.id, planned, started, time.monotonic())

    run(plan, send)
    settle(ledger)


def idle(url: str, sockets: int) -> Found:
    """Sockets that say hello and nothing else, after a few that warm the server up."""
    people = [guest(url) for _ in range(50)]
    ledger = Ledger()
    few = connect(people, ledger, url)
    yield {"sockets": len(few)}
    many = connect(list(itertools.islice(itertools.cycle(people), sockets)), ledger, url)
    yield {"sockets": len(few) + len(many)}


def writes(url: str, senders: int, seconds: float) -> Found:
    """As many messages as the server takes from people who each send the next one when the last was answered."""
    crowd = pairs(url, therapists(url), senders)
    yield {"senders": len(crowd)}
    end = time.monotonic() + seconds
    waits: list[float] = []

    def keep_sending(pair: Pair) -> None:
        while (began := time.monotonic()) < end:
            _post_message(pair.guest.http, pair.room)
            waits.append((time.monotonic() - began) * 1000)

    gevent.joinall([gevent.spawn(keep_sending, pair) for pair in crowd], raise_error=True)
    yield {"messages": len(waits), "perSecond": len(waits) / seconds, "answer": percentiles(waits)}


def recovery(url: str, clients: int) -> Found:
    """Devices that come back by themselves when the server was killed; moments are of the system's clock."""
    people: list[Person] = Pool(CONNECTING_AT_ONCE).map(lambda _: guest(url), range(clients))
    devices = connect(people, Ledger(), url)
    yield {"connected": len(devices)}
    rng = random.Random(4)
    delays = [rng.random() for _ in people]
    back: list[float] = Pool(clients).map(
        lambda args: _come_back(url, *args), list(zip(people, devices, delays, strict=True))
    )
    yield {"backAt": back}


def _come_back(url: str, person: Person, device: Device, delay: float) -> float:
    """The moment at which the device was welcomed again; it tries once a second, at its own time in the second."""
    device.closed.wait()
    gevent.sleep(delay)
    while True:
        try:
            again = Device(url, person.http.cookie, lambda event, at: None)
            again.hello(device.cursor)
            if again.welcomed.wait(10):
                return time.monotonic()
        except OSError:
            gevent.sleep(1.0)
