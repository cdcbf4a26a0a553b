"""One draft on two devices, one account for two guests, one code on two phones: exactly one wins."""

from __future__ import annotations

import secrets
from collections import Counter

from tests.races.conftest import Arena
from tests.support.api import Answer, Api
from tests.support.at_once import Call, at_once
from tests.support.cast import AYU
from tests.support.wire import Json

CROWD = 20
DRAFT = f"/api/drafts/{AYU}"


def draft_of(api: Api) -> Json:
    """The person's draft as the server has it."""
    body: Json = api.call("GET", DRAFT).body
    return body


def saves(devices: list[Api], base: int, area: str = "") -> list[Call]:
    """A save by each device, of a draft of its own unless ``area`` says which."""
    bodies = [
        {"baseVersion": base, "draft": {"area": area or f"area {base}.{number}"}} for number in range(len(devices))
    ]
    return [Call(api, DRAFT, body, method="PUT") for api, body in zip(devices, bodies, strict=True)]


def codes(answers: list[Answer]) -> Counter[object]:
    """How many answers there are of each status or code."""
    return Counter(answer.body.get("code", answer.status) for answer in answers)


def test_of_many_devices_that_save_on_the_same_version_one_wins(arena: Arena) -> None:
    """The first draft there is, and then the next. # R29"""
    customer = arena.cast.guest().api
    devices = arena.spread([customer] * CROWD)
    for base in range(3):
        cursor = customer.cursor()
        answers = at_once(saves(devices, base))
        assert codes(answers) == {200: 1, "draft_changed": CROWD - 1}
        winner = next(number for number, answer in enumerate(answers) if answer.status == 200)
        kept = draft_of(customer)
        assert (kept["version"], kept["draft"]["area"]) == (base + 1, f"area {base}.{winner}")
        assert {answer.body["current"]["version"] for answer in answers if answer.status == 409} == {base + 1}
        told = [event["data"]["version"] for event in customer.poll(cursor)["events"]]
        assert told == [base + 1]


def test_of_one_save_that_is_sent_many_times_each_is_answered_and_one_is_kept(arena: Arena) -> None:
    """# R29"""
    customer = arena.cast.guest().api
    answers = at_once(saves(arena.spread([customer] * CROWD), 0, area="Kuta"))
    assert {(answer.status, answer.body["version"]) for answer in answers} == {(200, 1)}
    assert len(customer.poll()["events"]) == 1


def test_a_save_and_the_booking_it_became_leave_no_draft_that_was_not_seen(arena: Arena) -> None:
    """Either the save came first and went with the booking, or it was told that it came too late. # R28"""
    for _ in range(5):
        customer = arena.cast.guest().api
        customer.call("PUT", DRAFT, {"baseVersion": 0, "draft": {"area": "Kuta"}})
        save, book = arena.spread([customer] * 2)
        calls = [*saves([save], 1), Call(book, "/api/bookings", arena.cast.form())]
        saved, booked = at_once(calls)
        assert booked.status == 201
        assert saved.status in (200, 409)
        kept = draft_of(customer)
        assert (kept["version"], kept["draft"]) == (3 if saved.status == 200 else 2, None)


def test_a_first_save_and_its_booking_leave_no_draft(arena: Arena) -> None:
    """There is no row yet that one could make the other wait for. # R28"""
    for _ in range(5):
        customer = arena.cast.guest().api
        save, again, book = arena.spread([customer] * 3)
        calls = [*saves([save, again], 0), Call(book, "/api/bookings", arena.cast.form())]
        *saved, booked = at_once(calls)
        assert booked.status == 201
        assert {answer.status for answer in saved} <= {200, 409}
        assert draft_of(customer)["draft"] is None


def test_of_many_removals_one_is_news(arena: Arena) -> None:
    """# R29"""
    customer = arena.cast.guest().api
    customer.call("PUT", DRAFT, {"baseVersion": 0, "draft": {}})
    cursor = customer.cursor()
    devices = arena.spread([customer] * CROWD)
    answers = at_once([Call(device, DRAFT, method="DELETE") for device in devices])
    assert {(answer.status, answer.body["version"]) for answer in answers} == {(200, 2)}
    assert len(customer.poll(cursor)["events"]) == 1


def test_of_many_guests_who_want_one_address_one_gets_it(arena: Arena) -> None:
    """# R10"""
    guests = arena.spread([arena.cast.guest().api for _ in range(8)])
    email = f"{secrets.token_hex(6)}@tenang.test"
    written = [email, email.upper()] * 4
    bodies = [{"email": text, "password": f"password {number}"} for number, text in enumerate(written)]
    calls = [Call(api, "/api/session/register", body) for api, body in zip(guests, bodies, strict=True)]
    answers = at_once(calls)
    assert codes(answers) == {201: 1, "email_taken": 7}
    winner = next(number for number, answer in enumerate(answers) if answer.status == 201)
    user = Api(arena.cast.url).sign_in(email, f"password {winner}")
    assert user["id"] == answers[winner].body["user"]["id"]


def test_registering_many_times_at_once_makes_one_account(arena: Arena) -> None:
    """Those that find the session already ended know the password. # R10"""
    guest = arena.cast.guest()
    devices = [guest.api.at(url) for url in (arena.urls * 4)[:4]]
    for device in devices:
        device.cookies = dict(guest.api.cookies)
    body = {"email": f"{secrets.token_hex(6)}@tenang.test", "password": "rain on a tin roof"}
    answers = at_once([Call(device, "/api/session/register", body) for device in devices])
    assert codes(answers) == {201: 1, 200: 3}
    assert {answer.body["user"]["id"] for answer in answers} == {guest.user["id"]}


def test_of_many_phones_with_one_code_one_gets_in(arena: Arena) -> None:
    """# R10"""
    owner = arena.cast.guest()
    code = owner.api.call("POST", "/api/session/recovery-code").body["code"]
    phones = arena.spread([Api(arena.cast.url) for _ in range(CROWD)])
    answers = at_once([Call(phone, "/api/session/recover", {"code": code}) for phone in phones])
    assert codes(answers) == {200: 1, "recovery_code_wrong": CROWD - 1}
    assert next(answer for answer in answers if answer.status == 200).body["user"]["id"] == owner.user["id"]


def test_one_phone_that_sends_its_code_many_times_gets_in_each_time(arena: Arena) -> None:
    """# R10"""
    owner = arena.cast.guest()
    code = owner.api.call("POST", "/api/session/recovery-code").body["code"]
    body = {"code": code, "recoveryKey": secrets.token_hex(16)}
    phones = arena.spread([Api(arena.cast.url) for _ in range(CROWD)])
    answers = at_once([Call(phone, "/api/session/recover", body) for phone in phones])
    assert {(answer.status, answer.body["user"]["id"]) for answer in answers} == {(200, owner.user["id"])}


def test_codes_made_at_once_leave_one_that_works(arena: Arena) -> None:
    """# R10"""
    owner = arena.cast.guest().api
    made = at_once([Call(api, "/api/session/recovery-code") for api in arena.spread([owner] * CROWD)])
    assert {answer.status for answer in made} == {201}
    tried = [Call(Api(arena.cast.url), "/api/session/recover", {"code": answer.body["code"]}) for answer in made]
    assert codes(at_once(tried)) == {200: 1, "recovery_code_wrong": CROWD - 1}
