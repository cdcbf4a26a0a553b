"""The sending side of a socket, with what comes while it reads the log made to come exactly then.

A read of PostgreSQL lets everything else go on, so this moment is met every day; one of SQLite does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

import gevent
import pytest
from gevent.event import Event
from simple_websocket import Server
from wsproto.events import Ping

from app.events import log
from app.realtime.feed import Feed
from app.realtime.outgoing import Outgoing
from app.storage import use_store
from tests.domain.databases import SqliteFile, opened
from tests.domain.people import BUDI
from tests.domain.streams import happen
from tests.realtime.interrupted import InterruptedStore


@dataclass
class Wire:
    """Stands for the library's socket, for its own transport and for its protocol: notes what is sent."""

    sent: list[str] = field(default_factory=list)
    connected: bool = True
    pong_received: bool = True
    event: Event = field(default_factory=Event)

    @property
    def ws(self) -> Wire:
        return self

    @property
    def sock(self) -> Wire:
        return self

    def send(self, frame: str | Ping) -> str:
        if isinstance(frame, Ping):
            return "ping"  # what the protocol makes of it, for the transport to send
        self.sent.append(frame)
        return ""

    def close(self, code: int, reason: str) -> None:
        self.connected = False
        self.sent.append(f"{code} {reason}")


@dataclass
class Line:
    """Budi's socket, which has been greeted and has nothing more to send."""

    store: InterruptedStore
    wire: Wire
    feed: Feed
    outgoing: Outgoing

    def while_it_reads(self, happens: Callable[[], None]) -> list[str]:
        """What it sends when this happens after it has seen that nothing is new."""
        self.store.meanwhile = [happens]
        self.feed.look_again()
        self.outgoing.wake()
        gevent.idle()
        assert not self.store.meanwhile, "it did not look"
        return self.wire.sent[1:]

    def told_by_another_process(self) -> None:
        """An event that this process hears of by asking only."""
        happen(BUDI)
        self.feed.look_again()
        self.outgoing.wake()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    """A migrated database with the people."""
    return SqliteFile(tmp_path_factory.mktemp("outgoing"))


@pytest.fixture
def line(database: SqliteFile) -> Iterator[Line]:
    database.rewind()
    with opened(database.url) as real:
        store, wire, feed = InterruptedStore(real), Wire(), Feed(BUDI.id)
        use_store(store)
        feed.open(log.BEGINNING)
        outgoing = Outgoing(cast(Server, wire), feed)
        outgoing.greet("welcome")
        gevent.idle()
        assert wire.sent == ["welcome"]
        yield Line(store, wire, feed, outgoing)


def test_an_answer_that_comes_while_the_log_is_read_is_sent(line: Line) -> None:
    """Else the peer hears nothing until something else happens, and takes the line for dead. # R20"""
    assert line.while_it_reads(lambda: line.outgoing.say("pong")) == ["pong"]


def test_an_ephemeral_frame_that_comes_while_the_log_is_read_is_sent(line: Line) -> None:
    """# R14"""
    assert line.while_it_reads(lambda: line.outgoing.tell("typing")) == ["typing"]


def test_a_sign_out_while_the_log_is_read_closes_the_socket(line: Line) -> None:
    """# R20"""
    assert line.while_it_reads(lambda: line.outgoing.end(4001, "signed out")) == ["4001 signed out"]


def test_a_peer_is_asked_for_a_sign_of_life_while_the_log_is_read(line: Line) -> None:
    """It is gone if it has not answered by the next time: unasked it could not. # R20"""
    assert line.while_it_reads(line.outgoing.ping) == ["ping"]
    assert not line.wire.pong_received


def test_an_event_of_another_process_while_the_log_is_read_is_sent(line: Line) -> None:
    """# R21"""
    [frame] = line.while_it_reads(line.told_by_another_process)
    assert '"seq":1' in frame


def test_what_comes_at_each_of_many_looks_is_sent_in_order(line: Line) -> None:
    """# R20"""
    words = ["one", "two", "three"]

    def next_word() -> None:
        line.outgoing.say(words[len(line.wire.sent) - 1])
        if len(line.wire.sent) < len(words):
            line.feed.look_again()
            line.store.meanwhile.append(next_word)

    assert line.while_it_reads(next_word) == words


def test_it_looks_once_more_and_not_for_ever(line: Line) -> None:
    """An idle connection asks the database nothing."""
    line.while_it_reads(lambda: line.outgoing.say("pong"))
    line.store.meanwhile = [lambda: line.outgoing.say("never")]
    gevent.idle()
    assert line.wire.sent == ["welcome", "pong"]
    assert line.store.meanwhile, "the log was read for no reason"
