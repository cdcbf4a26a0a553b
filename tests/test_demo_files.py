"""The demo's files keep the rules that the product keeps: whatever is loaded from them could have happened."""

import json
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

from app import contact_guard
from app.demo import loader

DEMO = Path(__file__).resolve().parents[1] / "app" / "demo"
STATIC = DEMO.parents[1] / "static"
TODAY = datetime(2026, 11, 21)
PROVIDERS: dict[str, Any] = {p["id"]: p for p in json.loads((DEMO / "therapists.json").read_text())}
HISTORIES: dict[str, Any] = json.loads((DEMO / "histories.json").read_text())
TIMES = {
    "completed": (True, True, False),
    "declined": (False, False, True),
    "answer_expired": (False, False, True),
    "confirm_expired": (True, False, True),
}


def times(booking: dict[str, Any]) -> tuple[datetime, datetime, datetime]:
    """When the booking was made, begins and ends."""
    service = next(s for s in PROVIDERS[booking["therapist"]]["services"] if s["id"] == booking["service"])
    hour, minute = map(int, booking["localTime"].split(":"))
    start = TODAY - timedelta(days=booking["daysAgo"]) + timedelta(hours=hour, minutes=minute)
    return (
        start - timedelta(minutes=booking["bookedMinutesAhead"]),
        start,
        start + timedelta(minutes=service["duration"]),
    )


def test_every_provider_has_a_portrait_and_works_where_it_is_based() -> None:
    for provider in PROVIDERS.values():
        assert (STATIC / provider["photo"]).is_file()
        assert provider["area"] in provider["areasServed"]


def test_another_portrait_would_have_another_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker keeps a picture with a version for a month without asking again. # R34"""
    monkeypatch.setattr(loader, "STATIC", tmp_path)
    addresses = set()
    for drawing in ("one", "another"):
        (tmp_path / "ayu.svg").write_text(drawing)
        addresses.add(loader._photo_address("ayu.svg"))
    assert len(addresses) == 2
    assert all(address.startswith("/static/ayu.svg?v=") for address in addresses)


def test_every_customer_has_a_valid_number() -> None:
    for customer in HISTORIES["customers"]:
        assert phonenumbers.is_valid_number(phonenumbers.parse(customer["whatsApp"]))


def test_accepted_bookings_of_one_provider_never_overlap() -> None:
    for provider in PROVIDERS:
        held = sorted(times(b)[1:] for b in HISTORIES["bookings"] if b["therapist"] == provider and b["answeredAfter"])
        assert all(first[1] <= second[0] for first, second in pairwise(held))


def test_bookings_are_over_and_were_made_where_and_when_the_provider_works() -> None:
    for booking in HISTORIES["bookings"]:
        provider = PROVIDERS[booking["therapist"]]
        _, start, end = times(booking)
        assert end <= TODAY
        assert booking["area"] in provider["areasServed"]
        assert any(h["opens"] <= f"{start:%H:%M}" and f"{end:%H:%M}" <= h["closes"] for h in provider["hours"])


def test_what_happened_to_a_booking_fits_its_outcome_and_the_deadlines() -> None:
    for booking in HISTORIES["bookings"]:
        answered, confirmed, cancelled = (booking[f"{event}After"] for event in ("answered", "confirmed", "cancelled"))
        happened = tuple(moment is not None for moment in (answered, confirmed, cancelled))
        assert happened == TIMES.get(booking["outcome"], happened)
        assert answered is None or answered <= 10
        assert confirmed is None or confirmed <= answered + 15
        if booking["outcome"] == "answer_expired":
            assert cancelled == 10
        if booking["outcome"] == "confirm_expired":
            assert cancelled == answered + 15


def test_messages_are_in_order_were_written_while_the_room_was_open_and_pass_the_contact_filter() -> None:
    for booking in HISTORIES["bookings"]:
        made, _, end = times(booking)
        answered, cancelled = booking["answeredAfter"], booking["cancelledAfter"]
        closes = end + timedelta(hours=24) if cancelled is None else made + timedelta(minutes=cancelled)
        if answered is not None and cancelled is not None:
            closes += timedelta(hours=24)
        minutes = [message["minute"] for message in booking["messages"]]
        assert minutes == sorted(set(minutes))
        for message in booking["messages"]:
            assert made + timedelta(minutes=message["minute"]) < min(closes, TODAY)
            assert message["from"] == "customer" or (answered is not None and message["minute"] > answered)
            assert not contact_guard.check(message["text"]).blocked
