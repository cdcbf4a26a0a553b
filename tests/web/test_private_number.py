"""The customer's WhatsApp number: hers and the operator's, nobody else's, and not readable on the disk."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from app.domain.people import Person
from app.models import Event
from tests.domain.people import AYU, BUDI, EVERYBODY, KOMANG, OPERATOR, SARI
from tests.domain.town import Town, at
from tests.web.device import Device, form
from tests.web.house import House

#: Any six digits of +62 812-3456-7890 in a row, however they are parted.
NUMBER = re.compile(r"8\D?1\D?2\D?3\D?4\D?5|3\D?4\D?5\D?6\D?7\D?8|4\D?5\D?6\D?7\D?8\D?9|5\D?6\D?7\D?8\D?9\D?0")
DRAFT = {"customerWhatsApp": "0812 3456 7890", "location": "Gang Cempaka 7", "note": "Ring at the kiosk"}
READS = [
    "/api/session", "/api/therapists", "/api/therapists/ayu", "/api/bookings", "/api/conversations",
    "/api/notifications", "/api/events", "/api/drafts/ayu",
]  # fmt: skip


@pytest.fixture
def life(town: Town, house: House, budi: Device) -> dict[str, str]:
    """Everything that can happen to two bookings of Budi; ids of the first."""
    ayu = house.device(AYU)
    first = budi.submit(form()).body["booking"]
    second = budi.submit(form(scheduledTime=at(50).isoformat())).body["booking"]
    path, room = f"/api/bookings/{first['bookingId']}", f"/api/conversations/{first['conversationId']}"
    ayu.post(f"{path}/accept")
    budi.post(f"{room}/messages", {"clientId": "client-1", "message": "see you there"})
    ayu.post(f"{room}/messages", {"clientId": "client-2", "message": "on my way"})
    ayu.post(f"{room}/read", {"seq": 1})
    budi.post(f"{path}/confirm")
    budi.post(f"{path}/cancel", {})
    ayu.post(f"/api/bookings/{second['bookingId']}/decline", {})
    assert town.count(Event) > 20
    # What is typed for the next one, in other words than what was sent, so that each is found by itself.
    version = budi.get("/api/drafts/ayu").body["version"]
    assert budi.put("/api/drafts/ayu", {"baseVersion": version, "draft": DRAFT}).status == 200
    return {"booking": path, "room": room}


@pytest.mark.parametrize("person", [AYU, KOMANG, SARI], ids=lambda person: person.id)
def test_no_answer_to_anybody_else_carries_it(house: House, life: dict[str, str], person: Person) -> None:
    """# R16"""
    device = house.device(person)
    paths = [*READS, life["booking"], life["room"], f"{life['room']}/messages"]
    for path in paths:
        text = device.get(path).text
        assert not NUMBER.search(text), path
        assert "whatsapp" not in text.lower(), path


def test_the_answers_to_what_a_therapist_does_do_not_carry_it(town: Town, house: House, budi: Device) -> None:
    """# R16"""
    ayu = house.device(AYU)
    for action in ("accept", "cancel", "decline"):
        booking = budi.submit(form()).body["booking"]
        for _ in range(2):  # done, and repeated
            text = ayu.post(f"/api/bookings/{booking['bookingId']}/{action}", {}).text
            assert not NUMBER.search(text)
        budi.post(f"/api/bookings/{booking['bookingId']}/cancel", {})
    late = budi.submit(form()).body["booking"]
    town.clock.advance(hours=1)
    refused = ayu.post(f"/api/bookings/{late['bookingId']}/accept")
    assert refused.code == "booking_state"
    assert not NUMBER.search(refused.text)


def test_no_event_of_anybody_carries_it_not_even_the_customers_own(town: Town, life: dict[str, str]) -> None:
    """An event also travels through brokers and pushes. # R16"""
    for person in EVERYBODY:
        for kind, data in town.events(person):
            assert not NUMBER.search(str(data)), (person.id, kind)
            assert not {"customerWhatsApp", "address"} & set(data), (person.id, kind)


def test_the_customers_own_answers_carry_it(budi: Device, life: dict[str, str]) -> None:
    """So that the next form can be filled in. # R9"""
    for path in (life["booking"], "/api/bookings/last"):
        assert budi.get(path).body["customerWhatsApp"] == "+6281234567890"
    assert {item["customerWhatsApp"] for item in budi.get("/api/bookings").body["items"]} == {"+6281234567890"}


def test_of_a_draft_nobody_else_sees_anything(house: House, budi: Device, life: dict[str, str]) -> None:
    """Not the address and the note either, which are sent to nobody yet. # R26 # R29"""
    assert DRAFT.items() <= budi.get("/api/drafts/ayu").body["draft"].items()
    for person in (AYU, KOMANG, SARI, OPERATOR):
        device = house.device(person)
        for path in [*READS, life["booking"], life["room"], f"{life['room']}/messages"]:
            text = device.get(path).text
            assert "Cempaka" not in text, (person.id, path)
            assert "kiosk" not in text, (person.id, path)
    stored = house.bytes_on_disk()
    assert b"draft.changed" in stored  # what is not encrypted is found like this
    assert not [part for part in (b"Cempaka", b"kiosk", b"3456 7890") if part in stored]


def test_no_event_tells_what_is_in_a_draft(town: Town, life: dict[str, str]) -> None:
    """# R29"""
    told = [data for kind, data in town.events(BUDI) if kind == "draft.changed"]
    assert [sorted(data) for data in told] == [["therapistId", "version"]]


@pytest.mark.parametrize("draft", [DRAFT | {"price": 1}, DRAFT | {"customerWhatsApp": "0812 3456 7890" * 9}])
def test_a_refused_draft_is_in_neither_the_answer_nor_the_log(
    budi: Device, capsys: pytest.CaptureFixture[str], draft: dict[str, object]
) -> None:
    """# R16"""
    answer = budi.put("/api/drafts/ayu", {"baseVersion": 0, "draft": draft})
    assert answer.status == 422
    for text in (answer.text, "".join(capsys.readouterr())):
        assert not NUMBER.search(text)
        assert "Cempaka" not in text


def test_a_database_error_about_a_draft_does_not_carry_it_into_the_log(
    budi: Device, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R16"""
    monkeypatch.setattr("app.domain.drafts.clock", SimpleNamespace(now=lambda: None))
    body = {"baseVersion": 0, "draft": DRAFT}
    assert budi.client.put("/api/drafts/ayu", json=body).status_code == 500
    logged = "".join(capsys.readouterr())
    assert "NOT NULL constraint failed" in logged
    assert not NUMBER.search(logged)
    assert "Cempaka" not in logged


def test_it_is_not_readable_on_the_disk(house: House, life: dict[str, str]) -> None:
    """# R16"""
    stored = house.bytes_on_disk()
    assert b"Hotel Melati" in stored  # what is not encrypted is found like this
    for written in (b"6281234567890", b"81234567890", b"812-3456-7890", b"0812", b"+62 812"):
        assert written not in stored


def test_no_log_line_carries_it(
    town: Town, budi: Device, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even the one about a fault in the middle of a booking. # R16"""

    def broken(*_: object) -> None:
        raise LookupError("the notice could not be made")

    monkeypatch.setattr("app.domain.notifications.notify", broken)
    headers = {"Idempotency-Key": "a-key-of-its-own"}
    assert budi.client.post("/api/bookings", json=form(), headers=headers).status_code == 500
    logged = "".join(capsys.readouterr())
    assert "request.fault" in logged
    assert not NUMBER.search(logged)
    assert town.count() == 0


def test_a_database_error_about_a_booking_does_not_carry_it_into_the_log(
    town: Town, budi: Device, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R16"""
    monkeypatch.setattr("app.domain.booking_rows.new_id", lambda: "x" * 20)
    headers = [{"Idempotency-Key": f"a-key-of-its-own-{number}"} for number in range(2)]
    codes = [budi.client.post("/api/bookings", json=form(), headers=each).status_code for each in headers]
    assert codes == [201, 500]
    logged = "".join(capsys.readouterr())
    assert "UNIQUE constraint failed" in logged
    assert not NUMBER.search(logged)
    assert "Hotel Melati" not in logged
    assert BUDI.display_name not in logged
