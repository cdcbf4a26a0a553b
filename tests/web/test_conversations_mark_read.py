"""``POST /api/conversations/{id}/read``"""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.people import AYU, BUDI
from tests.domain.town import Town
from tests.web.device import Device


@pytest.fixture
def room(town: Town) -> str:
    """The path of a room in which Budi has said three things."""
    identifier = town.accepted().conversation_id
    for _ in range(3):
        town.say(BUDI, identifier)
    return f"/api/conversations/{identifier}"


def test_reading_raises_the_mark_and_the_sender_sees_it(town: Town, room: str, budi: Device, ayu: Device) -> None:
    """# R13 # R14"""
    head = town.head(BUDI)
    answer = ayu.post(f"{room}/read", {"seq": 2})
    assert (answer.status, answer.body["unreadCount"]) == (200, 1)
    assert {"role": "therapist", "deliveredSeq": 2, "readSeq": 2} in answer.body["marks"]
    assert [m["isRead"] for m in budi.get(f"{room}/messages").body["items"]] == [True, True, False]
    assert town.events(BUDI, head) == [
        ("conversation.marks", {"conversationId": answer.body["id"], "marks": answer.body["marks"]})
    ]


def test_a_mark_is_never_lowered_and_nobody_is_told_twice(town: Town, room: str, ayu: Device) -> None:
    """# R14"""
    ayu.post(f"{room}/read", {"seq": 3})
    heads = town.head(AYU), town.head(BUDI)
    for seq in (3, 1, 0):
        assert ayu.post(f"{room}/read", {"seq": seq}).body["unreadCount"] == 0
    assert (town.head(AYU), town.head(BUDI)) == heads


def test_nothing_is_read_beyond_the_last_message(room: str, ayu: Device) -> None:
    """# R14"""
    marks = ayu.post(f"{room}/read", {"seq": 2**53}).body["marks"]
    assert {"role": "therapist", "deliveredSeq": 3, "readSeq": 3} in marks


def test_each_side_has_its_own_mark(room: str, budi: Device) -> None:
    """# R14"""
    marks = budi.post(f"{room}/read", {"seq": 3}).body["marks"]
    assert {"role": "therapist", "deliveredSeq": 0, "readSeq": 0} in marks


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "required"),
        ({"seq": None}, "type"),
        ({"seq": "3"}, "type"),
        ({"seq": 1.0}, "type"),
        ({"seq": True}, "type"),
        ({"seq": []}, "type"),
        ({"seq": -1}, "invalid"),
        ({"seq": 2**53 + 1}, "invalid"),
        ({"seq": 2**64}, "invalid"),
        ({"seq": 10**400}, "invalid"),
    ],
)
def test_a_wrong_number_is_named_and_nothing_is_marked(
    town: Town, room: str, ayu: Device, body: dict[str, Any], code: str
) -> None:
    """# R2"""
    before = town.census()
    answer = ayu.post(f"{room}/read", body)
    assert (answer.status, answer.fields) == (422, {("seq", code)})
    assert town.census() == before
