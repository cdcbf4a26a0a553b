"""One device on the socket: it says hello, reads frames with a deadline, and can misbehave on purpose."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from typing import Any, Self, cast

from tests.support.line import Closed, Line, Refused
from tests.support.wire import Event, Json

__all__ = ["Closed", "Refused", "Socket"]


def _seq(cursor: str) -> int:
    return int(cursor.partition("-")[0])


class Socket:
    """A device connected to /ws; keeps every event it saw and the cursor it may resume from."""

    def __init__(
        self, url: str, cookie: str = "", *, headers: dict[str, str] | None = None, receive_buffer: int = 0
    ) -> None:
        self.line = Line(url, cookie, headers or {}, receive_buffer)
        self.events: list[Event] = []
        self.cursor = "0"

    # ---- sending

    def send(self, **frame: Any) -> None:
        """Sends one JSON frame."""
        self.send_text(json.dumps(frame))

    def send_text(self, text: str) -> None:
        """Sends any text, also one that is no frame of the protocol."""
        self.line.send_text(text)

    def send_binary(self, content: bytes) -> None:
        """Sends a binary frame, which the protocol does not have."""
        self.line.send_binary(content)

    def hello(self, after: str = "0", seen: Iterable[Event] = ()) -> Json:
        """Says hello with the cursor to resume from, which stands behind the events `seen`; the welcome."""
        self.cursor, self.events = after, list(seen)
        self.send(type="hello", v=1, after=after)
        welcome = self.frame()
        assert welcome["type"] == "welcome", welcome
        if welcome["reset"]:
            self.cursor = welcome["cursor"]
        return welcome

    def acknowledge(self) -> None:
        """Tells the server that everything seen so far is on this device."""
        self.send(type="ack", cursor=self.cursor)

    # ---- reading

    def frame(self, within: float = 5.0) -> Json:
        """The next frame; raises Closed, or TimeoutError after `within` seconds."""
        frame = cast(Json, json.loads(self.line.text(within)))
        if frame["type"] == "events":
            self.events += frame["events"]
            self.cursor = frame["cursor"]
        return frame

    def frame_of(self, kind: str, within: float = 5.0) -> Json:
        """The next frame of this type; others before it are noted and passed over."""
        deadline = time.monotonic() + within
        while True:
            frame = self.frame(deadline - time.monotonic())
            if frame["type"] == kind:
                return frame

    def told(self, kind: str, within: float = 5.0) -> list[Json]:
        """The frames of this type that the server sends before it answers a ping of now: also that there are none."""
        deadline, found = time.monotonic() + within, list[Json]()
        self.send(type="ping", t=0)
        while (frame := self.frame(deadline - time.monotonic()))["type"] != "pong":
            found += [frame] if frame["type"] == kind else []
        return found

    def event(self, kind: str, within: float = 5.0, **having: object) -> Event:
        """The first event of this type whose data has these values, seen already or yet to come."""
        deadline, checked = time.monotonic() + within, 0
        while True:
            for event in self.events[checked:]:
                if event["type"] == kind and having.items() <= event["data"].items():
                    return event
            checked = len(self.events)
            self.frame_of("events", deadline - time.monotonic())

    def caught_up(self, within: float = 5.0) -> list[Event]:
        """All events up to the stream's head at this moment, for a device that knows its beginning."""
        deadline = time.monotonic() + within
        self.send(type="ping", t=0)
        head = self.frame_of("pong", within)["head"]
        while (self.events[-1]["seq"] if self.events else 0) < head:
            self.frame_of("events", deadline - time.monotonic())
        return self.events

    def up_to(self, cursor: str, within: float = 5.0) -> list[Event]:
        """All events up to a cursor that the server has given out."""
        deadline = time.monotonic() + within
        # A frame may reach beyond it: what came meanwhile travels along.
        while _seq(self.cursor) < _seq(cursor):
            self.frame_of("events", deadline - time.monotonic())
        return self.events

    def close_code(self, within: float = 5.0) -> Closed:
        """How the server closes this socket; frames before the close are noted and passed over."""
        deadline = time.monotonic() + within
        try:
            while True:
                self.frame(deadline - time.monotonic())
        except Closed as closed:
            return closed

    # ---- ending

    def cut(self) -> None:
        """Resets the connection without a goodbye."""
        self.line.cut()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
