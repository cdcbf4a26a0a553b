"""Who sees the exact location, and when: the area is everybody's, the address only hers who has accepted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.people import AYU, BUDI, HENING
from tests.domain.town import Town
from tests.web.device import Device, form
from tests.web.house import House

ADDRESS = "Villa Bulan, Jalan Kayu Jati 7"


@pytest.fixture
def booking(town: Town, budi: Device) -> dict[str, Any]:
    """A pending booking at an address that stands nowhere else."""
    booked: dict[str, Any] = budi.submit(form(location=ADDRESS)).body["booking"]
    return booked


def path(booking: dict[str, Any], action: str = "") -> str:
    return f"/api/bookings/{booking['bookingId']}" + (f"/{action}" if action else "")


def seen_by(device: Device, booking: dict[str, Any]) -> str | None:
    """The location as one person's answers show it, the same in each of them."""
    one = device.get(path(booking)).body["location"]
    listed = [item for item in device.get("/api/bookings").body["items"] if item["bookingId"] == booking["bookingId"]]
    assert [item["location"] for item in listed] == [one]
    found: str | None = one
    return found


def told(town: Town, person: Any) -> list[str | None]:
    """The location in each of a person's booking events."""
    return [data["location"] for kind, data in town.events(person) if kind.startswith("booking.")]


def test_before_the_acceptance_the_therapist_sees_the_area_only(
    town: Town, ayu: Device, booking: dict[str, Any]
) -> None:
    """# R7 # R16"""
    assert seen_by(ayu, booking) is None
    assert ayu.get(path(booking)).body["area"] == "Sanur"
    assert told(town, AYU) == [None]
    for address in ("/api/bookings", "/api/conversations", "/api/notifications", "/api/events"):
        assert "Villa Bulan" not in ayu.get(address).text


def test_with_the_acceptance_she_sees_the_address(town: Town, ayu: Device, booking: dict[str, Any]) -> None:
    """# R7"""
    assert ayu.post(path(booking, "accept")).body["location"] == ADDRESS
    assert seen_by(ayu, booking) == ADDRESS
    assert told(town, AYU) == [None, ADDRESS]


def test_after_an_acceptance_that_was_cancelled_she_still_sees_it(ayu: Device, budi: Device, booking: Any) -> None:
    """She may be on her way. # R7"""
    ayu.post(path(booking, "accept"))
    budi.post(path(booking, "cancel"), {})
    assert seen_by(ayu, booking) == ADDRESS


@pytest.mark.parametrize(("who", "action"), [("ayu", "decline"), ("ayu", "cancel"), ("budi", "cancel")])
def test_a_request_that_was_never_accepted_keeps_its_address(
    town: Town, request: pytest.FixtureRequest, ayu: Device, booking: Any, who: str, action: str
) -> None:
    """# R16"""
    device: Device = request.getfixturevalue(who)
    answer = device.post(path(booking, action), {})
    assert answer.body["location"] == (None if who == "ayu" else ADDRESS)
    assert seen_by(ayu, booking) is None
    assert set(told(town, AYU)) == {None}


def test_a_request_that_expired_keeps_its_address(town: Town, ayu: Device, booking: Any) -> None:
    """# R16"""
    town.clock.advance(minutes=10)
    town.settle()
    assert seen_by(ayu, booking) is None
    late = ayu.post(path(booking, "accept"))
    assert (late.code, late.body["current"]["location"]) == ("booking_state", None)


def test_a_refused_acceptance_does_not_give_it_away(town: Town, ayu: Device, sari: Device, booking: Any) -> None:
    """# R8 # R16"""
    hers = sari.submit(form(location="Hotel Melati")).body["booking"]
    ayu.post(path(hers, "accept"))
    refused = ayu.post(path(booking, "accept"))
    assert refused.code == "slot_taken"
    assert "Villa Bulan" not in refused.text


def test_the_customer_sees_it_always(town: Town, budi: Device, ayu: Device, booking: Any) -> None:
    """# R7"""
    for step in (lambda: None, lambda: ayu.post(path(booking, "accept")), lambda: budi.post(path(booking, "confirm"))):
        step()
        assert seen_by(budi, booking) == ADDRESS
    assert set(told(town, BUDI)) == {ADDRESS}


def test_the_address_of_a_place_is_the_places_own(town: Town, house: House, budi: Device) -> None:
    """# R2"""
    booking = budi.submit(form("hening", locationType="place", area="", location="")).body["booking"]
    assert booking["location"] == "Jalan Kayu Aya 12, Seminyak"
    house.device(HENING).post(path(booking, "accept"))
    assert told(town, HENING) == [None, "Jalan Kayu Aya 12, Seminyak"]
