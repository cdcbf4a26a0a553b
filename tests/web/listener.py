"""A connection that only notes what the hub does to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.events.types import StoredEvent
from tests.web.device import Device
from tests.web.house import House


class Listener:
    """Told frames and close codes, in order."""

    def __init__(self, token: str | None) -> None:
        self.token = token
        self.told: list[str] = []
        self.ended: list[int] = []

    def offer(self, events: list[StoredEvent]) -> None:
        self.told += [event.type for event in events]

    def tell(self, frame: str) -> None:
        self.told.append(frame)

    def look_again(self) -> None:
        """There is no log behind this one."""

    def ping(self) -> None:
        """There is nobody to answer."""

    def end(self, code: int, reason: str) -> None:
        self.ended.append(code)


@contextmanager
def connected(house: House, device: Device | None = None) -> Iterator[Listener]:
    """A connection of the device's session to the hub; of nobody's without one."""
    hub = house.app.extensions["runtime"].hub
    person_id = token = None
    if device is not None:
        person_id = device.get("/api/session").body["user"]["id"]
        with device.client.session_transaction() as session:
            token = str(session["_user_id"])
    listener = Listener(token)
    hub.join(person_id, listener)
    try:
        yield listener
    finally:
        hub.leave(person_id, listener)
