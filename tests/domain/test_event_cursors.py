"""A cursor is a place in one stream; what is none is answered with the head and ``reset``."""

from __future__ import annotations

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app import storage
from app.events import log
from app.models import Event, EventHead
from tests.domain.people import AYU, BUDI, SARI
from tests.domain.streams import happen, head, locate, stream

pytestmark = pytest.mark.usefixtures("town")


def test_a_cursor_stands_behind_its_event() -> None:
    """# R21"""
    happen(BUDI)
    happen(BUDI)
    position = head(BUDI)
    happen(BUDI)
    assert locate(BUDI, position.cursor) == position
    assert stream(BUDI, position.seq) == [3]


@pytest.mark.parametrize("cursor", ["0", "", None])
def test_without_a_cursor_a_stream_begins_at_its_oldest_event(cursor: str | None) -> None:
    """# R21"""
    happen(BUDI)
    assert locate(BUDI, cursor) == log.Position(0, "0")


def test_a_cursor_of_a_lost_timeline_is_answered_with_reset() -> None:
    """A backup is restored, and other things happen than before under the same numbers. # R21"""
    happen(BUDI)
    lost = head(BUDI).cursor

    def restore(session: Session) -> None:
        session.execute(delete(Event))
        session.execute(delete(EventHead))

    storage.write(restore)
    happen(BUDI)
    assert locate(BUDI, lost) == log.Position(1, head(BUDI).cursor, reset=True)


def test_a_cursor_beyond_the_end_is_answered_with_reset() -> None:
    """# R21"""
    happen(BUDI)
    tag = head(BUDI).cursor.partition("-")[2]
    assert locate(BUDI, f"2-{tag}").reset


def test_the_cursor_of_another_person_is_answered_with_reset() -> None:
    """# R21"""
    happen(BUDI, AYU)
    assert locate(BUDI, head(AYU).cursor).reset


@pytest.mark.parametrize(
    "cursor", ["1", "1-", "-", "x-y", "-1-x", "1.0-x", "²-x", "９-x", "9" * 30, "0-x", "\x00", "\ud800", "🦊", " 1-x"]
)
def test_nonsense_is_answered_with_reset_to_the_head(cursor: str) -> None:
    """# R21"""
    happen(BUDI)
    assert locate(BUDI, cursor) == log.Position(1, head(BUDI).cursor, reset=True)


def test_nonsense_about_an_empty_stream_is_answered_with_its_beginning() -> None:
    """# R21"""
    assert locate(SARI, "7-x") == log.Position(0, "0", reset=True)
