"""An error of the database names its rule, and nothing that people wrote: errors are logged."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.events.payloads import MarkPayload
from app.models import Booking, Conversation, User
from app.storage import Store
from tests.domain.moment import NOW
from tests.storage.rows import booking_row, conversation_row

PRIVATE: dict[str, Any] = {"customer_name": "Name Of Budi", "location": "Address Of Budi", "note": "Note Of Budi"}


@pytest.mark.parametrize(
    ("changes", "names"), [({"slot": 0}, "ck_bookings_slot"), ({"customer_id": None}, "customer_id")]
)
def test_a_row_that_is_refused_is_not_in_the_error(store: Store, changes: dict[str, Any], names: str) -> None:
    """# R16 # R42"""

    def wrong(session: Session) -> None:
        session.execute(insert(Conversation).values(conversation_row()))
        session.execute(insert(Booking).values(booking_row(**PRIVATE, **changes)))

    story = _story_of(store, wrong)
    assert names in story
    assert [text for text in (*PRIVATE.values(), "81234567890") if text in story] == []


def test_a_value_that_is_taken_is_not_in_the_error(store: Store) -> None:
    """# R16 # R42"""

    def twice(session: Session) -> None:
        session.add(User(id="another", role="customer", display_name="x", email="budi@tenang.test", created_at=NOW))

    story = _story_of(store, twice)
    assert "email" in story
    assert "budi@tenang.test" not in story


def test_a_payload_that_is_wrong_does_not_repeat_what_was_put_in() -> None:
    """# R16 # R42"""
    with pytest.raises(ValidationError) as wrong:
        MarkPayload.model_validate({"role": "Name Of Budi", "deliveredSeq": 0, "readSeq": 0})
    assert "Name Of Budi" not in str(wrong.value)


def _story_of(store: Store, fn: Callable[[Session], object]) -> str:
    """All that a log could say of the error."""
    with pytest.raises(DBAPIError) as refused:
        store.write(fn)
    return "".join(traceback.format_exception(refused.value))
