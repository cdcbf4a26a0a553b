"""Cards and the numbers on them, from two sides at once: one card for one key, and no number after a cancellation."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.races.conftest import Arena
from tests.support.api import Answer, Api, Problem
from tests.support.at_once import Call, at_once

CROWD = 20
ACCOUNT = "/api/therapists/me/bank-account"
GIVEN = {"bank": "BCA", "holder": "Ayu Lestari", "number": "731099244821"}
OTHER = {"bank": "BRI", "holder": "Ayu Lestari", "number": "555566667777"}


def codes(answers: list[Answer]) -> Counter[object]:
    """How many answers there are of each status or code."""
    return Counter((answer.body or {}).get("code", answer.status) for answer in answers)


def spread(arena: Arena, api: Api, times: int) -> list[Api]:
    """One person, over all processes."""
    return arena.spread([api] * times)


def test_many_sends_with_one_key_make_one_card(arena: Arena) -> None:
    """# R13 # R18"""
    ayu, guest = arena.cast.ayu.api, arena.cast.guest()
    customer = guest.api
    ayu.call("PUT", ACCOUNT, GIVEN)
    booking = arena.cast.accepted(guest)
    room, body = booking["conversationId"], {"clientId": f"tapped-{booking['bookingId']}"}
    cursor, path = customer.cursor(), f"/api/conversations/{room}/payment-card"
    answers = at_once([Call(device, path, body) for device in spread(arena, ayu, CROWD)])
    assert codes(answers) == {201: 1, 200: CROWD - 1}
    assert len({answer.body["id"] for answer in answers}) == 1
    (message,) = customer.history(room)
    told = [event["type"] for event in customer.poll(cursor)["events"]]
    assert (message["messageType"], told) == ("payment_card", ["message.created"])


def test_a_card_and_a_cancellation_at_once_agree(arena: Arena) -> None:
    """Either the card came first, or it was refused because of the cancellation. # R18"""
    ayu = arena.cast.ayu.api
    ayu.call("PUT", ACCOUNT, GIVEN)
    for number in range(8):
        customer = arena.cast.guest()
        booking = arena.cast.accepted(customer)
        room = booking["conversationId"]
        sender, canceller = arena.spread([ayu, customer.api])
        send = Call(sender, f"/api/conversations/{room}/payment-card", {"clientId": f"card-{booking['bookingId']}"})
        calls = [send, Call.act(canceller, "cancel", booking["bookingId"])]
        sent, cancelled = at_once(calls if number % 2 else calls[::-1])[:: 1 if number % 2 else -1]
        assert cancelled.status == 200
        assert sent.status == 201 or sent.body["code"] == "booking_state"
        assert len(customer.api.history(room)) == (1 if sent.status == 201 else 0)


def test_no_number_is_shown_once_the_booking_is_cancelled(arena: Arena) -> None:
    """Of many looks and one cancellation some come first; none that comes after is answered. # R18"""
    ayu = arena.cast.ayu.api
    ayu.call("PUT", ACCOUNT, GIVEN)
    for _ in range(4):
        customer = arena.cast.guest()
        booking = arena.cast.accepted(customer)
        body = {"clientId": f"card-{booking['bookingId']}"}
        card = ayu.call("POST", f"/api/conversations/{booking['conversationId']}/payment-card", body).body["id"]
        path = f"/api/payment-cards/{card}/reveal"
        looks = [Call(device, path) for device in spread(arena, customer.api, 6)]
        cancel = Call.act(arena.spread([customer.api, ayu])[1], "cancel", booking["bookingId"])
        answers = at_once([*looks[:3], cancel, *looks[3:]])
        assert answers.pop(3).status == 200
        assert set(codes(answers)) <= {200, "booking_state"}
        for answer in answers:
            assert (answer.body.get("number") == GIVEN["number"]) == (answer.status == 200)
        with pytest.raises(Problem, match="booking_state"):
            customer.api.call("POST", path)


def test_a_card_is_of_one_account_and_is_old_if_that_was_changed(arena: Arena) -> None:
    """However a change and a card overtake each other. # R18"""
    ayu = arena.cast.ayu.api
    for number in range(8):
        ayu.call("PUT", ACCOUNT, GIVEN)
        customer = arena.cast.guest()
        booking = arena.cast.accepted(customer)
        room, body = booking["conversationId"], {"clientId": f"card-{booking['bookingId']}"}
        one, two = spread(arena, ayu, 2)
        send, change = (
            Call(one, f"/api/conversations/{room}/payment-card", body),
            Call(two, ACCOUNT, OTHER, method="PUT"),
        )
        answers = at_once([send, change] if number % 2 else [change, send])
        assert {answer.status for answer in answers} == {200, 201}
        (message,) = customer.api.history(room)
        shown = customer.api.call("POST", f"/api/payment-cards/{message['id']}/reveal").body
        assert shown["bank"] in ("BCA", "BRI")
        assert shown["number"] == (GIVEN if shown["bank"] == "BCA" else OTHER)["number"]
        assert shown["isOutdated"] == (shown["bank"] == "BCA")


def test_accepting_and_sending_and_changing_never_wait_for_each_other(arena: Arena) -> None:
    """Each locks a booking, the provider's row and a room; in one order, or some would be answered 503. # R18"""
    ayu = arena.cast.ayu.api
    ayu.call("PUT", ACCOUNT, GIVEN)
    for number in range(4):
        customer = arena.cast.guest()
        first = arena.cast.accepted(customer)
        waiting = [arena.cast.booked(customer)["bookingId"] for _ in range(4)]
        room, ids = f"/api/conversations/{first['conversationId']}", [f"{n}-{first['bookingId']}" for n in range(4)]
        hers = spread(arena, ayu, 9)
        calls = [
            Call(api, f"{room}/payment-card", {"clientId": f"card-{one}"}) for api, one in zip(hers, ids, strict=False)
        ]
        calls += [Call.act(api, "accept", booking) for api, booking in zip(hers[4:], waiting, strict=False)]
        calls += [Call(hers[8], ACCOUNT, OTHER if number % 2 else GIVEN, method="PUT")]
        texts = [{"clientId": f"text-{one}", "message": "on my way"} for one in ids]
        calls += [
            Call(api, f"{room}/messages", text) for api, text in zip(spread(arena, customer.api, 4), texts, strict=True)
        ]
        answers = at_once(calls)
        assert {answer.status for answer in answers} <= {200, 201}, codes(answers)
