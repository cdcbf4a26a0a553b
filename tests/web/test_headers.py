"""Headers of every answer, errors included."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.domain.databases import SqliteFile
from tests.domain.people import AYU, PASSWORD, email_of
from tests.web.device import Answer, Device, form
from tests.web.house import FIELD_KEY, SECRET, built

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def any_answer(device: Device, kind: str) -> Answer:
    """An answer of each kind that there is."""
    return {
        "success": lambda: device.get("/api/therapists"),
        "empty": lambda: device.delete("/api/session"),
        "not signed in": lambda: device.get("/api/bookings"),
        "wrong field": lambda: device.post("/api/session/guest", {}),
        "not JSON": lambda: device.call("POST", "/api/session/guest", raw=b"{"),
        "cross site": lambda: device.post("/api/session/guest", {}, Origin="https://evil.example"),
        "unknown address": lambda: device.get("/api/nothing"),
        "wrong method": lambda: device.call("PATCH", "/api/session"),
        "too large": lambda: device.call("POST", "/api/session", raw=b"x" * 70_000),
        "no upgrade": lambda: device.get("/ws"),
        "document": lambda: device.get("/openapi.json"),
        "health": lambda: device.get("/healthz"),
    }[kind]()


KINDS = [
    "success", "empty", "not signed in", "wrong field", "not JSON", "cross site", "unknown address", "wrong method",
    "too large", "no upgrade", "document", "health",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_carries_the_security_headers(nobody: Device, kind: str) -> None:
    """# R42"""
    headers = any_answer(nobody, kind).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy.items() >= POLICY.items()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_the_policy_allows_no_code_or_style_within_a_page(nobody: Device) -> None:
    """# R42"""
    policy = nobody.get("/healthz").headers["Content-Security-Policy"]
    for loophole in ("unsafe-inline", "unsafe-eval", "http:", "https:", "*", "blob:"):
        assert loophole not in policy


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_has_an_id_by_which_its_log_lines_are_found(nobody: Device, kind: str) -> None:
    """# R42"""
    first, second = any_answer(nobody, kind), any_answer(nobody, kind)
    ids = [answer.headers["X-Request-Id"] for answer in (first, second)]
    assert len(set(ids)) == 2
    if first.status >= 400:
        assert first.body["requestId"] == ids[0]


def test_an_id_that_a_client_makes_up_is_not_ours(nobody: Device) -> None:
    """It would stand in the log as the client wrote it. # R42"""
    answer = nobody.call("GET", "/api/bookings", headers={"X-Request-Id": "forged\tline"})
    assert "forged" not in answer.headers["X-Request-Id"]


KEPT_BY_NOBODY = (
    "/api/session", "/api/events", "/api/drafts/ayu", "/api/bookings", "/api/conversations", "/api/notifications",
    "/api/therapists", "/api/therapists/ayu",
)  # fmt: skip


@pytest.mark.parametrize("path", KEPT_BY_NOBODY)
def test_what_is_read_is_kept_by_no_cache_of_the_browsers(budi: Device, path: str) -> None:
    """It would outlive a sign-out there; the worker keeps what may be kept, and forgets it. # R34"""
    assert budi.get(path).headers["Cache-Control"] == "no-store"


def test_nothing_that_was_sent_to_us_is_kept_by_a_cache(budi: Device) -> None:
    """# R34"""
    answers = [
        budi.submit(form()),
        budi.put("/api/drafts/ayu", {"baseVersion": 2, "draft": {}}),
        budi.put("/api/session/preferences", {"shareTyping": True}),
        budi.post("/api/session/recovery-code"),
    ]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_cache_keeps_a_refusal(nobody: Device, kind: str) -> None:
    """A 404 or a 410 is kept by heuristic, and a refusal may hold a booking. # R34"""
    answer = any_answer(nobody, kind)
    if answer.status >= 400:
        assert answer.headers["Cache-Control"] == "no-store"


def test_in_production_everything_is_over_https_only(tmp_path: Path) -> None:
    """# R42"""
    file = SqliteFile(tmp_path)
    with built(file.url, APP_ENV="production", SECRET_KEY=SECRET, FIELD_KEYS=FIELD_KEY) as house:
        device = house.device()
        answer = device.post("/api/session", {"email": email_of(AYU), "password": PASSWORD})
        assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"
        assert "Secure" in answer.headers["Set-Cookie"].split("; ")
