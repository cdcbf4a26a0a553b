"""Calls that block in the operating system, made so that the other greenlets of the process go on."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

import gevent
from gevent import monkey
from gevent.threadpool import ThreadPool

T = TypeVar("T")

HASHING_THREADS = 2


def in_native_thread(call: Callable[[], T]) -> T:
    """Run ``call`` in gevent's thread pool while the other greenlets run. Without gevent's patches (a command, a test)
    there is nothing to keep running, and it is called at once.
    """
    if not monkey.is_module_patched("threading"):
        return call()
    result: T = gevent.get_hub().threadpool.apply(call)
    return result


def in_hashing_thread(call: Callable[[], T]) -> T:
    """Like ``in_native_thread``, in a pool of its own: a commit never queues behind passwords, which anybody may send
    and which take a processor for 50 ms each.
    """
    if not monkey.is_module_patched("threading"):
        return call()
    result: T = _hashing_pool().apply(call)
    return result


@cache
def _hashing_pool() -> ThreadPool:
    # Made when it is first used: threads do not come along into a worker process.
    return ThreadPool(HASHING_THREADS)


def pause(seconds: float) -> None:
    """Wait without stopping the other greenlets."""
    gevent.sleep(seconds)
