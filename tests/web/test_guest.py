"""``POST /api/session/guest``"""

from __future__ import annotations

from typing import Any

import pytest

from app.models import DeviceSession, User
from tests.domain.town import Town
from tests.web.device import Device
from tests.web.house import House

KEY = "kept-on-one-device-only"
WATI = {"displayName": "Wati", "guestKey": KEY}


def test_a_guest_is_made_and_signed_in(nobody: Device) -> None:
    """# R10"""
    answer = nobody.post("/api/session/guest", WATI | {"locale": "id", "timezone": "Asia/Jakarta"})
    user = answer.body["user"]
    assert answer.status == 201
    assert (user["displayName"], user["role"], user["isGuest"]) == ("Wati", "customer", True)
    assert (user["locale"], user["timezone"], user["therapistId"]) == ("id", "Asia/Jakarta", None)
    assert nobody.get("/api/session").body["user"] == user


def test_without_language_and_zone_a_guest_speaks_english_in_the_providers_zone(nobody: Device) -> None:
    """# R10"""
    user = nobody.post("/api/session/guest", {"displayName": "Wati"}).body["user"]
    assert (user["locale"], user["timezone"]) == ("en", "Asia/Makassar")


def test_the_same_key_gives_the_same_guest_with_200(town: Town, house: House, nobody: Device) -> None:
    """# R10"""
    first = nobody.post("/api/session/guest", WATI)
    people = town.count(User)
    again = house.device().post("/api/session/guest", WATI)
    assert (first.status, again.status) == (201, 200)
    assert first.body == again.body
    assert town.count(User) == people


def test_the_same_key_with_another_name_is_refused(town: Town, house: House, nobody: Device) -> None:
    """# R10"""
    nobody.post("/api/session/guest", WATI)
    before = town.count(User), town.count(DeviceSession)
    answer = house.device().post("/api/session/guest", WATI | {"displayName": "Rian"})
    assert answer.refusal == (422, "guest_key_reused")
    assert (town.count(User), town.count(DeviceSession)) == before


def test_the_key_is_nowhere_in_the_database(nobody: Device, house: House) -> None:
    """It opens the guest's account. # R10"""
    nobody.post("/api/session/guest", WATI)
    assert b"Wati" in house.bytes_on_disk()
    assert KEY.encode() not in house.bytes_on_disk()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"displayName": None}, {("displayName", "required")}),
        ({"displayName": ""}, {("displayName", "required")}),
        ({"displayName": " \n "}, {("displayName", "required")}),
        ({"displayName": "x" * 81}, {("displayName", "too_long")}),
        ({"displayName": "x" * 10_000}, {("displayName", "too_long")}),
        ({"displayName": "Wa\x00ti"}, {("displayName", "invalid_characters")}),
        ({"displayName": "Wa\ud800ti"}, {("displayName", "invalid_characters")}),
        ({"displayName": "0812-3456-7890"}, {("displayName", "contact_blocked")}),
        ({"displayName": 7}, {("displayName", "type")}),
        ({"displayName": ["Wati"]}, {("displayName", "type")}),
        ({"guestKey": "short"}, {("guestKey", "too_short")}),
        ({"guestKey": "x" * 129}, {("guestKey", "too_long")}),
        ({"guestKey": 12345678901234567}, {("guestKey", "type")}),
        ({"locale": "fr"}, {("locale", "invalid_choice")}),
        ({"locale": {}}, {("locale", "type")}),
        ({"timezone": "Mars/Olympus"}, {("timezone", "unknown")}),
        ({"timezone": 8}, {("timezone", "type")}),
    ],
)
def test_a_wrong_field_is_named_and_nobody_is_made(
    town: Town, nobody: Device, changes: dict[str, Any], fields: set[tuple[str, str]]
) -> None:
    """# R2 # R10"""
    before = town.count(User), town.count(DeviceSession)
    body = {name: value for name, value in (WATI | changes).items() if value is not None}
    answer = nobody.post("/api/session/guest", body)
    assert answer.status == 422
    assert answer.fields == fields
    assert (town.count(User), town.count(DeviceSession)) == before
    assert nobody.cookie is None


@pytest.mark.parametrize("name", ["שרה", "สมหญิง", "👩‍👩‍👧", "𝒲𝒶𝓉𝒾", "O'Brien-Łukasz", "Wati <b>", "x" * 80])
def test_a_name_of_any_script_comes_back_as_it_was_given(nobody: Device, name: str) -> None:
    """# R2"""
    assert nobody.post("/api/session/guest", {"displayName": name}).body["user"]["displayName"] == name


def test_a_role_in_the_body_is_ignored(nobody: Device) -> None:
    """# R10"""
    body = WATI | {"role": "operator", "isGuest": False, "id": "operator-user", "therapistId": "ayu"}
    user = nobody.post("/api/session/guest", body).body["user"]
    assert (user["role"], user["isGuest"], user["therapistId"]) == ("customer", True, None)
