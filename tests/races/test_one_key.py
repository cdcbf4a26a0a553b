"""Fifty submits of one booking at once: one booking, and everybody is told of that one."""

from __future__ import annotations

from collections import Counter

from tests.races.conftest import Arena
from tests.support.api import Api
from tests.support.at_once import Call, at_once

CROWD = 50


def test_fifty_submits_with_one_key_make_one_booking(arena: Arena) -> None:
    """# R3 # R4"""
    customer, ayu = arena.cast.guest().api, arena.cast.ayu.api
    before, form = ayu.cursor(), arena.cast.form()

    devices = arena.spread([customer] * CROWD)
    answers = at_once([Call(device, "/api/bookings", form, key="one-and-the-same") for device in devices])

    assert Counter(answer.status for answer in answers) == {201: 1, 200: CROWD - 1}
    assert len({answer.body["booking"]["bookingId"] for answer in answers}) == 1
    assert len(customer.bookings()) == 1
    told = [event for event in ayu.poll(before)["events"] if event["type"] == "booking.created"]
    assert len(told) == 1


def test_of_fifty_different_bookings_with_one_key_one_is_made_and_the_others_are_refused(
    arena: Arena,
) -> None:
    """# R3"""
    customer = arena.cast.guest().api
    forms = [arena.cast.form() for _ in range(CROWD)]

    devices = arena.spread([customer] * CROWD)
    calls = [
        Call(device, "/api/bookings", form, key="reused-by-all") for device, form in zip(devices, forms, strict=True)
    ]
    answers = at_once(calls)

    codes = Counter(answer.body.get("code", answer.status) for answer in answers)
    assert codes == {201: 1, "idempotency_key_reused": CROWD - 1}
    assert len(customer.bookings()) == 1


def test_fifty_sends_of_one_message_store_it_once(arena: Arena) -> None:
    """# R13"""
    customer = arena.cast.guest()
    room = arena.cast.accepted(customer)["conversationId"]
    before = len(customer.api.history(room))

    body = {"clientId": "tapped-fifty-times", "message": "I am at the lobby"}
    devices = arena.spread([customer.api] * CROWD)
    answers = at_once([Call(device, f"/api/conversations/{room}/messages", body) for device in devices])

    assert Counter(answer.status for answer in answers) == {201: 1, 200: CROWD - 1}
    assert len(customer.api.history(room)) == before + 1


def test_fifty_first_visits_with_one_guest_key_make_one_guest(arena: Arena) -> None:
    """# R10"""
    strangers = arena.spread([Api(arena.cast.url) for _ in range(CROWD)])
    body = {"displayName": "Wati", "guestKey": "kept-on-one-device-" + arena.cast.slot()}
    answers = at_once([Call(stranger, "/api/session/guest", body) for stranger in strangers])

    assert Counter(answer.status for answer in answers) == {201: 1, 200: CROWD - 1}
    assert len({answer.body["user"]["id"] for answer in answers}) == 1
