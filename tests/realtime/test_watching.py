"""What a device that watches is told, and when it is told nothing any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from app.domain import preferences
from app.domain.people import Person
from app.realtime.presence import GRACE_SECONDS
from tests.domain.databases import SqliteFile
from tests.domain.people import AYU, BUDI, HENING, KOMANG, OPERATOR, SARI
from tests.domain.town import at
from tests.realtime.meeting import NOTHING, ONLINE, Device, Meeting, held, iso


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    """A migrated database with the people."""
    return SqliteFile(tmp_path_factory.mktemp("watching"))


@pytest.fixture
def meeting(database: SqliteFile) -> Iterator[Meeting]:
    """Nobody is connected."""
    with held(database) as meeting:
        yield meeting


@pytest.fixture
def room(meeting: Meeting) -> str:
    """Budi's and Ayu's, in which both may write."""
    return meeting.town.accepted().conversation_id


def share_presence(person: Person, on: bool) -> None:
    preferences.set_sharing(person, typing=None, presence=on)


def test_both_members_can_watch_each_other(meeting: Meeting, room: str) -> None:
    """# R14"""
    ayu, budi = meeting.come(AYU), meeting.come(BUDI)
    assert (meeting.watch(ayu, room), meeting.watch(budi, room)) == ([ONLINE], [ONLINE])
    meeting.go(ayu)
    meeting.pass_time(GRACE_SECONDS)
    assert len(budi.heard()) == 1
    meeting.come(AYU)
    assert (budi.heard(), ayu.heard()) == ([ONLINE], [])


def test_also_before_the_therapist_has_accepted(meeting: Meeting) -> None:
    """# R14"""
    room = meeting.town.booked().conversation_id
    ayu, budi = meeting.come(AYU), meeting.come(BUDI)
    assert (meeting.watch(ayu, room), meeting.watch(budi, room)) == ([ONLINE], [ONLINE])


@pytest.mark.parametrize("person", [SARI, KOMANG, HENING, OPERATOR], ids=lambda person: person.id)
def test_an_outsider_hears_nothing_ever(meeting: Meeting, room: str, person: Person) -> None:
    """# R11 # R14"""
    stranger = meeting.come(person)
    assert meeting.watch(stranger, room, "nowhere") == []
    meeting.go(meeting.come(AYU), meeting.come(BUDI))
    meeting.pass_time(GRACE_SECONDS)
    share_presence(AYU, False)
    assert stranger.heard() == []


def test_a_closed_conversation_is_not_answered(meeting: Meeting) -> None:
    """# R14 # R15"""
    room = meeting.town.act(AYU, "decline", meeting.town.booked()).conversation_id
    meeting.come(AYU)
    assert meeting.watch(meeting.come(BUDI), room) == []


def test_a_new_list_takes_the_place_of_the_old(meeting: Meeting, room: str) -> None:
    """# R14"""
    other = meeting.town.booked(therapist=KOMANG).conversation_id
    budi = meeting.come(BUDI)
    meeting.watch(budi, room)
    assert meeting.watch(budi, other) == [(False, None)]
    meeting.come(AYU)
    assert budi.heard() == []
    meeting.come(KOMANG)
    assert budi.heard() == [ONLINE]
    assert meeting.watch(budi) == []
    meeting.go(meeting.come(HENING))
    share_presence(KOMANG, False)
    assert budi.heard() == []


def test_each_device_has_a_list_of_its_own(meeting: Meeting, room: str) -> None:
    """# R14"""
    phone, tablet = meeting.come(BUDI), meeting.come(BUDI)
    meeting.watch(phone, room)
    meeting.watch(tablet, room)
    meeting.watch(tablet)
    meeting.come(AYU)
    assert (phone.heard(), tablet.heard()) == ([ONLINE], [])


def test_a_device_that_is_gone_is_told_nothing_and_takes_no_room(meeting: Meeting, room: str) -> None:
    """# R14"""
    budi, ayu = meeting.come(BUDI), meeting.come(AYU)
    meeting.watch(budi, room)
    meeting.watch(ayu, room)
    meeting.go(budi, ayu)
    meeting.come(AYU)
    assert budi.heard() == []
    assert not any(held for name, held in vars(meeting.hub.presence.watchers).items() if name != "_is_online")


def test_when_a_conversation_closes_the_watching_ends_on_both_sides(meeting: Meeting) -> None:
    """Also of a device that watches others besides. # R14 # R15"""
    booking, other = meeting.town.booked(), meeting.town.booked(therapist=KOMANG).conversation_id
    ayu, budi = meeting.come(AYU), meeting.come(BUDI)
    meeting.watch(budi, booking.conversation_id, other)
    meeting.watch(ayu, booking.conversation_id)
    meeting.town.act(AYU, "decline", booking)
    meeting.go(ayu)
    meeting.pass_time(GRACE_SECONDS)
    meeting.come(AYU)
    share_presence(BUDI, False)
    assert (budi.heard(), ayu.heard()) == ([], [])
    meeting.come(KOMANG)
    assert budi.heard() == [ONLINE]


def test_a_conversation_that_opens_again_is_watched_when_asked_for_again(meeting: Meeting) -> None:
    """# R14 # R15"""
    booking = meeting.town.booked()
    budi = meeting.come(BUDI)
    meeting.watch(budi, booking.conversation_id)
    meeting.town.act(AYU, "decline", booking)
    meeting.town.booked(scheduled_time=at(50))
    ayu = meeting.come(AYU)
    assert budi.heard() == []
    assert meeting.watch(budi, booking.conversation_id) == [ONLINE]
    meeting.go(ayu)


def test_who_turns_it_off_is_unknown_until_it_is_on_again(meeting: Meeting, room: str) -> None:
    """# R14"""
    ayu, budi = meeting.come(AYU), meeting.come(BUDI)
    meeting.watch(budi, room)
    share_presence(AYU, False)
    assert budi.heard() == [NOTHING]
    meeting.go(ayu)
    went = meeting.town.clock.now
    meeting.pass_time(GRACE_SECONDS)
    meeting.go(meeting.come(AYU))
    assert budi.heard() == []
    assert meeting.watch(budi, room) == [NOTHING]
    share_presence(AYU, True)
    assert budi.heard() == [ONLINE]
    meeting.pass_time(GRACE_SECONDS)
    assert budi.heard() == [(False, iso(went + (meeting.town.clock.now - went) / 2))]


def test_who_does_not_share_it_may_still_watch(meeting: Meeting, room: str) -> None:
    """# R14"""
    share_presence(BUDI, False)
    budi = meeting.come(BUDI)
    assert meeting.watch(budi, room) == [(False, None)]
    meeting.come(AYU)
    assert budi.heard() == [ONLINE]


def test_turning_typing_off_tells_nobody(meeting: Meeting, room: str) -> None:
    """# R14"""
    budi = meeting.come(BUDI)
    meeting.watch(budi, room)
    preferences.set_sharing(AYU, typing=False, presence=None)
    assert budi.heard() == []


def last_words(device: Device) -> object:
    """How it stands after all that was told."""
    return device.heard()[-1]


@pytest.mark.parametrize("reads", [0, 1])
def test_what_changes_while_the_database_is_asked_is_not_missed(meeting: Meeting, room: str, reads: int) -> None:
    """# R14"""
    ayu, budi = meeting.come(AYU), meeting.come(BUDI)

    def happens(what: Callable[[], None]) -> object:
        meeting.store.meanwhile = [*[lambda: None] * reads, what]
        meeting.hub.presence.watchers.watch(budi, BUDI, [room])
        while meeting.store.meanwhile:
            meeting.store.meanwhile.pop()()
        return last_words(budi)

    assert happens(lambda: share_presence(AYU, False)) == NOTHING
    assert happens(lambda: share_presence(AYU, True)) == ONLINE
    meeting.go(ayu)
    went = meeting.town.clock.now
    assert happens(lambda: meeting.pass_time(GRACE_SECONDS)) == (False, iso(went))
    assert happens(lambda: meeting.hub.join(AYU.id, ayu)) == ONLINE


def test_a_conversation_that_closes_while_the_database_is_asked_is_not_watched(meeting: Meeting) -> None:
    """# R14 # R15"""
    booking = meeting.town.booked()
    budi = meeting.come(BUDI)

    def decline() -> None:
        meeting.town.act(AYU, "decline", booking)

    meeting.store.meanwhile = [decline]
    assert meeting.watch(budi, booking.conversation_id) == []
    meeting.come(AYU)
    assert budi.heard() == []
