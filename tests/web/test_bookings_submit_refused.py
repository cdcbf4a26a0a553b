"""``POST /api/bookings``: each field's error by code and name, each conflict, and nothing written."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain import directory
from tests.domain.people import AYU, SARI
from tests.domain.town import Town
from tests.web.device import Answer, Device, form

FIELDS: list[tuple[dict[str, Any], str, str]] = [
    ({"therapistId": "nobody"}, "therapistId", "unknown"),
    ({"therapistId": ""}, "therapistId", "too_short"),
    ({"therapistId": "x" * 101}, "therapistId", "too_long"),
    ({"therapistId": 7}, "therapistId", "type"),
    ({"therapistId": "a\x00b"}, "therapistId", "invalid"),
    ({"serviceId": "nothing"}, "serviceId", "unknown"),
    ({"serviceId": "komang.60"}, "serviceId", "unknown"),
    ({"serviceId": "ayu.old"}, "serviceId", "unknown"),
    ({"serviceId": ["ayu.60"]}, "serviceId", "type"),
    ({"serviceId": "שלום"}, "serviceId", "invalid"),
    ({"expectedPrice": "175000"}, "expectedPrice", "type"),
    ({"expectedPrice": 175_000.0}, "expectedPrice", "type"),
    ({"expectedPrice": True}, "expectedPrice", "type"),
    ({"customerName": ""}, "customerName", "required"),
    ({"customerName": "   "}, "customerName", "required"),
    ({"customerName": "x" * 81}, "customerName", "too_long"),
    ({"customerName": "x" * 10_000}, "customerName", "too_long"),
    ({"customerName": "🦊" * 5_000}, "customerName", "too_long"),
    ({"customerName": "Bu\x00di"}, "customerName", "invalid_characters"),
    ({"customerName": "Bu\ud800di"}, "customerName", "invalid_characters"),
    ({"customerName": "Budi\nSantoso"}, "customerName", "invalid_characters"),
    ({"customerName": 7}, "customerName", "type"),
    ({"customerName": {"first": "Budi"}}, "customerName", "type"),
    ({"customerWhatsApp": ""}, "customerWhatsApp", "required"),
    ({"customerWhatsApp": "0812"}, "customerWhatsApp", "invalid_phone"),
    ({"customerWhatsApp": "call me"}, "customerWhatsApp", "invalid_phone"),
    ({"customerWhatsApp": "9" * 10_000}, "customerWhatsApp", "invalid_phone"),
    ({"customerWhatsApp": "\x00"}, "customerWhatsApp", "invalid_phone"),
    ({"customerWhatsApp": 6281234567890}, "customerWhatsApp", "type"),
    ({"locationType": "boat"}, "locationType", "invalid_choice"),
    ({"locationType": 1}, "locationType", "invalid_choice"),
    ({"area": ""}, "area", "required"),
    ({"area": "x" * 81}, "area", "too_long"),
    ({"area": []}, "area", "type"),
    ({"location": ""}, "location", "required"),
    ({"location": "x" * 301}, "location", "too_long"),
    ({"location": "villa\x07"}, "location", "invalid_characters"),
    ({"location": False}, "location", "type"),
    ({"massageFor": "dog"}, "massageFor", "invalid_choice"),
    ({"note": "x" * 501}, "note", "too_long"),
    ({"note": 5}, "note", "type"),
    ({"scheduledTime": "2027-01-13T01:59:59Z"}, "scheduledTime", "in_past"),
    ({"scheduledTime": "2027-01-13T02:00:00Z"}, "scheduledTime", "in_past"),
    ({"scheduledTime": "1970-01-01T00:00:00Z"}, "scheduledTime", "in_past"),
    ({"scheduledTime": "2027-07-12T02:00:01Z"}, "scheduledTime", "too_far"),
    ({"scheduledTime": "9999-12-31T23:59:59Z"}, "scheduledTime", "too_far"),
    ({"scheduledTime": "9999-12-31T23:59:59-14:00"}, "scheduledTime", "too_far"),
    ({"scheduledTime": "0001-01-01T00:00:00+14:00"}, "scheduledTime", "in_past"),
    ({"scheduledTime": "2027-01-14T12:00:00"}, "scheduledTime", "invalid"),
    ({"scheduledTime": "2027-01-14"}, "scheduledTime", "invalid"),
    ({"scheduledTime": "tomorrow"}, "scheduledTime", "invalid"),
    ({"scheduledTime": "2027-02-30T12:00:00Z"}, "scheduledTime", "invalid"),
    ({"scheduledTime": ""}, "scheduledTime", "invalid"),
    ({"scheduledTime": 1_800_000_000}, "scheduledTime", "type"),
    ({"scheduledTime": {}}, "scheduledTime", "type"),
    ({"customerName": "Budi 0812 3456 7890"}, "customerName", "contact_blocked"),
    ({"area": "wa 081234567890"}, "area", "contact_blocked"),
    ({"location": "call +62 812 3456 7890"}, "location", "contact_blocked"),
    ({"note": "my number: 0812.3456.7890"}, "note", "contact_blocked"),
]


def refused(town: Town, device: Device, **changes: Any) -> Answer:
    """The refusal of a form with these changes; nothing may be left of it."""
    before = town.census()
    answer = device.submit(form(**changes))
    assert town.census() == before
    return answer


@pytest.mark.parametrize(("changes", "field", "code"), FIELDS)
def test_a_wrong_field_is_named(town: Town, budi: Device, changes: dict[str, Any], field: str, code: str) -> None:
    """# R2"""
    answer = refused(town, budi, **changes)
    assert answer.refusal == (422, "contact_blocked" if code == "contact_blocked" else "validation")
    assert answer.fields == {(field, code)}


def test_a_time_outside_the_hours_is_named(town: Town, budi: Device) -> None:
    """Komang works until 18:00 in Denpasar. # R2"""
    answer = refused(town, budi, therapistId="komang", serviceId="komang.60", scheduledTime="2027-01-14T09:30:00Z")
    assert answer.fields == {("scheduledTime", "outside_hours")}


@pytest.mark.parametrize(
    "field", ["therapistId", "serviceId", "customerName", "customerWhatsApp", "locationType", "massageFor"]
)
def test_a_missing_field_is_named(town: Town, budi: Device, field: str) -> None:
    """# R2"""
    assert refused(town, budi, **{field: None}).fields == {(field, "required")}


def test_everything_that_is_missing_is_named_at_once(town: Town, budi: Device) -> None:
    """# R2"""
    before = town.census()
    fields = {"therapistId", "serviceId", "customerName", "customerWhatsApp", "locationType", "massageFor"}
    assert budi.submit({}).fields == {(field, "required") for field in fields}
    assert town.census() == before


def test_every_error_has_a_sentence_and_never_the_text_itself(town: Town, budi: Device) -> None:
    """# R2 # R17"""
    answer = refused(town, budi, customerName="secret\x00name", customerWhatsApp="12", area="0812 3456 7890")
    assert answer.fields == {
        ("customerName", "invalid_characters"),
        ("customerWhatsApp", "invalid_phone"),
        ("area", "contact_blocked"),
    }
    assert all(len(error["message"]) > 10 for error in answer.body["errors"])
    assert "secret" not in answer.text
    assert "3456" not in answer.text


def test_a_changed_price_is_a_conflict_that_shows_the_new_one(town: Town, budi: Device) -> None:
    """# R3"""
    answer = refused(town, budi, expectedPrice=150_000)
    assert answer.refusal == (409, "price_changed")
    expected = {"price": 175_000, "servicePrice": 150_000, "travelFee": 25_000, "currency": "IDR"}
    assert answer.body["current"] == expected


@pytest.mark.parametrize("price", [-1, 0, 2**31, 2**63, 10**400])
def test_a_price_beyond_all_measure_is_a_changed_price(town: Town, budi: Device, price: int) -> None:
    """# R3"""
    assert refused(town, budi, expectedPrice=price).refusal == (409, "price_changed")


def test_a_time_that_is_taken_is_a_conflict(town: Town, budi: Device) -> None:
    """# R8"""
    town.accepted(SARI)
    assert refused(town, budi).refusal == (409, "slot_taken")


def test_a_provider_who_is_offline_is_a_conflict(town: Town, budi: Device) -> None:
    """# R2"""
    directory.set_status(AYU, "offline")
    assert refused(town, budi).refusal == (409, "therapist_unavailable")


def test_a_provider_who_is_busy_takes_bookings_for_later_only(town: Town, budi: Device) -> None:
    """# R2"""
    directory.set_status(AYU, "busy")
    assert refused(town, budi, scheduledTime=None).refusal == (409, "therapist_unavailable")
    assert budi.submit(form()).status == 201
