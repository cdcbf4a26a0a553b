"""The proxy that swallows sockets leaves none of its own open."""

from __future__ import annotations

import contextlib
import socket

import pytest

from tests.e2e.black_hole import BlackHole


class SlowDoor:
    """A listener that lets one in while the proxy is being closed."""

    def __init__(self, real: socket.socket) -> None:
        self._real = real
        self.hole: BlackHole | None = None

    def accept(self) -> tuple[socket.socket, object]:
        came = self._real.accept()
        assert self.hole is not None
        self.hole.__exit__()
        return came

    def shutdown(self, how: int) -> None:
        self._real.shutdown(how)

    def close(self) -> None:
        self._real.close()


def test_who_is_let_in_while_it_closes_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Left open, that socket would end as a warning in a test that has nothing to do with it."""
    door = SlowDoor(socket.create_server(("127.0.0.1", 0)))
    port = door._real.getsockname()[1]
    monkeypatch.setattr(socket, "create_server", lambda _: door)
    with BlackHole(server_port=port) as hole:
        door.hole = hole
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client, contextlib.suppress(ConnectionError):
            assert client.recv(1) == b""
