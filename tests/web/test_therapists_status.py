"""``PUT /api/therapists/me/status``"""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.people import HENING
from tests.domain.town import Town
from tests.web.device import Device
from tests.web.house import House
from tests.web.listener import connected


@pytest.mark.parametrize("status", ["busy", "offline", "available"])
def test_the_switch_moves_and_stays(ayu: Device, nobody: Device, status: str) -> None:
    """# R36"""
    answer = ayu.put("/api/therapists/me/status", {"status": status})
    assert (answer.status, answer.body["id"], answer.body["status"]) == (200, "ayu", status)
    assert nobody.get("/api/therapists/ayu").body == answer.body


def test_each_provider_moves_her_own(house: House, ayu: Device, nobody: Device) -> None:
    """# R36"""
    house.device(HENING).put("/api/therapists/me/status", {"status": "busy"})
    assert nobody.get("/api/therapists/ayu").body["status"] == "available"
    assert nobody.get("/api/therapists/hening").body["status"] == "busy"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "required"),
        ({"status": "asleep"}, "invalid_choice"),
        ({"status": "AVAILABLE"}, "invalid_choice"),
        ({"status": None}, "invalid_choice"),
        ({"status": 1}, "invalid_choice"),
        ({"status": ["busy"]}, "invalid_choice"),
    ],
)
def test_a_wrong_status_is_named_and_nothing_moves(
    ayu: Device, nobody: Device, body: dict[str, Any], code: str
) -> None:
    """# R2"""
    answer = ayu.put("/api/therapists/me/status", body)
    assert answer.refusal == (422, "validation")
    assert answer.fields == {("status", code)}
    assert nobody.get("/api/therapists/ayu").body["status"] == "available"


def test_everybody_who_is_connected_is_told_once(house: House, ayu: Device, budi: Device) -> None:
    """Also people without a session. # R19"""
    with connected(house) as stranger, connected(house, budi) as customer:
        ayu.put("/api/therapists/me/status", {"status": "busy"})
        ayu.put("/api/therapists/me/status", {"status": "busy"})
    assert stranger.told == ['{"type": "therapist.status", "therapistId": "ayu", "status": "busy"}']
    assert customer.told == stranger.told


def test_nobodys_stream_grows(town: Town, ayu: Device) -> None:
    """# R19"""
    before = town.census()
    ayu.put("/api/therapists/me/status", {"status": "busy"})
    assert town.census() == before
