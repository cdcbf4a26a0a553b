"""``POST /api/appeals``, and what an operator's word lets pass."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import LargeBinary, literal_column, select

from app import storage
from app.models import Appeal, Message
from tests.domain.people import AYU, BUDI, KOMANG, OPERATOR
from tests.domain.town import Town
from tests.web.device import Answer, Device, form
from tests.web.house import House, built

#: Refused, and not by mistake: what is right is for the operator to say.
TEXT = "my number is 0812 3456 7890"
SECRETS = ("3456", "7890", "0812")


@pytest.fixture
def room(town: Town) -> str:
    """The id of an open room of Budi and Ayu."""
    return town.accepted().conversation_id


@pytest.fixture
def operator(house: House, town: Town) -> Device:
    """The operator's computer."""
    return house.device(OPERATOR)


def appeal(device: Device, room: str | None, text: str = TEXT, kind: str = "message") -> Answer:
    """The answer to an appeal."""
    return device.post("/api/appeals", {"kind": kind, "text": text, "conversationId": room})


def send(device: Device, room: str, client_id: str = "client-1", text: str = TEXT) -> Answer:
    """The answer to a message."""
    return device.post(f"/api/conversations/{room}/messages", {"clientId": client_id, "message": text})


def allow(operator: Device, identifier: str) -> Answer:
    """The answer to an allowance."""
    return operator.post(f"/api/operator/appeals/{identifier}/allow")


def row(identifier: str) -> Any:
    """Status and text of an appeal as they are stored."""
    wanted = select(Appeal.status, Appeal.text).where(Appeal.id == identifier)
    return storage.read(lambda session: session.execute(wanted).one())


def test_an_appeal_is_kept_encrypted_until_it_is_judged(
    house: House, budi: Device, operator: Device, room: str
) -> None:
    """# R17"""
    made = appeal(budi, room)
    assert (made.status, made.body["status"]) == (201, "open")
    assert tuple(row(made.body["id"])) == ("open", TEXT)
    assert allow(operator, made.body["id"]).body["text"] is None
    assert tuple(row(made.body["id"])) == ("allowed", None)
    stored = house.bytes_on_disk()
    assert not [secret for secret in ("3456 7890", TEXT) if secret.encode() in stored]


def test_the_same_appeal_again_is_the_same(town: Town, budi: Device, room: str) -> None:
    """# R17"""
    made = [appeal(budi, room, text) for text in (TEXT, TEXT, f"  {TEXT}\r\n")]
    assert [answer.status for answer in made] == [201, 200, 200]
    assert len({answer.body["id"] for answer in made}) == 1
    assert town.count(Appeal) == 1


@pytest.mark.parametrize("text", ["see you at two", "telegram road, house 4"])
def test_what_the_filter_lets_pass_needs_no_operator(town: Town, budi: Device, room: str, text: str) -> None:
    """# R17"""
    answer = appeal(budi, room, text)
    assert (answer.status, answer.body) == (200, {"id": None, "status": "allowed"})
    assert town.count(Appeal) == 0


def test_what_only_the_earlier_messages_make_wrong_is_judged_with_them(town: Town, budi: Device, room: str) -> None:
    """# R16"""
    assert appeal(budi, room, "3456 7890").body["status"] == "allowed"
    send(budi, room, "client-0", "0812")
    assert send(budi, room, "client-2", "3456 7890").code == "contact_blocked"
    assert appeal(budi, room, "3456 7890").body["status"] == "open"


def test_a_text_that_others_complete_is_shown_with_them_until_it_is_judged(
    house: House, budi: Device, ayu: Device, operator: Device, room: str
) -> None:
    """The sender's own, oldest first; encrypted like the text. # R16 # R17"""
    pieces = ("so here it is", "0812")
    for number, piece in enumerate(pieces):
        assert send(budi, room, f"client-{number}", piece).status == 201
    send(ayu, room, "client-ayu", "yes?")
    made = appeal(budi, room, "3456 7890").body["id"]
    appeal(budi, room)
    shown = {
        item["text"]: item["recent"] for item in operator.get("/api/operator/appeals", status="open").body["items"]
    }
    assert shown == {"3456 7890": [*pieces], TEXT: []}
    cipher = select(literal_column("recent", LargeBinary)).select_from(Appeal).where(Appeal.id == made)
    stored = storage.read(lambda session: session.scalar(cipher))
    assert stored is not None
    assert b"0812" not in stored
    judged = allow(operator, made).body
    assert (judged["status"], judged["recent"]) == ("allowed", [])
    assert storage.read(lambda session: session.scalar(select(Appeal.recent).where(Appeal.id == made))) is None


def test_an_allowed_text_passes_once(town: Town, budi: Device, operator: Device, room: str) -> None:
    """And its repetition under the same clientId is the same message. # R13 # R17"""
    assert send(budi, room).code == "contact_blocked"
    allow(operator, appeal(budi, room).body["id"])
    assert appeal(budi, room).body == {"id": None, "status": "allowed"}
    first, again, second = send(budi, room), send(budi, room), send(budi, room, "client-2")
    assert (first.status, again.status, second.refusal) == (201, 200, (422, "contact_blocked"))
    assert first.body == again.body
    assert town.count(Message) == 1


def test_how_ones_own_appeals_stand_can_be_asked(
    town: Town, budi: Device, ayu: Device, operator: Device, room: str
) -> None:
    """Nothing is made by it, it holds no text, and nobody else's is in it. # R17"""
    made = []
    for text in (TEXT, f"{TEXT}!", f"{TEXT}?"):
        made.append(appeal(budi, room, text).body["id"])
        town.clock.advance(seconds=1)
    allow(operator, made[0])
    operator.post(f"/api/operator/appeals/{made[1]}/reject", {})
    before = town.census()
    listed = budi.get("/api/appeals")
    assert [(item["id"], item["status"]) for item in listed.body["items"]] == [
        (made[2], "open"),
        (made[1], "rejected"),
        (made[0], "allowed"),
    ]
    assert "0812" not in listed.text
    assert ayu.get("/api/appeals").body["items"] == []
    assert town.census() == before
    assert send(budi, room).status == 201
    assert [item["id"] for item in budi.get("/api/appeals").body["items"]] == [made[2], made[1]]


def test_an_allowed_text_passes_nowhere_else(
    town: Town, budi: Device, ayu: Device, operator: Device, room: str
) -> None:
    """Not another text, not another person's, not in another room, not as something else. # R17"""
    other = town.booked(therapist=KOMANG).conversation_id
    allow(operator, appeal(budi, room).body["id"])
    for answer in (
        send(budi, room, text=f"{TEXT}!"),
        send(budi, room, text=TEXT.replace("7890", "7891")),
        send(ayu, room),
        send(budi, other),
        budi.submit(form(customerName=TEXT, scheduledTime=None)),
    ):
        assert answer.code == "contact_blocked"
    assert send(budi, room).status == 201


def test_a_closed_room_does_not_use_the_pass_up(town: Town, budi: Device, operator: Device) -> None:
    """# R15 # R17"""
    booking = town.booked()
    made = appeal(budi, booking.conversation_id)
    allow(operator, made.body["id"])
    town.act(BUDI, "cancel", booking)
    assert send(budi, booking.conversation_id).code == "chat_closed"
    assert row(made.body["id"]).status == "allowed"
    town.booked()
    assert send(budi, booking.conversation_id).status == 201


@pytest.mark.parametrize("place", ["with", "without"])
def test_the_texts_of_a_booking_pass_together_or_not_at_all(
    town: Town, budi: Device, operator: Device, room: str, place: str
) -> None:
    """# R16 # R17"""
    texts = {"customerName": "Budi 081234567890", "location": "Hotel Melati, WA 081234567890"}
    where = room if place == "with" else None
    first = appeal(budi, where, texts["customerName"], "customerName").body["id"]
    allow(operator, first)
    order = form(**texts, scheduledTime=None, serviceId="ayu.90")
    order["scheduledTime"] = town.clock.now.replace(hour=9).isoformat()
    assert budi.submit(order, "the-key-of-it").code == "contact_blocked"
    assert row(first).status == "allowed"
    second = appeal(budi, where, texts["location"], "location").body["id"]
    allow(operator, second)
    booked = [budi.submit(order, "the-key-of-it").status for _ in range(2)]
    assert booked == [201, 200]
    assert (row(first).status, row(second).status) == ("used", "used")


def test_the_same_text_in_two_fields_passes_with_one_pass(
    town: Town, budi: Device, operator: Device, room: str
) -> None:
    """Area and location are judged alike, so one appeal is all there can be. # R16 # R17"""
    order = form(area=TEXT, location=TEXT, scheduledTime=None, serviceId="ayu.90")
    order["scheduledTime"] = town.clock.now.replace(hour=9).isoformat()
    assert budi.submit(order, "the-key-of-it").code == "contact_blocked"
    made = appeal(budi, None, TEXT, "location").body["id"]
    allow(operator, made)
    assert budi.submit(order, "the-key-of-it").status == 201
    assert row(made).status == "used"


def test_the_reason_of_a_decline_passes_with_its_pass(town: Town, ayu: Device, operator: Device) -> None:
    """One that comes too late does not use it up. # R16 # R17"""
    booking = town.booked()
    made = appeal(ayu, booking.conversation_id, TEXT, "reason").body["id"]
    path = f"/api/bookings/{booking.booking_id}/decline"
    assert ayu.post(path, {"reason": TEXT}).code == "contact_blocked"
    assert town.row(booking).status == "pending"
    allow(operator, made)
    town.act(BUDI, "cancel", booking)
    assert ayu.post(path, {"reason": TEXT}).code == "booking_state"
    assert row(made).status == "allowed"
    following = town.booked(minutes=90)
    path = f"/api/bookings/{following.booking_id}/decline"
    assert [ayu.post(path, {"reason": TEXT}).status for _ in range(2)] == [200, 200]
    assert (row(made).status, town.row(following).cancel_note) == ("used", TEXT)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"kind": "message", "text": TEXT}, {("conversationId", "required")}),
        ({"kind": "message", "text": "", "conversationId": "ROOM"}, {("text", "required")}),
        ({"kind": "message", "text": "x" * 2001, "conversationId": "ROOM"}, {("text", "too_long")}),
        ({"kind": "customerName", "text": "x" * 81}, {("text", "too_long")}),
        ({"kind": "note", "text": "\x07"}, {("text", "invalid_characters")}),
        ({"kind": "secret", "text": TEXT}, {("kind", "invalid_choice")}),
        ({"kind": "note"}, {("text", "required")}),
        ({"kind": "note", "text": 7}, {("text", "type")}),
    ],
)
def test_a_wrong_appeal_names_its_fields(
    town: Town, budi: Device, room: str, body: dict[str, Any], fields: set[tuple[str, str]]
) -> None:
    """# R17"""
    sent = {name: room if value == "ROOM" else value for name, value in body.items()}
    answer = budi.post("/api/appeals", sent)
    assert (answer.status, answer.fields) == (422, fields)
    assert town.count(Appeal) == 0


def test_appeals_are_limited_for_each_person(town: Town, house: House) -> None:
    """# R17"""
    with built(house.url, RATE_APPEALS="2 per hour") as other:
        devices = [Device(other.app.test_client(), other.contract, house.device(who).cookie) for who in (BUDI, AYU)]
        asked = {"kind": "note", "text": "see you"}
        answers = [devices[0].post("/api/appeals", asked) for _ in range(3)]
        assert [answer.status for answer in answers] == [200, 200, 429]
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert devices[1].post("/api/appeals", asked).status == 200
    house.enter()


def test_the_text_is_in_no_log_event_or_answer_of_the_other_side(
    town: Town, house: House, budi: Device, ayu: Device, operator: Device, room: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """# R16 # R17"""
    send(budi, room)
    first, second = appeal(budi, room).body["id"], appeal(budi, room, f"{TEXT}!").body["id"]
    operator.post(f"/api/operator/appeals/{second}/reject", {"reason": "a number"})
    allow(operator, first)
    seen = ["".join(capsys.readouterr())]
    seen += [str(data) for who in (BUDI, AYU, OPERATOR) for _, data in town.events(who)]
    reads = ("bookings", "notifications", "events", "conversations", f"conversations/{room}/messages")
    seen += [ayu.get(f"/api/{path}").text for path in reads]
    seen += [operator.get(f"/api/operator/{path}").text for path in ("refusals", "people-refused", "audit", "appeals")]
    for text in seen:
        assert not [secret for secret in SECRETS if secret in text]


BANK_ACCOUNT = "/api/therapists/me/bank-account"
HOLDER = {"bank": "BCA", "holder": "Ayu Telegram", "number": "7310992448"}


def test_the_names_of_an_account_pass_with_their_pass_once(town: Town, ayu: Device, operator: Device) -> None:
    """# R17 # R18"""
    refused = ayu.put(BANK_ACCOUNT, HOLDER)
    assert refused.refusal == (422, "contact_blocked")
    allow(operator, appeal(ayu, None, HOLDER["holder"], "profile").body["id"])
    # Another fault leaves the pass as it is.
    assert ayu.put(BANK_ACCOUNT, HOLDER | {"number": "1"}).status == 422
    assert ayu.put(BANK_ACCOUNT, HOLDER).status == 200
    assert ayu.get(BANK_ACCOUNT).body["account"]["holder"] == HOLDER["holder"]
    # The same again changes nothing and needs none; another number is another try.
    assert ayu.put(BANK_ACCOUNT, HOLDER).status == 200
    assert ayu.put(BANK_ACCOUNT, HOLDER | {"number": "7310992449"}).refusal == (422, "contact_blocked")


def test_a_name_that_only_somebody_else_may_use_is_refused(
    town: Town, ayu: Device, komang: Device, operator: Device
) -> None:
    """# R17"""
    allow(operator, appeal(komang, None, HOLDER["holder"], "profile").body["id"])
    assert ayu.put(BANK_ACCOUNT, HOLDER).refusal == (422, "contact_blocked")


def test_a_guest_who_was_refused_her_name_can_have_it_looked_at(town: Town, house: House, operator: Device) -> None:
    """Under another name, and then book under her own. # R10 # R17"""
    guest = house.device()
    name = "Wayan Telegram"
    assert guest.post("/api/session/guest", {"displayName": name}).refusal == (422, "contact_blocked")
    assert guest.post("/api/session/guest", {"displayName": "Guest"}).status == 201
    order = form(customerName=name)
    assert guest.submit(order, "key-of-a-guest-1").refusal == (422, "contact_blocked")
    allow(operator, appeal(guest, None, name, "customerName").body["id"])
    booked = guest.submit(order, "key-of-a-guest-1")
    assert (booked.status, booked.body["booking"]["customerName"]) == (201, name)
