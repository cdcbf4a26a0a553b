"""A TCP proxy in front of a server that swallows WebSockets: accepted, read, never answered."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Self

from tests.support.processes import free_port

UPGRADE = b"GET /ws"
CHUNK = 65_536


class BlackHole:
    """Passes every request on but the socket's, until it is healed."""

    def __init__(self, server_port: int, is_hungry: bool = True) -> None:
        self.port = free_port()
        self._swallowed: list[socket.socket] = []
        self._server_port = server_port
        self._is_hungry = is_hungry
        self._sockets: list[socket.socket] = []
        self._open: list[socket.socket] = []
        self._is_closed = False
        self._door = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", self.port))

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def swallowed(self) -> int:
        """How many sockets were tried in vain."""
        return len(self._swallowed)

    def heal(self) -> None:
        """Lets new sockets through, and drops those it has swallowed, as a middlebox does that was started anew."""
        self._is_hungry = False
        for client in self._swallowed:
            _cut(client)

    def wake(self) -> None:
        """Cuts the sockets that are open, and swallows those that come."""
        self._is_hungry = True
        for client in self._sockets:
            _cut(client)

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._door:
            self._is_closed = True
        for connection in [self._listener, *self._open]:
            _cut(connection)

    def _keep(self, connection: socket.socket) -> None:
        """Remembers a connection until the end; one that comes after it is cut at once."""
        with self._door:
            if not self._is_closed:
                self._open.append(connection)
                return
        _cut(connection)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._keep(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            first = client.recv(CHUNK)
            if self._is_hungry and first.startswith(UPGRADE):
                self._swallowed.append(client)
                while client.recv(CHUNK):
                    pass
                return
            if first.startswith(UPGRADE):
                self._sockets.append(client)
            server = socket.create_connection(("127.0.0.1", self._server_port))
            self._keep(server)
            server.sendall(first)
            threading.Thread(target=_pass_on, args=(server, client), daemon=True).start()
            _pass_on(client, server)
            return
        _cut(client)  # what one side suffers the other must feel


def _cut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)  # wakes the thread that is reading from it
    connection.close()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    try:
        while chunk := source.recv(CHUNK):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        _cut(target)  # what one side suffers the other must feel
