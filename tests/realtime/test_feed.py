"""The feed under both carriers, with every interleaving made on purpose instead of hoped for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import gevent
import pytest

from app import storage
from app.events import log
from app.events.types import StoredEvent
from app.realtime.feed import BUFFER, PAGE, Feed
from app.realtime.hub import Hub
from app.realtime.longpoll import PollListener
from app.storage import use_store
from tests.domain.databases import SqliteFile, opened
from tests.domain.people import BUDI
from tests.domain.streams import happen, head
from tests.realtime.interrupted import InterruptedStore


@dataclass
class Line:
    """Budi's feed behind a hub that is told of every commit."""

    hub: Hub
    store: InterruptedStore
    feed: Feed
    listener: PollListener

    def rest(self) -> list[int]:
        """Everything the feed gives until it has nothing new."""
        seqs: list[int] = []
        while batch := self.feed.take():
            assert batch.cursor == batch.events[-1].cursor
            seqs += [event.seq for event in batch.events]
        return seqs


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    """A migrated database with the people."""
    return SqliteFile(tmp_path_factory.mktemp("feed"))


@pytest.fixture
def line(database: SqliteFile) -> Iterator[Line]:
    """Joined to the hub, not yet opened; two events have happened before."""
    database.rewind()
    with opened(database.url) as real:
        hub = Hub()
        real.hooks.after_commit.append(lambda session: hub.publish(log.stored_events(session)))
        store = InterruptedStore(real)
        use_store(store)
        happen(BUDI)
        happen(BUDI)
        feed = Feed(BUDI.id)
        listener = PollListener(feed, None)
        hub.join(BUDI.id, listener)
        yield Line(hub, store, feed, listener)


def many(times: int) -> None:
    """So many events in transactions of their own."""
    for number in range(times):
        happen(BUDI, number=number)


@pytest.mark.parametrize("times", [1, 3, BUFFER, BUFFER + 1, 2 * BUFFER])
def test_what_is_committed_while_the_log_is_read_is_given_next(line: Line, times: int) -> None:
    """It is not in the page that was read: only the buffer, or another look at the log, has it. # R21"""
    line.feed.open("0")
    line.store.meanwhile = [lambda: many(times)]
    assert line.rest() == list(range(1, times + 3))


@pytest.mark.parametrize("reads", range(4))
def test_an_event_at_any_moment_of_the_start_is_given_once(line: Line, reads: int) -> None:
    """Before the cursor is looked up, after it, after the first page, after the last. # R21"""
    line.store.meanwhile = [*[lambda: None] * reads, lambda: many(1)]
    line.feed.open("0")
    seqs = line.rest() + line.rest()
    if line.store.meanwhile:  # there were fewer reads
        line.store.meanwhile.clear()
        many(1)
    assert seqs + line.rest() == [1, 2, 3]


def test_an_event_after_each_of_many_pages_is_given_once(line: Line) -> None:
    """# R21"""
    many(3 * PAGE)
    line.feed.open("0")
    line.store.meanwhile = [lambda: many(1)] * 3
    assert line.rest() == list(range(1, 3 * PAGE + 6))


def test_an_event_that_the_hub_was_not_told_of_is_fetched_before_the_next(line: Line) -> None:
    """# R21"""
    line.feed.open(head(BUDI).cursor)
    assert line.rest() == []
    line.hub.leave(BUDI.id, line.listener)
    many(1)
    line.hub.join(BUDI.id, line.listener)
    many(1)
    assert line.rest() == [3, 4]


def newest() -> StoredEvent:
    """Budi's newest event, as the log has it."""
    seq = head(BUDI).seq
    return storage.read(lambda session: log.read_after(session, BUDI.id, seq - 1, 1))[0]


def test_a_held_poll_that_is_told_what_it_knows_goes_on_waiting(line: Line) -> None:
    """An event is in the log a moment before the hub tells of it: the poll before this one may have read it there. To
    the client an early empty answer means that this server cannot hold polls. # R20 # R24
    """
    line.feed.open(head(BUDI).cursor)
    waiting = gevent.spawn(line.listener.wait_for_news, 20)
    for _ in range(3):
        gevent.idle()
        line.hub.publish([newest()])
        gevent.idle()
        assert not waiting.ready(), "answered early, and empty"
    line.hub.wake({BUDI.id})
    gevent.idle()
    assert not waiting.ready(), "answered because somebody else wrote"
    many(1)
    batch = waiting.get(timeout=2)
    assert batch is not None
    assert [event.seq for event in batch.events] == [3]


def test_a_held_poll_whose_connection_must_end_is_answered_at_once(line: Line) -> None:
    """# R24"""
    line.feed.open(head(BUDI).cursor)
    waiting = gevent.spawn(line.listener.wait_for_news, 20)
    gevent.idle()
    line.hub.drain()
    assert waiting.get(timeout=2) is None
