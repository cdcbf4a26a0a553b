"""What flask-sock and simple-websocket need under gunicorn and gevent, and do not bring.

1. simple-websocket calls ``sock.send`` once; under gevent that may send a part, and the frame is cut.
   ``WholeSocket.send`` sends everything, under a lock: the library's reader answers pings while our writer writes.
2. permessage-deflate is always accepted by the library: 96 KB a connection instead of 6. The offer is dropped.
3. The library's input list has no bound: reading stops while the application is behind.
4. Closing a socket that still holds unread input resets the connection, and the peer never sees why it was closed:
   ``close`` shuts down the sending side and reads on for a moment.
"""

import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import gevent
from gevent.event import Event
from gevent.lock import RLock
from simple_websocket import Server

STALL_SECONDS = 30.0
LINGER_SECONDS = 2.0
SEND_BUFFER_BYTES = 128 * 1024
INPUT_FRAMES = 64
MAX_FRAME_BYTES = 64 * 1024

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class ReaderGreenlet:
    """The library asks for a thread; a bare greenlet is lighter than a patched ``threading.Thread``."""

    def __init__(self, target: Callable[[], None]) -> None:
        self.name = "socket-reader"
        self._greenlet = gevent.Greenlet(target)

    def start(self) -> None:
        self._greenlet.start()

    def join(self, timeout: float) -> None:
        """Wait for the end of the reading, at most ``timeout`` seconds."""
        self._greenlet.join(timeout)


#: For ``SOCK_SERVER_OPTIONS``. Pings are sent by our own sweep (``pulse``): the library's need a selector a socket.
SERVER_OPTIONS = {
    "max_message_size": MAX_FRAME_BYTES,
    "thread_class": ReaderGreenlet,
    "event_class": Event,
}


class WholeSocket:
    """A gevent socket as simple-websocket should see it."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._lock = RLock()
        self._room = Event()
        #: How many received frames the application has not taken yet.
        self.backlog: Callable[[], int] = lambda: 0

    def send(self, data: bytes) -> int:
        """Send all of ``data``.

        :raises TimeoutError: the peer took nothing for ``STALL_SECONDS``
        """
        with self._lock:
            view = memoryview(data)
            while view:
                # The limit is on standing still, not on being slow: a phone on a weak network may take its time.
                view = view[self._sock.send(view, 0, timeout=STALL_SECONDS) :]
        return len(data)

    def recv(self, size: int) -> bytes:
        """Receive, but not while the application is behind."""
        while self.backlog() >= INPUT_FRAMES:
            self._room.clear()
            self._room.wait()
        received: bytes = self._sock.recv(size)
        return received

    def taken(self) -> None:
        """The application has taken a frame."""
        self._room.set()

    def close(self) -> None:
        """Close without a reset, so that the last frame arrives."""
        try:
            self._sock.shutdown(socket.SHUT_WR)
            with gevent.Timeout(LINGER_SECONDS):
                while self._sock.recv(65536):
                    pass
        except (OSError, gevent.Timeout):
            pass  # the peer was faster, or does not care
        self._sock.close()

    def abort(self) -> None:
        """Cut the connection at once; what waits in ``send`` or ``recv`` ends with an error."""
        self.backlog = lambda: 0
        self._room.set()
        with suppress(OSError):  # cut already
            self._sock.shutdown(socket.SHUT_RDWR)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class FinishedHandshake:
    """Stands where wsproto keeps the handshake; no more events come from it."""

    def events(self) -> tuple[()]:
        return ()


def forget_handshake(ws: Server) -> None:
    """Let go of the HTTP parser of an upgraded connection: 3 KB that would stay for as long as the socket lives."""
    ws.ws.handshake = FinishedHandshake()


class SocketTransport:
    """WSGI middleware that prepares upgrade requests for flask-sock."""

    def __init__(self, wsgi_app: Callable[[Environ, StartResponse], Iterable[bytes]]) -> None:
        self._wsgi_app = wsgi_app

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            raw = environ.get("gunicorn.socket")
            if raw is not None:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
                environ["gunicorn.socket"] = WholeSocket(raw)
        return self._wsgi_app(environ, start_response)
