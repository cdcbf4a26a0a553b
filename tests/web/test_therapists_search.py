"""``GET /api/therapists``"""

from __future__ import annotations

import pytest

from tests.domain.town import Town
from tests.web.device import Device


def ids(device: Device, **query: object) -> list[str]:
    """Who is found, in the order of the directory."""
    answer = device.get("/api/therapists", **query)
    assert answer.status == 200
    return [provider["id"] for provider in answer.body["items"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["ayu", "komang", "hening"]),
        ({"q": ""}, ["ayu", "komang", "hening"]),
        ({"q": "lestari"}, ["ayu"]),
        ({"q": "🦊"}, []),
        ({"area": "Sanur"}, ["ayu"]),
        ({"kind": "place"}, ["hening"]),
        ({"kind": "therapist", "available": "true", "area": "Canggu"}, ["komang"]),
        ({"unknown": "ignored"}, ["ayu", "komang", "hening"]),
    ],
)
def test_everybody_may_look_around(nobody: Device, query: dict[str, str], found: list[str]) -> None:
    """# R1"""
    assert ids(nobody, **query) == found


def test_the_availability_is_live(ayu: Device, nobody: Device) -> None:
    """# R1 # R19"""
    ayu.put("/api/therapists/me/status", {"status": "offline"})
    assert ids(nobody, available="true") == ["komang", "hening"]


def test_a_page_is_whole_and_says_where_events_go_on(town: Town, budi: Device, nobody: Device) -> None:
    """# R21"""
    town.booked()
    mine, theirs = budi.get("/api/therapists").body, nobody.get("/api/therapists").body
    assert mine["items"] == theirs["items"]
    assert mine["nextCursor"] is theirs["nextCursor"] is None
    assert mine["cursor"] == budi.get("/api/session").body["cursor"]
    assert theirs["cursor"] == "0"


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"kind": "robot"}, "kind", "invalid_choice"),
        ({"available": "perhaps"}, "available", "invalid"),
        ({"q": "x" * 201}, "q", "too_long"),
        ({"area": "x" * 201}, "area", "too_long"),
        ({"cursor": "x"}, "cursor", "invalid"),
        ({"cursor": "x" * 501}, "cursor", "too_long"),
    ],
)
def test_a_wrong_filter_is_named(nobody: Device, query: dict[str, str], field: str, code: str) -> None:
    """# R2"""
    answer = nobody.get("/api/therapists", **query)
    assert answer.refusal == (422, "validation")
    assert answer.fields == {(field, code)}
    # Nobody filled in a form here.
    assert answer.body["title"] == "The address is not understood"
    assert f"not understood: {field}." in answer.body["detail"]
    assert "sent" not in answer.body["detail"]
