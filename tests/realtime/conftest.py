"""A server whose limits do not get in the way, and two people in an open room on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.support.cast import Cast, Person
from tests.support.databases import Databases
from tests.support.server import Server
from tests.support.socket import Socket

NO_LIMITS = {"RATE_MESSAGE_BURST": "100000", "RATE_MESSAGES_PER_SECOND": "10000"}


@dataclass(frozen=True)
class Pair:
    """A customer and Ayu, who has accepted a booking of hers, so that both may write."""

    customer: Person
    ayu: Person
    room: str

    def talk(self, times: int, text: str = "hello") -> list[str]:
        """The customer sends this many messages; their ids are returned."""
        return [self.customer.api.send(self.room, f"{text} {self._word(n)}")["id"] for n in range(times)]

    def _word(self, number: int) -> str:
        # Letters, because the contact filter rightly takes rows of digits for a telephone number; never two of them alone,
        # because some pairs are names of messengers.
        return "x" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


@pytest.fixture(scope="session")
def server(sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests of sockets that leave it running."""
    home = tmp_path_factory.mktemp("realtime")
    with Server(home, sqlite_databases.fresh(home), **NO_LIMITS) as running:
        yield running


@pytest.fixture(scope="session")
def cast(server: Server) -> Cast:
    """The people of that server: the cast that all tests share would be on whichever server was asked for first."""
    return Cast(server.url)


@pytest.fixture
def pair(cast: Cast) -> Pair:
    """A new customer with an open room."""
    return pair_in(cast)


def pair_in(cast: Cast) -> Pair:
    """A new customer with an open room, on any server."""
    customer = cast.guest()
    return Pair(customer, cast.ayu, cast.accepted(customer)["conversationId"])


@pytest.fixture
def anonymous(server: Server) -> Iterator[Socket]:
    """A device of nobody, as of somebody who looks at the directory."""
    with Socket(server.url) as device:
        device.hello()
        yield device
