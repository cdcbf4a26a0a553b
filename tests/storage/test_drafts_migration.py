"""Revision 0003 adds drafts, recovery codes and one account per e-mail, on databases in use."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.storage.columns import use_field_keys
from tests.domain.databases import migrated
from tests.domain.moment import NOW
from tests.storage.rows import add, booking_row, raw
from tests.storage.schemas import NewDatabase, schema
from tests.storage.test_presence_migration import PROVIDER, SERVICE, SESSION, USER, count, words

ADDRESS = "UPDATE users SET email = :email WHERE id = :id"
DRAFT = (
    "INSERT INTO drafts (customer_id, therapist_id, version, updated_at) VALUES ('budi-user', 'ayu', :version, :now)"
)
CODE = "INSERT INTO recovery_codes (user_id, code_hash, created_at, expires_at) VALUES (:id, :hash, :now, :now)"


@pytest.fixture
def in_use(new_database: NewDatabase) -> str:
    """A database of the revision before, with people, a session and an accepted booking."""
    use_field_keys((Fernet.generate_key().decode(),))
    url = migrated(new_database(), up_to="0002")
    with raw(url) as connection:
        for identifier in ("budi-user", "ayu-user"):
            connection.execute(text(USER), {"id": identifier, "role": "customer", "now": NOW})
        connection.execute(text(SESSION), {"id": "budi-user", "token": b"token", "now": NOW})
        connection.execute(text(PROVIDER))
        connection.execute(text(SERVICE))
        add(connection, booking_row(NOW))
    return url


def test_nothing_that_was_there_changes(in_use: str) -> None:
    """# R10"""
    migrated(in_use)
    with raw(in_use) as connection:
        assert [count(connection, table) for table in ("users", "sessions", "bookings", "drafts")] == [2, 1, 1, 0]


def test_one_address_is_one_account_however_it_is_written(in_use: str) -> None:
    """# R10"""
    assert any("uq_users_email_folded" in line for line in schema(migrated(in_use)))
    with raw(in_use) as connection:
        connection.execute(text(ADDRESS), {"id": "budi-user", "email": "wati@tenang.test"})
    with pytest.raises(IntegrityError), raw(in_use) as connection:
        connection.execute(text(ADDRESS), {"id": "ayu-user", "email": "Wati@Tenang.test"})


def test_any_number_of_guests_have_no_address(in_use: str) -> None:
    """# R10"""
    with raw(migrated(in_use)) as connection:
        assert connection.scalar(text("SELECT count(*) FROM users WHERE email IS NULL")) == 2


def test_a_customer_has_one_draft_for_a_provider_with_a_version(in_use: str) -> None:
    """# R29"""
    migrated(in_use)
    with pytest.raises(IntegrityError), raw(in_use) as connection:
        connection.execute(text(DRAFT), {"version": 0, "now": NOW})
    with raw(in_use) as connection:
        connection.execute(text(DRAFT), {"version": 1, "now": NOW})
    with pytest.raises(IntegrityError), raw(in_use) as connection:
        connection.execute(text(DRAFT), {"version": 2, "now": NOW})


def test_a_person_has_one_code_and_no_two_people_the_same(in_use: str) -> None:
    """# R10"""
    migrated(in_use)
    with raw(in_use) as connection:
        connection.execute(text(CODE), {"id": "budi-user", "hash": b"h" * 32, "now": NOW})
    for again in ({"id": "budi-user", "hash": b"x" * 32}, {"id": "ayu-user", "hash": b"h" * 32}):
        with pytest.raises(IntegrityError), raw(in_use) as connection:
            connection.execute(text(CODE), again | {"now": NOW})


def test_the_guard_against_overlap_still_guards(in_use: str) -> None:
    """# R8"""
    migrated(in_use)
    with pytest.raises(IntegrityError, match="booking_overlap"), raw(in_use) as connection:
        add(connection, booking_row(NOW))


def test_going_back_leaves_the_revision_before_as_it_was(in_use: str) -> None:
    """# R43"""
    before = words(in_use)
    assert words(migrated(in_use)) != before
    migrated(in_use, down_to="0002")
    assert words(in_use) == before
