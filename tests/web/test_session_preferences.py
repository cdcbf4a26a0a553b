"""``PUT /api/session/preferences``"""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.people import Person
from tests.domain.people import EVERYBODY
from tests.web.device import Device
from tests.web.house import House

PATH = "/api/session/preferences"


def sharing(device: Device) -> tuple[bool, bool]:
    """Typing and presence, as the session shows them."""
    user = device.get("/api/session").body["user"]
    return user["shareTyping"], user["sharePresence"]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.id)
def test_everybody_sets_her_own_on_all_her_devices(house: House, person: Person) -> None:
    """# R14"""
    here, there = house.device(person), house.device(person)
    answer = here.put(PATH, {"shareTyping": False})
    assert (answer.status, answer.body["user"]["id"]) == (200, person.id)
    assert (answer.body["user"]["shareTyping"], answer.body["user"]["sharePresence"]) == (False, True)
    assert sharing(there) == (False, True)


def test_both_can_be_set_at_once_and_the_same_again_is_the_same(budi: Device, sari: Device) -> None:
    """# R14"""
    for _ in range(2):
        assert budi.put(PATH, {"shareTyping": False, "sharePresence": False}).status == 200
        assert sharing(budi) == (False, False)
    assert sharing(sari) == (True, True)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {("shareTyping", "required"), ("sharePresence", "required")}),
        ({"shareTyping": None}, {("shareTyping", "required"), ("sharePresence", "required")}),
        ({"shareEverything": True}, {("shareTyping", "required"), ("sharePresence", "required")}),
        ({"shareTyping": "no"}, {("shareTyping", "type")}),
        ({"shareTyping": 0}, {("shareTyping", "type")}),
        ({"sharePresence": [False]}, {("sharePresence", "type")}),
        ({"shareTyping": False, "sharePresence": "off"}, {("sharePresence", "type")}),
    ],
)
def test_a_wrong_wish_is_named_and_nothing_changes(
    budi: Device, body: dict[str, Any], fields: set[tuple[str, str]]
) -> None:
    """# R14"""
    answer = budi.put(PATH, body)
    assert answer.refusal == (422, "validation")
    assert answer.fields == fields
    assert sharing(budi) == (True, True)


def test_without_a_session_there_is_nothing_to_prefer(nobody: Device) -> None:
    """# R10"""
    assert nobody.put(PATH, {"shareTyping": False}).refusal == (401, "sign_in_required")
