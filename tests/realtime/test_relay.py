"""Whom typing is passed on to, how often, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain import preferences
from app.domain.people import Person
from app.domain.presence import who_sees_typing
from app.realtime import relay
from app.realtime.relay import BETWEEN_SECONDS, REMEMBER_SECONDS
from app.storage import StoreBusy
from tests.domain.databases import SqliteFile
from tests.domain.people import AYU, BUDI, KOMANG, OPERATOR, SARI
from tests.realtime.meeting import Meeting, held


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    """A migrated database with the people."""
    return SqliteFile(tmp_path_factory.mktemp("relay"))


@pytest.fixture
def meeting(database: SqliteFile) -> Iterator[Meeting]:
    """Nobody is connected."""
    with held(database) as meeting:
        yield meeting


@pytest.fixture
def room(meeting: Meeting) -> str:
    """Budi's and Ayu's, in which both may write."""
    return meeting.town.accepted().conversation_id


def test_all_devices_of_the_other_member_are_told_and_nobody_elses(meeting: Meeting, room: str) -> None:
    """# R14"""
    others = [meeting.come(person) for person in (BUDI, SARI, KOMANG, OPERATOR)]
    phone, tablet, budi = meeting.come(AYU), meeting.come(AYU), meeting.come(BUDI)
    meeting.type(budi, room)
    assert (phone.heard(), tablet.heard()) == (["customer"], ["customer"])
    meeting.type(phone, room)
    assert (others[0].heard(), budi.heard()) == (["therapist"], ["therapist"])
    assert not any(device.told for device in (*others, phone, tablet))


@pytest.mark.parametrize("person", [SARI, KOMANG, OPERATOR], ids=lambda person: person.id)
def test_an_outsider_reaches_nobody(meeting: Meeting, room: str, person: Person) -> None:
    """# R11 # R14"""
    members = [meeting.come(AYU), meeting.come(BUDI)]
    meeting.type(meeting.come(person), room)
    assert [device.heard() for device in members] == [[], []]


def test_one_device_is_passed_on_every_two_seconds_at_most(meeting: Meeting, room: str) -> None:
    """# R14"""
    ayu, budi = meeting.come(AYU), meeting.come(BUDI)
    for _ in range(10):
        meeting.type(budi, room)
    assert ayu.heard() == ["customer"]
    meeting.pass_time(BETWEEN_SECONDS - 0.001)
    meeting.type(budi, room)
    assert ayu.heard() == []
    meeting.pass_time(0.001)
    meeting.type(budi, room)
    assert ayu.heard() == ["customer"]


def test_each_conversation_and_each_device_is_counted_by_itself(meeting: Meeting, room: str) -> None:
    """# R14"""
    other = meeting.town.accepted(therapist=KOMANG).conversation_id
    ayu, komang, phone, tablet = (meeting.come(person) for person in (AYU, KOMANG, BUDI, BUDI))
    for conversation in (room, other, room, other):
        meeting.type(phone, conversation)
    assert (ayu.heard(), komang.heard()) == (["customer"], ["customer"])
    meeting.type(tablet, room)
    assert ayu.heard() == ["customer"]


@pytest.fixture
def reads(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each question to the database about who sees whom, by the conversation."""
    asked: list[str] = []

    def noting(person: Person, conversation_id: str) -> str | None:
        asked.append(conversation_id)
        return who_sees_typing(person, conversation_id)

    monkeypatch.setattr(relay, "who_sees_typing", noting)
    return asked


def test_typing_costs_one_query_in_half_a_minute(meeting: Meeting, room: str, reads: list[str]) -> None:
    """Also that of somebody who reaches nobody. # R14"""
    for person, conversation in ((BUDI, room), (BUDI, "nowhere"), (SARI, room)):
        device = meeting.come(person)
        for _ in range(10):
            meeting.type(device, conversation)
            meeting.pass_time(REMEMBER_SECONDS / 10)
        assert reads == [conversation]
        meeting.type(device, conversation)
        assert reads == [conversation] * 2
        reads.clear()


def test_what_changes_counts_at_once(meeting: Meeting) -> None:
    """Acceptance, and what is shared. # R12 # R14"""
    booking = meeting.town.booked()
    room = booking.conversation_id
    ayu, budi = meeting.come(AYU), meeting.come(BUDI)

    def therapist_is_seen() -> bool:
        meeting.pass_time(BETWEEN_SECONDS)
        meeting.type(ayu, room)
        return budi.heard() == ["therapist"]

    assert not therapist_is_seen()
    meeting.town.act(AYU, "accept", booking)
    assert therapist_is_seen()
    preferences.set_sharing(AYU, typing=False, presence=None)
    assert not therapist_is_seen()
    preferences.set_sharing(AYU, typing=True, presence=None)
    assert therapist_is_seen()


def test_a_chat_that_closes_is_closed_at_once(meeting: Meeting) -> None:
    """# R14 # R15"""
    booking = meeting.town.booked()
    ayu, budi = meeting.come(AYU), meeting.come(BUDI)
    meeting.type(budi, booking.conversation_id)
    assert ayu.heard() == ["customer"]
    meeting.town.act(AYU, "decline", booking)
    meeting.pass_time(BETWEEN_SECONDS)
    meeting.type(budi, booking.conversation_id)
    assert ayu.heard() == []


def test_an_answer_that_was_overtaken_is_not_kept(meeting: Meeting, room: str) -> None:
    """# R14"""
    ayu, budi = meeting.come(AYU), meeting.come(BUDI)

    def turn_off() -> None:
        preferences.set_sharing(AYU, typing=False, presence=None)

    meeting.store.meanwhile = [turn_off]
    meeting.type(ayu, room)
    budi.heard()
    meeting.pass_time(BETWEEN_SECONDS)
    meeting.type(ayu, room)
    assert budi.heard() == []


def test_a_busy_database_costs_a_frame_and_nothing_more(
    meeting: Meeting, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R14"""
    ayu, budi = meeting.come(AYU), meeting.come(BUDI)

    def busy(*_: object) -> None:
        raise StoreBusy("another process holds the database")

    with monkeypatch.context() as patch:
        patch.setattr(relay, "who_sees_typing", busy)
        meeting.type(budi, room)
    assert ayu.heard() == []
    meeting.type(budi, room)
    assert ayu.heard() == ["customer"]


def test_made_up_conversations_do_not_fill_the_memory(
    meeting: Meeting, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R14"""
    monkeypatch.setattr(relay, "MOST_REMEMBERED", 50)
    ayu, budi = meeting.come(AYU), meeting.come(BUDI)
    for number in range(175):
        meeting.type(budi, f"made-up-{number}")
    kept = vars(meeting.hub.relay)["_audiences"]
    assert sum(len(mine) for mine in kept.values()) == 25
    meeting.type(budi, room)
    assert ayu.heard() == ["customer"]


def test_a_device_that_is_gone_takes_no_room(meeting: Meeting, room: str) -> None:
    """# R14"""
    budi = meeting.come(BUDI)
    meeting.type(budi, room)
    meeting.go(budi)
    assert vars(meeting.hub.relay)["_relayed"] == {}


def test_nothing_of_it_is_stored(meeting: Meeting, room: str) -> None:
    """# R14 # R19"""
    before, commits = meeting.town.census(), meeting.commits
    budi = meeting.come(BUDI)
    meeting.come(AYU)
    meeting.type(budi, room)
    assert (meeting.town.census(), meeting.commits) == (before, commits)
