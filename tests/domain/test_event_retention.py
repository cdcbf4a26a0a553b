"""Old events go, a person's newest never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from app import storage
from app.domain import deadlines, policies
from app.models import Event
from tests.domain.people import AYU, BUDI
from tests.domain.streams import happen, head, locate, stream
from tests.domain.town import Town


@pytest.fixture(autouse=True)
def today(town: Town) -> None:
    """The log stamps its events with the time of day, so the town lives in it too."""
    town.clock.go_to(datetime.now(UTC))


def trimmed() -> int:
    """How many events the retention deletes now."""
    return deadlines.trim_events()


def age(days: int, upto: int = 1_000) -> None:
    """Make Budi's first events so much older."""
    then = datetime.now(UTC) - timedelta(days=days)
    storage.write(
        lambda session: session.execute(
            update(Event).where(Event.user_id == BUDI.id, Event.seq <= upto).values(created_at=then)
        )
    )


def test_events_go_after_a_fortnight() -> None:
    """# R21"""
    for _ in range(4):
        happen(BUDI)
    age(days=15, upto=2)
    assert trimmed() == 2
    assert stream(BUDI) == [3, 4]
    assert trimmed() == 0


def test_a_persons_newest_event_is_never_trimmed() -> None:
    """It is what a cursor is compared with. # R21"""
    for _ in range(3):
        happen(BUDI)
    newest = head(BUDI)
    age(days=400)
    assert trimmed() == 2
    assert stream(BUDI) == [3]
    assert locate(BUDI, newest.cursor) == newest
    happen(BUDI)
    assert stream(BUDI) == [3, 4]


def test_a_cursor_of_a_trimmed_event_is_answered_with_reset() -> None:
    """# R21"""
    happen(BUDI)
    old = head(BUDI).cursor
    happen(BUDI)
    age(days=15, upto=1)
    trimmed()
    assert locate(BUDI, old).reset


def test_nobody_elses_events_are_trimmed_along(town: Town) -> None:
    """# R21"""
    for _ in range(2):
        happen(BUDI, AYU)
    age(days=15)
    assert trimmed() == 1
    assert stream(AYU) == [1, 2]
    assert town.count(Event) == 3


def test_how_long_events_are_kept_is_a_setting() -> None:
    """# R21"""
    for _ in range(3):
        happen(BUDI)
    age(days=2)
    assert trimmed() == 0
    policies.use_terms(policies.Terms(event_retention=timedelta(days=1)))
    assert trimmed() == 2


def test_old_events_go_a_part_at_a_time_the_oldest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's writes wait for it. # R24"""
    monkeypatch.setattr(deadlines, "TRIM_BATCH", 2)
    for _ in range(6):
        happen(BUDI)
    for upto, days in ((6, 20), (4, 25), (2, 30)):
        age(days, upto)
    assert trimmed() == 2
    assert stream(BUDI) == [3, 4, 5, 6]
    assert [trimmed(), trimmed(), trimmed()] == [2, 1, 0]
    assert stream(BUDI) == [6]
