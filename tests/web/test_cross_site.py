"""The guard against requests that another site's page makes with a person's cookie."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models import DeviceSession, User
from tests.domain.databases import SqliteFile
from tests.domain.people import AYU, BUDI
from tests.domain.town import Town
from tests.web.device import Device
from tests.web.doors import WRITES, Door, budis_things
from tests.web.house import House, built

HANDSHAKE = {
    "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "SAME-ORIGIN"},
    {"Sec-Fetch-Site": ""},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "https://localhost"},
    {"Origin": "http://localhost:8001"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://evil.example/http://localhost"},
    {"Origin": "http://localhost/"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
]
OURS = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
]


@pytest.mark.parametrize("door", WRITES, ids=lambda door: door.name)
def test_no_write_passes_from_another_site(town: Town, house: House, door: Door) -> None:
    """# R10"""
    things = budis_things(town)
    before = town.census(), town.count(User), town.count(DeviceSession)
    for headers in FOREIGN:
        for person in (BUDI, AYU, None):
            answer = door.knock(house.device(person), things, **headers)
            assert answer.refusal == (403, "cross_site"), headers
    assert (town.census(), town.count(User), town.count(DeviceSession)) == before


@pytest.mark.parametrize("headers", OURS)
@pytest.mark.parametrize("door", WRITES, ids=lambda door: door.name)
def test_a_write_from_our_own_page_or_from_a_program_passes(
    town: Town, house: House, door: Door, headers: dict[str, str]
) -> None:
    """# R10"""
    answer = door.knock(house.device(door.somebody), budis_things(town), **headers)
    assert answer.status != 403


@pytest.mark.parametrize("headers", FOREIGN)
def test_the_socket_is_not_opened_from_another_site(budi: Device, headers: dict[str, str]) -> None:
    """# R20"""
    assert budi.call("GET", "/ws", headers=HANDSHAKE | headers).refusal == (403, "cross_site")


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("headers", FOREIGN)
def test_looking_is_allowed_from_everywhere(nobody: Device, headers: dict[str, str]) -> None:
    """A link from another site leads to us. # R1"""
    assert nobody.call("GET", "/api/therapists", headers=headers).status == 200


def test_an_origin_of_the_settings_is_ours_too(tmp_path: Path) -> None:
    """Behind a proxy that changes the host. # R43"""
    file = SqliteFile(tmp_path)
    with built(file.url, ALLOWED_ORIGINS="https://tenang.example, https://www.tenang.example") as house:
        for origin, passes in {
            "https://tenang.example": True,
            "https://www.tenang.example": True,
            "https://evil.example": False,
            "http://tenang.example": False,
        }.items():
            answer = house.device().post("/api/session/guest", {"displayName": "Wati"}, Origin=origin)
            assert (answer.status == 201) == passes, origin
