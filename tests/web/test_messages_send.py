"""``POST /api/conversations/{id}/messages``"""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.rates import use_message_rate
from app.models import Message
from tests.domain.people import AYU, BUDI
from tests.domain.town import Town
from tests.web.device import Answer, Device

FIRST = {"clientId": "client-1", "message": "Halo 👋"}


@pytest.fixture
def room(town: Town) -> str:
    """The path of an open room in which both may write."""
    return f"/api/conversations/{town.accepted().conversation_id}/messages"


def refused(town: Town, device: Device, room: str, **changes: Any) -> Answer:
    """The refusal of a message with these changes; nothing may be left of it."""
    before = town.census()
    answer = device.post(room, FIRST | changes)
    assert town.census() == before
    return answer


def test_a_message_is_stored_and_both_are_told(town: Town, room: str, budi: Device) -> None:
    """# R13 # R19"""
    heads = {BUDI: town.head(BUDI), AYU: town.head(AYU)}
    answer = budi.post(room, FIRST)
    assert (answer.status, answer.body["seq"], answer.body["message"]) == (201, 1, "Halo 👋")
    assert (answer.body["clientId"], answer.body["isRead"]) == ("client-1", False)
    for person, head in heads.items():
        assert town.events(person, head) == [("message.created", answer.body)]


def test_the_same_client_id_sends_it_once(town: Town, room: str, budi: Device) -> None:
    """# R13"""
    first = budi.post(room, FIRST)
    before = town.census()
    again = budi.post(room, FIRST)
    assert (again.status, again.body) == (200, first.body)
    assert town.census() == before


def test_the_same_client_id_with_another_text_is_refused(town: Town, room: str, budi: Device) -> None:
    """# R13"""
    budi.post(room, FIRST)
    assert refused(town, budi, room, message="Other").refusal == (422, "client_id_reused")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"clientId": "short"}, "clientId", "too_short"),
        ({"clientId": "x" * 101}, "clientId", "too_long"),
        ({"clientId": 12345678}, "clientId", "type"),
        ({"clientId": "with spaces"}, "clientId", "invalid"),
        ({"clientId": "nul\x00in-it"}, "clientId", "invalid"),
        ({"clientId": "surrogate\ud800"}, "clientId", "invalid"),
        ({"clientId": None}, "clientId", "type"),
        ({"message": ""}, "message", "required"),
        ({"message": " \n\t "}, "message", "required"),
        ({"message": "x" * 2001}, "message", "too_long"),
        ({"message": "x" * 10_000}, "message", "too_long"),
        ({"message": "a\x00b"}, "message", "invalid_characters"),
        ({"message": "a\ud800b"}, "message", "invalid_characters"),
        ({"message": "a\x1b[2Jb"}, "message", "invalid_characters"),
        ({"message": None}, "message", "type"),
        ({"message": {"text": "Halo"}}, "message", "type"),
    ],
)
def test_a_wrong_field_is_named(
    town: Town, room: str, budi: Device, changes: dict[str, Any], field: str, code: str
) -> None:
    """# R2"""
    answer = refused(town, budi, room, **changes)
    assert answer.refusal == (422, "validation")
    assert answer.fields == {(field, code)}


def test_missing_fields_are_named(room: str, budi: Device) -> None:
    """# R2"""
    assert budi.post(room, {}).fields == {("clientId", "required"), ("message", "required")}


@pytest.mark.parametrize("text", ["שלום ‏Ayu", "สวัสดี", "🦊" * 2000, "x" * 2000, "a\n\n\tb", "<b>&amp;</b>", "50%_'\""])
def test_a_text_of_any_script_comes_back_as_it_was_written(room: str, budi: Device, text: str) -> None:
    """# R13"""
    assert budi.post(room, FIRST | {"message": text}).body["message"] == text


def test_a_phone_number_is_refused_with_its_place_and_a_reason(town: Town, room: str, budi: Device) -> None:
    """# R16"""
    answer = refused(town, budi, room, message="WA saya 0812-3456-7890 ya")
    assert answer.refusal == (422, "contact_blocked")
    assert (answer.body["reason"], answer.body["spans"], answer.body["errors"]) == ("PHONE", [[8, 22]], [])
    assert "0812" not in answer.text


def test_the_therapist_may_not_write_before_she_accepted(town: Town, ayu: Device) -> None:
    """# R12"""
    path = f"/api/conversations/{town.booked().conversation_id}/messages"
    answer = refused(town, ayu, path)
    assert (answer.refusal, answer.body["reason"]) == ((409, "chat_closed"), "awaiting_acceptance")
    assert (answer.body["current"]["isOpen"], answer.body["current"]["canWrite"]) == (True, False)


@pytest.mark.parametrize("side", ["budi", "ayu"])
def test_in_a_closed_room_nobody_writes(town: Town, request: pytest.FixtureRequest, side: str) -> None:
    """# R12 # R15"""
    booking = town.act(AYU, "decline", town.booked())
    answer = refused(town, request.getfixturevalue(side), f"/api/conversations/{booking.conversation_id}/messages")
    assert (answer.refusal, answer.body["reason"]) == ((409, "chat_closed"), "declined")
    assert answer.body["current"]["isOpen"] is False


def test_the_sender_is_who_is_signed_in_whatever_the_body_says(room: str, budi: Device) -> None:
    """# R11"""
    forged = {"senderId": "therapist_ayu", "senderRole": "therapist", "seq": 99, "messageType": "system", "id": "x"}
    message = budi.post(room, FIRST | forged).body
    assert (message["senderId"], message["senderRole"]) == ("customer_budi-user", "customer")
    assert (message["seq"], message["messageType"]) == (1, "text")


def test_who_writes_too_fast_is_told_when_to_come_back(town: Town, room: str, budi: Device, ayu: Device) -> None:
    """# R13"""
    use_message_rate(burst=1, per_second=0.1)
    budi.post(room, FIRST)
    answer = budi.post(room, FIRST | {"clientId": "client-2"})
    assert answer.refusal == (429, "too_many_requests")
    assert 0 < int(answer.headers["Retry-After"]) <= 10
    assert ayu.post(room, FIRST).status == 201
    assert town.count(Message) == 2
