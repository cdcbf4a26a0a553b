"""Revision 0004 adds refusals, appeals and the audit trail, on databases in use."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.storage.columns import use_field_keys
from tests.domain.databases import migrated
from tests.domain.moment import NOW
from tests.storage.rows import raw
from tests.storage.schemas import NewDatabase
from tests.storage.test_presence_migration import USER, count, words

APPEAL = (
    "INSERT INTO appeals (id, user_id, kind, code, status, text, spans, redacted, digest, created_at, judged_at,"
    " used_at) VALUES (:id, 'budi-user', 'note', 'PHONE', :status, :text, '[]', '•', :digest, :now, :judged_at,"
    " :used_at)"
)
REFUSAL = (
    "INSERT INTO refusals (id, user_id, kind, code, redacted, digest, engine_version, rules_version, enforced, tries,"
    " created_at, last_at) VALUES ('r', 'budi-user', :kind, 'PHONE', '•', :digest, '1', '1', :yes, :tries, :now, :now)"
)
OPEN: dict[str, Any] = {
    "id": "a", "status": "open", "text": b"cipher", "digest": b"d" * 32, "now": NOW, "judged_at": None, "used_at": None,
}  # fmt: skip
JUDGED = OPEN | {"text": None, "judged_at": NOW}


@pytest.fixture
def in_use(new_database: NewDatabase) -> str:
    """A database of the revision before, with a person."""
    use_field_keys((Fernet.generate_key().decode(),))
    url = migrated(new_database(), up_to="0003")
    with raw(url) as connection:
        connection.execute(text(USER), {"id": "budi-user", "role": "customer", "now": NOW})
    return url


def test_one_text_has_one_appeal_that_stands(in_use: str) -> None:
    """And any number that do not any more. # R17"""
    migrated(in_use)
    with raw(in_use) as connection:
        for number, status in enumerate(("rejected", "rejected", "open")):
            row = (OPEN if status == "open" else JUDGED) | {"id": str(number), "status": status}
            connection.execute(text(APPEAL), row)
    for again in (OPEN, JUDGED | {"status": "allowed"}):
        with pytest.raises(IntegrityError), raw(in_use) as connection:
            connection.execute(text(APPEAL), again)
    with raw(in_use) as connection:
        assert count(connection, "appeals") == 3


@pytest.mark.parametrize(
    "wrong",
    [
        OPEN | {"text": None},
        OPEN | {"judged_at": NOW},
        JUDGED | {"status": "allowed", "text": b"cipher"},
        JUDGED | {"status": "used"},
        JUDGED | {"status": "allowed", "used_at": NOW},
        OPEN | {"status": "lost"},
    ],
)
def test_the_text_stands_there_until_it_is_judged_and_not_longer(in_use: str, wrong: dict[str, Any]) -> None:
    """# R17"""
    migrated(in_use)
    with pytest.raises(IntegrityError), raw(in_use) as connection:
        connection.execute(text(APPEAL), wrong)


@pytest.mark.parametrize("wrong", [{"tries": 0}, {"kind": "diary"}])
def test_a_refusal_is_of_a_known_kind_and_was_tried(in_use: str, wrong: dict[str, Any]) -> None:
    """# R17"""
    migrated(in_use)
    right = {"kind": "note", "digest": b"d" * 32, "yes": True, "tries": 1, "now": NOW}
    with pytest.raises(IntegrityError), raw(in_use) as connection:
        connection.execute(text(REFUSAL), right | wrong)
    with raw(in_use) as connection:
        connection.execute(text(REFUSAL), right)


def test_what_was_written_before_is_gone_when_it_is_judged(in_use: str) -> None:
    """# R17"""
    migrated(in_use)
    for row in (JUDGED | {"id": "j", "status": "rejected"}, OPEN | {"id": "o"}):
        with raw(in_use) as connection:
            connection.execute(text(APPEAL), row)
    before = text("UPDATE appeals SET recent = :cipher WHERE id = :id")
    with raw(in_use) as connection:
        connection.execute(before, {"cipher": b"cipher", "id": "o"})
    with pytest.raises(IntegrityError), raw(in_use) as connection:
        connection.execute(before, {"cipher": b"cipher", "id": "j"})


def test_going_back_leaves_the_revision_before_as_it_was(in_use: str) -> None:
    """# R43"""
    before = words(in_use)
    assert words(migrated(in_use)) != before
    migrated(in_use, down_to="0003")
    assert words(in_use) == before
    with raw(in_use) as connection:
        assert count(connection, "users") == 1
