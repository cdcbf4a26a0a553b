"""One WebSocket: greets, sends what the feed gives, answers frames, and ends with a reason."""

import itertools
import math
import time

import gevent
import structlog
from gevent import Greenlet
from simple_websocket import ConnectionClosed, Server
from wsproto.events import Ping as WirePing

from app import storage
from app.domain import clock, receipts
from app.domain.people import Person
from app.domain.rates import TokenBuckets
from app.events import log
from app.events.log import Position
from app.events.types import StoredEvent
from app.realtime import close_codes, protocol
from app.realtime.feed import Feed
from app.realtime.hub import Hub
from app.realtime.transport import LINGER_SECONDS, STALL_SECONDS, WholeSocket, forget_handshake

HELLO_SECONDS = 10
SLOW_SECONDS = 5.0
#: Answers and ephemeral frames that may wait for a peer that does not read.
MOST_FRAMES = 64

_serial = itertools.count()
logger = structlog.get_logger(__name__)


class SocketConnection:
    """A hub listener over a WebSocket. One greenlet receives (the request's own); a second one writes, and exists only
    while there is something to write, which keeps an idle connection small.
    """

    def __init__(self, ws: Server, hub: Hub, frames: TokenBuckets, person: Person | None, token: str | None) -> None:
        self.token = token
        self._ws = ws
        self._hub = hub
        self._transport: WholeSocket = ws.sock
        forget_handshake(ws)
        self._transport.backlog = lambda: len(ws.input_buffer)
        self._frames_allowed = frames
        self._key = str(next(_serial))
        self._person = person
        self._feed = Feed(person.id) if person else None
        self._frames: list[str] = []
        self._writer: Greenlet[..., None] | None = None
        self._greeted = False
        self._ending: tuple[int, str] | None = None
        self._sending_since: float | None = None
        self._ping_due = False
        self._unknown_frames = 0

    def serve(self) -> None:
        """Run until either side closes."""
        user_id = self._person.id if self._person else None
        try:
            # Joined before it has said hello, so that a server that stops can tell it so.
            self._hub.join(user_id, self)
            self._greet(self._await_hello().after)
            while True:
                self._answer(protocol.parse(self._next_frame()))
        except ConnectionClosed:
            pass
        except protocol.Malformed as fault:
            self.end(close_codes.MALFORMED, str(fault))
        except Exception:
            # flask-sock would write an HTTP 500 into the open socket.
            logger.exception("socket.fault")
            self.end(close_codes.FAULT, "fault")
        finally:
            self._hub.leave(user_id, self)
            if self._unknown_frames:
                logger.info("socket.unknown_frames", count=self._unknown_frames)
            self._part()

    def _next_frame(self) -> str | bytes:
        text: str | bytes = self._ws.receive()
        self._transport.taken()
        wait = self._frames_allowed.wait_for(self._key)
        if wait:
            self.end(close_codes.FLOOD, f"retry-after={math.ceil(wait)}")
            raise ConnectionClosed(close_codes.FLOOD)
        return text

    def _await_hello(self) -> protocol.Hello:
        try:
            with gevent.Timeout(HELLO_SECONDS):
                frame = protocol.parse(self._next_frame())
        except gevent.Timeout:
            frame = None
        if isinstance(frame, protocol.Hello) and frame.version == protocol.VERSION:
            return frame
        self.end(close_codes.POLICY, f"say hello with v {protocol.VERSION} first")
        raise ConnectionClosed(close_codes.POLICY)

    def _greet(self, after: str | None) -> None:
        position = self._feed.open(after) if self._feed else Position(0, log.BEGINNING)
        self._frames.insert(0, protocol.welcome(position, clock.now()))
        self._greeted = True
        self._wake()
        if self._person and after and not position.reset:
            receipts.mark_delivered(self._person, after)

    def _answer(self, frame: protocol.ClientFrame) -> None:
        match frame:
            case protocol.Ping(t):
                self._say(protocol.pong(t, self._head(), clock.now()))
                if len(self._frames) > MOST_FRAMES // 2:
                    # Many pings had been received at once: the writer gets its turn before it is called stuck.
                    gevent.sleep(0)
            case protocol.Ack(cursor) if self._person:
                receipts.mark_delivered(self._person, cursor)
            case protocol.Unknown():
                self._unknown_frames += 1
            case _:
                pass  # a second hello, or an ack without a person: nothing to do

    def _head(self) -> int:
        if self._person is None:
            return 0
        user_id = self._person.id
        return storage.read(lambda session: log.head(session, user_id).seq)

    # What the hub calls.

    def offer(self, events: list[StoredEvent]) -> None:
        assert self._feed is not None, "the hub offers events to connections of a person only"
        if not self._feed.offer(events) and self._is_slow():
            self.end(close_codes.TOO_SLOW, "resume from your cursor")
        self._wake()

    def tell(self, frame: str) -> None:
        if len(self._frames) < MOST_FRAMES:
            self._say(frame)

    def look_again(self) -> None:
        if self._feed:
            self._feed.look_again()
            self._wake()

    def end(self, code: int, reason: str) -> None:
        if self._ending is None:
            self._ending = (code, reason)
        self._wake()

    def ping(self) -> None:
        """Ask the peer's WebSocket layer for a sign of life; one that has not answered the last time is gone."""
        if not self._ws.pong_received:
            self._transport.abort()
            return
        self._ws.pong_received = False
        self._ping_due = True
        self._wake()

    # Writing: one greenlet at a time.

    def _say(self, frame: str) -> None:
        if len(self._frames) >= MOST_FRAMES:
            self.end(close_codes.TOO_SLOW, "resume from your cursor")
            return
        self._frames.append(frame)
        self._wake()

    def _is_slow(self) -> bool:
        return self._sending_since is not None and time.monotonic() - self._sending_since > SLOW_SECONDS

    def _wake(self) -> None:
        if self._writer is None and (self._greeted or self._ending):
            self._writer = gevent.spawn(self._write)

    def _write(self) -> None:
        try:
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

    def _part(self) -> None:
        """Let the close frame reach the peer before gunicorn closes the socket under it."""
        writer = self._writer
        if writer is not None:
            writer.join(STALL_SECONDS)
        self._ws.thread.join(LINGER_SECONDS)
