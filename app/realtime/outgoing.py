"""What a socket sends: frames in order, then events as the feed has them, one writer at a time."""

import time

import gevent
import structlog
from gevent import Greenlet
from simple_websocket import ConnectionClosed, Server
from wsproto.events import Ping as WirePing

from app.realtime import close_codes, protocol
from app.realtime.feed import Feed
from app.realtime.transport import LINGER_SECONDS, STALL_SECONDS, WholeSocket

SLOW_SECONDS = 5.0
#: Answers and ephemeral frames that may wait for a peer that does not read.
MOST_FRAMES = 64

logger = structlog.get_logger(__name__)


class Outgoing:
    """The sending side of one WebSocket. Its greenlet exists only while there is something to write, which keeps an
    idle connection small. None of its methods waits for the peer, but for ``part``.
    """

    __slots__ = ("_ending", "_feed", "_frames", "_greeted", "_ping_due", "_sending_since", "_woken", "_writer", "_ws")

    def __init__(self, ws: Server, feed: Feed | None) -> None:
        self._ws = ws
        self._feed = feed
        self._frames: list[str] = []
        self._writer: Greenlet[..., None] | None = None
        self._greeted = False
        self._woken = False
        self._ending: tuple[int, str] | None = None
        self._sending_since: float | None = None
        self._ping_due = False

    def greet(self, welcome: str) -> None:
        """Send the first frame; only now do others and the feed's events follow, those from before included."""
        self._frames.insert(0, welcome)
        self._greeted = True
        self.wake()

    def say(self, frame: str) -> None:
        """Send a frame. A peer for whom too many wait already is sent away."""
        if len(self._frames) >= MOST_FRAMES:
            self.end_as_slow()
            return
        self._frames.append(frame)
        self.wake()

    def tell(self, frame: str) -> None:
        """Send a frame if there is room for it."""
        if len(self._frames) < MOST_FRAMES:
            self.say(frame)

    @property
    def is_half_full(self) -> bool:
        """Whether the writer should get its turn before more is said."""
        return len(self._frames) > MOST_FRAMES // 2

    @property
    def is_slow(self) -> bool:
        """Whether the peer has taken nothing of a frame for ``SLOW_SECONDS``."""
        return self._sending_since is not None and time.monotonic() - self._sending_since > SLOW_SECONDS

    def ping(self) -> None:
        """Ask the peer's WebSocket layer for a sign of life; one that has not answered the last time is gone."""
        if not self._ws.pong_received:
            self._transport.abort()
            return
        self._ws.pong_received = False
        self._ping_due = True
        self.wake()

    def end(self, code: int, reason: str) -> None:
        """Close with a code of docs/protocol.md instead of sending more; the first reason stands."""
        if self._ending is None:
            self._ending = (code, reason)
        self.wake()

    def end_as_slow(self) -> None:
        """Send a peer away that does not keep up: what it missed is in the log."""
        self.end(close_codes.TOO_SLOW, "resume from your cursor")

    def part(self) -> None:
        """Let the close frame reach the peer before gunicorn closes the socket under it."""
        writer = self._writer
        if writer is not None:
            writer.join(STALL_SECONDS)
        self._ws.thread.join(LINGER_SECONDS)

    def wake(self) -> None:
        """Write what there is to write."""
        self._woken = True
        if self._writer is None and (self._greeted or self._ending):
            self._writer = gevent.spawn(self._write)

    @property
    def _transport(self) -> WholeSocket:
        transport: WholeSocket = self._ws.sock
        return transport

    def _write(self) -> None:
        try:
            # What wakes it while it reads the log finds a writer, which would end when the log has nothing new.
            while self._woken:
                self._woken = False
                while self._write_one():
                    pass
        except (ConnectionClosed, OSError):
            self._transport.abort()
        except Exception:
            logger.exception("socket.write_fault")
            self._transport.abort()
        finally:
            self._writer = None

    def _write_one(self) -> bool:
        """Send the next thing there is; False when there is nothing left."""
        if self._ending is not None:
            if self._ws.connected:
                self._ws.close(*self._ending)
                self._ws.event.set()
            return False
        if self._ping_due:
            self._ping_due = False
            self._transport.send(self._ws.ws.send(WirePing()))
        elif self._frames:
            self._send(self._frames.pop(0))
        elif self._feed and (batch := self._feed.take()):
            self._send(protocol.events(batch))
        else:
            return False
        return True

    def _send(self, frame: str) -> None:
        self._sending_since = time.monotonic()
        self._ws.send(frame)
        self._sending_since = None
