"""Looks after the connections of this process: signs of life, ended sessions, writes by other processes."""

from collections.abc import Callable

import gevent
import structlog

from app.domain import accounts, streams
from app.storage import Store

logger = structlog.get_logger(__name__)

PULSE_SECONDS = 25.0
SESSION_CHECK_SECONDS = 60.0
SWEEP_SECONDS = 0.5
FOREIGN_EVENTS_SECONDS = 0.5


def every(seconds: float, step: Callable[[], None]) -> None:
    """Call ``step`` again and again; a failure is logged and does not end it."""
    while True:
        gevent.sleep(seconds)
        try:
            step()
        except Exception:
            logger.exception("job.failed")


def end_stale_sessions(tokens: Callable[[], set[str]], sign_out: Callable[[set[str]], None]) -> None:
    """Close the sockets of sessions that were ended elsewhere."""
    held = tokens()
    if held:
        gone = held - accounts.still_signed_in(held)
        if gone:
            sign_out(gone)


class ForeignEvents:
    """Notices events that another process has written (a command, another worker) and wakes the people concerned."""

    def __init__(self, store: Store, connected: Callable[[], set[str]], wake: Callable[[set[str]], None]) -> None:
        self._store = store
        self._connected = connected
        self._wake = wake
        self._heads: dict[str, int] = {}

    def look(self) -> None:
        """Compare the connected people's streams with the last look, in one query."""
        if not self._store.foreign_commits():
            return
        heads = streams.heads(self._connected())
        news = {user_id for user_id, seq in heads.items() if self._heads.get(user_id) != seq}
        self._heads = heads
        if news:
            self._wake(news)
