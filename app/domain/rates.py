"""Token buckets: how often one person may do one thing."""

import math
import time
from collections.abc import Callable

from app.domain.errors import TooMany

FORGET_ABOVE = 10_000


class TokenBuckets:
    """A bucket per key in the memory of this process, so each worker grants its own share.

    :param burst: how many at once
    :param per_second: how fast the bucket fills again
    """

    def __init__(self, burst: int, per_second: float, tick: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._per_second = per_second
        self._tick = tick
        self._levels: dict[str, tuple[float, float]] = {}

    def wait_for(self, key: str) -> float:
        """Take a token: 0 when there was one, else the seconds until there is."""
        now = self._tick()
        level, since = self._levels.get(key, (float(self._burst), now))
        level = min(self._burst, level + (now - since) * self._per_second)
        if level < 1:
            return (1 - level) / self._per_second
        self._levels[key] = (level - 1, now)
        if len(self._levels) > FORGET_ABOVE:
            self._forget_full(now)
        return 0

    def take(self, key: str) -> None:
        """:raises TooMany: with the seconds to wait"""
        wait = self.wait_for(key)
        if wait:
            seconds = math.ceil(wait)
            raise TooMany(f"That was too fast. Nothing is lost; try again in {seconds} s.", retry_after=seconds)

    def _forget_full(self, now: float) -> None:
        refill = self._burst / self._per_second
        self._levels = {key: kept for key, kept in self._levels.items() if now - kept[1] < refill}


# One element each, set once by the composition root.
_messages: list[TokenBuckets] = [TokenBuckets(burst=120, per_second=10)]
_bookings: list[TokenBuckets] = [TokenBuckets(burst=10_000, per_second=100)]
_drafts: list[TokenBuckets] = [TokenBuckets(burst=120, per_second=2)]
_accounts: list[TokenBuckets] = [TokenBuckets(burst=30, per_second=0.1)]


def use_message_rate(burst: int, per_second: float) -> None:
    """Set how often one person may send a message."""
    _messages[:] = [TokenBuckets(burst, per_second)]


def use_booking_rate(burst: int, per_second: float) -> None:
    """Set how often one person may try to submit a booking."""
    _bookings[:] = [TokenBuckets(burst, per_second)]


def use_draft_rate(burst: int, per_second: float) -> None:
    """Set how often one person may save or remove a draft."""
    _drafts[:] = [TokenBuckets(burst, per_second)]


def use_account_rate(burst: int, per_second: float) -> None:
    """Set how often one person may change a bank account, or look at the number of one."""
    _accounts[:] = [TokenBuckets(burst, per_second)]


def take_message(person_id: str) -> None:
    """Count one message of a person.

    :raises TooMany: with the seconds to wait
    """
    _messages[0].take(person_id)


def take_booking(person_id: str) -> None:
    """Count one attempt of a person to submit a booking.

    :raises TooMany: with the seconds to wait
    """
    _bookings[0].take(person_id)


def take_draft(person_id: str) -> None:
    """Count one attempt of a person to save or remove a draft.

    :raises TooMany: with the seconds to wait
    """
    _drafts[0].take(person_id)


def take_account(person_id: str) -> None:
    """Count one attempt of a person to change a bank account, or to look at the number of one.

    :raises TooMany: with the seconds to wait
    """
    _accounts[0].take(person_id)
