"""The server's half of a connection, taken apart just enough to lose events and nothing else."""

from __future__ import annotations

import struct
from collections.abc import Callable

EVENTS = b'{"type":"events"'
_HEAD_END = b"\r\n\r\n"

Judge = Callable[[bytes], bool]


def is_events(payload: bytes) -> bool:
    """Whether a frame carries events."""
    return payload.replace(b" ", b"").startswith(EVENTS)


class FrameFilter:
    """Passes the bytes of an HTTP answer on as they are, and after a 101 only the frames that `keep` keeps.

    Frames of a server are not masked, and ours are never split into fragments (RFC 6455, 5.2).
    """

    def __init__(self, keep: Judge) -> None:
        self._keep = keep
        self._pending = b""
        self._is_socket = False
        self._is_http = False

    def feed(self, data: bytes) -> bytes:
        """What of `data`, and of what was held back before it, goes on."""
        if self._is_http:
            return data
        self._pending += data
        passed = b""
        if not self._is_socket:
            head, end, rest = self._pending.partition(_HEAD_END)
            if not end:
                return b""
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                self._is_http = True
                passed, self._pending = self._pending, b""
                return passed
            self._is_socket, passed, self._pending = True, head + end, rest
        while (size := self._frame_size()) is not None:
            frame, self._pending = self._pending[: sum(size)], self._pending[sum(size) :]
            if self._keep(frame[size[0] :]):
                passed += frame
        return passed

    def _frame_size(self) -> tuple[int, int] | None:
        """Bytes of the first frame's header and of its payload; None while it is not whole."""
        if len(self._pending) < 2:
            return None
        length = self._pending[1] & 0x7F
        header = {126: 4, 127: 10}.get(length, 2)
        if len(self._pending) < header:
            return None
        if header > 2:
            (length,) = struct.unpack(">H" if header == 4 else ">Q", self._pending[2:header])
        return (header, length) if len(self._pending) >= header + length else None
