"""``GET /api/notifications`` and ``POST /api/notifications/{id}/acknowledge``"""

from __future__ import annotations

import pytest

from tests.domain.people import AYU, OPERATOR, SARI
from tests.domain.town import Town, at
from tests.web.device import Device
from tests.web.house import House


def test_a_request_is_listed_until_it_is_acknowledged_on_any_device(town: Town, house: House, ayu: Device) -> None:
    """# R37"""
    booking = town.booked()
    (notice,) = ayu.get("/api/notifications", unacknowledged="true").body["items"]
    assert (notice["type"], notice["bookingId"], notice["level"]) == ("booking_request", booking.booking_id, 1)
    assert notice["acknowledgedAt"] is None
    tablet = house.device(AYU)
    answer = tablet.post(f"/api/notifications/{notice['id']}/acknowledge")
    assert (answer.status, answer.body) == (200, notice | {"acknowledgedAt": "2027-01-13T02:00:00Z"})
    assert ayu.get("/api/notifications", unacknowledged="true").body["items"] == []
    assert ayu.get("/api/notifications").body["items"] == [answer.body]


def test_acknowledging_again_is_the_same_and_told_once(town: Town, ayu: Device) -> None:
    """# R37"""
    town.booked()
    (notice,) = ayu.get("/api/notifications").body["items"]
    first = ayu.post(f"/api/notifications/{notice['id']}/acknowledge")
    before = town.census()
    town.clock.advance(minutes=1)
    assert ayu.post(f"/api/notifications/{notice['id']}/acknowledge", {}).body == first.body
    assert town.census() == before


def test_a_list_is_ones_own_newest_first_and_true_at_its_cursor(town: Town, ayu: Device, budi: Device) -> None:
    """# R21 # R37"""
    town.booked()
    town.clock.advance(seconds=1)
    newest = town.booked(SARI, scheduled_time=at(50))
    page = ayu.get("/api/notifications").body
    assert page["items"][0]["bookingId"] == newest.booking_id
    assert page["cursor"] == ayu.get("/api/session").body["cursor"]
    assert budi.get("/api/notifications").body["items"] == []


@pytest.mark.usefixtures("town")
def test_the_operator_has_a_list_like_everybody(house: House) -> None:
    """# R42"""
    assert house.device(OPERATOR).get("/api/notifications").body["items"] == []


@pytest.mark.parametrize("identifier", ["nothing", "🦊", "x" * 300])
def test_an_unknown_notification_is_not_found(ayu: Device, identifier: str) -> None:
    """# R37"""
    assert ayu.post(f"/api/notifications/{identifier}/acknowledge").refusal == (404, "not_found")


@pytest.mark.parametrize(
    ("query", "field"), [({"unacknowledged": "perhaps"}, "unacknowledged"), ({"cursor": "x"}, "cursor")]
)
def test_a_wrong_filter_is_named(ayu: Device, query: dict[str, str], field: str) -> None:
    """# R2"""
    answer = ayu.get("/api/notifications", **query)
    assert (answer.status, answer.fields) == (422, {(field, "invalid")})
