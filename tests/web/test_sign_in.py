"""``POST /api/session``"""

from __future__ import annotations

import pytest

from app.models import DeviceSession
from tests.domain.people import AYU, BUDI, PASSWORD, email_of
from tests.domain.town import Town
from tests.web.device import Device
from tests.web.house import House
from tests.web.listener import connected

RIGHT = {"email": email_of(AYU), "password": PASSWORD}


def test_the_right_password_signs_in(nobody: Device) -> None:
    """# R10"""
    answer = nobody.post("/api/session", RIGHT)
    assert (answer.status, answer.body["user"]["id"], answer.body["user"]["therapistId"]) == (200, AYU.id, "ayu")
    assert nobody.get("/api/session").body["user"] == answer.body["user"]


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(nobody: Device) -> None:
    """# R10"""
    cookie = nobody.post("/api/session", RIGHT).headers["Set-Cookie"]
    assert cookie.startswith("tenang_session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "wrong"},
        {"password": ""},
        {"email": "nobody@tenang.test"},
        {"email": ""},
        {"email": "שלום@🦊"},
        {"password": "x\x00y"},
        {"password": "🦊" * 500},
    ],
)
def test_a_wrong_password_and_an_unknown_address_look_the_same(
    town: Town, nobody: Device, wrong: dict[str, str]
) -> None:
    """# R10"""
    sessions = town.count(DeviceSession)
    answer = nobody.post("/api/session", RIGHT | wrong)
    assert answer.refusal == (401, "wrong_credentials")
    assert answer.body["detail"] == "E-mail or password is wrong."
    assert "Set-Cookie" not in answer.headers
    assert town.count(DeviceSession) == sessions


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"email": None}, {("email", "type")}),
        ({"email": 7, "password": []}, {("email", "type"), ("password", "type")}),
        ({"email": "x" * 255}, {("email", "too_long")}),
        ({"password": "x" * 1001}, {("password", "too_long")}),
    ],
)
def test_a_wrong_field_is_named(nobody: Device, changes: dict[str, object], fields: set[tuple[str, str]]) -> None:
    """# R2"""
    answer = nobody.post("/api/session", RIGHT | changes)
    assert answer.refusal == (422, "validation")
    assert answer.fields == fields


def test_missing_fields_are_named(nobody: Device) -> None:
    """# R2"""
    assert nobody.post("/api/session", {}).fields == {("email", "required"), ("password", "required")}


def test_signing_in_as_somebody_else_ends_the_session_before(town: Town, budi: Device) -> None:
    """# R10"""
    sessions = town.count(DeviceSession)
    before = budi.cookie
    budi.post("/api/session", RIGHT)
    assert budi.get("/api/session").body["user"]["id"] == AYU.id
    assert town.count(DeviceSession) == sessions
    assert budi.cookie != before


def test_a_failed_sign_in_leaves_the_session_before(budi: Device) -> None:
    """# R10"""
    budi.post("/api/session", RIGHT | {"password": "wrong"})
    assert budi.get("/api/session").body["user"]["id"] == BUDI.id


def test_the_connections_of_the_session_before_are_ended(house: House, budi: Device) -> None:
    """They would go on telling one person what happens to another. # R20"""
    with connected(house, budi) as before:
        budi.post("/api/session", RIGHT)
        assert before.ended == [4001]


def test_becoming_a_guest_ends_them_too(house: House, budi: Device) -> None:
    """# R20"""
    with connected(house, budi) as before:
        budi.post("/api/session/guest", {"displayName": "Wati"})
        assert before.ended == [4001]
