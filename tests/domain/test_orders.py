"""What an order becomes: the price from the service, the place, the time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from app import storage
from app.domain import directory
from app.domain.errors import Conflict, Forbidden, Invalid
from app.domain.people import Person
from app.models import Service
from tests.domain.people import AYU, HENING, KOMANG, OPERATOR, SARI, TRAVEL_FEE
from tests.domain.town import NOON, Town, at


def refused(town: Town, **changes: Any) -> list[tuple[str, str]]:
    """Fields and codes of a refused order; nothing of it may be left."""
    before = town.census()
    with pytest.raises(Invalid) as error:
        town.submit(**changes)
    assert town.census() == before
    return [(fault.field, fault.code) for fault in error.value.errors]


@pytest.mark.parametrize(("minutes", "price"), [(60, 150_000), (90, 210_000)])
def test_the_price_is_the_services_and_the_way_is_added(town: Town, minutes: int, price: int) -> None:
    """# R2"""
    booking = town.booked(minutes=minutes)
    assert (booking.service_price, booking.travel_fee, booking.price) == (price, TRAVEL_FEE, price + TRAVEL_FEE)
    assert (booking.currency, booking.duration) == ("IDR", minutes)
    assert booking.end_time - booking.scheduled_time == timedelta(minutes=minutes)


def test_nobody_travels_to_the_providers_own_place(town: Town) -> None:
    """# R2"""
    booking = town.booked(therapist=HENING, location_type="place")
    assert (booking.travel_fee, booking.price) == (0, booking.service_price)


@pytest.mark.parametrize("texts", [{}, {"area": "", "location": ""}])
def test_there_is_no_place_of_a_therapist_who_has_none(town: Town, texts: dict[str, str]) -> None:
    """# R2"""
    assert refused(town, location_type="place", **texts) == [("locationType", "no_own_place")]


@pytest.mark.parametrize("beyond", [{"seconds": 1}, {"seconds": 59, "microseconds": 999_999}, {"microseconds": 1}])
def test_a_time_counts_to_the_minute(town: Town, beyond: dict[str, int]) -> None:
    """Two bookings that meet on the clock do not overlap by seconds that nobody sees. # R2 # R8"""
    first = town.booked(scheduled_time=at(50) + timedelta(**beyond))
    assert first.scheduled_time == at(50)
    second = town.booked(SARI, scheduled_time=first.end_time)
    town.act(AYU, "accept", first)
    town.act(AYU, "accept", second)


def test_at_a_place_the_address_is_the_places_own(town: Town) -> None:
    """# R2"""
    booking = town.booked(therapist=HENING, location_type="place", area="", location="")
    assert (booking.area, booking.location) == ("Seminyak", "Jalan Kayu Aya 12, Seminyak")


@pytest.mark.parametrize(
    "texts",
    [
        {"area": "Sanur", "location": "Jalan Tamblingan 5, my own home"},
        {"area": "call 0812 3456 7890", "location": "or wa.me/6281234567890"},
        {"area": "x" * 81, "location": "a\x00b"},
    ],
)
def test_an_address_beside_a_session_at_a_place_is_neither_judged_nor_kept(town: Town, texts: dict[str, Any]) -> None:
    """The form does not show it any more: the therapist must not see it, and nothing in it can be mended. # R2 # R17"""
    booking = town.booked(therapist=HENING, location_type="place", **texts)
    assert (booking.area, booking.location) == ("Seminyak", "Jalan Kayu Aya 12, Seminyak")
    again = town.booked(therapist=HENING, location_type="hotel", scheduled_time=at(28))
    assert (again.area, again.location) == ("Sanur", "Hotel Melati, room 12")


@pytest.mark.parametrize("expected", [0, 1, 150_000, 10**30, -1])
def test_another_price_than_the_one_shown_is_refused_with_the_price_as_it_is(town: Town, expected: int) -> None:
    """# R3"""
    before = town.census()
    with pytest.raises(Conflict) as error:
        town.submit(expected_price=expected)
    assert error.value.code == "price_changed"
    assert error.value.extra["current"] == {
        "price": 175_000,
        "servicePrice": 150_000,
        "travelFee": TRAVEL_FEE,
        "currency": "IDR",
    }
    assert town.census() == before


def test_the_price_as_it_was_shown_is_taken(town: Town) -> None:
    """# R3"""
    assert town.booked(expected_price=175_000).price == 175_000


def test_a_later_change_of_the_price_does_not_change_a_booking(town: Town) -> None:
    """# R2"""
    booking = town.booked()

    def dearer(session: Any) -> None:
        session.get_one(Service, booking.service_id).price = 999_000

    storage.write(dearer)
    assert town.row(booking).price == 175_000


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"therapist_id": "nobody"}, ("therapistId", "unknown")),
        ({"service_id": "nothing"}, ("serviceId", "unknown")),
        ({"service_id": "komang.60"}, ("serviceId", "unknown")),
        ({"service_id": "ayu.old"}, ("serviceId", "unknown")),
        ({"scheduled_time": NOON - timedelta(days=2)}, ("scheduledTime", "in_past")),
        ({"scheduled_time": NOON - timedelta(hours=26)}, ("scheduledTime", "in_past")),
        ({"scheduled_time": NOON + timedelta(days=181)}, ("scheduledTime", "too_far")),
        ({"therapist": KOMANG, "scheduled_time": NOON + timedelta(hours=8)}, ("scheduledTime", "outside_hours")),
        ({"customer_whatsapp": ""}, ("customerWhatsApp", "required")),
        ({"customer_whatsapp": "12"}, ("customerWhatsApp", "invalid_phone")),
        ({"customer_name": " "}, ("customerName", "required")),
        ({"location": ""}, ("location", "required")),
        ({"area": ""}, ("area", "required")),
        ({"note": "x" * 501}, ("note", "too_long")),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_written(
    town: Town, changes: dict[str, Any], fault: tuple[str, str]
) -> None:
    """# R2"""
    assert refused(town, **changes) == [fault]


def test_everything_wrong_with_a_form_is_named_at_once(town: Town) -> None:
    """# R2"""
    faults = refused(town, customer_whatsapp="12", customer_name="", area="x" * 81, note="\x00")
    assert set(faults) == {
        ("customerWhatsApp", "invalid_phone"),
        ("customerName", "required"),
        ("area", "too_long"),
        ("note", "invalid_characters"),
    }


def test_as_soon_as_possible_is_in_forty_five_minutes(town: Town) -> None:
    """# R2"""
    assert town.booked(scheduled_time=None).scheduled_time == town.clock.now + timedelta(minutes=45)


def test_a_time_is_the_same_moment_in_whatever_zone_it_is_written(town: Town) -> None:
    """# R2"""
    kathmandu = NOON.astimezone(timezone(timedelta(hours=5, minutes=45)))
    booking = town.booked(scheduled_time=kathmandu)
    assert booking.scheduled_time == NOON
    assert booking.timezone == "Asia/Makassar"


@pytest.mark.parametrize("edge", [datetime.min, datetime.max])
@pytest.mark.parametrize("hours", [-14, 14])
def test_a_time_at_the_end_of_the_calendar_is_refused_like_any_other(town: Town, edge: datetime, hours: int) -> None:
    """# R2"""
    moment = edge.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert refused(town, scheduled_time=moment)[0][0] == "scheduledTime"


def test_the_number_is_kept_as_e164_and_the_texts_without_space_around_them(town: Town) -> None:
    """# R2"""
    row = town.row(town.booked(customer_name="  Budi ", location=" Hotel Melati\r\nroom 12 ", note="   "))
    assert (row.customer_whatsapp, row.customer_name) == ("+6281234567890", "Budi")
    assert (row.location, row.note) == ("Hotel Melati\nroom 12", None)


@pytest.mark.parametrize("person", [AYU, OPERATOR])
def test_only_customers_book(town: Town, person: Person) -> None:
    """# R10"""
    with pytest.raises(Forbidden):
        town.submit(person)


@pytest.mark.parametrize(
    ("status", "soon", "taken"),
    [
        ("available", True, True),
        ("available", False, True),
        ("busy", False, True),
        ("busy", True, False),
        ("offline", False, False),
        ("offline", True, False),
    ],
)
def test_who_is_busy_takes_bookings_for_later_and_who_is_offline_none(
    town: Town, status: Any, soon: bool, taken: bool
) -> None:
    """# R2"""
    directory.set_status(AYU, status)
    when = None if soon else NOON
    if taken:
        town.submit(scheduled_time=when)
        return
    with pytest.raises(Conflict) as error:
        town.submit(scheduled_time=when)
    assert error.value.code == "therapist_unavailable"


def test_times_are_kept_to_the_millisecond(town: Town) -> None:
    """# R2"""
    moment = town.clock.now.replace(microsecond=123_000)
    town.clock.go_to(moment)
    booking = town.booked()
    assert booking.created_at == town.row(booking).created_at == moment
