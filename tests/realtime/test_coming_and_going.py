"""Who is told when somebody comes or goes, by a clock that the test holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.people import Person
from app.realtime.feed import Feed
from app.realtime.longpoll import PollListener
from app.realtime.presence import GRACE_SECONDS
from tests.domain.databases import SqliteFile
from tests.domain.people import AYU, BUDI, KOMANG, SARI
from tests.realtime.meeting import ONLINE, Device, Meeting, held, iso


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    """A migrated database with the people."""
    return SqliteFile(tmp_path_factory.mktemp("meeting"))


@pytest.fixture
def meeting(database: SqliteFile) -> Iterator[Meeting]:
    """Nobody is connected."""
    with held(database) as meeting:
        yield meeting


@pytest.fixture
def room(meeting: Meeting) -> str:
    """Budi's and Ayu's, in which both may write."""
    return meeting.town.accepted().conversation_id


@pytest.fixture
def budi(meeting: Meeting, room: str) -> Device:
    """Budi's phone, which watches Ayu."""
    phone = meeting.come(BUDI)
    assert meeting.watch(phone, room) == [(False, None)]
    return phone


def test_the_first_device_of_a_person_is_told_and_no_other(meeting: Meeting, budi: Device) -> None:
    """# R14"""
    meeting.come(AYU)
    assert budi.heard() == [ONLINE]
    meeting.come(AYU)
    assert budi.heard() == []


def test_who_goes_is_here_for_ten_seconds_more(meeting: Meeting, budi: Device) -> None:
    """# R14"""
    phone = meeting.come(AYU)
    budi.heard()
    meeting.go(phone)
    went = meeting.town.clock.now
    meeting.pass_time(GRACE_SECONDS - 0.001)
    assert (budi.heard(), meeting.last_seen()) == ([], None)
    meeting.pass_time(0.001)
    assert (budi.heard(), meeting.last_seen()) == ([(False, iso(went))], went)
    meeting.pass_time(3600)
    assert budi.heard() == []


def test_nobody_is_told_of_a_phone_that_changes_networks(meeting: Meeting, budi: Device) -> None:
    """# R14"""
    phone = meeting.come(AYU)
    budi.heard()
    for _ in range(5):
        meeting.go(phone)
        meeting.pass_time(GRACE_SECONDS - 1)
        phone = meeting.come(AYU)
    meeting.pass_time(3600)
    assert (budi.heard(), meeting.last_seen()) == ([], None)


def test_nobody_is_told_of_the_last_device_but_one(meeting: Meeting, budi: Device) -> None:
    """# R14"""
    phone, _ = meeting.come(AYU), meeting.come(AYU)
    budi.heard()
    meeting.go(phone)
    meeting.pass_time(3600)
    assert (budi.heard(), meeting.last_seen()) == ([], None)


def test_a_poll_that_waits_is_a_connection(meeting: Meeting, budi: Device) -> None:
    """# R14 # R20"""
    feed = Feed(AYU.id)
    poll = PollListener(feed, None)
    meeting.hub.join(AYU.id, poll)
    assert budi.heard() == [ONLINE]
    meeting.hub.leave(AYU.id, poll)
    meeting.pass_time(GRACE_SECONDS)
    assert len(budi.heard()) == 1


def test_each_grace_is_counted_by_itself(meeting: Meeting, room: str) -> None:
    """# R14"""
    other = meeting.town.accepted(SARI, KOMANG).conversation_id
    budi, sari, ayu, komang = (meeting.come(person) for person in (BUDI, SARI, AYU, KOMANG))
    assert (meeting.watch(budi, room), meeting.watch(sari, other)) == ([ONLINE], [ONLINE])
    meeting.go(ayu)
    meeting.pass_time(4)
    meeting.go(komang)
    meeting.pass_time(6)
    assert (len(budi.heard()), len(sari.heard())) == (1, 0)
    meeting.pass_time(4)
    assert (len(budi.heard()), len(sari.heard())) == (0, 1)


def test_many_who_go_together_are_written_down_together(meeting: Meeting) -> None:
    """# R14"""
    people = (BUDI, SARI, AYU, KOMANG)
    meeting.go(*[meeting.come(person) for person in people])
    went, before = meeting.town.clock.now, meeting.commits
    meeting.pass_time(GRACE_SECONDS)
    assert meeting.commits == before + 1
    assert {meeting.last_seen(person) for person in people} == {went}


def test_nothing_is_written_while_people_stay(meeting: Meeting, budi: Device) -> None:
    """# R14"""
    phone, before = meeting.come(AYU), meeting.commits
    for _ in range(100):
        meeting.hub.pulse()
        meeting.pass_time(25)
    assert (meeting.commits, budi.heard()) == (before, [ONLINE])
    meeting.go(phone)


def test_who_comes_back_while_it_is_written_was_never_away(meeting: Meeting, budi: Device) -> None:
    """# R14"""
    phones = [meeting.come(AYU)]
    budi.heard()

    def comes_back(_: object) -> None:
        meeting.store.hooks.before_commit.remove(comes_back)
        phones.append(meeting.come(AYU))

    meeting.go(phones[0])
    meeting.store.hooks.before_commit.append(comes_back)
    meeting.pass_time(GRACE_SECONDS)
    assert (len(phones), budi.heard()) == (2, [])
    meeting.go(phones[1])
    meeting.pass_time(GRACE_SECONDS)
    assert len(budi.heard()) == 1


def test_who_goes_is_gone_also_when_it_cannot_be_written(meeting: Meeting, budi: Device) -> None:
    """# R14"""
    phone = meeting.come(AYU)
    budi.heard()
    meeting.go(phone)
    went = meeting.town.clock.now

    def full_disk(_: object) -> None:
        raise OSError("no space left on device")

    meeting.store.hooks.before_commit.append(full_disk)
    meeting.pass_time(GRACE_SECONDS)
    assert (budi.heard(), meeting.last_seen()) == ([(False, iso(went))], None)


@pytest.mark.parametrize("person", [BUDI, AYU], ids=lambda person: person.id)
def test_a_stop_writes_down_who_is_here_and_who_has_just_gone(meeting: Meeting, person: Person) -> None:
    """In one transaction. # R14"""
    meeting.come(person)
    meeting.go(meeting.come(KOMANG))
    went, before = meeting.town.clock.now, meeting.commits
    stopped = meeting.town.clock.advance(seconds=3)
    meeting.stop()
    assert meeting.commits == before + 1
    assert (meeting.last_seen(person), meeting.last_seen(KOMANG), meeting.last_seen(SARI)) == (stopped, went, None)


def test_last_seen_survives_a_restart(meeting: Meeting, room: str) -> None:
    """# R14 # R42"""
    meeting.come(AYU)
    meeting.stop()
    stopped = meeting.town.clock.now
    meeting.restart()
    meeting.town.clock.advance(hours=1)
    assert meeting.watch(meeting.come(BUDI), room) == [(False, iso(stopped))]


def test_a_killed_server_leaves_nobody_online(meeting: Meeting, room: str) -> None:
    """# R14 # R42"""
    meeting.come(AYU)
    meeting.restart()
    budi = meeting.come(BUDI)
    assert meeting.watch(budi, room) == [(False, None)]
    meeting.come(AYU)
    assert budi.heard() == [ONLINE]
