"""Calls that block in the operating system, made so that the other greenlets of the process go on."""

from collections.abc import Callable
from typing import TypeVar

import gevent
from gevent import monkey

T = TypeVar("T")


def in_native_thread(call: Callable[[], T]) -> T:
    """Run ``call`` in gevent's thread pool while the other greenlets run. Without gevent's patches (a command, a test)
    there is nothing to keep running, and it is called at once.
    """
    if not monkey.is_module_patched("threading"):
        return call()
    result: T = gevent.get_hub().threadpool.apply(call)
    return result


def pause(seconds: float) -> None:
    """Wait without stopping the other greenlets."""
    gevent.sleep(seconds)
