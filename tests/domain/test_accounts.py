"""Guests, sign-in, signed-in devices."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain import accounts
from app.domain.errors import Invalid, SignInRequired
from app.models import DeviceSession, User
from tests.domain.people import AYU, BUDI, PASSWORD, SARI, email_of
from tests.domain.town import Town

KEY = "kept-on-one-device-only"


def guest(name: str = "Wati", key: str | None = KEY, locale: str | None = None, zone: str | None = None) -> str:
    """The id of the guest that the call makes or finds."""
    return accounts.create_guest(name, key, locale, zone).person.id


def test_a_guest_is_a_customer_with_a_name(town: Town) -> None:
    """# R10"""
    person = accounts.create_guest("  Wati ", KEY, "id", "Asia/Jakarta").person
    assert (person.role, person.is_guest, person.display_name) == ("customer", True, "Wati")
    assert (person.locale, person.timezone, person.therapist_id) == ("id", "Asia/Jakarta", None)
    assert town.count(User) == 7


def test_the_same_key_is_the_same_guest_on_a_new_session(town: Town) -> None:
    """# R10"""
    first, again = accounts.create_guest("Wati", KEY, None, None), accounts.create_guest("Wati", KEY, None, None)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.person == again.person
    assert first.token != again.token
    assert town.count(User) == 7


def test_the_same_key_with_another_name_is_refused(town: Town) -> None:
    """# R10"""
    guest()
    with pytest.raises(Invalid) as refused:
        guest(name="Rian")
    assert refused.value.code == "guest_key_reused"
    assert (town.count(User), town.count(DeviceSession)) == (7, 1)


def test_without_a_key_each_call_makes_a_guest(town: Town) -> None:
    """# R10"""
    assert guest(key=None) != guest(key=None)
    assert town.count(User) == 8


def test_a_key_with_any_characters_in_it_is_a_key(town: Town) -> None:
    """# R10"""
    odd = "🔑\x00\ud800" * 8
    assert guest(key=odd) == guest(key=odd)
    assert town.count(User) == 7


@pytest.mark.parametrize(
    ("name", "locale", "zone", "faults"),
    [
        ("", None, None, {("displayName", "required")}),
        ("x" * 81, None, None, {("displayName", "too_long")}),
        ("Wa\x00ti", None, None, {("displayName", "invalid_characters")}),
        ("0812 3456 7890", None, None, {("displayName", "contact_blocked")}),
        ("Wati", "fr", None, {("locale", "invalid_choice")}),
        ("Wati", None, "Mars/Olympus", {("timezone", "unknown")}),
        ("Wati", None, "../../etc/passwd", {("timezone", "unknown")}),
        ("", "fr", "", {("displayName", "required"), ("locale", "invalid_choice"), ("timezone", "unknown")}),
    ],
)
def test_a_wrong_field_is_named_and_nobody_is_made(
    town: Town, name: str, locale: str | None, zone: str | None, faults: set[tuple[str, str]]
) -> None:
    """# R10"""
    with pytest.raises(Invalid) as refused:
        guest(name, KEY, locale, zone)
    assert {(fault.field, fault.code) for fault in refused.value.errors} == faults
    assert (town.count(User), town.count(DeviceSession)) == (6, 0)


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("address", [email_of(AYU), f"  {email_of(AYU).upper()} "])
def test_signing_in_gives_a_session_of_that_person(address: str) -> None:
    """# R10"""
    signed_in = accounts.sign_in(address, PASSWORD)
    assert signed_in.person == accounts.person_with(signed_in.token) == AYU


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (email_of(BUDI), "wrong"),
        (email_of(BUDI), ""),
        ("nobody@tenang.test", PASSWORD),
        ("", ""),
        (email_of(SARI), PASSWORD),
        ("budi@tenang.test' OR 1=1 --", PASSWORD),
    ],
)
def test_a_wrong_sign_in_does_not_say_what_was_wrong(town: Town, email: str, password: str) -> None:
    """# R10"""
    with pytest.raises(SignInRequired) as refused:
        accounts.sign_in(email, password)
    assert (refused.value.code, refused.value.detail) == ("wrong_credentials", "E-mail or password is wrong.")
    assert town.count(DeviceSession) == 0


def test_a_session_ends_when_it_is_signed_out_and_only_that_one(town: Town) -> None:
    """# R10"""
    phone, tablet = (accounts.sign_in(email_of(BUDI), PASSWORD).token for _ in range(2))
    accounts.sign_out(phone)
    accounts.sign_out(phone)
    assert accounts.person_with(phone) is None
    assert accounts.person_with(tablet) == BUDI
    assert accounts.still_signed_in({phone, tablet, "made-up"}) == {tablet}
    assert town.count(DeviceSession) == 1


def test_a_session_ends_by_itself_after_half_a_year(town: Town) -> None:
    """# R10"""
    token = accounts.sign_in(email_of(BUDI), PASSWORD).token
    town.clock.advance(days=180)
    assert accounts.person_with(token) is None
    assert accounts.still_signed_in({token}) == set()
    town.clock.now -= timedelta(milliseconds=1)
    assert accounts.person_with(token) == BUDI


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("token", ["", "made-up", "\x00", "\ud800", "x" * 10_000])
def test_a_made_up_token_is_nobodys(token: str) -> None:
    """# R10"""
    assert accounts.person_with(token) is None
