"""``/api/operator``: what was refused, who tries again and again, appeals, the trail. Who may come in is in
test_outsiders.
"""

from __future__ import annotations

import pytest

from app.domain import chat
from app.domain.errors import Invalid
from app.domain.people import Person
from tests.domain.people import AYU, BUDI, KOMANG, OPERATOR, SARI
from tests.domain.town import Town
from tests.web.device import Device
from tests.web.house import House
from tests.web.test_appeals import TEXT, allow, appeal, send


@pytest.fixture
def operator(house: House, town: Town) -> Device:
    """The operator's computer."""
    return house.device(OPERATOR)


@pytest.fixture
def room(town: Town) -> str:
    """The id of an open room of Budi and Ayu."""
    return town.accepted().conversation_id


def refused(person: Person, room: str, *texts: str) -> None:
    """The person sends texts that are refused."""
    for text in texts:
        with pytest.raises(Invalid):
            chat.send(person, room, f"client-of-{person.id}", text)


def test_refusals_come_newest_first_with_who_and_where(town: Town, operator: Device, room: str) -> None:
    """# R17 # R42"""
    refused(BUDI, room, TEXT)
    town.clock.advance(minutes=1)
    refused(AYU, room, "call me on whatsapp")
    items = operator.get("/api/operator/refusals").body["items"]
    assert [(item["userId"], item["displayName"], item["tries"]) for item in items] == [
        (AYU.id, AYU.display_name, 1),
        (BUDI.id, BUDI.display_name, 1),
    ]
    assert {item["conversationId"] for item in items} == {room}
    assert {item["userId"] for item in operator.get("/api/operator/refusals", user=BUDI.id).body["items"]} == {BUDI.id}
    assert operator.get("/api/operator/refusals", user="nobody").body["items"] == []


def test_refusals_under_appeal_can_be_asked_for(town: Town, operator: Device, budi: Device, room: str) -> None:
    """# R17"""
    refused(BUDI, room, TEXT, f"{TEXT}!")
    made = appeal(budi, room).body["id"]
    (item,) = operator.get("/api/operator/refusals", open="true").body["items"]
    assert item["redacted"] == "• •"
    allow(operator, made)
    assert operator.get("/api/operator/refusals", open="true").body["items"] == []


def test_whoever_tries_most_comes_first(town: Town, operator: Device, room: str) -> None:
    """Not whoever has most texts. # R17"""
    other = town.booked(SARI, therapist=KOMANG).conversation_id
    refused(BUDI, room, TEXT, f"{TEXT}!")
    refused(SARI, other, TEXT, TEXT, TEXT)
    items = operator.get("/api/operator/people-refused").body["items"]
    assert [(item["userId"], item["refusals"], item["tries"], item["isGuest"]) for item in items] == [
        (SARI.id, 1, 3, True),
        (BUDI.id, 2, 2, False),
    ]


def test_lists_come_in_pages_without_a_gap(
    town: Town, operator: Device, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R17"""
    monkeypatch.setattr("app.domain.paging.PAGE_SIZE", 1)
    other = town.booked(SARI, therapist=KOMANG).conversation_id
    refused(BUDI, room, TEXT, f"{TEXT}!")
    refused(SARI, other, TEXT, TEXT)
    refused(AYU, room, TEXT)
    for path, count in (("refusals", 4), ("people-refused", 3)):
        found = list[str]()
        cursor: str | None = ""
        while cursor is not None:
            page = operator.get(f"/api/operator/{path}", cursor=cursor).body
            found += [item.get("id", item["userId"]) for item in page["items"]]
            cursor = page["nextCursor"]
        assert len(found) == len(set(found)) == count


@pytest.mark.parametrize("path", ["refusals", "people-refused", "appeals", "audit"])
@pytest.mark.parametrize("cursor", ["x", "WyJhIiwgImIiXQ", "WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTk5IiwgImIiXQ"])
def test_what_is_no_cursor_is_refused(operator: Device, path: str, cursor: str) -> None:
    """# R17"""
    assert operator.get(f"/api/operator/{path}", cursor=cursor).fields == {("cursor", "invalid")}


def test_an_open_appeal_shows_its_text_with_what_offends(operator: Device, budi: Device, room: str) -> None:
    """# R17"""
    appeal(budi, room, f"please: {TEXT}")
    (item,) = operator.get("/api/operator/appeals", status="open").body["items"]
    assert (item["displayName"], item["role"], item["kind"]) == (BUDI.display_name, "customer", "message")
    assert item["therapistName"] == AYU.display_name
    marked = [item["text"][start:end] for start, end in item["spans"]]
    assert "0812 3456 7890" in marked
    assert operator.get("/api/operator/appeals", status="rejected").body["items"] == []


def test_what_waits_is_shown_longest_waiting_first_page_by_page(
    town: Town, operator: Device, budi: Device, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what was judged newest first. # R17"""
    monkeypatch.setattr("app.domain.paging.PAGE_SIZE", 2)
    made = []
    for number in range(3):
        made.append(appeal(budi, room, f"{TEXT} ({number})").body["id"])
        town.clock.advance(seconds=1)
    first = operator.get("/api/operator/appeals", status="open").body
    rest = operator.get("/api/operator/appeals", status="open", cursor=first["nextCursor"]).body
    assert [item["id"] for item in first["items"] + rest["items"]] == made
    assert rest["nextCursor"] is None
    for identifier in made:
        operator.post(f"/api/operator/appeals/{identifier}/reject", {})
    judged = operator.get("/api/operator/appeals", status="rejected").body["items"]
    assert [item["id"] for item in judged] == made[:0:-1]


@pytest.mark.parametrize(("judgement", "kind"), [("allow", "message_allowed"), ("reject", "appeal_rejected")])
def test_whoever_appealed_is_told_once_and_the_trail_has_it_once(
    town: Town, operator: Device, budi: Device, room: str, judgement: str, kind: str
) -> None:
    """However often it is judged so. # R17 # R42"""
    made = appeal(budi, room).body["id"]
    head = town.head(BUDI)
    bodies = [operator.post(f"/api/operator/appeals/{made}/{judgement}", {}) for _ in range(2)]
    assert [body.status for body in bodies] == [200, 200]
    assert bodies[0].body == bodies[1].body
    told = [
        (data["type"], data["appealId"]) for name, data in town.events(BUDI, head) if name == "notification.created"
    ]
    assert told == [(kind, made)]
    (entry,) = operator.get("/api/operator/audit").body["items"]
    assert (entry["actorId"], entry["actorName"], entry["subjectId"]) == (OPERATOR.id, OPERATOR.display_name, made)
    assert entry["action"] == f"appeal.{'allowed' if judgement == 'allow' else 'rejected'}"
    assert entry["data"]["userId"] == BUDI.id


@pytest.mark.parametrize(("judgement", "kind"), [("allow", "message_allowed"), ("reject", "appeal_rejected")])
@pytest.mark.parametrize("mover", [AYU, BUDI])
def test_whoever_appealed_is_told_also_when_the_booking_moves_on(
    town: Town, operator: Device, budi: Device, mover: Person, judgement: str, kind: str
) -> None:
    """What was said of the booking itself is over then. # R17"""
    booking = town.accepted()
    made = appeal(budi, booking.conversation_id).body["id"]
    operator.post(f"/api/operator/appeals/{made}/{judgement}", {})
    town.act(mover, "cancel", booking)
    waiting = budi.get("/api/notifications", unacknowledged="true").body["items"]
    assert {notice["type"] for notice in waiting} == {kind} | ({"booking_cancelled"} if mover == AYU else set())


def test_the_notice_is_in_the_persons_own_language(town: Town, operator: Device, ayu: Device, room: str) -> None:
    """# R17"""
    allow(operator, appeal(ayu, room).body["id"])
    notice = ayu.get("/api/notifications").body["items"][0]
    assert (notice["type"], notice["title"]) == ("message_allowed", "Tulisan Anda sudah diperiksa")
    assert notice["bookingId"] is not None


@pytest.mark.parametrize("first", ["allow", "reject"])
def test_a_judgement_cannot_be_turned_round(town: Town, operator: Device, budi: Device, room: str, first: str) -> None:
    """# R17"""
    path = f"/api/operator/appeals/{appeal(budi, room).body['id']}"
    second = {"allow": "reject", "reject": "allow"}[first]
    stands = operator.post(f"{path}/{first}", {}).body
    before = town.census()
    answer = operator.post(f"{path}/{second}", {})
    assert answer.refusal == (409, "appeal_judged")
    assert answer.body["current"] == stands
    assert town.census() == before
    assert send(budi, room).status == (201 if first == "allow" else 422)
    # Once it was used it is still one that was allowed.
    assert operator.post(f"{path}/{second}", {}).code == "appeal_judged"


def test_a_rejected_text_stays_refused_and_can_be_appealed_again(operator: Device, budi: Device, room: str) -> None:
    """# R17"""
    first = appeal(budi, room).body["id"]
    operator.post(f"/api/operator/appeals/{first}/reject", {"reason": "it is a number"})
    assert send(budi, room).code == "contact_blocked"
    again = appeal(budi, room)
    assert again.status == 201
    assert again.body["id"] != first


@pytest.mark.parametrize(
    ("reason", "code"),
    [("x" * 301, "validation"), (f"wrote: {TEXT}", "contact_blocked"), ("a@b.com", "contact_blocked")]
    + [(quote, "contact_blocked") for quote in ("wrote ig @budi.92", "telegram budi_santoso", "line id: melati")],
)
def test_a_reason_for_the_trail_cannot_quote_what_was_refused(
    town: Town, operator: Device, budi: Device, room: str, reason: str, code: str
) -> None:
    """# R17"""
    made = appeal(budi, room).body["id"]
    before = town.census()
    assert operator.post(f"/api/operator/appeals/{made}/reject", {"reason": reason}).code == code
    assert town.census() == before
    assert operator.get("/api/operator/appeals", status="open").body["items"]


@pytest.mark.parametrize(
    "reason", ["asks for a call outside the app", "minta nomor WA", "asks for whatsapp", "an account of a bank"]
)
def test_a_reason_may_say_in_words_what_was_wrong(operator: Device, budi: Device, room: str, reason: str) -> None:
    """# R17"""
    made = appeal(budi, room).body["id"]
    assert operator.post(f"/api/operator/appeals/{made}/reject", {"reason": reason}).body["reason"] == reason


def test_without_rules_on_trial_the_summary_is_empty(operator: Device) -> None:
    """# R17"""
    summary = operator.get("/api/operator/shadow").body
    assert (summary["version"], summary["newlyBlocked"], summary["newlyAllowed"]) == (None, [], [])
