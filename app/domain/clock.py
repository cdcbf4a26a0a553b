"""The only source of time for the domain, so that a test can set it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


def _system() -> datetime:
    moment = datetime.now(UTC)
    # Milliseconds: what a browser's clock can hold, so that a time compares equal after the round trip.
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """The present, in UTC, to the millisecond."""
    return _source()


@contextmanager
def fixed(moment: Callable[[], datetime]) -> Iterator[None]:
    """Take the time from ``moment`` inside the block."""
    global _source
    before, _source = _source, moment
    try:
        yield
    finally:
        _source = before
