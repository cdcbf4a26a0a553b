"""Every error is a problem document with a code, whoever raised it; nothing of our inside is in it."""

from __future__ import annotations

import json

import pytest

from app import storage
from app.storage import StoreBusy
from app.web.drafts import MAX_DRAFT_BYTES
from app.web.guard import MAX_BODY_BYTES
from app.web.payments import MAX_ACCOUNT_BYTES
from tests.domain.town import Town
from tests.web.device import Device, form
from tests.web.doors import WRITES, Door, budis_things
from tests.web.house import House

LIMITS = {"PUT /api/therapists/me/bank-account": MAX_ACCOUNT_BYTES, "PUT /api/drafts/": MAX_DRAFT_BYTES}
MEMBERS = {"type", "title", "status", "detail", "code", "errors", "requestId"}
NOT_OBJECTS = [
    b"{", b"nonsense", b"[]", b'"text"', b"7", b"null", b"true", b"{'a': 1}", b'{"a": 1,}', b"\x00", b"\xff\xfe",
    b'{"a": "\xff"}', b"[" * 60_000, b'{"a":' * 10_000, b"1" * 5_000,
]  # fmt: skip
WITH_BODY = [door for door in WRITES if door.body is not None]


@pytest.mark.parametrize("door", WRITES, ids=lambda door: door.name)
def test_a_body_that_is_no_json_object_is_refused(town: Town, house: House, door: Door) -> None:
    """# R2"""
    device = house.device(door.somebody)
    path = door.path(budis_things(town))
    before = town.census()
    for raw in NOT_OBJECTS:
        answer = device.call(door.method, path, raw=raw, headers={"Idempotency-Key": "a-key-of-its-own"})
        # A draft and an account have limits of their own, and what is beyond them is not even read.
        is_too_large = len(raw) > LIMITS.get(door.name.split("<")[0], MAX_BODY_BYTES)
        expected = (413, "too_large") if is_too_large else (400, "malformed_json")
        assert answer.refusal == expected, raw[:20]
    assert town.census() == before


@pytest.mark.parametrize("door", WITH_BODY, ids=lambda door: door.name)
def test_json_is_read_whatever_the_request_calls_it(town: Town, house: House, door: Door) -> None:
    """# R2"""
    device = house.device(door.somebody)
    things = budis_things(town)
    plain = door.knock(device, things, **{"Content-Type": "text/plain"})
    assert plain.status not in (400, 415, 422)


@pytest.mark.parametrize("depth", [50, 900, 12_000])
def test_deep_nesting_inside_an_object_does_no_harm(town: Town, budi: Device, depth: int) -> None:
    """# R2"""
    body = json.dumps(form())[:-1].encode() + b',"extra":' + b"[" * depth + b"]" * depth + b"}"
    answer = budi.call("POST", "/api/bookings", raw=body, headers={"Idempotency-Key": "deeply-nested"})
    assert answer.status in (201, 400)
    assert town.count() == (1 if answer.status == 201 else 0)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 4000])
def test_numbers_beyond_json_are_a_field_error(town: Town, budi: Device, number: str) -> None:
    """# R2"""
    body = json.dumps(form())[:-1] + f',"expectedPrice":{number}}}'
    answer = budi.call("POST", "/api/bookings", raw=body.encode(), headers={"Idempotency-Key": "a-large-number"})
    assert answer.status in (400, 409, 422)
    assert town.count() == 0


@pytest.mark.parametrize("size", [64 * 1024 + 1, 1_000_000])
@pytest.mark.parametrize("path", ["/api/session/guest", "/api/bookings"])
def test_a_body_over_64_kilobytes_is_too_large(budi: Device, path: str, size: int) -> None:
    """# R2"""
    answer = budi.call("POST", path, raw=b'{"displayName":"' + b"x" * size)
    assert answer.refusal == (413, "too_large")


def test_an_unknown_address_under_the_api_is_a_problem_also_for_a_browser(budi: Device) -> None:
    """# R42"""
    answer = budi.call("GET", "/api/nothing", headers={"Accept": "text/html"})
    assert answer.refusal == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"), [("PATCH", "/api/session"), ("DELETE", "/api/bookings"), ("POST", "/healthz")]
)
def test_a_wrong_method_is_a_problem_that_names_the_right_ones(nobody: Device, method: str, path: str) -> None:
    """# R42"""
    answer = nobody.call(method, path)
    assert answer.refusal == (405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/api/bookings/%00", "/api/therapists/a%00b", "/api/therapists?q=%00"])
def test_a_nul_in_an_address_is_a_bad_request(budi: Device, path: str) -> None:
    """# R2"""
    assert budi.get(path).refusal == (400, "bad_request")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/bookings", 401),
        ("GET", "/api/therapists/nobody", 404),
        ("PATCH", "/api/session", 405),
        ("POST", "/api/session/guest", 422),
        ("GET", "/ws", 426),
    ],
)
def test_a_problem_has_all_its_members_and_says_what_to_do(nobody: Device, method: str, path: str, status: int) -> None:
    """# R42"""
    answer = nobody.call(method, path, {} if method == "POST" else None)
    assert set(answer.body) == MEMBERS
    assert (answer.status, answer.body["status"]) == (status, status)
    assert answer.body["type"] == f"/problems/{answer.code}"
    assert len(answer.body["title"]) > 3
    assert len(answer.body["detail"]) > 10
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_busy_database_is_told_as_busy_and_safe_to_try_again(budi: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R3 # R42"""

    def busy(_: object) -> None:
        raise StoreBusy("another process holds the database")

    monkeypatch.setattr(storage, "write", busy)
    answer = budi.submit(form())
    assert answer.refusal == (503, "busy")
    assert int(answer.headers["Retry-After"]) >= 1
    assert "try again" in answer.body["detail"]


def test_a_fault_of_ours_tells_nothing_of_our_inside(budi: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R42"""

    def broken(_: object) -> None:
        raise LookupError("SELECT secret FROM table")

    monkeypatch.setattr(storage, "write", broken)
    response = budi.client.post("/api/bookings", json=form(), headers={"Idempotency-Key": "a-key-of-its-own"})
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert response.json is not None
    assert response.json["code"] == "server_error"
    assert "Content-Security-Policy" in response.headers
    for inside in ("SELECT", "secret", "LookupError", "Traceback", "app/"):
        assert inside not in response.text


HANDSHAKE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"Upgrade": "h2c"}, (426, "upgrade_required")),
        ({"Sec-WebSocket-Version": "8"}, (426, "upgrade_required")),
        ({}, (400, "bad_request")),
        ({"Sec-WebSocket-Key": "short"}, (400, "bad_request")),
        ({"Sec-WebSocket-Key": "c2hvcnQ="}, (400, "bad_request")),
    ],
)
def test_a_handshake_that_is_none_is_a_problem(
    nobody: Device, changes: dict[str, str], refusal: tuple[int, str]
) -> None:
    """# R20"""
    answer = nobody.call("GET", "/ws", headers=HANDSHAKE | changes)
    assert answer.refusal == refusal
    if refusal[0] == 426:
        assert (answer.headers["Upgrade"], answer.headers["Sec-WebSocket-Version"]) == ("websocket", "13")
