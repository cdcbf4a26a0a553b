"""One pass and two sends, one appeal and two operators, one refused text many times: each is settled once."""

from __future__ import annotations

from collections import Counter

from tests.races.conftest import Arena
from tests.support.api import Api
from tests.support.at_once import Call, at_once
from tests.support.cast import Person

CROWD = 12
TEXT = "my number is 0812 3456 7890"


def appealed(arena: Arena, customer: Person) -> tuple[str, str]:
    """The ids of a room of the customer with Ayu, and of an appeal about TEXT there."""
    room = arena.cast.accepted(customer)["conversationId"]
    body = {"kind": "message", "text": TEXT, "conversationId": room}
    return room, str(customer.api.call("POST", "/api/appeals", body).body["id"])


def sends(devices: list[Api], room: str, client_id: str = "") -> list[Call]:
    """TEXT from each device, under a clientId of its own unless one is given."""
    path = f"/api/conversations/{room}/messages"
    bodies = [{"clientId": client_id or f"client-{number:04}", "message": TEXT} for number in range(len(devices))]
    return [Call(device, path, body) for device, body in zip(devices, bodies, strict=True)]


def judge(operator: Api, identifier: str, judgement: str) -> Call:
    """A judgement about to be made."""
    return Call(operator, f"/api/operator/appeals/{identifier}/{judgement}")


def test_of_many_sends_of_an_allowed_text_one_passes(arena: Arena) -> None:
    """# R16 # R17"""
    customer = arena.cast.guest()
    room, identifier = appealed(arena, customer)
    at_once([judge(arena.cast.operator.api, identifier, "allow")])
    answers = at_once(sends(arena.spread([customer.api] * CROWD), room))
    assert Counter(answer.body.get("code", answer.status) for answer in answers) == {
        201: 1,
        "contact_blocked": CROWD - 1,
    }
    assert [message["message"] for message in customer.api.history(room)] == [TEXT]


def test_of_one_send_that_comes_many_times_each_gets_the_message(arena: Arena) -> None:
    """# R13 # R17"""
    customer = arena.cast.guest()
    room, identifier = appealed(arena, customer)
    at_once([judge(arena.cast.operator.api, identifier, "allow")])
    answers = at_once(sends(arena.spread([customer.api] * CROWD), room, client_id="one-and-the-same"))
    assert Counter(answer.status for answer in answers) == {201: 1, 200: CROWD - 1}
    assert len({answer.body["id"] for answer in answers}) == 1


def test_a_text_that_is_sent_while_it_is_allowed_passes_once_at_most(arena: Arena) -> None:
    """Whoever was too early may come again. # R17"""
    for _ in range(4):
        customer = arena.cast.guest()
        room, identifier = appealed(arena, customer)
        devices = arena.spread([customer.api] * 4)
        answers = at_once([*sends(devices, room), judge(arena.cast.operator.api, identifier, "allow")])
        passed = [answer for answer in answers[:-1] if answer.status == 201]
        assert answers[-1].status == 200
        assert len(passed) <= 1
        again = at_once(sends(devices[:1], room, client_id="afterwards"))[0]
        assert (again.status == 201) == (not passed)


def test_of_two_operators_who_judge_otherwise_one_is_told_so(arena: Arena) -> None:
    """# R17 # R42"""
    operator = arena.cast.operator.api
    for _ in range(4):
        customer = arena.cast.guest()
        _, identifier = appealed(arena, customer)
        allowing, rejecting = arena.spread([operator, operator])
        calls = [judge(allowing, identifier, "allow"), judge(rejecting, identifier, "reject")]
        answers = at_once(calls * 2)
        outcomes = Counter(answer.body.get("code", answer.body["status"]) for answer in answers)
        assert outcomes["appeal_judged"] == 2
        assert {2} == set(outcomes.values())
        trail = operator.call("GET", "/api/operator/audit").body["items"]
        assert len([entry for entry in trail if entry["subjectId"] == identifier]) == 1
        told = [note["type"] for note in customer.api.notifications()]
        assert len([kind for kind in told if kind in ("message_allowed", "appeal_rejected")]) == 1


def test_many_appeals_about_one_text_are_one(arena: Arena) -> None:
    """# R17"""
    customer = arena.cast.guest()
    room = arena.cast.accepted(customer)["conversationId"]
    body = {"kind": "message", "text": TEXT, "conversationId": room}
    answers = at_once([Call(device, "/api/appeals", body) for device in arena.spread([customer.api] * CROWD)])
    assert Counter(answer.status for answer in answers) == {201: 1, 200: CROWD - 1}
    assert len({answer.body["id"] for answer in answers}) == 1


def test_one_refused_text_many_times_at_once_is_one_refusal_with_as_many_tries(arena: Arena) -> None:
    """In a message, and in a form, which no room's lock puts one behind the other. # R17"""
    customer = arena.cast.guest()
    room = arena.cast.accepted(customer)["conversationId"]
    devices = arena.spread([customer.api] * CROWD)
    form = arena.cast.form(customerName="Budi 081234567890")
    for calls in (sends(devices, room), [Call(device, "/api/bookings", form) for device in devices]):
        assert {answer.status for answer in at_once(calls)} == {422}
    path = f"/api/operator/refusals?user={customer.user['id']}"
    items = arena.cast.operator.api.call("GET", path).body["items"]
    assert {item["kind"]: item["tries"] for item in items} == {"message": CROWD, "customerName": CROWD}
    assert len(items) == 2
