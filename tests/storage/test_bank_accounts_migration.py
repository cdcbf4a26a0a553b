"""Revision 0005 adds bank accounts, payment cards and who looked at one, on databases in use."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.domain.databases import migrated
from tests.domain.moment import NOW
from tests.storage.rows import raw
from tests.storage.schemas import NewDatabase
from tests.storage.test_drafts_migration import in_use  # noqa: F401  # a fixture
from tests.storage.test_presence_migration import count, words

BEFORE = "0003"
ACCOUNT = (
    "INSERT INTO bank_accounts (therapist_id, bank, holder, number, updated_at) "
    "VALUES (:id, 'BCA', :secret, :secret, :now)"
)
CARD = (
    "INSERT INTO payment_cards (message_id, conversation_id, booking_id, therapist_id, bank, holder, number) "
    "SELECT :id, conversation_id, id, therapist_id, 'BCA', :secret, :secret FROM bookings"
)


def test_nothing_that_was_there_changes(in_use: str) -> None:  # noqa: F811  # the fixture
    """# R18"""
    migrated(in_use)
    tables = ("users", "bookings", "bank_accounts", "payment_cards", "payment_card_reveals")
    with raw(in_use) as connection:
        assert [count(connection, table) for table in tables] == [2, 1, 0, 0, 0]


def test_a_provider_has_one_account(in_use: str) -> None:  # noqa: F811  # the fixture
    """# R18"""
    migrated(in_use)
    with raw(in_use) as connection:
        connection.execute(text(ACCOUNT), {"id": "ayu", "secret": b"x", "now": NOW})
    for again in ("ayu", "nobody"):
        with pytest.raises(IntegrityError), raw(in_use) as connection:
            connection.execute(text(ACCOUNT), {"id": again, "secret": b"y", "now": NOW})


def test_a_card_is_of_a_message(in_use: str) -> None:  # noqa: F811  # the fixture
    """# R18"""
    migrated(in_use)
    with pytest.raises(IntegrityError), raw(in_use) as connection:
        connection.execute(text(CARD), {"id": "of-no-message", "secret": b"x"})


def test_going_back_leaves_what_was_there_before(new_database: NewDatabase) -> None:
    """# R43"""
    url = migrated(new_database(), up_to=BEFORE)
    before = words(url)
    assert words(migrated(url)) != before
    migrated(url, down_to=BEFORE)
    assert words(url) == before
