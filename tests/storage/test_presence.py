"""The questions and writes about presence are understood by each kind of database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain import preferences
from app.domain.presence import Companion, companions, record_last_seen, who_sees_typing
from app.models import User
from app.storage import Store
from tests.domain.moment import NOW, Clock
from tests.domain.people import AYU, BUDI, SARI
from tests.domain.town import Town
from tests.storage.rows import ROOM


@pytest.fixture
def room(store: Store) -> str:
    """Budi's and Ayu's, in which both may write until after a session to come."""
    return Town(Clock()).accepted(scheduled_time=None).conversation_id


def test_who_sees_typing_and_who_is_watched(room: str) -> None:
    """# R14 # R43"""
    assert room == ROOM
    assert [who_sees_typing(person, room) for person in (BUDI, AYU, SARI)] == [AYU.id, BUDI.id, None]
    preferences.set_sharing(AYU, typing=False, presence=False)
    assert who_sees_typing(AYU, room) is None
    record_last_seen({AYU.id: NOW})
    assert companions(BUDI, [room, "nowhere"]) == [Companion(room, AYU.id, False, NOW)]


def test_when_many_were_here_last_is_one_transaction(store: Store) -> None:
    """# R14 # R43"""
    moments = {BUDI.id: NOW + timedelta(milliseconds=1), AYU.id: NOW}
    commits = list[object]()
    store.hooks.after_commit.append(commits.append)
    record_last_seen(moments)
    record_last_seen({BUDI.id: NOW})
    store.hooks.after_commit.remove(commits.append)

    def seen(session: Session) -> dict[str, object]:
        return {user_id: session.get_one(User, user_id).last_seen_at for user_id in moments}

    assert store.read(seen) == moments
    assert len(commits) == 2
