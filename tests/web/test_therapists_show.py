"""``GET /api/therapists/{id}``"""

from __future__ import annotations

import pytest

from tests.web.device import Device

UNKNOWN = ["nobody", "AYU", "ayu'--", "🦊", "x" * 500, "%2e%2e", "me"]


def test_a_provider_is_shown_with_services_prices_and_hours(nobody: Device) -> None:
    """# R1"""
    komang = nobody.get("/api/therapists/komang").body
    assert (komang["displayName"], komang["kind"], komang["status"]) == ("Komang Sari", "therapist", "available")
    assert [(s["id"], s["duration"], s["price"], s["currency"]) for s in komang["services"]] == [
        ("komang.60", 60, 150_000, "IDR"),
        ("komang.90", 90, 210_000, "IDR"),
    ]
    assert komang["hours"][0] == {"weekday": 0, "opens": "10:00", "closes": "18:00"}
    assert (komang["timezone"], komang["capacity"], komang["travelFee"]) == ("Asia/Makassar", 1, 25_000)


def test_nothing_of_the_account_behind_a_provider_is_shown(nobody: Device) -> None:
    """# R16"""
    text = nobody.get("/api/therapists/ayu").text
    assert "@" not in text
    assert "ayu-user" not in text
    assert "userId" not in text


@pytest.mark.parametrize("identifier", UNKNOWN)
def test_an_unknown_provider_is_not_found(nobody: Device, identifier: str) -> None:
    """# R1"""
    assert nobody.get(f"/api/therapists/{identifier}").refusal == (404, "not_found")
