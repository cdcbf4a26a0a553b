"""A lean WebSocket client on gevent, so that a thousand of them cost the load's core little."""

from __future__ import annotations

import base64
import json
import os
import struct
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import gevent
from gevent import Greenlet, socket
from gevent.event import Event

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
HEARTBEAT_SECONDS = 15.0

Heard = Callable[[dict[str, Any], float], None]


class Device:
    """One socket of one person. `heard` is called with each event and the moment at which it had arrived."""

    def __init__(self, url: str, cookie: str, heard: Heard) -> None:
        address = urlsplit(url)
        self._heard = heard
        self._buffer = bytearray()
        self.welcomed = Event()
        self.closed = Event()
        self.cursor = "0"
        self._socket = socket.create_connection((address.hostname, address.port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._shake_hands(address.netloc, cookie)
        self._socket.settimeout(None)
        self._reader: Greenlet[..., None] = gevent.spawn(self._read)

    def _shake_hands(self, host: str, cookie: str) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(
            f"GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nCookie: {cookie}\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self._buffer:
            self._receive()
        head, _, rest = bytes(self._buffer).partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(head[:200].decode())
        self._buffer = bytearray(rest)

    def hello(self, after: str) -> None:
        """Says hello; `welcomed` is set when the answer has come."""
        self.send(type="hello", v=1, after=after)

    def send(self, **frame: object) -> None:
        """Sends one frame."""
        self._send(TEXT, json.dumps(frame).encode())

    def keep_beating(self, offset: float) -> None:
        """Pings as the app does, the first time after `offset` seconds."""
        gevent.spawn_later(offset, self._beat)

    def _beat(self) -> None:
        if not self.closed.is_set():
            self.send(type="ping", t=time.monotonic())
            gevent.spawn_later(HEARTBEAT_SECONDS, self._beat)

    def _send(self, opcode: int, content: bytes) -> None:
        length = len(content)
        size = bytes([0x80 | length]) if length < 126 else struct.pack("!BH", 0x80 | 126, length)
        # A mask of zeros is a mask: it leaves the content as it is.
        self._socket.sendall(bytes([0x80 | opcode]) + size + b"\0\0\0\0" + content)

    def _read(self) -> None:
        try:
            while True:
                opcode, content = self._frame()
                arrived = time.monotonic()
                if opcode == TEXT:
                    self._take(json.loads(content), arrived)
                elif opcode == PING:
                    self._send(PONG, content)
                elif opcode == CLOSE:
                    break
        except OSError:
            pass
        finally:
            self.closed.set()

    def _take(self, frame: dict[str, Any], arrived: float) -> None:
        if frame["type"] == "events":
            for event in frame["events"]:
                self._heard(event, arrived)
            self.cursor = frame["cursor"]
        elif frame["type"] == "welcome":
            self.cursor = frame["cursor"]
            self.welcomed.set()

    def _frame(self) -> tuple[int, bytes]:
        """One whole frame; the server neither masks nor splits."""
        self._need(2)
        length, start = self._buffer[1], 2
        if length == 126:
            self._need(4)
            (length,), start = struct.unpack_from("!H", self._buffer, 2), 4
        elif length == 127:
            self._need(10)
            (length,), start = struct.unpack_from("!Q", self._buffer, 2), 10
        self._need(start + length)
        opcode, content = self._buffer[0] & 0x0F, bytes(self._buffer[start : start + length])
        del self._buffer[: start + length]
        return opcode, content

    def _need(self, size: int) -> None:
        while len(self._buffer) < size:
            self._receive()

    def _receive(self) -> None:
        chunk = self._socket.recv(65536)
        if not chunk:
            raise ConnectionError("the server hung up")
        self._buffer += chunk

    def close(self) -> None:
        """Hangs up."""
        self._reader.kill()
        self._socket.close()
        self.closed.set()
