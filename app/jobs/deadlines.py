"""Sleeps until the next deadline and acts on it. Any number of workers may do so at once."""

import random
from collections.abc import Callable

import gevent
import structlog

from app.domain import accounts, appeals, clock, deadlines, drafts, recovery, refusals

LONGEST_SLEEP = 1.0
TRIM_EVERY_SECONDS = 3600.0
FIRST_TRIM_SECONDS = 60.0
BETWEEN_TRIMS_SECONDS = 0.05

logger = structlog.get_logger(__name__)


def run_deadlines() -> None:
    """Act on what is due, for as long as the process lives. What fell due while all were down happens at the start."""
    while True:
        gevent.sleep(_guarded(_step, LONGEST_SLEEP))


def _step() -> float:
    due = deadlines.next_due()
    if due is not None and due <= clock.now():
        deadlines.settle_due()
        due = deadlines.next_due()
    if due is None:
        return LONGEST_SLEEP
    return min(LONGEST_SLEEP, max(0.005, (due - clock.now()).total_seconds()))


def run_retention() -> None:
    """Every hour, each worker at its own moment: trim the event log, forget ended sessions and what is old."""
    gevent.sleep(FIRST_TRIM_SECONDS)
    while True:
        _guarded(_forget_old, 0.0)
        gevent.sleep(TRIM_EVERY_SECONDS * random.uniform(0.9, 1.1))


def _forget_old() -> float:
    sessions, codes = accounts.forget_ended_sessions(), recovery.forget_expired()
    events, untouched = _in_parts(deadlines.trim_events), _in_parts(drafts.forget_untouched)
    refused, appealed = _in_parts(refusals.forget_old), _in_parts(appeals.forget_old)
    gone = {"events": events, "sessions": sessions, "codes": codes, "drafts": untouched}
    logger.info("retention.done", **gone, refusals=refused, appeals=appealed)
    return 0.0


def _in_parts(forget: Callable[[], int]) -> int:
    """Forget a part at a time until nothing is left, because everybody's writes wait for each."""
    total = 0
    while gone := forget():
        total += gone
        gevent.sleep(BETWEEN_TRIMS_SECONDS)
    return total


def _guarded(step: Callable[[], float], otherwise: float) -> float:
    # A database that is away for a moment must not end the job for good.
    try:
        return step()
    except Exception:
        logger.exception("job.failed")
        return otherwise
