"""One WebSocket: greets, answers the peer's frames, passes on what the hub calls, and ends with a reason."""

import itertools
import math

import gevent
import structlog
from simple_websocket import ConnectionClosed, Server

from app import storage
from app.domain import clock
from app.domain.people import Person
from app.domain.rates import TokenBuckets
from app.events import log
from app.events.log import Position
from app.events.types import StoredEvent
from app.realtime import close_codes, protocol
from app.realtime.delivered import DeliveryMarks
from app.realtime.feed import Feed
from app.realtime.hub import Hub
from app.realtime.outgoing import Outgoing
from app.realtime.transport import WholeSocket, forget_handshake

HELLO_SECONDS = 10

_serial = itertools.count()
logger = structlog.get_logger(__name__)


class SocketConnection:
    """A hub listener over a WebSocket. The request's own greenlet receives; ``Outgoing`` writes."""

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
        self._outgoing = Outgoing(ws, self._feed)
        self._delivered = DeliveryMarks(person, self._fail) if person else None
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
            self._fail()
        finally:
            self._hub.leave(user_id, self)
            if self._unknown_frames:
                logger.info("socket.unknown_frames", count=self._unknown_frames)
            self._outgoing.part()
            if self._delivered:
                self._delivered.part()

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
        self._outgoing.greet(protocol.welcome(position, clock.now()))
        if self._delivered and after and not position.reset:
            self._delivered.note(after)

    def _answer(self, frame: protocol.ClientFrame) -> None:
        match frame:
            case protocol.Ping(t):
                self._outgoing.say(protocol.pong(t, self._head(), clock.now()))
            case protocol.Ack(cursor) if self._delivered:
                self._delivered.note(cursor)
            case protocol.Typing(conversation_id) if self._person:
                self._hub.relay.typed(self, self._person, conversation_id)
            case protocol.Watch(conversation_ids) if self._person:
                self._hub.presence.watchers.watch(self, self._person, conversation_ids)
            case protocol.Unknown():
                self._unknown_frames += 1
            case _:
                pass  # a second hello, or what needs a person without one: nothing to do
        if self._outgoing.is_half_full:
            # Many frames had been received at once: the writer gets its turn before it is called stuck.
            gevent.sleep(0)

    def _head(self) -> int:
        if self._person is None:
            return 0
        head = storage.read_row(log.HEAD, {"user_id": self._person.id})
        return head.seq if head else 0

    def _fail(self) -> None:
        self.end(close_codes.FAULT, "fault")

    # What the hub calls.

    def offer(self, events: list[StoredEvent]) -> None:
        assert self._feed is not None, "the hub offers events to connections of a person only"
        if not self._feed.offer(events) and self._outgoing.is_slow:
            self._outgoing.end_as_slow()
        self._outgoing.wake()

    def tell(self, frame: str) -> None:
        self._outgoing.tell(frame)

    def look_again(self) -> None:
        if self._feed:
            self._feed.look_again()
            self._outgoing.wake()

    def ping(self) -> None:
        self._outgoing.ping()

    def end(self, code: int, reason: str) -> None:
        self._outgoing.end(code, reason)
