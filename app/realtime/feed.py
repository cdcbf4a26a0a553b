"""A person's stream from a cursor on: what was missed first, then what comes, each event once and in order.

Both carriers read through this, so a socket and a long-poll give the same events.
"""

from dataclasses import dataclass

from app import storage
from app.events import log
from app.events.types import StoredEvent

PAGE = 200
#: Buffered events beyond this are dropped and read from the log again when their turn comes.
BUFFER = 256


@dataclass(frozen=True, slots=True)
class Batch:
    """Events in order, and the cursor after them."""

    events: list[StoredEvent]
    cursor: str


class Feed:
    """Make it, join the hub so that ``offer`` is called from now on, then ``open`` and ``take``. The order matters:
    what is committed before the log is read is in the log, what is committed later is offered, and what is both is
    given once.
    """

    def __init__(self, user_id: str) -> None:
        self.user_id = user_id
        self._buffer: list[StoredEvent] = []
        self._cursor = log.BEGINNING
        self._seq = 0
        self._behind = True

    def open(self, cursor: str | None) -> log.Position:
        """Stand at ``cursor``, or at the head with ``reset`` if it is not of this stream."""
        position = storage.read(lambda session: log.locate(session, self.user_id, cursor))
        self._seq, self._cursor = position.seq, position.cursor
        return position

    def offer(self, events: list[StoredEvent]) -> bool:
        """Called by the hub with events just committed. False when there is no room for them, or when the log must be
        read anyway: they will come from there.
        """
        if not self._behind and len(self._buffer) + len(events) <= BUFFER:
            self._buffer.extend(events)
            return True
        self._buffer.clear()
        self._behind = True
        return False

    def look_again(self) -> None:
        """Compare with the log at the next ``take``."""
        self._behind = True

    @property
    def cursor(self) -> str:
        """The place up to which events have been taken."""
        return self._cursor

    def take(self) -> Batch | None:
        """The next events, or None when there is nothing new. What follows on comes from the buffer without a query;
        anything else is read from the log.
        """
        if not self._behind:
            fresh = self._from_buffer()
            if fresh:
                return self._advance(fresh)
        if not self._behind:
            return None
        # Cleared before the read: what overflows the buffer during it must be read again.
        self._behind = False
        page = storage.read(lambda session: log.read_after(session, self.user_id, self._seq, PAGE))
        if len(page) == PAGE:
            self._behind = True
        if page:
            return self._advance(page)
        fresh = self._from_buffer()
        return self._advance(fresh) if fresh else None

    def _from_buffer(self) -> list[StoredEvent]:
        # Taken as a whole: what is offered from now on is for the next time.
        buffered, self._buffer = self._buffer, []
        fresh: list[StoredEvent] = []
        expected = self._seq + 1
        for event in buffered:
            if event.seq == expected:
                fresh.append(event)
                expected += 1
            elif event.seq > expected:
                # A wake-up is missing: the log has what lies between, and what follows.
                self._behind = True
                break
        return fresh

    def _advance(self, events: list[StoredEvent]) -> Batch:
        self._seq, self._cursor = events[-1].seq, events[-1].cursor
        return Batch(events, self._cursor)
