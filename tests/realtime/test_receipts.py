"""Delivered by an acknowledgement of the device, read by the person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from tests.realtime.conftest import Pair, pair_in
from tests.support.cast import Cast
from tests.support.server import Server
from tests.support.socket import Socket
from tests.support.wire import Mark


def marks(device: Socket, role: str, **having: int) -> Mark:
    """The marks of one side once the device is told of these values."""
    while True:
        for event in device.events:
            if event["type"] == "conversation.marks":
                mark: Mark = next(mark for mark in event["data"]["marks"] if mark["role"] == role)
                if having.items() <= mark.items():
                    return mark
        device.frame_of("events")


def test_an_acknowledged_cursor_raises_delivered_for_the_sender_to_see(pair: Pair) -> None:
    """# R13 # R14"""
    with pair.customer.socket() as hers, pair.ayu.socket() as ayus:
        sent = pair.customer.api.send(pair.room, "are you there?")
        ayus.event("message.created", id=sent["id"])
        ayus.acknowledge()
        mark = marks(hers, "therapist", deliveredSeq=sent["seq"])
    assert mark["readSeq"] < sent["seq"]


def test_the_next_polls_cursor_raises_delivered_too(pair: Pair) -> None:
    """# R14 # R20"""
    cursor = pair.ayu.api.cursor()
    with pair.customer.socket() as hers:
        sent = pair.customer.api.send(pair.room, "are you there?")
        batch = pair.ayu.api.poll(cursor)
        pair.ayu.api.poll(batch["cursor"])
        assert marks(hers, "therapist", deliveredSeq=sent["seq"])


def test_reading_raises_read_and_never_lowers_it(pair: Pair) -> None:
    """# R14"""
    ids = pair.talk(3)
    last = pair.ayu.api.history(pair.room)[-1]
    with pair.customer.socket() as hers:
        pair.ayu.api.read(pair.room, last["seq"])
        pair.ayu.api.read(pair.room, last["seq"] - 1)
        assert marks(hers, "therapist", readSeq=last["seq"])
        assert all(m["isRead"] for m in pair.customer.api.history(pair.room) if m["id"] in ids)
        assert pair.ayu.api.conversation(pair.room)["unreadCount"] == 0


def test_an_acknowledgement_of_a_cursor_that_is_not_hers_changes_nothing(pair: Pair, cast: Cast) -> None:
    """# R14"""
    other = pair_in(cast)
    with pair.ayu.socket() as ayus, other.customer.socket() as hers:
        first = other.customer.api.send(other.room, "are you there?")
        ayus.event("message.created", id=first["id"])
        sent = pair.customer.api.send(pair.room, "are you there?")
        ayus.send(type="ack", cursor=pair.customer.api.cursor())
        # Taken in their order: when the right one has had its effect, the wrong one has had none.
        ayus.acknowledge()
        assert marks(hers, "therapist", deliveredSeq=first["seq"])
    mine = next(m for m in pair.customer.api.conversation(pair.room)["marks"] if m["role"] == "therapist")
    assert mine["deliveredSeq"] < sent["seq"]


@contextmanager
def busy(server: Server) -> Iterator[None]:
    """Somebody else writes to the database of the server and does not come to an end."""
    with closing(sqlite3.connect(server.database_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_busy_database_holds_up_neither_pings_nor_typing(server: Server, pair: Pair) -> None:
    """# R14 # R20"""
    with pair.customer.socket() as hers, pair.ayu.socket() as ayus:
        sent = pair.customer.api.send(pair.room, "are you there?")
        ayus.event("message.created", id=sent["id"])
        with busy(server):
            ayus.acknowledge()
            ayus.send(type="typing", conversationId=pair.room)
            assert ayus.told("typing") == []
            assert [frame["role"] for frame in hers.told("typing")] == ["therapist"]
            assert not [event for event in hers.events if event["type"] == "conversation.marks"]
        assert marks(hers, "therapist", deliveredSeq=sent["seq"])


def test_what_was_acknowledged_is_marked_although_the_socket_died_right_after(server: Server, pair: Pair) -> None:
    """# R13 # R14"""
    with pair.customer.socket() as hers, pair.ayu.socket() as ayus:
        sent = pair.customer.api.send(pair.room, "are you there?")
        ayus.event("message.created", id=sent["id"])
        with busy(server):
            ayus.acknowledge()
            # It has been taken in: what came behind it is answered.
            assert ayus.told("typing") == []
            ayus.cut()
        assert marks(hers, "therapist", deliveredSeq=sent["seq"])


def test_what_a_device_says_when_it_comes_back_is_marked_without_holding_it_up(server: Server, pair: Pair) -> None:
    """# R14 # R20 # R21"""
    with pair.customer.socket() as hers:
        sent = pair.customer.api.send(pair.room, "are you there?")
        cursor = pair.ayu.api.cursor()
        with busy(server), Socket(server.url, pair.ayu.api.cookie) as ayus:
            assert not ayus.hello(cursor)["reset"]
            assert ayus.told("typing") == []
        assert marks(hers, "therapist", deliveredSeq=sent["seq"])
