"""How many connections one person and one address may hold; whoever holds too many is refused before the upgrade."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from app.realtime.admission import peer
from tests.conftest import StartServer
from tests.support.api import Api, Problem
from tests.support.cast import Cast
from tests.support.server import Server
from tests.support.socket import Refused, Socket
from tests.support.waiting import until

HOME, ELSEWHERE = "203.0.113.7", "203.0.113.8"
PER_PERSON, PER_ADDRESS = 2, 4


@pytest.fixture
def narrow(start_server: StartServer) -> Server:
    """A server behind one proxy that lets few in."""
    return start_server(
        MAX_CONNECTIONS_PER_PERSON=str(PER_PERSON), MAX_CONNECTIONS_PER_ADDRESS=str(PER_ADDRESS), TRUSTED_PROXIES="1"
    )


@pytest.fixture
def held() -> Iterator[ExitStack]:
    """Connections that stay open until the test ends, or closes them."""
    with ExitStack() as connections:
        yield connections


def device(server: Server, address: str, cookie: str = "") -> Socket:
    return Socket(server.url, cookie, headers={"X-Forwarded-For": address})


def refusal(server: Server, address: str, cookie: str = "") -> Refused:
    """How one more socket is refused."""
    with pytest.raises(Refused) as refused:
        device(server, address, cookie)
    return refused.value


def test_an_address_that_holds_its_share_is_refused_before_the_upgrade_and_others_are_not(
    narrow: Server, held: ExitStack
) -> None:
    """Nobody has to sign in to open a socket. # R20 # R42"""
    for _ in range(PER_ADDRESS):
        held.enter_context(device(narrow, HOME)).hello()
    refused = refusal(narrow, HOME)
    assert refused.status == 429
    assert json.loads(refused.body)["code"] == "too_many_requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    with device(narrow, ELSEWHERE) as other:
        assert other.hello()["type"] == "welcome"


def test_a_connection_that_ends_gives_its_place_back(narrow: Server, held: ExitStack) -> None:
    """However it ends: cut, closed by the server, or never greeted. # R20"""
    for _ in range(PER_ADDRESS):
        held.enter_context(device(narrow, HOME))
    assert refusal(narrow, HOME).status == 429
    held.close()

    def has_room() -> bool:
        try:
            with ExitStack() as again:
                for _ in range(PER_ADDRESS):
                    again.enter_context(device(narrow, HOME)).hello()
        except Refused:
            return False
        return True

    until(has_room, "places that were given back", within=10)


def test_a_person_is_counted_over_all_addresses_and_over_sockets_and_polls(narrow: Server, held: ExitStack) -> None:
    """# R18 # R20"""
    sari, wati = Cast(narrow.url).guest("Sari"), Cast(narrow.url).guest("Wati")
    held.enter_context(device(narrow, HOME, sari.api.cookie)).hello()
    polling = threading.Thread(target=lambda: sari.api.poll(sari.api.cursor(), wait=5))
    polling.start()
    until(lambda: _is_refused(sari.api), "the poll that waits", within=4)
    assert refusal(narrow, ELSEWHERE, sari.api.cookie).status == 429
    with device(narrow, ELSEWHERE, wati.api.cookie) as other:
        other.hello()
    polling.join(10)
    assert sari.api.poll("0")["events"] == []


def _is_refused(api: Api) -> bool:
    try:
        api.poll("0")
    except Problem as problem:
        return problem.status == 429 and int(problem.answer.headers["retry-after"]) >= 1
    return False


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        (None, "", True),
        ("unix:", "unix:", True),
    ],
)
def test_the_addresses_of_one_household_are_one_peer(one: str | None, other: str, same: bool) -> None:
    """# R20"""
    assert (peer(one) == peer(other)) is same
