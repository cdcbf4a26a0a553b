"""Typing, on a running server: who sees it, and who does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.realtime.conftest import Pair
from tests.support.cast import Cast, Person
from tests.support.socket import Socket


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """Closes every device of the test."""
    with ExitStack() as stack:
        yield stack


def type_on(device: Socket, room: str) -> None:
    """Somebody types, and the server has dealt with it."""
    device.send(type="typing", conversationId=room)
    assert device.told("typing") == []


def test_the_other_member_sees_it_on_every_device_and_nobody_else_does(
    cast: Cast, pair: Pair, anonymous: Socket, stack: ExitStack
) -> None:
    """# R14"""
    others = [stack.enter_context(person.socket()) for person in (cast.sari, cast.komang, cast.budi, cast.operator)]
    phone, tablet, customer = (stack.enter_context(person.socket()) for person in (pair.ayu, pair.ayu, pair.customer))
    type_on(customer, pair.room)
    for device in (phone, tablet):
        assert device.told("typing") == [{"type": "typing", "conversationId": pair.room, "role": "customer"}]
    type_on(phone, pair.room)
    assert [frame["role"] for frame in customer.told("typing")] == ["therapist"]
    for device in (*others, anonymous, phone, tablet):
        assert device.told("typing") == []


def test_an_outsider_cannot_show_up_as_typing(cast: Cast, pair: Pair, anonymous: Socket, stack: ExitStack) -> None:
    """Neither a guest without a booking, nor another therapist, nor another customer, nor the operator. # R11 # R14"""
    regular = cast.guest()
    cast.accepted(regular)
    members = [stack.enter_context(person.socket()) for person in (pair.ayu, pair.customer)]
    for person in (cast.sari, cast.komang, regular, cast.operator):
        type_on(stack.enter_context(person.socket()), pair.room)
    type_on(anonymous, pair.room)
    assert [device.told("typing") for device in members] == [[], []]


def sees(watching: Person, typing: Person, room: str) -> bool:
    """Whether one sees the other type."""
    with watching.socket() as one, typing.socket() as other:
        type_on(other, room)
        return bool(one.told("typing"))


def test_the_therapist_is_not_seen_before_she_accepts(cast: Cast) -> None:
    """# R12 # R14"""
    customer = cast.guest()
    booking = cast.booked(customer)
    room = booking["conversationId"]
    with customer.socket() as his, cast.ayu.socket() as hers:
        type_on(hers, room)
        type_on(his, room)
        assert (his.told("typing"), len(hers.told("typing"))) == ([], 1)
        cast.ayu.api.act("accept", booking["bookingId"])
        type_on(hers, room)
        assert len(his.told("typing")) == 1


def test_in_a_closed_chat_nobody_is_seen(cast: Cast) -> None:
    """# R14 # R15"""
    customer = cast.guest()
    booking = cast.booked(customer)
    cast.ayu.api.act("decline", booking["bookingId"])
    assert not sees(cast.ayu, customer, booking["conversationId"])
    assert not sees(customer, cast.ayu, booking["conversationId"])


def test_who_turned_it_off_is_not_seen_and_still_sees(pair: Pair) -> None:
    """# R14"""
    pair.customer.api.share(shareTyping=False)
    assert not sees(pair.ayu, pair.customer, pair.room)
    assert sees(pair.customer, pair.ayu, pair.room)
    pair.customer.api.share(shareTyping=True)
    assert sees(pair.ayu, pair.customer, pair.room)


def test_turning_it_off_counts_at_once_on_an_open_socket(pair: Pair) -> None:
    """# R14"""
    with pair.ayu.socket() as hers, pair.customer.socket() as his, pair.customer.socket() as again:
        type_on(his, pair.room)
        assert len(hers.told("typing")) == 1
        pair.customer.api.share(shareTyping=False)
        type_on(again, pair.room)
        assert hers.told("typing") == []


def test_one_device_that_repeats_itself_is_passed_on_once(pair: Pair) -> None:
    """# R14"""
    with pair.ayu.socket() as hers, pair.customer.socket() as his:
        for _ in range(20):
            his.send(type="typing", conversationId=pair.room)
        type_on(his, pair.room)
        assert len(hers.told("typing")) == 1


def test_it_enters_no_stream_and_no_poll(pair: Pair) -> None:
    """# R14 # R19"""
    cursor = pair.ayu.api.cursor()
    with pair.customer.socket() as his:
        type_on(his, pair.room)
    assert pair.ayu.api.cursor() == cursor
    assert pair.ayu.api.poll(cursor) == {"events": [], "cursor": cursor, "reset": False}
