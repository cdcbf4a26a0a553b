"""``GET /api/session``"""

from __future__ import annotations

import pytest

from app.domain.people import Person
from tests.domain.people import AYU, BUDI, EVERYBODY
from tests.domain.town import Town
from tests.web.device import Device
from tests.web.house import House


def test_without_a_session_there_is_no_user_and_the_cursor_is_the_beginning(nobody: Device) -> None:
    """# R10"""
    answer = nobody.get("/api/session")
    assert (answer.status, answer.body["user"], answer.body["cursor"]) == (200, None, "0")


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.id)
def test_everybody_sees_herself(house: House, person: Person) -> None:
    """# R10"""
    assert house.device(person).get("/api/session").body["user"] == {
        "id": person.id,
        "role": person.role,
        "displayName": person.display_name,
        "isGuest": person.is_guest,
        "locale": person.locale,
        "timezone": person.timezone,
        "therapistId": person.therapist_id,
        "shareTyping": True,
        "sharePresence": True,
    }


def test_the_time_is_the_servers(town: Town, budi: Device) -> None:
    """# R6"""
    town.clock.advance(minutes=7, milliseconds=250)
    assert budi.get("/api/session").body["serverTime"] == "2027-01-13T02:07:00.250000Z"


def test_the_cursor_is_where_the_persons_stream_stands(town: Town, house: House) -> None:
    """# R21"""
    town.booked()
    for person in (BUDI, AYU):
        device = house.device(person)
        cursor = device.get("/api/session").body["cursor"]
        assert cursor.startswith(f"{town.head(person)}-")
        assert device.get("/api/events", after=cursor).body == {"events": [], "cursor": cursor, "reset": False}


@pytest.mark.parametrize("cookie", ["", "x", "eyJ4IjoxfQ.aaaa.bbbb", "🦊", "x" * 4000])
def test_a_made_up_cookie_is_no_session(house: House, nobody: Device, cookie: str) -> None:
    """# R10"""
    nobody.client.set_cookie("tenang_session", cookie)
    assert nobody.get("/api/session").body["user"] is None


def test_a_session_that_was_ended_elsewhere_is_none(town: Town, house: House, budi: Device) -> None:
    """# R10"""
    house.device(BUDI).delete("/api/session")
    assert budi.get("/api/session").body["user"] is None
    assert budi.get("/api/bookings").refusal == (401, "sign_in_required")


def test_an_answer_about_a_person_is_kept_by_no_cache(budi: Device) -> None:
    """# R34"""
    assert budi.get("/api/session").headers["Cache-Control"] == "no-store"
