"""Delivered by an acknowledgement of the device, read by the person."""

from __future__ import annotations

from tests.realtime.conftest import Pair
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


def test_an_acknowledgement_of_a_cursor_that_is_not_hers_changes_nothing(pair: Pair) -> None:
    """# R14"""
    with pair.ayu.socket() as ayus:
        sent = pair.customer.api.send(pair.room, "are you there?")
        ayus.send(type="ack", cursor=pair.customer.api.cursor())
        ayus.send(type="ping", t=1)
        ayus.frame_of("pong")
    hers = next(m for m in pair.customer.api.conversation(pair.room)["marks"] if m["role"] == "therapist")
    assert hers["deliveredSeq"] < sent["seq"]
