"""``GET /api/bookings``, ``GET /api/bookings/last``, ``GET /api/bookings/{id}``"""

from __future__ import annotations

import pytest

from app.domain import paging
from tests.domain.people import SARI
from tests.domain.town import Town, at
from tests.web.device import Device, form


def ids(device: Device, **query: object) -> list[str]:
    """The bookings on the first page."""
    return [booking["bookingId"] for booking in device.get("/api/bookings", **query).body["items"]]


def test_each_side_finds_its_own_newest_first(town: Town, budi: Device, sari: Device, ayu: Device) -> None:
    """# R5"""
    first = town.booked()
    town.clock.advance(seconds=1)
    second = town.booked(scheduled_time=at(50))
    town.clock.advance(seconds=1)
    hers = town.booked(SARI, scheduled_time=at(70))
    assert ids(budi) == [second.booking_id, first.booking_id]
    assert ids(sari) == [hers.booking_id]
    assert ids(ayu) == [hers.booking_id, second.booking_id, first.booking_id]


@pytest.mark.usefixtures("town")
def test_a_stranger_finds_an_empty_list(komang: Device) -> None:
    """# R5"""
    page = komang.get("/api/bookings").body
    assert (page["items"], page["nextCursor"]) == ([], None)


@pytest.mark.parametrize("status", ["pending", "therapist_accepted", "user_confirmed", "cancelled"])
def test_a_list_can_be_of_one_state(town: Town, budi: Device, status: str) -> None:
    """# R5"""
    by_state = {
        "therapist_accepted": town.accepted().booking_id,
        "user_confirmed": town.confirmed(scheduled_time=at(50)).booking_id,
        "pending": town.booked(scheduled_time=at(60)).booking_id,
    }
    budi.post(f"/api/bookings/{town.booked(scheduled_time=at(70)).booking_id}/cancel", {})
    found = ids(budi, status=status)
    assert len(found) == 1
    assert by_state.get(status, found[0]) == found[0]


def test_a_long_list_goes_on_behind_its_cursor(town: Town, budi: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R21"""
    monkeypatch.setattr(paging, "PAGE_SIZE", 3)
    made = [town.booked().booking_id for _ in range(5)]
    first = budi.get("/api/bookings").body
    second = budi.get("/api/bookings", cursor=first["nextCursor"]).body
    found = [booking["bookingId"] for booking in first["items"] + second["items"]]
    assert (sorted(found), second["nextCursor"]) == (sorted(made), None)
    assert first["cursor"] == budi.get("/api/session").body["cursor"]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"status": "lost"}, "status", "invalid_choice"),
        ({"cursor": "x"}, "cursor", "invalid"),
        ({"cursor": "x" * 501}, "cursor", "too_long"),
    ],
)
def test_a_wrong_filter_is_named(budi: Device, query: dict[str, str], field: str, code: str) -> None:
    """# R2"""
    answer = budi.get("/api/bookings", **query)
    assert (answer.status, answer.fields) == (422, {(field, code)})


def test_each_side_sees_one_booking(town: Town, budi: Device, ayu: Device) -> None:
    """# R5"""
    booking = town.booked()
    path = f"/api/bookings/{booking.booking_id}"
    mine, hers = budi.get(path).body, ayu.get(path).body
    assert mine["bookingId"] == hers["bookingId"] == booking.booking_id
    assert set(mine) - set(hers) == {"customerWhatsApp", "address"}


def test_a_booking_is_completed_once_its_end_has_passed(town: Town, budi: Device) -> None:
    """# R5"""
    booking = town.confirmed()
    path = f"/api/bookings/{booking.booking_id}"
    assert budi.get(path).body["completed"] is False
    town.clock.go_to(booking.end_time)
    assert budi.get(path).body["completed"] is True


@pytest.mark.parametrize("identifier", ["nothing", "🦊", "x" * 300, "'; --", "last2", "..%2fsession"])
def test_an_unknown_booking_is_not_found(budi: Device, identifier: str) -> None:
    """# R5"""
    assert budi.get(f"/api/bookings/{identifier}").refusal == (404, "not_found")


def test_the_last_booking_prefills_the_next_form(town: Town, budi: Device) -> None:
    """# R9"""
    budi.submit(form(area="Kuta"))
    town.clock.advance(seconds=1)
    newest = budi.submit(form(scheduledTime=at(60).isoformat(), note="Coconut oil")).body["booking"]
    assert budi.get("/api/bookings/last").body == newest
    assert (newest["note"], newest["customerWhatsApp"]) == ("Coconut oil", "+6281234567890")
    assert (newest["address"], newest["area"], newest["customerName"]) == (
        "Hotel Melati, room 12",
        "Sanur",
        "Budi Santoso",
    )


def test_the_last_booking_is_the_customers_own_with_whomever_it_was_and_whatever_became_of_it(
    town: Town, budi: Device, sari: Device
) -> None:
    """# R9"""
    town.booked()
    town.clock.advance(seconds=1)
    hers = sari.submit(form("komang", area="Ubud", scheduledTime=at(28).isoformat())).body["booking"]
    town.clock.advance(seconds=1)
    his = budi.submit(form("hening", locationType="place", area="", location="")).body["booking"]
    budi.post(f"/api/bookings/{his['bookingId']}/cancel", {})
    assert budi.get("/api/bookings/last").body["bookingId"] == his["bookingId"]
    assert budi.get("/api/bookings/last").body["address"] == "Jalan Kayu Aya 12, Seminyak"
    assert sari.get("/api/bookings/last").body["bookingId"] == hers["bookingId"]


def test_before_the_first_booking_there_is_no_last_one(budi: Device, town: Town) -> None:
    """# R9"""
    town.booked(SARI)
    assert budi.get("/api/bookings/last").refusal == (404, "not_found")
