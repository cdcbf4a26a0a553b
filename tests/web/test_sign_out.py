"""``DELETE /api/session``"""

from __future__ import annotations

from app.models import DeviceSession
from tests.domain.people import BUDI, SARI
from tests.domain.town import Town
from tests.web.device import Device
from tests.web.house import House
from tests.web.listener import connected


def test_signing_out_ends_the_session_on_the_server(town: Town, house: House, budi: Device) -> None:
    """A cookie that was copied before is worth nothing. # R10"""
    sessions = town.count(DeviceSession)
    copied = house.device(BUDI)
    assert budi.delete("/api/session").status == 204
    assert town.count(DeviceSession) == sessions - 1
    assert budi.get("/api/session").body["user"] is None
    assert copied.get("/api/bookings").refusal == (401, "sign_in_required")


def test_signing_out_twice_or_without_a_session_is_the_same(budi: Device, nobody: Device) -> None:
    """# R10"""
    budi.delete("/api/session")
    assert budi.delete("/api/session").status == 204
    assert nobody.delete("/api/session").status == 204


def test_a_page_signs_out_nobody_who_came_after_it(budi: Device, sari: Device) -> None:
    """A guest would have no way back to what she booked. # R10"""
    wrong, right = ({"X-Person": person.id} for person in (BUDI, SARI))
    assert sari.call("DELETE", "/api/session", headers=wrong).refusal == (401, "sign_in_required")
    assert who(sari) == SARI.id
    assert sari.call("DELETE", "/api/session", headers=right).status == 204
    assert sari.call("DELETE", "/api/session", headers=right).status == 204


def test_other_devices_and_other_people_stay_signed_in(house: House, budi: Device, sari: Device) -> None:
    """# R10"""
    tablet = house.device()
    tablet.post("/api/session", {"email": "budi@tenang.test", "password": "correct horse battery"})
    budi.delete("/api/session")
    assert who(tablet) == BUDI.id
    assert who(sari) == "sari-user"


def who(device: Device) -> str | None:
    """The id of the person who is signed in on a device."""
    user: dict[str, str] | None = device.get("/api/session").body["user"]
    return user["id"] if user else None


def test_the_connections_of_the_session_are_ended_with_it_and_no_others(
    house: House, budi: Device, sari: Device
) -> None:
    """# R20"""
    with connected(house, budi) as his, connected(house, sari) as hers:
        budi.delete("/api/session")
    assert (his.ended, hers.ended) == ([4001], [])
