"""Who is connected to this process, and waking them.

The hub only wakes: what a connection sends comes from its ``Feed``, which reads the log whenever the buffered events
do not follow on. A lost wake-up therefore costs time, never an event.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Protocol

import gevent

from app.events.types import StoredEvent
from app.realtime import close_codes
from app.realtime.presence import Presence
from app.realtime.relay import TypingRelay

PULSE_AT_ONCE = 50


class Listener(Protocol):
    """A connection as the hub sees it. None of these may block: they are called between two commits."""

    token: str | None

    def offer(self, events: list[StoredEvent]) -> None:
        """Events of the listener's person, just committed."""

    def tell(self, frame: str) -> None:
        """An ephemeral frame, to be dropped if there is no room."""

    def look_again(self) -> None:
        """Something may have been committed by another process."""

    def ping(self) -> None:
        """Ask the peer for a sign of life."""

    def end(self, code: int, reason: str) -> None:
        """The connection must end, with a close code of docs/protocol.md."""


class Hub:
    """Connections of this process by person; those without a person are under None. ``tick`` is a clock in seconds
    that never goes back.
    """

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._listeners: dict[str | None, set[Listener]] = defaultdict(set)
        self.presence = Presence(tick)
        self.relay = TypingRelay(self.tell, tick)
        self.draining = False

    def join(self, user_id: str | None, listener: Listener) -> None:
        """Begin to offer events. A connection that comes while the server stops is sent away at once."""
        is_first = user_id not in self._listeners
        self._listeners[user_id].add(listener)
        if is_first and user_id is not None:
            self.presence.came(user_id)
        if self.draining:
            listener.end(close_codes.RESTART, "restart")

    def leave(self, user_id: str | None, listener: Listener) -> None:
        """Stop; leaving twice is the same."""
        listeners = self._listeners.get(user_id)
        if listeners is not None:
            listeners.discard(listener)
            if not listeners:
                del self._listeners[user_id]
                if user_id is not None:
                    self.presence.went(user_id)
        self.presence.watchers.part(listener)
        self.relay.part(listener)

    def publish(self, events: Iterable[StoredEvent]) -> None:
        """Offer committed events to the connections of the people concerned."""
        by_person: dict[str, list[StoredEvent]] = defaultdict(list)
        for event in events:
            by_person[event.user_id].append(event)
            if event.type in ("conversation.opened", "conversation.closed"):
                self.presence.watchers.notice(event)
                self.relay.forget(event.user_id)
        for user_id, mine in by_person.items():
            for listener in tuple(self._listeners.get(user_id, ())):
                listener.offer(mine)

    def tell(self, user_id: str, frame: str) -> None:
        """An ephemeral frame to a person's connections."""
        for listener in tuple(self._listeners.get(user_id, ())):
            listener.tell(frame)

    def sharing_changed(self, user_id: str, shares_presence: bool) -> None:
        """What a person lets others notice has changed."""
        self.relay.forget(user_id)
        self.presence.watchers.sharing_changed(user_id, shares_presence)

    def broadcast(self, frame: str) -> None:
        """An ephemeral frame to every connection."""
        for listener in self._everybody():
            listener.tell(frame)

    def people(self) -> set[str]:
        """Who is connected to this process."""
        return {user_id for user_id in self._listeners if user_id is not None}

    def wake(self, user_ids: set[str]) -> None:
        """Let the connections of these people compare themselves with the log."""
        for user_id in user_ids:
            for listener in tuple(self._listeners.get(user_id, ())):
                listener.look_again()

    def pulse(self) -> None:
        """Ask every peer for a sign of life, without holding up anything else."""
        for number, listener in enumerate(self._everybody()):
            listener.ping()
            if number % PULSE_AT_ONCE == 0:
                gevent.sleep(0)

    def tokens(self) -> set[str]:
        """The sessions that hold connections."""
        return {listener.token for listener in self._everybody() if listener.token}

    def sign_out(self, tokens: set[str]) -> None:
        """End the connections of sessions that have ended."""
        for listener in self._everybody():
            if listener.token in tokens:
                listener.end(close_codes.SIGNED_OUT, "signed out")

    def drain(self) -> None:
        """End every connection because the server stops; those that still come are sent away too."""
        self.draining = True
        for listener in self._everybody():
            listener.end(close_codes.RESTART, "restart")

    def _everybody(self) -> list[Listener]:
        return [listener for listeners in self._listeners.values() for listener in listeners]
