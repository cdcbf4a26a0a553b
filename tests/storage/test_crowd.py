"""Many greenlets of a real worker write at once: nothing is lost, nothing is doubled, and the loop goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from app.events import log
from app.models import Event
from app.storage import Store
from tests.domain.databases import Rewindable
from tests.storage.crowd import EACH, PEOPLE
from tests.storage.rows import names
from tests.support.databases import ROOT

WRITERS = 30


@pytest.fixture
def report(database: Rewindable, store: Store) -> dict[str, Any]:
    """What a worker with many writers says of itself. The fixture ``store`` stands at the beginning."""
    assert store.read(names) == set()
    command = [sys.executable, "-m", "tests.storage.crowd", database.url, str(WRITERS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_what_was_acknowledged_is_there_once_and_what_failed_is_not(store: Store, report: dict[str, Any]) -> None:
    """# R13 # R21"""
    expected = {f"writer-{w}-{t}" for w in range(WRITERS) for t in range(EACH) if (w + t) % 3}
    assert set(report["acknowledged"]) == store.read(names) == expected
    told: list[str] = []
    for person in PEOPLE:
        events = store.read(partial(log.read_after, user_id=person, seq=0, limit=10_000))
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        told += [json.loads(event.data)["therapistId"] for event in events]
    assert set(told) == expected
    assert len(told) == store.read(lambda session: len(session.scalars(select(Event.seq)).all()))
    assert report["ticks"] > 5
    assert report["longest"] < 1.0
