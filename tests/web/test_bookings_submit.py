"""``POST /api/bookings``: what a right form does, and what of it is the server's to say."""

from __future__ import annotations

from typing import Any

import pytest

from app.models import Booking, BookingTransition, Conversation, Event, Notification
from tests.domain.people import AYU, BUDI
from tests.domain.town import Town
from tests.web.device import Device, form


def test_a_booking_and_its_conversation_are_made_together(town: Town, budi: Device) -> None:
    """# R4"""
    answer = budi.submit(form())
    booking, conversation = answer.body["booking"], answer.body["conversation"]
    assert answer.status == 201
    assert booking["conversationId"] == conversation["id"] == "customer_budi-user_therapist_ayu"
    assert conversation["bookingId"] == booking["bookingId"]
    assert (conversation["isOpen"], conversation["canWrite"], conversation["closedReason"]) == (True, True, None)
    assert (town.count(Booking), town.count(Conversation), town.count(BookingTransition)) == (1, 1, 1)


def test_a_booking_has_everything_that_the_chat_window_needs(budi: Device) -> None:
    """# R7"""
    booking = budi.submit(form()).body["booking"]
    assert {name: booking[name] for name in FIELDS_OF_R7} == {
        "customerId": "budi-user",
        "therapistId": "ayu",
        "customerName": "Budi Santoso",
        "therapistName": "Ayu Lestari",
        "status": "pending",
        "price": 175_000,
        "duration": 60,
        "location": "Hotel Melati, room 12",
        "scheduledTime": "2027-01-14T04:00:00Z",
        "expiresAt": "2027-01-13T02:10:00Z",
    }


FIELDS_OF_R7 = (
    "customerId", "therapistId", "customerName", "therapistName", "status", "price", "duration", "location",
    "scheduledTime", "expiresAt",
)  # fmt: skip


def test_the_customers_own_answer_carries_number_and_address_for_the_next_time(budi: Device) -> None:
    """# R9"""
    booking = budi.submit(form()).body["booking"]
    assert (booking["customerWhatsApp"], booking["address"]) == ("+6281234567890", "Hotel Melati, room 12")


@pytest.mark.parametrize(
    "price",
    [
        {"price": 1},
        {"servicePrice": 1, "travelFee": 0},
        {"currency": "IDN"},
        {"duration": 480},
        {"status": "user_confirmed", "acceptedAt": "2027-01-01T00:00:00Z", "slot": 1},
        {"customerId": "sari-user", "id": "mine", "bookingId": "mine"},
    ],
)
def test_what_is_the_servers_to_say_is_ignored_in_the_body(budi: Device, price: dict[str, Any]) -> None:
    """# R2"""
    booking = budi.submit(form(**price)).body["booking"]
    assert (booking["price"], booking["servicePrice"], booking["travelFee"]) == (175_000, 150_000, 25_000)
    assert (booking["currency"], booking["duration"], booking["status"]) == ("IDR", 60, "pending")
    assert (booking["customerId"], booking["acceptedAt"]) == ("budi-user", None)


def test_without_a_time_the_session_is_as_soon_as_possible(budi: Device) -> None:
    """# R2"""
    assert budi.submit(form(scheduledTime=None)).body["booking"]["scheduledTime"] == "2027-01-13T02:45:00Z"


def test_the_therapist_is_told_and_the_customer_too(town: Town, budi: Device) -> None:
    """# R19 # R37"""
    budi.submit(form())
    assert [kind for kind, _ in town.events(AYU)] == [
        "booking.created",
        "conversation.opened",
        "notification.created",
    ]
    assert [kind for kind, _ in town.events(BUDI)] == ["booking.created", "conversation.opened"]
    assert town.count(Notification) == 1


def test_the_same_key_makes_it_once(town: Town, budi: Device) -> None:
    """# R3"""
    first = budi.submit(form(), "one-and-the-same")
    before = town.census()
    again = budi.submit(form(), "one-and-the-same")
    assert (first.status, again.status) == (201, 200)
    assert again.body == first.body
    assert town.census() == before


def test_the_same_key_in_other_words_is_the_same_order(budi: Device) -> None:
    """The time in another zone, an unknown member more. # R3"""
    first = budi.submit(form(), "one-and-the-same")
    again = budi.submit(form(scheduledTime="2027-01-14T12:00:00+08:00", tab="second"), "one-and-the-same")
    assert (again.status, again.body) == (200, first.body)


def test_a_key_that_came_with_another_order_is_refused(town: Town, budi: Device) -> None:
    """# R3"""
    budi.submit(form(), "one-and-the-same")
    before = town.census()
    assert budi.submit(form(area="Kuta"), "one-and-the-same").refusal == (422, "idempotency_key_reused")
    assert town.census() == before


def test_another_customers_key_is_another_key(town: Town, budi: Device, sari: Device) -> None:
    """# R3"""
    mine, hers = (device.submit(form(), "one-and-the-same") for device in (budi, sari))
    assert (mine.status, hers.status, town.count(Booking)) == (201, 201, 2)
    assert mine.body["booking"]["bookingId"] != hers.body["booking"]["bookingId"]


@pytest.mark.parametrize("key", ["", "   ", "short", "x" * 201, " " * 20, "tab\tin-it"])
def test_without_a_proper_key_nothing_is_booked(town: Town, budi: Device, key: str) -> None:
    """# R3"""
    answer = budi.call("POST", "/api/bookings", form(), headers={"Idempotency-Key": key})
    assert answer.refusal == (400, "idempotency_key_required")
    assert budi.post("/api/bookings", form()).refusal == (400, "idempotency_key_required")
    assert town.count() == 0


@pytest.mark.parametrize("key", ["x" * 8, "x" * 200, "with spaces and ünicode"])
def test_any_readable_key_will_do(budi: Device, key: str) -> None:
    """# R3"""
    assert budi.submit(form(), key).status == 201


def test_a_refused_order_does_not_use_up_its_key(town: Town, budi: Device) -> None:
    """Otherwise a corrected form could never be sent. # R3"""
    assert budi.submit(form(customerWhatsApp="12"), "one-and-the-same").status == 422
    assert budi.submit(form(), "one-and-the-same").status == 201
    assert town.count(Event) == 5
