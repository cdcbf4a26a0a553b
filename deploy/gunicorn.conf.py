"""How the server runs. Settings come from the environment, see the README's table."""

import gc
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import gevent
from gunicorn.workers.ggevent import GeventWorker

# To look for garbage while everything is loaded takes a seventh of the start, and finds next to none.
gc.disable()
# Who spawned which greenlet is of use to a debugger only, and costs 5 KB a connection.
gevent.config.track_greenlet_tree = False


class Worker(GeventWorker):  # type: ignore[misc]  # gunicorn is untyped
    """Knows which connections wait for a request, their first or another, so that a stop need not wait for them: a
    browser keeps some for as long as it may, and until the last is gone nobody else is served. Whoever was just about
    to send one gets no answer, as with any connection that is lost, and asks the next process.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._clients: dict[object, socket.socket] = {}
        self._waiting: set[socket.socket] = set()

    def handle(self, listener: socket.socket, client: socket.socket, addr: object) -> None:
        """Serve one connection until it closes."""
        greenlet = gevent.getcurrent()
        self._clients[greenlet] = client
        try:
            super().handle(listener, client, addr)
        finally:
            del self._clients[greenlet]

    @contextmanager
    def timeout_ctx(self) -> Iterator[None]:
        """Around the wait for the next request of a connection."""
        client = self._clients[gevent.getcurrent()]
        self._waiting.add(client)
        try:
            with super().timeout_ctx():
                yield
        finally:
            self._waiting.discard(client)

    def let_go(self) -> None:
        """Take no further request from the connections that wait for one. What has arrived already is still served."""
        for client in tuple(self._waiting):
            with suppress(OSError):  # it is closed already
                client.shutdown(socket.SHUT_RD)


bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = Worker
# One: the application refuses WEB_CONCURRENCY above it, with a sentence.
workers = 1
# Sockets, polls and requests together.
worker_connections = 20_000
backlog = 4096
graceful_timeout = 15
timeout = 60
keepalive = 30
# A worker that is recycled would cut its sockets for nothing.
max_requests = 0
# The control socket lies in the home folder and would be shared by every instance.
control_socket_disable = True
accesslog = os.environ.get("ACCESS_LOG") or None

DRAIN_AGAIN_SECONDS = 0.1
NOTICE_STOP_SECONDS = 0.1
# Objects made, collections of the youngest generation, collections of the middle one.
COLLECT_AFTER = (10_000, 20, 50)
# The thread that waits for the disk gets its turn this soon; Python's own 5 ms would be added to each commit.
SWITCH_SECONDS = 0.000_5


def post_worker_init(worker: Any) -> None:
    """Start the background work of this worker, and send its connections away when it stops: gunicorn itself would
    cut them without a close frame after the graceful timeout.
    """
    import wsgi

    runtime = wsgi.app.extensions["runtime"]
    runtime.start()
    _keep_pauses_short()

    def watch() -> None:
        while worker.alive:
            gevent.sleep(NOTICE_STOP_SECONDS)
        # The listener still accepts for up to a second.
        while True:
            runtime.drain()
            worker.let_go()
            gevent.sleep(DRAIN_AGAIN_SECONDS)

    gevent.spawn(watch)
    worker.runtime = runtime


def worker_exit(_server: Any, worker: Any) -> None:
    """Called in the worker when all its requests have ended. One that failed to start has nothing to write down."""
    runtime = getattr(worker, "runtime", None)
    if runtime is not None:
        runtime.stop()


def _keep_pauses_short() -> None:
    """A full collection walks everything that the worker holds: with 400 sockets connected it stops all of them for a
    tenth of a second. What was loaded at the start is never garbage, so it is taken out; the rest is walked less often.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(*COLLECT_AFTER)
    sys.setswitchinterval(SWITCH_SECONDS)
