"""The contract is judged: what is right passes, and each way of being wrong is named."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.web.contract import Contract
from tests.web.device import Device
from tests.web.house import House

THING = {
    "type": "object",
    "required": ["id", "at"],
    "properties": {
        "id": {"type": "string"},
        "at": {"type": "string", "format": "date-time"},
        "state": {"enum": ["on", "off"], "type": "string"},
        "price": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
    },
}
PART = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
CONTRACT = Contract({"paths": {}, "components": {"schemas": {"Thing": THING, "Part": PART}}})
RIGHT = {"id": "x", "at": "2027-01-13T02:00:00Z", "state": "on", "price": None, "parts": [{"n": 1}]}


def faults(strict: bool = False, **changes: Any) -> list[str]:
    value = {name: member for name, member in (RIGHT | changes).items() if member != "gone"}
    return list(CONTRACT.faults(value, {"$ref": "#/components/schemas/Thing"}, strict=strict))


def test_what_is_right_has_no_faults() -> None:
    """# R42"""
    assert faults() == faults(strict=True) == []
    assert faults(price=5, parts=[]) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"id": "gone"}, "$ has no id"),
        ({"id": 7}, "$.id is 7 and not a string"),
        ({"at": "2027-01-13T02:00:00+08:00"}, "$.at is '2027-01-13T02:00:00+08:00' and not in UTC"),
        ({"state": "asleep"}, "$.state is 'asleep', which is none of ['on', 'off']"),
        ({"price": "5"}, "$.price is '5' and not a integer"),
        ({"price": True}, "$.price is True and not a integer"),
        ({"parts": [{"n": 1}, {}]}, "$.parts[1] has no n"),
        ({"parts": None}, "$.parts is None and not a array"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], fault: str) -> None:
    """# R42"""
    assert faults(**changes) == [fault]


def test_members_that_are_not_named_are_wrong_only_when_strict() -> None:
    """# R42"""
    assert faults(more=1) == []
    assert faults(strict=True, more=1) == ["$ has more, which the document does not name"]


def test_a_keyword_that_it_does_not_know_fails_instead_of_passing() -> None:
    """# R42"""
    with pytest.raises(AssertionError, match="teach the contract"):
        list(CONTRACT.faults(1, {"multipleOf": 2}))


@pytest.mark.usefixtures("town")
def test_every_answer_that_a_device_gets_is_held_against_the_document(house: House) -> None:
    """Or all tests would pass whatever the document says. # R42"""
    document = deepcopy(house.contract.document)
    document["paths"]["/api/therapists/{therapist_id}"]["get"]["responses"].pop("404")
    document["paths"]["/api/session"]["get"]["responses"]["200"] = {
        "description": "Something else",
        "content": {"application/json": {"schema": {"type": "array"}}},
    }
    device = Device(house.app.test_client(), Contract(document))
    with pytest.raises(AssertionError, match="does not declare 404"):
        device.get("/api/therapists/nobody")
    with pytest.raises(AssertionError, match="and not a array"):
        device.get("/api/session")
