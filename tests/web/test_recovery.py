"""``POST /api/session/recovery-code`` and ``POST /api/session/recover``"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet

from app.domain import recovery
from app.models import DeviceSession, RecoveryCode
from app.storage.columns import use_field_keys
from tests.domain.databases import SqliteFile
from tests.domain.people import BUDI, SARI
from tests.domain.town import Town
from tests.web.device import Answer, Device, form
from tests.web.house import FIELD_KEY, House, built
from tests.web.listener import connected

MAKE, USE = "/api/session/recovery-code", "/api/session/recover"
KEY = "made-for-this-one-attempt"
WRONG = (404, "recovery_code_wrong")


def code_of(device: Device) -> str:
    """A new code of the person on this device."""
    answer = device.post(MAKE)
    assert answer.status == 201
    return str(answer.body["code"])


def use(device: Device, code: str, key: str | None = None) -> Answer:
    body = {"code": code} | ({"recoveryKey": key} if key else {})
    return device.post(USE, body)


def who(device: Device) -> str | None:
    user = device.get("/api/session").body["user"]
    return user["id"] if user else None


def test_a_code_opens_everything_on_another_phone(house: House, town: Town, sari: Device) -> None:
    """# R10"""
    booking = sari.submit(form()).body["booking"]
    phone = house.device()
    answer = use(phone, code_of(sari))
    assert (answer.status, answer.body["user"]["id"], answer.body["user"]["isGuest"]) == (200, SARI.id, True)
    assert [item["bookingId"] for item in phone.get("/api/bookings").body["items"]] == [booking["bookingId"]]
    assert len(phone.get("/api/conversations").body["items"]) == 1
    assert who(sari) == SARI.id


def test_a_code_is_short_says_when_it_ends_and_comes_as_an_address_for_a_picture(town: Town, sari: Device) -> None:
    """Behind the # it is sent to no server. # R10"""
    answer = sari.post(MAKE)
    code = answer.body["code"]
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code)
    assert answer.body["url"] == f"http://localhost/sign-in#recover={code}"
    assert answer.body["expiresAt"] == (town.clock() + timedelta(hours=24)).isoformat().replace("+00:00", "Z")
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_account_can_have_one_too(house: House, budi: Device) -> None:
    """# R10"""
    phone = house.device()
    use(phone, code_of(budi))
    assert who(phone) == BUDI.id


def test_a_code_works_once(town: Town, house: House, sari: Device) -> None:
    """# R10"""
    code = code_of(sari)
    use(house.device(), code)
    sessions = town.count(DeviceSession)
    assert use(house.device(), code).refusal == WRONG
    assert use(house.device(), code, KEY).refusal == WRONG
    assert town.count(DeviceSession) == sessions


def test_a_code_ends_after_a_day(town: Town, house: House, sari: Device) -> None:
    """# R10"""
    code = code_of(sari)
    town.clock.advance(hours=23, minutes=59)
    assert use(house.device(), code).status == 200
    code = code_of(sari)
    town.clock.advance(hours=24)
    assert use(house.device(), code).refusal == WRONG


def test_a_new_code_replaces_the_one_before(town: Town, house: House, sari: Device) -> None:
    """# R10"""
    first, second = code_of(sari), code_of(sari)
    assert first != second
    assert town.count(RecoveryCode) == 1
    assert use(house.device(), first).refusal == WRONG
    assert use(house.device(), second).status == 200
    assert use(house.device(), code_of(sari)).status == 200


def test_a_new_code_of_another_person_replaces_nothing(house: House, sari: Device, budi: Device) -> None:
    """# R10"""
    hers, his = code_of(sari), code_of(budi)
    phones = house.device(), house.device()
    use(phones[0], hers)
    use(phones[1], his)
    assert [who(phone) for phone in phones] == [SARI.id, BUDI.id]


@pytest.mark.usefixtures("town")
def test_a_code_is_understood_as_people_write_it(house: House, sari: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R10"""
    written = ["k01q2-m1xd0", " KOIQ2 MLXDO ", "k0lq2m1xdo", "KO-1Q-2M\u2013IX.D0", "k 0 1 q 2 \u2212 m 1 x d 0\n"]
    for text in written:
        symbols = iter("K01Q2M1XD0")
        monkeypatch.setattr("app.domain.recovery.secrets.choice", lambda _, symbols=symbols: next(symbols))
        assert code_of(sari) == "K01Q2-M1XD0"
        assert use(house.device(), text).status == 200, text


NO_CODES = [
    "", "0", "ZZZZZZZZZZZ", "K7Q2M-9XDT", "UUUUU-UUUUU", "K7Q2M-9XDTA'; --", "🦊" * 10,
    "K7Q2M\x009XDTA", "１２３４５６７８９０", "٣" * 10, "ß" * 5,
]  # fmt: skip


@pytest.mark.parametrize("text", NO_CODES)
def test_what_cannot_be_a_code_is_said_to_be_none(house: House, text: str) -> None:
    """It tells a guesser nothing that is not in every code. # R10"""
    answer = use(house.device(), text)
    assert (answer.refusal, answer.fields) == ((422, "validation"), {("code", "invalid")})


def test_a_wrong_a_used_and_an_expired_code_look_the_same(town: Town, house: House, sari: Device, budi: Device) -> None:
    """Or the answer would tell a guesser that he is near. # R10"""
    used, expired = code_of(sari), code_of(budi)
    use(house.device(), used)
    town.clock.advance(hours=25)
    answers = [use(house.device(), code) for code in [used, expired, "00000-00000"]]
    assert {answer.refusal for answer in answers} == {WRONG}
    assert len({str(answer.body | {"requestId": None}) for answer in answers}) == 1
    assert {field for answer in answers for field in answer.fields} == {("code", "unknown")}
    assert all("Set-Cookie" not in answer.headers for answer in answers)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {("code", "required")}),
        ({"code": None}, {("code", "type")}),
        ({"code": 12345_67890}, {("code", "type")}),
        ({"code": "0" * 101}, {("code", "too_long")}),
        ({"code": "00000-00000", "recoveryKey": "short"}, {("recoveryKey", "too_short")}),
        ({"code": "00000-00000", "recoveryKey": "x" * 129}, {("recoveryKey", "too_long")}),
        ({"code": "00000-00000", "recoveryKey": ["x"]}, {("recoveryKey", "type")}),
    ],
)
def test_a_wrong_field_is_named(nobody: Device, body: dict[str, Any], fields: set[tuple[str, str]]) -> None:
    """# R2"""
    answer = nobody.post(USE, body)
    assert (answer.refusal, answer.fields) == ((422, "validation"), fields)


def test_the_device_whose_answer_was_lost_gets_in_again_for_two_minutes(town: Town, house: House, sari: Device) -> None:
    """# R10"""
    code = code_of(sari)
    assert use(house.device(), code, KEY).status == 200
    town.clock.advance(seconds=119)
    phone = house.device()
    assert use(phone, code, KEY).status == 200
    assert who(phone) == SARI.id
    for other in ("made-by-another-device", None):
        assert use(house.device(), code, other).refusal == WRONG
    town.clock.advance(seconds=1)
    assert use(house.device(), code, KEY).refusal == WRONG


def test_a_key_alone_opens_nothing(house: House, sari: Device, budi: Device) -> None:
    """# R10"""
    use(house.device(), code_of(sari), KEY)
    fresh = code_of(budi)
    assert use(house.device(), "00000-00000", KEY).refusal == WRONG
    phone = house.device()
    assert use(phone, fresh, KEY).status == 200
    assert who(phone) == BUDI.id


def test_a_code_that_was_used_before_a_new_one_was_made_cannot_be_repeated(house: House, sari: Device) -> None:
    """# R10"""
    code = code_of(sari)
    use(house.device(), code, KEY)
    code_of(sari)
    assert use(house.device(), code, KEY).refusal == WRONG


def test_the_session_that_the_device_had_before_is_ended(town: Town, house: House, sari: Device) -> None:
    """And its connections, which would go on telling one person what happens to another. # R10 # R20"""
    phone = house.device()
    phone.post("/api/session/guest", {"displayName": "Wati"})
    copied = house.device()
    copied.client.set_cookie("tenang_session", phone.cookie or "")
    sessions = town.count(DeviceSession)
    with connected(house, phone) as line, connected(house, sari) as hers:
        use(phone, code_of(sari))
    assert (line.ended, hers.ended) == ([4001], [])
    assert (who(phone), who(copied)) == (SARI.id, None)
    assert town.count(DeviceSession) == sessions


def test_a_wrong_code_leaves_the_session_before(house: House, budi: Device) -> None:
    """# R10"""
    with connected(house, budi) as line:
        use(budi, "00000-00000")
    assert (who(budi), line.ended) == (BUDI.id, [])


def test_neither_code_nor_key_is_in_the_database_or_the_log(
    house: House, sari: Device, capsys: pytest.CaptureFixture[str]
) -> None:
    """# R10"""
    code = code_of(sari)
    use(house.device(), code, KEY)
    plain = code.replace("-", "")
    stored, logged = house.bytes_on_disk(), "".join(capsys.readouterr())
    for secret in (code, plain, KEY):
        assert secret.encode() not in stored
        assert secret not in logged


def test_a_code_outlives_a_change_of_the_field_key(house: House, sari: Device) -> None:
    """The old key stays behind the new one. # R10"""
    code = code_of(sari)
    use_field_keys((Fernet.generate_key().decode(), FIELD_KEY))
    assert use(house.device(), code).status == 200


def test_codes_that_have_run_out_are_forgotten_and_no_others(town: Town, house: House, sari: Device) -> None:
    """# R10"""
    code_of(house.device(BUDI))
    town.clock.advance(hours=12)
    code = code_of(sari)
    town.clock.advance(hours=12)
    assert recovery.forget_expired() == 1
    assert town.count(RecoveryCode) == 1
    assert use(house.device(), code).status == 200


def guests_code(house: House) -> str:
    device = house.device()
    device.post("/api/session/guest", {"displayName": "Wati"})
    return code_of(device)


def tried(house: House, code: str, number: int) -> int:
    """The status that this code has from an address of that number."""
    return house.device().post(USE, {"code": code}, **{"X-Forwarded-For": f"203.0.113.{number}"}).status


def test_guessing_is_limited_by_address(tmp_path: Any) -> None:
    """# R10"""
    with built(SqliteFile(tmp_path).url, RATE_RECOVERY="2 per minute") as house:
        code = guests_code(house)
        assert [use(house.device(), "00000-00000").status for _ in range(2)] == [404, 404]
        refused = use(house.device(), code)
        assert refused.refusal == (429, "too_many_requests")
        assert int(refused.headers["Retry-After"]) > 0


def test_guessing_is_limited_over_all_addresses_and_right_codes_do_not_count(tmp_path: Any) -> None:
    """Whoever guesses has many addresses. # R10"""
    limits = {"RATE_RECOVERY_MISSES": "3 per hour", "TRUSTED_PROXIES": "1"}
    with built(SqliteFile(tmp_path).url, **limits) as house:
        codes = [guests_code(house) for _ in range(6)]
        assert [tried(house, code, 1) for code in codes[:5]] == [200] * 5
        assert [tried(house, "00000-00000", number) for number in range(5)] == [404, 404, 404, 429, 429]
        assert tried(house, codes[5], 99) == 429


def test_one_address_that_guesses_keeps_nobody_else_from_recovering(tmp_path: Any) -> None:
    """# R10"""
    limits = {"RATE_RECOVERY_MISSES_PER_ADDRESS": "2 per hour", "RATE_RECOVERY_MISSES": "3 per hour"}
    with built(SqliteFile(tmp_path).url, **limits, TRUSTED_PROXIES="1") as house:
        codes = [guests_code(house) for _ in range(2)]
        assert [tried(house, "00000-00000", 1) for _ in range(6)] == [404, 404, 429, 429, 429, 429]
        assert tried(house, codes[0], 1) == 429
        assert tried(house, "00000-00000", 2) == 404
        assert tried(house, "00000-00000", 2) == 429


def test_what_cannot_be_a_code_counts_for_nobody(tmp_path: Any) -> None:
    """A slip of the finger is no guess. # R10"""
    limits = {"RATE_RECOVERY_MISSES_PER_ADDRESS": "1 per hour", "RATE_RECOVERY_MISSES": "1 per hour"}
    with built(SqliteFile(tmp_path).url, **limits) as house:
        code = guests_code(house)
        assert [use(house.device(), text).status for text in NO_CODES] == [422] * len(NO_CODES)
        assert use(house.device(), code).status == 200
