"""The clock that a test holds in its hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

#: Wednesday, 10:00 in Denpasar (WITA, UTC+8).
NOW = datetime(2027, 1, 13, 2, 0, tzinfo=UTC)


class Clock:
    """Stands still until it is moved; given to ``app.domain.clock.fixed``."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> datetime:
        """Move on by a ``timedelta`` and return the new present."""
        self.now += timedelta(**span)
        return self.now

    def go_to(self, moment: datetime | None) -> None:
        """Make ``moment`` the present."""
        assert moment is not None
        self.now = moment
