"""The application as a whole: made as often as one likes, limited per address."""

from __future__ import annotations

import pytest

from app.domain import rates
from app.domain.errors import TooMany
from tests.domain.databases import SqliteFile
from tests.domain.people import PASSWORD
from tests.web.device import Answer, Device
from tests.web.house import House, built


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    """A database of these tests' own."""
    return SqliteFile(tmp_path_factory.mktemp("application"))


def guest(device: Device, **headers: str) -> Answer:
    return device.post("/api/session/guest", {"displayName": "Wati"}, **headers)


def test_a_process_can_make_two_applications_that_know_nothing_of_each_other(file: SqliteFile, house: House) -> None:
    """# R43"""
    with built(file.url, APP_NAME="Sunyi", RATE_GUESTS="1 per minute") as other:
        assert other.contract.document["info"]["title"] == "Sunyi"
        assert [guest(other.device()).status for _ in range(2)] == [201, 429]
        assert [guest(house.device()).status for _ in range(3)] == [201, 201, 201]
    assert house.contract.document["info"]["title"] == "Tenang"


def test_guests_are_limited_by_address_and_told_when_to_come_back(file: SqliteFile) -> None:
    """# R10"""
    with built(file.url, RATE_GUESTS="2 per minute") as house:
        answers = [guest(house.device()) for _ in range(3)]
        assert [answer.status for answer in answers] == [201, 201, 429]
        assert answers[-1].code == "too_many_requests"
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 61


def test_sign_in_is_limited_also_for_who_guesses_right_at_last(file: SqliteFile) -> None:
    """# R10"""
    with built(file.url, RATE_SIGN_IN="2 per minute") as house:
        device = house.device()
        body = {"email": "ayu@tenang.test", "password": "wrong"}
        assert [device.post("/api/session", body).status for _ in range(2)] == [401, 401]
        assert device.post("/api/session", body | {"password": PASSWORD}).status == 429
        assert device.get("/api/session").status == 200


@pytest.mark.parametrize(("proxies", "statuses"), [("0", [201, 429]), ("1", [201, 201])])
def test_an_address_is_believed_from_a_trusted_proxy_only(file: SqliteFile, proxies: str, statuses: list[int]) -> None:
    """Otherwise a limit is passed by writing another address into a header. # R10"""
    with built(file.url, RATE_GUESTS="1 per minute", TRUSTED_PROXIES=proxies) as house:
        answers = [guest(house.device(), **{"X-Forwarded-For": f"203.0.113.{number}"}) for number in (1, 2)]
        assert [answer.status for answer in answers] == statuses


def test_behind_a_trusted_proxy_our_origin_is_the_one_the_browser_sees(file: SqliteFile) -> None:
    """# R43"""
    seen = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "tenang.example", "Origin": "https://tenang.example"}
    with built(file.url, TRUSTED_PROXIES="1") as house:
        assert guest(house.device(), **seen).status == 201
    with built(file.url) as house:
        assert guest(house.device(), **seen).status == 403


def test_how_fast_one_may_write_is_a_setting(file: SqliteFile) -> None:
    """# R13"""
    with built(file.url, RATE_MESSAGE_BURST="1", RATE_MESSAGES_PER_SECOND="0.01"):
        rates.take_message("budi-user")
        with pytest.raises(TooMany):
            rates.take_message("budi-user")
