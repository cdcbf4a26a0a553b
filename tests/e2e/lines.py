"""The ways in which a device can reach the server, and what ends the trouble with each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import WebSocketRoute

from tests.e2e.black_hole import BlackHole
from tests.e2e.device import LOST_SOCKET, Device
from tests.support.server import Server


@dataclass
class Line:
    """What carries the events (websocket or polling), the address, and how a device is put on this line."""

    kind: str
    url: str
    join: Callable[[Device], None]
    heal: Callable[[], None]


def _nothing(*_: object) -> None:
    """This line needs no more than its address."""


@contextmanager
def whole(server: Server) -> Iterator[Line]:
    """Everything works."""
    yield Line("websocket", server.url, _nothing, _nothing)


@contextmanager
def unanswered(server: Server) -> Iterator[Line]:
    """The socket opens, and then nobody ever says anything."""
    state = {"hangs": True}

    def meet(socket: WebSocketRoute) -> None:
        if not state["hangs"]:
            socket.connect_to_server()

    def join(device: Device) -> None:
        device.page.route_web_socket("**/ws", meet)

    yield Line("polling", server.url, join, lambda: state.update(hangs=False))


@contextmanager
def black_hole(server: Server) -> Iterator[Line]:
    """The connection is accepted and the upgrade never answered."""
    with BlackHole(server.port) as hole:
        # When the client gives such a socket up, the browser notes that it never opened.
        yield Line("polling", hole.url, lambda device: device.expects(LOST_SOCKET), hole.heal)
        assert hole.swallowed, "no socket was ever tried"


LINES = {"websocket": whole, "unanswered": unanswered, "black-hole": black_hole}
