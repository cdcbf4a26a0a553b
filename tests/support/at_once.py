"""Requests that reach the server in the same instant.

Each request is sent but for its last byte, so that the server has a greenlet waiting in every one of them;
then the last bytes follow one another within a fraction of a millisecond.
"""

from __future__ import annotations

import http.client
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.support.api import Answer, Api
from tests.support.wire import Json


@dataclass(frozen=True)
class Call:
    """A write that somebody is about to make."""

    api: Api
    path: str
    body: Json = field(default_factory=dict)
    key: str = field(default_factory=lambda: secrets.token_hex(12))
    method: str = "POST"

    @classmethod
    def act(cls, api: Api, action: str, booking_id: str) -> Call:
        """An action on a booking: accept, decline, confirm or cancel."""
        return cls(api, f"/api/bookings/{booking_id}/{action}")


class Held:
    """A request that has been sent but for its last byte."""

    def __init__(self, call: Call) -> None:
        self._api = call.api
        self._connection: http.client.HTTPConnection
        self._connection, content = call.api.open(call.method, call.path, call.body, {"Idempotency-Key": call.key})
        self._connection.send(content[:-1])
        self._last = content[-1:]

    def release(self) -> None:
        """Sends the last byte."""
        self._connection.send(self._last)

    def answer(self) -> Answer:
        """The answer, whatever its status."""
        try:
            return self._api.answer_on(self._connection)
        finally:
            self._connection.close()


def at_once(calls: Sequence[Call]) -> list[Answer]:
    """The answers to the calls, in their order."""
    held = [Held(call) for call in calls]
    for request in held:
        request.release()
    return [request.answer() for request in held]
