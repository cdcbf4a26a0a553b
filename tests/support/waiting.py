"""Waiting for a condition with a deadline, the only way in which a test here waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

LOOK_AGAIN_SECONDS = 0.01


class NotInTime(AssertionError):
    """What was waited for did not come before its deadline."""


def until(look: Callable[[], Found | None], what: str, within: float = 5.0) -> Found:
    """The first answer of `look` that is neither None nor False; raises NotInTime after `within` seconds."""
    deadline = time.monotonic() + within
    pause = threading.Event()
    while True:
        found = look()
        if found is not None and found is not False:
            return found
        if time.monotonic() >= deadline:
            raise NotInTime(f"{what} did not come within {within:g} s")
        pause.wait(LOOK_AGAIN_SECONDS)
