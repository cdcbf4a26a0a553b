"""The numbered stream of each person: gap-free, in commit order."""

from __future__ import annotations

import gevent
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import storage
from app.events import log
from app.events.payloads import MarksPayload
from app.models import Event
from tests.domain.people import AYU, BUDI, SARI
from tests.domain.streams import emit, happen, head, stream

pytestmark = pytest.mark.usefixtures("town")


def test_a_stream_counts_from_one_and_each_person_has_her_own() -> None:
    """# R21"""
    happen(BUDI, AYU)
    happen(BUDI)
    happen(AYU, BUDI, BUDI)
    assert (stream(BUDI), stream(AYU), stream(SARI)) == ([1, 2, 3, 4], [1, 2], [])


def test_writers_at_the_same_time_leave_no_gap_and_no_repeat() -> None:
    """# R21"""
    pairs = [(BUDI, AYU), (AYU, SARI), (SARI, BUDI)]
    writers = [gevent.spawn(happen, *pairs[number % 3], number=number) for number in range(60)]
    gevent.joinall(writers, raise_error=True)
    assert stream(BUDI) == stream(AYU) == stream(SARI) == list(range(1, 41))


def test_a_write_that_fails_uses_up_no_number() -> None:
    """# R21"""

    def fails(session: Session) -> None:
        emit(session, BUDI)
        raise LookupError("something went wrong after the event was noted")

    happen(BUDI)
    with pytest.raises(LookupError):
        storage.write(fails)
    happen(BUDI)
    assert stream(BUDI) == [1, 2]


def test_a_page_of_the_log_is_the_oldest_events_after_a_number() -> None:
    """# R21"""
    for _ in range(5):
        happen(BUDI)
    page = storage.read(lambda session: log.read_after(session, BUDI.id, 1, 2))
    assert [event.seq for event in page] == [2, 3]


def test_an_event_of_the_log_is_what_was_emitted() -> None:
    """# R19"""
    happen(BUDI, number=7)
    (event,) = storage.read(lambda session: log.read_after(session, BUDI.id, 0, 9))
    assert (event.type, event.data) == ("draft.changed", '{"therapistId":"ayu","version":7}')
    assert event.cursor == head(BUDI).cursor


def test_a_payload_of_the_wrong_type_is_a_fault_at_once() -> None:
    """# R19"""
    marks = MarksPayload(conversation_id="x", marks=[])
    with pytest.raises(AssertionError, match=r"draft\.changed carries DraftChangedPayload"):
        storage.write(lambda session: log.emit(session, BUDI.id, "draft.changed", marks))


def test_each_event_has_a_tag_of_its_own() -> None:
    """# R21"""
    for _ in range(50):
        happen(BUDI)
    tags = storage.read(lambda session: session.scalars(select(Event.tag)).all())
    assert len(set(tags)) == 50


def test_streams_are_numbered_in_the_order_of_their_people_so_that_writers_never_wait_in_a_circle() -> None:
    """# R13"""

    def run(session: Session) -> None:
        for person in (SARI, AYU, BUDI, AYU):
            emit(session, person)
        log.number_events(session)
        told = [(event.user_id, event.seq) for event in log.stored_events(session)]
        assert told == [(AYU.id, 1), (AYU.id, 2), (BUDI.id, 1), (SARI.id, 1)]

    storage.write(run)
