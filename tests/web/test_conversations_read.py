"""``GET /api/conversations``, ``GET /api/conversations/{id}``, ``GET /api/conversations/{id}/messages``"""

from __future__ import annotations

import pytest

from tests.domain.people import AYU, BUDI, KOMANG, SARI
from tests.domain.town import Town, at
from tests.web.device import Device


@pytest.fixture
def room(town: Town) -> str:
    """The path of an open room with five messages, in turns."""
    identifier = town.accepted().conversation_id
    for number in range(5):
        town.say((BUDI, AYU)[number % 2], identifier)
    return f"/api/conversations/{identifier}"


def seqs(device: Device, room: str, **page: object) -> list[int]:
    return [message["seq"] for message in device.get(f"{room}/messages", **page).body["items"]]


def test_each_member_finds_the_rooms_most_recently_active_first(town: Town, budi: Device, ayu: Device) -> None:
    """# R14"""
    first = town.booked().conversation_id
    town.clock.advance(seconds=1)
    second = town.booked(therapist=KOMANG).conversation_id
    town.clock.advance(seconds=1)
    hers = town.booked(SARI, scheduled_time=at(60)).conversation_id
    assert [item["id"] for item in budi.get("/api/conversations").body["items"]] == [second, first]
    assert [item["id"] for item in ayu.get("/api/conversations").body["items"]] == [hers, first]


def test_a_room_is_shown_as_its_viewer_may_use_it(room: str, budi: Device, ayu: Device) -> None:
    """# R12 # R14"""
    mine, hers = budi.get(room).body, ayu.get(room).body
    assert (mine["canWrite"], hers["canWrite"]) == (True, True)
    assert (mine["unreadCount"], hers["unreadCount"]) == (2, 3)
    assert mine["lastMessage"] == hers["lastMessage"]
    assert mine["lastMessage"]["seq"] == 5
    differing = {name for name in mine if mine[name] != hers[name]}
    assert differing == {"unreadCount"}


def test_before_the_acceptance_the_therapist_sees_that_she_may_not_write(town: Town, budi: Device, ayu: Device) -> None:
    """# R12"""
    path = f"/api/conversations/{town.booked().conversation_id}"
    assert (budi.get(path).body["canWrite"], ayu.get(path).body["canWrite"]) == (True, False)
    assert (budi.get(path).body["isUnlocked"], ayu.get(path).body["isUnlocked"]) == (False, False)


def test_a_new_request_takes_nothing_from_a_room_that_an_earlier_booking_keeps_open(
    town: Town, budi: Device, ayu: Device
) -> None:
    """Both may write and are told so: what counts is the conversation, not its newest booking. # R12"""
    earlier = town.confirmed()
    assert town.booked(scheduled_time=at(60)).conversation_id == earlier.conversation_id
    path = f"/api/conversations/{earlier.conversation_id}"
    for device in (budi, ayu):
        room = device.get(path).body
        assert (room["isOpen"], room["canWrite"], room["isUnlocked"]) == (True, True, True)
        body = {"clientId": f"{device is ayu}-client-id", "message": "hello"}
        assert device.post(f"{path}/messages", body).status == 201


def test_a_closed_room_says_why(town: Town, budi: Device) -> None:
    """# R15"""
    booking = town.act(AYU, "decline", town.booked())
    room = budi.get(f"/api/conversations/{booking.conversation_id}").body
    assert (room["isOpen"], room["canWrite"], room["closedReason"]) == (False, False, "declined")


def test_a_message_has_every_field_of_its_kind(room: str, ayu: Device) -> None:
    """# R11"""
    message = ayu.get(f"{room}/messages", limit=5).body["items"][0]
    assert set(message) == {
        "id", "conversationId", "seq", "clientId", "senderId", "senderName", "senderRole", "receiverId",
        "receiverName", "receiverRole", "message", "messageType", "paymentCard", "isRead", "createdAt",
    }  # fmt: skip
    assert (message["senderId"], message["receiverId"]) == ("customer_budi-user", "therapist_ayu")


def test_pages_go_back_and_forward_by_seq(room: str, budi: Device) -> None:
    """# R14"""
    newest = budi.get(f"{room}/messages", limit=2).body
    assert ([item["seq"] for item in newest["items"]], newest["nextCursor"]) == ([4, 5], "4")
    assert seqs(budi, room, limit=2, before=newest["nextCursor"]) == [2, 3]
    assert seqs(budi, room, limit=2, after=0) == [1, 2]
    assert seqs(budi, room, limit=200, after=3) == [4, 5]
    assert seqs(budi, room, after=2**53) == []
    assert budi.get(f"{room}/messages", limit=5).body["nextCursor"] is None


def test_a_page_carries_the_cursor_that_it_is_true_at(room: str, budi: Device) -> None:
    """# R21"""
    assert budi.get(f"{room}/messages").body["cursor"] == budi.get("/api/session").body["cursor"]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"limit": 0}, "limit", "invalid"),
        ({"limit": 201}, "limit", "invalid"),
        ({"limit": "many"}, "limit", "invalid"),
        ({"before": -1}, "before", "invalid"),
        ({"before": 2**53 + 1}, "before", "invalid"),
        ({"before": 10**30}, "before", "invalid"),
        ({"after": "1.5"}, "after", "invalid"),
        ({"after": ""}, "after", "invalid"),
        ({"after": "٣x"}, "after", "invalid"),
    ],
)
def test_a_wrong_page_is_named(room: str, budi: Device, query: dict[str, object], field: str, code: str) -> None:
    """# R2"""
    answer = budi.get(f"{room}/messages", **query)
    assert (answer.status, answer.fields) == (422, {(field, code)})


@pytest.mark.parametrize("part", ["", "/messages"])
@pytest.mark.parametrize("identifier", ["nothing", "🦊", "x" * 500, "customer_budi-user_therapist_komang"])
def test_an_unknown_room_is_not_found(budi: Device, identifier: str, part: str) -> None:
    """# R11"""
    assert budi.get(f"/api/conversations/{identifier}{part}").refusal == (404, "not_found")
