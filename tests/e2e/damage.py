"""Bookings with something missing or corrupt in them, put into what the server really sent."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Route, WebSocketRoute

from tests.support.wire import Json

#: Each field with a value that must not pass for it, and the words by which the explanation names it.
FIELDS: dict[str, tuple[object, str]] = {
    "bookingId": (17, "id"),
    "customerId": ({}, "customer"),
    "therapistId": (" ", "therapist"),
    "customerName": ({"first": "Wati"}, "customer"),
    "therapistName": (["Ayu"], "therapist"),
    "status": ("booked", "status"),
    "price": (-200000, "price"),
    "currency": ("rupiah", "price"),
    "duration": ("an hour", "duration"),
    "location": (" ", "location"),
    "scheduledTime": ("tomorrow", "time"),
    "endTime": ("later", "time"),
    "timezone": ("Bali/Somewhere", "time"),
    "conversationId": (0, "chat"),
    "expiresAt": ("soon", "deadline"),
}


@dataclass(frozen=True)
class Damage:
    """One fault of a booking: the field is not there at all, or holds nonsense."""

    field: str
    kind: str  # missing, corrupt

    @property
    def part(self) -> str:
        """The key of the words for it."""
        return f"broken.part.{FIELDS[self.field][1]}"

    def done_to(self, booking: Json) -> Json:
        """The booking with this fault."""
        rest = {name: value for name, value in booking.items() if name != self.field}
        return rest if self.kind == "missing" else rest | {self.field: FIELDS[self.field][0]}


class DamagedLine:
    """The server's words on their way to a page: every booking in them gets the fault that is set.

    In all of them, the frames of the socket, what is polled and the answers: a sound booking that came another way,
    e.g. with the lists that are read anew after a hiccup, would mend the window before anybody has looked.
    """

    def __init__(self, page: Page, damage: Damage | None = None, *, has_socket: bool = True) -> None:
        self.damage = damage
        page.route("**/api/bookings*", _rewriting(self._spoil))
        page.route("**/api/bookings/*", _rewriting(self._spoil))
        page.route("**/api/events*", _rewriting(lambda body: body | {"events": self._spoil_events(body["events"])}))
        page.route_web_socket("**/ws", self._join if has_socket else lambda socket: None)

    def _spoil(self, body: Json) -> Json:
        if self.damage is None:
            return body
        if "items" in body:
            return body | {"items": [self.damage.done_to(booking) for booking in body["items"]]}
        if "booking" in body:
            return body | {"booking": self.damage.done_to(body["booking"])}
        return self.damage.done_to(body)

    def _spoil_events(self, events: list[Json]) -> list[Json]:
        if self.damage is None:
            return events
        return [
            event | {"data": self.damage.done_to(event["data"])} if _is_booking(event) else event for event in events
        ]

    def _join(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(text: str | bytes) -> None:
            frame = json.loads(text)
            if frame["type"] == "events":
                frame["events"] = self._spoil_events(frame["events"])
            socket.send(json.dumps(frame))

        server.on_message(pass_on)


def _is_booking(event: Json) -> bool:
    return event["type"] in ("booking.created", "booking.changed")


def _rewriting(change: Callable[[Json], Json]) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        # A poll is held for less long than Playwright waits for the answer; the client sees no difference.
        with contextlib.suppress(PlaywrightError):  # the test has ended while a poll was held
            response = route.fetch(url=re.sub(r"\bwait=15\b", "wait=2", route.request.url))
            route.fulfill(response=response, json=change(response.json()))

    return answer
