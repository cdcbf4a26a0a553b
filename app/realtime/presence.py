"""Who is here. In memory only: a process that is killed leaves nobody behind as present.

A person is present while a connection of hers is held, and for a grace after the last one went: long-polls come and
go, and phones change networks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

import structlog

from app.domain import clock
from app.domain.presence import record_last_seen
from app.realtime.watchers import Watchers

GRACE_SECONDS = 10.0

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Departure:
    """When a person's last connection went: by ``tick``, and by the calendar."""

    tick: float
    at: datetime


class Presence:
    """Told by the hub of people who come and go. ``tick`` is a clock in seconds that never goes back; ``sweep`` must
    be called every now and then.
    """

    def __init__(self, tick: Callable[[], float]) -> None:
        self.watchers = Watchers(self.is_online)
        self._tick = tick
        self._here: set[str] = set()
        # In the order in which they went.
        self._leaving: dict[str, Departure] = {}

    def is_online(self, user_id: str) -> bool:
        """Whether this person is here, or has been within the grace."""
        return user_id in self._here or user_id in self._leaving

    def came(self, user_id: str) -> None:
        """A person's first connection is there."""
        self._here.add(user_id)
        if self._leaving.pop(user_id, None) is None:
            self.watchers.came(user_id)

    def went(self, user_id: str) -> None:
        """A person's last connection is gone."""
        self._here.discard(user_id)
        self._leaving[user_id] = Departure(self._tick(), clock.now())

    def sweep(self) -> None:
        """Those whose grace has passed are gone: it is written down, in one transaction, and told."""
        latest = self._tick() - GRACE_SECONDS
        gone = dict(takewhile(lambda item: item[1].tick <= latest, self._leaving.items()))
        if not gone:
            return
        _write({user_id: departure.at for user_id, departure in gone.items()})
        for user_id, departure in gone.items():
            # Who came back while it was written was never away.
            if self._leaving.get(user_id) is departure:
                del self._leaving[user_id]
                self.watchers.gone(user_id, departure.at)

    def stop(self) -> None:
        """The process ends: those who are here were last seen now, those in their grace when they went."""
        now = clock.now()
        went = {user_id: departure.at for user_id, departure in self._leaving.items()}
        _write(went | dict.fromkeys(self._here, now))


def _write(moments: Mapping[str, datetime]) -> None:
    try:
        record_last_seen(moments)
    except Exception:
        # They are gone all the same: nobody stays present because a database is away.
        logger.exception("presence.write_failed", people=len(moments))
