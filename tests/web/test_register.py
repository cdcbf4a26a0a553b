"""``POST /api/session/register``"""

from __future__ import annotations

from typing import Any

import pytest

from app import storage
from app.models import DeviceSession, User
from tests.domain.databases import SqliteFile
from tests.domain.people import AYU, BUDI, PASSWORD, SARI, SARIS_KEY, email_of
from tests.domain.town import Town
from tests.web.device import Answer, Device, form
from tests.web.house import House, built
from tests.web.listener import connected

PATH, SIGN_IN = "/api/session/register", "/api/session"
WORDS = "rain on a tin roof"
HERS = {"email": "sari@tenang.test", "password": WORDS}


def who(device: Device) -> str | None:
    """Who is signed in on a device."""
    user = device.get("/api/session").body["user"]
    return user["id"] if user else None


def row(person_id: str = SARI.id) -> tuple[str | None, str | None, bool]:
    """A person's e-mail, hash of the password, and whether she is a guest."""

    def run(session: Any) -> tuple[str | None, str | None, bool]:
        user = session.get_one(User, person_id)
        return user.email, user.password_hash, user.is_guest

    return storage.read(run)


def without_cookie(house: House, answer: Answer, device: Device, before: str | None) -> Device:
    """The device as it is when the answer got lost: with the cookie of before."""
    assert answer.status == 201
    assert device.cookie != before
    left = house.device()
    left.client.set_cookie("tenang_session", before or "")
    return left


def test_a_guest_becomes_an_account_and_stays_the_same_person(house: House, town: Town, sari: Device) -> None:
    """# R10"""
    booking = sari.submit(form()).body["booking"]
    cursor = sari.get("/api/session").body["cursor"]
    people = town.count(User)
    answer = sari.post(PATH, HERS)
    user = answer.body["user"]
    assert (answer.status, user["id"], user["isGuest"], user["role"]) == (201, SARI.id, False, "customer")
    assert user["displayName"] == SARI.display_name
    assert town.count(User) == people
    assert [item["bookingId"] for item in sari.get("/api/bookings").body["items"]] == [booking["bookingId"]]
    assert len(sari.get("/api/conversations").body["items"]) == 1
    assert sari.get("/api/session").body["cursor"] == cursor
    other = house.device()
    assert other.post("/api/session", HERS).body["user"] == user


def test_the_password_is_nowhere_in_the_database(house: House, sari: Device) -> None:
    """# R10"""
    sari.post(PATH, HERS)
    _, stored, _ = row()
    assert stored is not None
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert WORDS.encode() not in house.bytes_on_disk()


@pytest.mark.parametrize("email", ["  Sari@Tenang.TEST ", "sari@tenang.test"])
def test_an_address_is_one_however_it_is_written(house: House, sari: Device, email: str) -> None:
    """# R10"""
    sari.post(PATH, HERS | {"email": email})
    assert row()[0] == "sari@tenang.test"
    assert house.device().post("/api/session", HERS).status == 200


def test_this_device_gets_a_new_session_and_the_old_one_is_worth_nothing(town: Town, house: House) -> None:
    """Whoever planted or copied the old one does not come along. # R10"""
    sari, copied = house.device(SARI), house.device(SARI)
    sessions = town.count(DeviceSession)
    with connected(house, sari) as line:
        sari.post(PATH, HERS)
    assert line.ended == [4001]
    assert (who(sari), who(copied)) == (SARI.id, None)
    assert town.count(DeviceSession) == sessions


def test_her_other_devices_stay_signed_in(house: House, sari: Device) -> None:
    """# R10"""
    tablet = house.device()
    tablet.post("/api/session/guest", {"displayName": SARI.display_name, "guestKey": SARIS_KEY})
    with connected(house, tablet) as line:
        sari.post(PATH, HERS)
    assert who(tablet) == SARI.id
    assert line.ended == []
    assert tablet.get("/api/session").body["user"]["isGuest"] is False


@pytest.mark.usefixtures("town")
def test_the_guests_key_opens_nothing_any_more(house: House, sari: Device) -> None:
    """The account has a password. # R10"""
    sari.post(PATH, HERS)
    stranger = house.device()
    stranger.post("/api/session/guest", {"displayName": SARI.display_name, "guestKey": SARIS_KEY})
    assert who(stranger) != SARI.id


def test_a_lost_answer_is_no_loss(house: House, sari: Device) -> None:
    """The first call has ended the session that the repetition comes with. # R10"""
    before = sari.cookie
    left = without_cookie(house, sari.post(PATH, HERS), sari, before)
    again = left.post(PATH, HERS | {"email": "SARI@tenang.test"})
    assert (again.status, again.body["user"]["id"], who(left)) == (200, SARI.id, SARI.id)


def test_repeated_by_the_account_itself_it_is_the_same(sari: Device) -> None:
    """# R10"""
    first = sari.post(PATH, HERS)
    again = sari.post(PATH, HERS)
    assert (again.status, again.body) == (200, first.body)
    assert who(sari) == SARI.id


@pytest.mark.parametrize("changes", [{"password": "another password"}, {"email": "other@tenang.test"}])
def test_with_anything_else_it_is_no_repetition(house: House, sari: Device, changes: dict[str, str]) -> None:
    """# R10"""
    before = sari.cookie
    left = without_cookie(house, sari.post(PATH, HERS), sari, before)
    stored = row()
    assert left.post(PATH, HERS | changes).refusal == (401, "sign_in_required")
    assert sari.post(PATH, HERS | changes).refusal == (409, "already_registered")
    assert (row(), who(left), who(sari)) == (stored, None, SARI.id)


def test_an_account_is_not_registered_anew(budi: Device) -> None:
    """Not even with the e-mail and the password of somebody else. # R10"""
    stored = row(BUDI.id)
    for body in (HERS, HERS | {"email": email_of(BUDI)}, {"email": email_of(AYU), "password": PASSWORD}):
        assert budi.post(PATH, body).refusal == (409, "already_registered")
    assert (row(BUDI.id), who(budi)) == (stored, BUDI.id)


def test_an_account_does_not_turn_into_another_one_whose_password_it_knows(sari: Device, budi: Device) -> None:
    """A repetition is the same person's. # R10"""
    sari.post(PATH, HERS)
    assert budi.post(PATH, HERS).refusal == (409, "already_registered")
    assert who(budi) == BUDI.id


def test_a_guest_is_not_registered_from_the_page_of_another_guest(house: House, sari: Device) -> None:
    """Another tab has let in somebody else since the page was drawn. # R10"""
    wati = house.device()
    other = wati.post("/api/session/guest", {"displayName": "Wati"}).body["user"]["id"]
    assert wati.post(PATH, HERS, **{"X-Person": SARI.id}).refusal == (401, "sign_in_required")
    assert (row(other), who(wati)) == ((None, None, True), other)
    before = sari.cookie
    first = sari.post(PATH, HERS, **{"X-Person": SARI.id})
    left = without_cookie(house, first, sari, before)
    assert left.post(PATH, HERS, **{"X-Person": SARI.id}).status == 200


def test_a_therapist_is_no_guest(house: House, ayu: Device) -> None:
    """Nor does her own password make her one, with or without a session. # R10"""
    body = {"email": email_of(AYU), "password": PASSWORD}
    assert ayu.post(PATH, body).refusal == (409, "already_registered")
    assert house.device().post(PATH, body).refusal == (401, "sign_in_required")


@pytest.mark.parametrize("email", [email_of(BUDI), email_of(BUDI).upper(), email_of(AYU)])
def test_somebody_elses_address_is_refused_and_she_stays_a_guest(town: Town, sari: Device, email: str) -> None:
    """Even with that person's password: her things are not mixed with another's. # R10"""
    before = sari.cookie, town.count(DeviceSession)
    for password in (WORDS, PASSWORD):
        answer = sari.post(PATH, {"email": email, "password": password})
        assert answer.refusal == (409, "email_taken")
        assert answer.fields == {("email", "taken")}
        assert not {"Budi", "Ayu"} & set(answer.text.split())
    assert (sari.cookie, town.count(DeviceSession)) == before
    assert row() == (None, None, True)


def test_without_a_session_there_is_nobody_to_register(town: Town, nobody: Device) -> None:
    """# R10"""
    people = town.count(User)
    assert nobody.post(PATH, HERS).refusal == (401, "sign_in_required")
    assert town.count(User) == people


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"email": None}, {("email", "required")}),
        ({"email": ""}, {("email", "required")}),
        ({"email": 7}, {("email", "type")}),
        ({"email": "sari"}, {("email", "invalid_email")}),
        ({"email": "sari@tenang"}, {("email", "invalid_email")}),
        ({"email": "sari@@tenang.test"}, {("email", "invalid_email")}),
        ({"email": "sari@tenang.test\nbcc: all"}, {("email", "invalid_email")}),
        ({"email": "sari @tenang.test"}, {("email", "invalid_email")}),
        ({"email": "s\x00ri@tenang.test"}, {("email", "invalid_email")}),
        ({"email": "sarı@tenang.test"}, {("email", "invalid_email")}),
        ({"email": f"sari@{'x' * 60}.{'y' * 60}.{'z' * 60}.{'v' * 60}.{'w' * 60}.test"}, {("email", "too_long")}),
        ({"email": "a" * 1001}, {("email", "too_long")}),
        ({"password": None}, {("password", "required")}),
        ({"password": ""}, {("password", "too_short")}),
        ({"password": "123456789"}, {("password", "too_short")}),
        ({"password": "x" * 201}, {("password", "too_long")}),
        ({"password": "x" * 1001}, {("password", "too_long")}),
        ({"password": "Sari@Tenang.test "}, {("password", "same_as_email")}),
        ({"password": ["x"]}, {("password", "type")}),
        ({"email": "sari", "password": "short"}, {("email", "invalid_email"), ("password", "too_short")}),
    ],
)
def test_a_wrong_field_is_named_and_nothing_changes(
    town: Town, sari: Device, changes: dict[str, Any], fields: set[tuple[str, str]]
) -> None:
    """# R2 # R10"""
    before = sari.cookie, town.count(DeviceSession)
    body = {name: value for name, value in (HERS | changes).items() if value is not None}
    answer = sari.post(PATH, body)
    assert (answer.refusal, answer.fields) == ((422, "validation"), fields)
    assert (sari.cookie, town.count(DeviceSession)) == before
    assert row() == (None, None, True)


@pytest.mark.parametrize("password", ["0123456789", "🦊" * 10, "x" * 200, "שלום שלום שלום", "with \x00 in the middle"])
def test_a_password_may_be_of_any_characters(house: House, sari: Device, password: str) -> None:
    """# R10"""
    assert sari.post(PATH, HERS | {"password": password}).status == 201
    assert house.device().post("/api/session", HERS | {"password": password}).status == 200


def test_neither_answer_nor_log_repeats_the_password(sari: Device, capsys: pytest.CaptureFixture[str]) -> None:
    """# R42"""
    for body in (HERS, HERS | {"email": "wrong"}, HERS | {"password": 7 * WORDS * 3}):
        assert WORDS not in sari.post(PATH, body).text
    assert WORDS not in "".join(capsys.readouterr())


def test_it_is_limited_as_signing_in_is(tmp_path: Any) -> None:
    """It says whether an e-mail has an account. # R10"""
    with built(SqliteFile(tmp_path).url, RATE_SIGN_IN="2 per minute") as house:
        device = house.device()
        device.post("/api/session/guest", {"displayName": "Wati"})
        taken = {"email": email_of(BUDI), "password": WORDS}
        assert [device.post(PATH, taken).status for _ in range(3)] == [409, 409, 429]


def test_it_is_no_second_door_for_guessing_passwords(tmp_path: Any) -> None:
    """A repetition tells whether a password is right: its tries are those of signing in. # R10"""
    with built(SqliteFile(tmp_path).url, RATE_SIGN_IN="3 per minute") as house:
        device = house.device()
        tries = [(SIGN_IN, 401), (PATH, 401), (SIGN_IN, 401), (PATH, 429), (SIGN_IN, 429)]
        body = {"email": "budi@tenang.test", "password": "a guess of ten"}
        assert [device.post(path, body).status for path, _ in tries] == [status for _, status in tries]


def test_a_recovery_code_made_as_a_guest_opens_the_account_no_more(house: House, sari: Device) -> None:
    """Whoever saw it then would be in without the password. # R10"""
    code = sari.post("/api/session/recovery-code").body["code"]
    assert sari.post(PATH, HERS).status == 201
    assert house.device().post("/api/session/recover", {"code": code}).refusal == (404, "recovery_code_wrong")
    again = sari.post("/api/session/recovery-code").body["code"]
    assert house.device().post("/api/session/recover", {"code": again}).status == 200
