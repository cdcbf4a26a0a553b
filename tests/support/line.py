"""A WebSocket below the protocol's frames: texts and raw bytes over one TCP connection.

The library is not the one that the server uses, so that a fault of the server's cannot hide behind the same fault here.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Iterable, Mapping

import websocket
from websocket import ABNF

HANDSHAKE_SECONDS = 10.0


class Closed(Exception):
    """The socket is closed: the close code (1006 when there was no close frame) and the reason."""

    def __init__(self, code: int, reason: str = "") -> None:
        self.code, self.reason = code, reason
        super().__init__(f"{code} {reason}")


class Refused(Exception):
    """The upgrade was answered with an HTTP status instead."""

    def __init__(self, status: int, body: str = "", headers: Mapping[str, str] | None = None) -> None:
        self.status, self.body, self.headers = status, body, headers or {}
        super().__init__(f"{status}: {body[:300]}")


class Line:
    """A client's connection to /ws; raises Refused when the upgrade is answered by something else."""

    def __init__(self, url: str, cookie: str, headers: dict[str, str], receive_buffer: int) -> None:
        self._end: Exception | None = None
        options = [(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)] if receive_buffer else []
        self._wire = websocket.WebSocket(sockopt=options, skip_utf8_validation=True)
        self._wire.settimeout(HANDSHAKE_SECONDS)
        address = url.replace("http", "ws", 1) + "/ws"
        try:
            self._wire.connect(  # type: ignore[no-untyped-call]  # untyped in the library
                address, cookie=cookie or None, header=headers, suppress_origin=True
            )
        except websocket.WebSocketBadStatusException as refusal:
            body = bytes(refusal.resp_body or b"").decode(errors="replace")
            raise Refused(int(refusal.status_code), body, refusal.resp_headers) from None
        except websocket.WebSocketException as cut:  # the server died, or the network did, in mid-handshake
            raise Closed(1006, str(cut)) from None

    # ---- sending

    def send_text(self, text: str) -> None:
        """Sends a text frame."""
        self._send(text, ABNF.OPCODE_TEXT)

    def send_texts(self, texts: Iterable[str]) -> None:
        """Sends text frames in one piece, so that they arrive together."""
        frames = (ABNF.create_frame(text, ABNF.OPCODE_TEXT).format() for text in texts)
        assert self._wire.sock is not None, "the socket is open"
        self._wire.sock.sendall(b"".join(frames))

    def send_binary(self, content: bytes) -> None:
        """Sends a binary frame."""
        self._send(content, ABNF.OPCODE_BINARY)

    def ping(self) -> None:
        """Sends a ping of WebSocket itself."""
        self._send(b"", ABNF.OPCODE_PING)

    def _send(self, content: str | bytes, opcode: int) -> None:
        self._wire.settimeout(HANDSHAKE_SECONDS)
        try:
            self._wire.send(content, opcode)
        except websocket.WebSocketException as error:
            raise ConnectionError(str(error)) from None

    # ---- receiving

    def text(self, within: float) -> str:
        """The next text; raises what ended the connection, or TimeoutError."""
        deadline = time.monotonic() + within
        while True:
            if self._end:
                raise self._end
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                raise TimeoutError("nothing came in time")
            opcode, content = self._receive(remaining)
            if opcode == ABNF.OPCODE_TEXT:
                return content.decode()
            if opcode == ABNF.OPCODE_CLOSE:
                self._end = Closed(*_code_and_reason(content))
                self._wire.shutdown()  # type: ignore[no-untyped-call]  # untyped in the library

    def _receive(self, within: float) -> tuple[int, bytes]:
        """The next frame's opcode and content; a ping was answered when this returns."""
        self._wire.settimeout(within)
        try:
            opcode, frame = self._wire.recv_data_frame(control_frame=True)
        except websocket.WebSocketTimeoutException:
            raise TimeoutError("nothing came in time") from None
        except (websocket.WebSocketConnectionClosedException, OSError):
            self._end = Closed(1006)
            raise self._end from None
        return int(opcode), bytes(frame.data)

    def read_a_little(self, size: int) -> None:
        """Takes up to `size` raw bytes off the line, wherever frames begin and end."""
        if self._end is None and self._wire.sock is not None:
            self._wire.sock.settimeout(HANDSHAKE_SECONDS)
            self._wire.frame_buffer.recv_buffer.append(self._wire.sock.recv(size))

    # ---- ending

    def cut(self) -> None:
        """Resets the TCP connection without a goodbye, as a lost network looks to the server."""
        if self._wire.sock is not None:
            with contextlib.suppress(OSError):
                self._wire.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._wire.shutdown()  # type: ignore[no-untyped-call]  # untyped in the library


def _code_and_reason(content: bytes) -> tuple[int, str]:
    if len(content) < 2:
        return 1005, ""
    return struct.unpack("!H", content[:2])[0], content[2:].decode(errors="replace")
