"""``flask rotate-field-keys``: everything private comes under the new key, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import LargeBinary, select, type_coerce, update

from app.extensions import Base
from app.models import BankAccount, Booking, Draft
from app.storage import Store, rotation, write
from app.storage.columns import EncryptedText, use_field_keys
from app.storage.rotation import Rotated
from tests.domain.databases import Rewindable, migrated, opened, peopled
from tests.domain.moment import NOW
from tests.storage.rows import add, booking_row, raw
from tests.support.databases import environment, flask

OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))
NUMBER = "+6281234567890"
ROWS = 5


def private_rows(url: str, rows: int = ROWS) -> None:
    """Bookings, a draft and a bank account under the key in force."""
    with raw(url) as connection:
        add(connection, *(booking_row(NOW + timedelta(hours=2 * number)) for number in range(rows)))
        draft = {"customer_id": "budi-user", "therapist_id": "ayu", "version": 1, "content": "{}", "updated_at": NOW}
        connection.execute(Draft.__table__.insert(), draft)  # type: ignore[attr-defined]  # always a Table
        account = {"therapist_id": "ayu", "bank": "BCA", "holder": "Ayu", "number": "731099244821", "updated_at": NOW}
        connection.execute(BankAccount.__table__.insert(), account)  # type: ignore[attr-defined]  # always a Table


def stored(url: str) -> list[bytes]:
    """Every encrypted value as it is on the disk."""
    with raw(url) as connection:
        return [
            bytes(value)
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if isinstance(column.type, EncryptedText)
            for value in connection.scalars(select(type_coerce(column, LargeBinary)).where(column.is_not(None)))
        ]


def numbers(url: str) -> set[str]:
    """The numbers that the keys in force can read."""
    with raw(url) as connection:
        return set(connection.scalars(select(Booking.customer_whatsapp)))


def rotated() -> dict[str, Rotated]:
    """A whole rotation, by column."""
    return {done.name: done for done in rotation.rotate(Base.metadata.sorted_tables)}


@pytest.fixture
def url(store: Store, database: Rewindable) -> Iterator[str]:
    """A database with rows under the old key, and the new one in front of it."""
    use_field_keys((OLD,))
    private_rows(database.url)
    use_field_keys((NEW, OLD))
    yield database.url
    use_field_keys((NEW,))


def test_after_a_rotation_the_old_key_is_not_needed(url: str) -> None:
    """# R18"""
    done = rotated()
    assert done["bookings.customer_whatsapp"].rewritten == ROWS
    assert done["drafts.content"].rewritten == 1
    assert done["bank_accounts.number"].rewritten == done["bank_accounts.holder"].rewritten == 1
    use_field_keys((NEW,))
    assert numbers(url) == {NUMBER}
    old = Fernet(OLD)
    for value in stored(url):
        with pytest.raises(InvalidToken):
            old.decrypt(value)


def test_every_encrypted_column_is_rotated(url: str) -> None:
    """Also one that is added later. # R18"""
    encrypted = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, EncryptedText)
    }
    assert set(rotated()) == encrypted
    assert {"bookings.customer_whatsapp", "bank_accounts.number", "payment_cards.number"} <= encrypted


def test_a_second_rotation_writes_nothing(url: str) -> None:
    """# R18"""
    rotated()
    before = stored(url)
    assert sum(done.rewritten for done in rotated().values()) == 0
    assert stored(url) == before


def test_one_that_was_cut_off_goes_on_where_it_was(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R18"""
    monkeypatch.setattr(rotation, "BATCH", 2)
    writes = []

    def cut_off(fn: object) -> int:
        writes.append(fn)
        if len(writes) > 1:
            raise KeyboardInterrupt
        return write(fn)  # type: ignore[arg-type]  # whatever the rotation writes

    monkeypatch.setattr(rotation, "write", cut_off)
    with pytest.raises(KeyboardInterrupt):
        list(rotation.rotate([Base.metadata.tables["bookings"]]))
    monkeypatch.setattr(rotation, "write", write)
    assert numbers(url) == {NUMBER}  # half of them under each key
    done = rotated()
    assert (done["bookings.customer_whatsapp"].current, done["bookings.customer_whatsapp"].rewritten) == (2, ROWS - 2)


def test_what_somebody_writes_meanwhile_is_not_written_over(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R18"""

    def overtaken(fn: object) -> int:
        with raw(url) as connection:
            connection.execute(update(Booking).values(customer_whatsapp="+628111111111"))
        return write(fn)  # type: ignore[arg-type]  # whatever the rotation writes

    monkeypatch.setattr(rotation, "write", overtaken)
    assert rotated()["bookings.customer_whatsapp"].rewritten == 0
    assert numbers(url) == {"+628111111111"}


def test_what_no_key_opens_is_counted_and_left_alone(url: str) -> None:
    """# R18"""
    use_field_keys((NEW, OTHER))
    before = stored(url)
    assert {done.unreadable for done in rotated().values() if done.name.startswith("b")} == {1, ROWS}
    assert stored(url) == before


def test_the_command_rotates_and_says_what_it_did(tmp_path: Path) -> None:
    """# R18"""
    url = peopled(migrated(f"sqlite:///{tmp_path / 'tenang.sqlite3'}"))
    use_field_keys((OLD,))
    with opened(url):
        private_rows(url)
    told = flask(["rotate-field-keys"], environment(DATABASE_URL=url, FIELD_KEYS=f"{NEW},{OLD}"))
    assert f"bookings.customer_whatsapp: {ROWS} rewritten" in told
    assert NUMBER not in told
    use_field_keys((NEW,))
    assert numbers(url) == {NUMBER}
    with pytest.raises(AssertionError, match="not in FIELD_KEYS"):
        flask(["rotate-field-keys"], environment(DATABASE_URL=url, FIELD_KEYS=OTHER))
