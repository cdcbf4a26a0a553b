"""The customer's WhatsApp number: hers and the operator's, nobody else's, and not readable on the disk."""

from __future__ import annotations

import re

import pytest

from app.domain.people import Person
from app.models import Event
from tests.domain.people import AYU, BUDI, EVERYBODY, KOMANG, SARI
from tests.domain.town import Town, at
from tests.web.device import Device, form
from tests.web.house import House

#: Any six digits of +62 812-3456-7890 in a row, however they are parted.
NUMBER = re.compile(r"8\D?1\D?2\D?3\D?4\D?5|3\D?4\D?5\D?6\D?7\D?8|4\D?5\D?6\D?7\D?8\D?9|5\D?6\D?7\D?8\D?9\D?0")
READS = [
    "/api/session", "/api/therapists", "/api/therapists/ayu", "/api/bookings", "/api/conversations",
    "/api/notifications", "/api/events",
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
