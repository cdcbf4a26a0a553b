"""Ids, words and cursors that no client of ours would send, on both databases: a clear answer, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from app.domain import clock as domain_clock
from app.domain import paging
from tests.domain.databases import PostgresDatabase, Rewindable, SqliteFile
from tests.domain.moment import NOW
from tests.domain.people import BUDI
from tests.domain.terms import usual_terms
from tests.web.device import form
from tests.web.doors import DOORS, NOWHERE, Door
from tests.web.house import FIELD_KEY, House, built

HOSTILE = [
    "\x00", "a\x00b", "'", '"', "\\", "%", "_", ";--", "' OR 1=1 --", "../../etc/passwd", "..", "🦊", "שלום", "\u202e",
    "x" * 1_000, "0", "-1", "null", "undefined", "NaN", "{}", "[]", "\ufffe", "\x1b[2J", "1e400", "９",
]  # fmt: skip
WITH_IDS = [door for door in DOORS if "<" in door.rule and door.rule.startswith("/api/")]
LISTS = ["/api/bookings", "/api/conversations", "/api/notifications"]
CURSORS = [
    *HOSTILE, paging.encode("\x00", "x"), paging.encode("x", "\x00"), paging.encode("\ud800", "x"),
    paging.encode("2027-01-01T00:00:00+00:00", "\ud800"),
]  # fmt: skip
TIMES = [
    paging.encode("0001-01-01T00:00:00+14:00", "x"), paging.encode("9999-12-31T23:59:59-14:00", "x"),
    paging.encode("-infinity", "x"), paging.encode("now", "x"),
]  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def each_house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The application on each kind of database; nothing in this file changes it."""
    place: Rewindable
    if request.param == "sqlite":
        place = SqliteFile(tmp_path_factory.mktemp("hostile"))
    else:
        place = PostgresDatabase(request.getfixturevalue("postgres_cluster"))
    with built(place.url) as house:
        house.sign_everybody_in()
        yield house


@pytest.fixture
def visited(each_house: House) -> Iterator[House]:
    """The house of the moment, whatever other tests have opened meanwhile."""
    usual_terms(FIELD_KEY)
    each_house.enter()
    with domain_clock.fixed(lambda: NOW):
        yield each_house


@pytest.mark.parametrize("door", WITH_IDS, ids=lambda door: door.name)
def test_an_id_that_can_not_be_is_not_found(visited: House, door: Door) -> None:
    """# R2"""
    device = visited.device(door.somebody)
    for text in HOSTILE:
        ids = dict.fromkeys(NOWHERE, quote(text, safe=""))
        answer = door.knock(device, ids)
        assert answer.status in (400, 404, 405), text


@pytest.mark.parametrize("path", [*LISTS, "/api/therapists"])
def test_a_cursor_that_can_not_be_is_a_field_error(visited: House, path: str) -> None:
    """# R2"""
    for text in [*CURSORS, *(TIMES if path in LISTS else ())]:
        answer = visited.device(BUDI).get(path, cursor=text)
        assert answer.refusal in ((400, "bad_request"), (422, "validation")), text


def test_words_that_are_looked_for_are_only_words(visited: House) -> None:
    """# R1"""
    for text in HOSTILE[1:]:
        for query in ({"q": text}, {"area": text}):
            answer = visited.device().get("/api/therapists", **query)
            assert answer.status in (200, 400, 422), text
            assert answer.status != 200 or answer.body["items"] == [] or text in ("_", "a"), text


def test_ids_in_a_body_that_can_not_be_are_field_errors(visited: House) -> None:
    """# R2"""
    device = visited.device(BUDI)
    for text in [*HOSTILE, "\ud800"]:
        for field in ("therapistId", "serviceId"):
            answer = device.submit(form(**{field: text}))
            assert answer.status == 422, text
            assert {name for name, _ in answer.fields} == {field}


def test_a_sign_in_that_can_not_be_is_refused(visited: House) -> None:
    """# R10"""
    for text in ("a\x00b", "\ud800", "' OR 1=1 --", "%", "🦊", "\u202e"):  # few: each costs a real password hash
        answer = visited.device().post("/api/session", {"email": text, "password": text})
        assert answer.status in (401, 422), text


def test_a_stream_is_not_left_by_a_cursor_that_can_not_be(visited: House) -> None:
    """# R21"""
    for text in HOSTILE:
        answer = visited.device(BUDI).get("/api/events", after=text)
        assert answer.status == 400 or answer.body["cursor"] == "0", text
