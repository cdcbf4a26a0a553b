"""Revision 0002 adds to a table that others refer to, on databases in use: nothing else may change by it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from app.storage.columns import use_field_keys
from tests.domain.databases import migrated
from tests.domain.moment import NOW
from tests.storage.rows import add, booking_row, raw
from tests.storage.schemas import NewDatabase, schema

PEOPLE = {"budi-user": "customer", "ayu-user": "therapist"}
USER = """
INSERT INTO users (id, role, display_name, is_guest, locale, timezone, created_at)
VALUES (:id, :role, 'Somebody', false, 'en', 'Asia/Makassar', :now)
"""
SESSION = "INSERT INTO sessions (token_hash, user_id, created_at, expires_at) VALUES (:token, :id, :now, :now)"
PROVIDER = """
INSERT INTO therapists (id, user_id, kind, display_name, area, areas_served, timezone, languages, capacity, status,
  travel_fee, currency, about_en, about_id)
VALUES ('ayu', 'ayu-user', 'therapist', 'Ayu', 'Sanur', '[]', 'UTC', '[]', 1, 'available', 0, 'IDR', '', '')
"""
SERVICE = """
INSERT INTO services (id, therapist_id, name, name_id, duration_minutes, price, is_active, position)
VALUES ('ayu.60', 'ayu', 'Massage', 'Pijat', 60, 100, true, 0)
"""


@pytest.fixture
def in_use(new_database: NewDatabase) -> str:
    """A database of the revision before, with signed-in people and an accepted booking at noon."""
    use_field_keys((Fernet.generate_key().decode(),))
    url = migrated(new_database(), up_to="0001")
    with raw(url) as connection:
        for identifier, role in PEOPLE.items():
            connection.execute(text(USER), {"id": identifier, "role": role, "now": NOW})
            connection.execute(text(SESSION), {"id": identifier, "token": identifier.encode(), "now": NOW})
        connection.execute(text(PROVIDER))
        connection.execute(text(SERVICE))
        add(connection, booking_row(NOW))
    return url


def count(connection: Connection, table: str) -> int:
    """How many rows a table has."""
    return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def words(url: str) -> list[str]:
    """The schema, however its statements are set."""
    return [re.sub(r"(\\n|\\t|\s)+", " ", line) for line in schema(url)]


def test_people_are_kept_and_share_both_until_they_say_otherwise(in_use: str) -> None:
    """# R14"""
    with raw(migrated(in_use)) as connection:
        rows = connection.execute(text("SELECT id, shares_typing, shares_presence, last_seen_at FROM users")).all()
        assert sorted(rows) == [("ayu-user", True, True, None), ("budi-user", True, True, None)]
        kept = {table: count(connection, table) for table in ("sessions", "conversations", "bookings")}
        assert kept == {"sessions": 2, "conversations": 1, "bookings": 1}


def test_an_older_server_that_still_runs_can_make_people(in_use: str) -> None:
    """# R43"""
    with raw(migrated(in_use)) as connection:
        connection.execute(text(USER), {"id": "wati-user", "role": "customer", "now": NOW})


@pytest.mark.parametrize("down_again", [False, True])
def test_the_guard_against_overlap_still_guards(in_use: str, down_again: bool) -> None:
    """# R8"""
    migrated(in_use)
    if down_again:
        migrated(in_use, down_to="0001")
    with pytest.raises(IntegrityError, match="booking_overlap"), raw(in_use) as connection:
        add(connection, booking_row(NOW + timedelta(minutes=30)))


@pytest.mark.parametrize("down_again", [False, True])
def test_the_checks_of_the_table_still_hold(in_use: str, down_again: bool) -> None:
    """# R43"""
    migrated(in_use)
    if down_again:
        migrated(in_use, down_to="0001")
    with pytest.raises(IntegrityError), raw(in_use) as connection:
        connection.execute(text(USER), {"id": "king", "role": "king", "now": NOW})


def test_going_back_leaves_the_revision_before_as_it_was(in_use: str) -> None:
    """With everybody and everything in it. # R43"""
    before = words(in_use)
    assert words(migrated(in_use)) != before
    migrated(in_use, down_to="0001")
    assert words(in_use) == before
    with raw(in_use) as connection:
        assert [count(connection, table) for table in ("users", "sessions", "bookings")] == [2, 2, 1]
