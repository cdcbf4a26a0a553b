"""``POST /api/bookings/{id}/accept · decline · confirm · cancel``"""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.people import Person
from tests.domain.people import AYU, BUDI, SARI
from tests.domain.town import Town
from tests.web.device import Answer, Device
from tests.web.house import House

#: action, by whom, and the state and reason it leads to.
ACTIONS: list[tuple[str, Person, str, str | None]] = [
    ("accept", AYU, "therapist_accepted", None),
    ("decline", AYU, "cancelled", "declined"),
    ("cancel", AYU, "cancelled", "therapist_cancelled"),
    ("confirm", BUDI, "user_confirmed", None),
    ("cancel", BUDI, "cancelled", "customer_cancelled"),
]


def act(device: Device, booking: Any, action: str, body: object = None) -> Answer:
    return device.post(f"/api/bookings/{booking.booking_id}/{action}", body)


@pytest.mark.parametrize(("action", "person", "status", "reason"), ACTIONS)
@pytest.mark.parametrize("body", [None, {}])
def test_an_action_moves_the_booking_and_both_are_told(
    town: Town, house: House, action: str, person: Person, status: str, reason: str | None, body: object
) -> None:
    """# R5 # R19"""
    booking = town.accepted() if action == "confirm" else town.booked()
    heads = {BUDI: town.head(BUDI), AYU: town.head(AYU)}
    answer = act(house.device(person), booking, action, body)
    assert answer.status == 200
    assert (answer.body["status"], answer.body["cancelReason"]) == (status, reason)
    assert answer.body["version"] == booking.version + 1
    for side, head in heads.items():
        told = [data["status"] for kind, data in town.events(side, head) if kind == "booking.changed"]
        assert told == [status]


@pytest.mark.parametrize(("action", "person", "status", "reason"), ACTIONS)
def test_the_same_person_may_repeat_it(
    town: Town, house: House, action: str, person: Person, status: str, reason: str | None
) -> None:
    """# R5"""
    booking = town.accepted() if action == "confirm" else town.booked()
    device = house.device(person)
    first = act(device, booking, action, {})
    before = town.census()
    again = act(device, booking, action, {})
    assert (again.status, again.body) == (200, first.body)
    assert town.census() == before


@pytest.mark.parametrize(("action", "person", "status", "reason"), ACTIONS)
def test_what_is_not_possible_now_is_a_conflict_that_shows_how_it_stands(
    town: Town, house: House, action: str, person: Person, status: str, reason: str | None
) -> None:
    """# R5"""
    booking = town.booked()
    town.clock.go_to(booking.expires_at)
    town.settle()
    before = town.census()
    answer = act(house.device(person), booking, action, {})
    assert answer.refusal == (409, "booking_state")
    assert answer.body["current"]["cancelReason"] == "answer_expired"
    assert answer.body["current"]["bookingId"] == booking.booking_id
    assert town.census() == before


def test_a_late_answer_makes_the_expiry_true_at_once(town: Town, ayu: Device) -> None:
    """# R5 # R6"""
    booking = town.booked()
    town.clock.go_to(booking.expires_at)
    answer = act(ayu, booking, "accept")
    assert answer.refusal == (409, "booking_state")
    assert (answer.body["current"]["status"], answer.body["current"]["cancelledBy"]) == ("cancelled", "system")


def test_the_second_of_two_bookings_for_one_time_can_not_be_accepted(town: Town, ayu: Device) -> None:
    """# R8"""
    first, second = town.booked(BUDI), town.booked(SARI)
    act(ayu, first, "accept")
    answer = act(ayu, second, "accept")
    assert answer.refusal == (409, "slot_taken")
    assert answer.body["current"]["status"] == "pending"


@pytest.mark.parametrize(("action", "person"), [("decline", AYU), ("cancel", AYU), ("cancel", BUDI)])
def test_a_reason_in_words_is_told_to_the_other_side(town: Town, house: House, action: str, person: Person) -> None:
    """# R5"""
    answer = act(house.device(person), town.booked(), action, {"reason": "  A ceremony in my village 🙏 "})
    assert answer.body["cancelNote"] == "A ceremony in my village 🙏"


@pytest.mark.parametrize(("action", "person"), [("decline", AYU), ("cancel", AYU), ("cancel", BUDI)])
@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("x" * 301, "too_long"),
        ("x" * 10_000, "too_long"),
        ("a\x00b", "invalid_characters"),
        ("a\ud800b", "invalid_characters"),
        ("call me: 0812 3456 7890", "contact_blocked"),
        (7, "type"),
        (["because"], "type"),
    ],
)
def test_a_reason_that_can_not_be_told_is_refused_and_nothing_moves(
    town: Town, house: House, action: str, person: Person, reason: object, code: str
) -> None:
    """# R2 # R16"""
    booking = town.booked()
    before = town.census()
    answer = act(house.device(person), booking, action, {"reason": reason})
    assert (answer.status, answer.fields) == (422, {("reason", code)})
    assert town.census() == before
    assert town.row(booking).status == "pending"


@pytest.mark.parametrize("reason", ["", "   ", None])
def test_an_empty_reason_is_none(town: Town, ayu: Device, reason: str | None) -> None:
    """# R5"""
    assert act(ayu, town.booked(), "decline", {"reason": reason}).body["cancelNote"] is None


def test_an_answer_stops_the_alert_on_all_devices(town: Town, ayu: Device) -> None:
    """# R37"""
    booking = town.booked()
    act(ayu, booking, "accept")
    assert ayu.get("/api/notifications", unacknowledged="true").body["items"] == []
