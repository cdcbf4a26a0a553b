"""The frames of the socket: a closed, versioned union, written down in docs/protocol.md."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.events.log import BEGINNING, Position
from app.events.payloads import MemberRole
from app.events.types import StoredEvent
from app.realtime.feed import Batch

VERSION = 1
#: The largest number that a client may have echoed: a script cannot tell greater integers apart.
MAX_TIME = 2**53
#: How many conversations one connection may watch.
MOST_WATCHED = 20
# Printable, without spaces, and no longer than any of ours: not every database can look up everything else.
_ID = re.compile(r"[\x21-\x7e]{1,120}")


class Malformed(Exception):
    """A frame that is not a JSON object with a ``type``, or lacks what its type needs."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The first frame: the protocol's version, and the cursor to go on from (None: from the oldest kept event)."""

    version: object
    after: str | None


@dataclass(frozen=True, slots=True)
class Ping:
    """Asks for a pong; ``t`` is whatever number the client wants to see again."""

    t: float


@dataclass(frozen=True, slots=True)
class Ack:
    """Everything up to the cursor is on the device."""

    cursor: str


@dataclass(frozen=True, slots=True)
class Typing:
    """The person types in this conversation."""

    conversation_id: str


@dataclass(frozen=True, slots=True)
class Watch:
    """The conversations whose other members this connection wants to know the presence of."""

    conversation_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A frame of a type that this version does not have."""

    type: str


ClientFrame = Hello | Ping | Ack | Typing | Watch | Unknown


def parse(text: str | bytes | bytearray) -> ClientFrame:
    """A client's frame.

    :raises Malformed: the connection is closed with 1003
    """
    if not isinstance(text, str):
        raise Malformed("binary frames are not spoken here")
    try:
        frame: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    if not isinstance(frame, dict) or not isinstance(frame.get("type"), str):
        raise Malformed("not an object with a type")
    match frame["type"]:
        case "hello":
            return Hello(frame.get("v"), _after(frame.get("after")))
        case "ping":
            return Ping(_time(frame.get("t", 0)))
        case "ack":
            if not isinstance(frame.get("cursor"), str):
                raise Malformed("ack without a cursor")
            return Ack(frame["cursor"])
        case "typing":
            return Typing(_id(frame.get("conversationId")))
        case "presence":
            return Watch(_ids(frame.get("watch")))
        case other:
            return Unknown(other)


def _after(after: Any) -> str | None:
    # "0" is the beginning, and a client may well write it as a number.
    if after == 0 and not isinstance(after, bool):
        return BEGINNING
    if not (after is None or isinstance(after, str)):
        raise Malformed("after is not a cursor")
    return after


def _time(t: Any) -> float:
    # NaN is no JSON and compares as false with everything; an integer of hundreds of digits is no float.
    if isinstance(t, bool) or not isinstance(t, int | float) or not -MAX_TIME <= t <= MAX_TIME:
        raise Malformed("a ping without a time")
    return t


def _id(value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Malformed("not the id of a conversation")
    return value


def _ids(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or len(values) > MOST_WATCHED:
        raise Malformed(f"watch is not a list of at most {MOST_WATCHED}")
    return tuple(_id(value) for value in values)


def welcome(position: Position, now: datetime) -> str:
    """The answer to hello: events follow from ``cursor``."""
    place = {"cursor": position.cursor, "seq": position.seq, "reset": position.reset}
    return _frame("welcome", v=VERSION, **place, serverTime=iso(now))


def pong(t: float, head: int, now: datetime) -> str:
    """The answer to a ping, with the newest seq of the stream, so that the client notices a silent hole."""
    return _frame("pong", t=t, head=head, serverTime=iso(now))


def events(batch: Batch) -> str:
    """Events as one frame. Their data is JSON already and is not parsed again."""
    return f'{{"type":"events","events":[{events_json(batch.events)}],"cursor":{json.dumps(batch.cursor)}}}'


def events_json(stored: Iterable[StoredEvent]) -> str:
    """The events' JSON, separated by commas."""
    return ",".join(
        f'{{"seq":{event.seq},"type":"{event.type}","data":{event.data},"at":"{iso(event.at)}"}}' for event in stored
    )


def typing(conversation_id: str, role: MemberRole) -> str:
    """The member of this role types."""
    return _frame("typing", conversationId=conversation_id, role=role)


def presence(conversation_id: str, is_online: bool | None, last_seen_at: datetime | None) -> str:
    """How it stands with the other member; None and None of one who does not share it."""
    seen = iso(last_seen_at) if last_seen_at else None
    return _frame("presence", conversationId=conversation_id, isOnline=is_online, lastSeenAt=seen)


def iso(moment: datetime) -> str:
    """A time as answers write it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _frame(kind: str, **members: object) -> str:
    return json.dumps({"type": kind, **members}, separators=(",", ":"))
