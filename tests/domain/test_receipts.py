"""Delivered and read: marks only rise, and a cursor says what has been delivered."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import storage
from app.domain import chat, receipts
from app.domain.errors import NotFound
from app.domain.people import Person
from app.events import log
from tests.domain.people import AYU, BUDI, KOMANG, SARI
from tests.domain.town import Town, at


@pytest.fixture
def room(town: Town) -> str:
    """An open room of Budi and Ayu in which nothing has been said."""
    return town.accepted().conversation_id


def marks(town: Town, room: str, person: Person) -> tuple[int, int]:
    """(delivered, read) of one side."""
    row = town.room(room)
    if person is BUDI:
        return row.customer_delivered_seq, row.customer_read_seq
    return row.therapist_delivered_seq, row.therapist_read_seq


def unread(person: Person, room: str) -> int:
    return chat.find(person, room).unread_count


def cursor(person: Person) -> str:
    """The newest cursor of a person's stream."""
    return storage.read(lambda session: log.head(session, person.id).cursor)


def test_a_message_is_unread_until_the_receiver_reads_it(town: Town, room: str) -> None:
    """# R14"""
    said = town.say(BUDI, room)
    assert (unread(AYU, room), unread(BUDI, room)) == (1, 0)
    assert not chat.history(BUDI, room, None, None, 1).items[0].is_read
    receipts.mark_read(AYU, room, said.seq)
    assert unread(AYU, room) == 0
    assert chat.history(BUDI, room, None, None, 1).items[0].is_read


def test_what_was_read_was_also_delivered(town: Town, room: str) -> None:
    """# R13"""
    said = town.say(BUDI, room)
    receipts.mark_read(AYU, room, said.seq)
    assert marks(town, room, AYU) == (said.seq, said.seq)


def test_a_mark_is_never_lowered(town: Town, room: str) -> None:
    """# R14"""
    for _ in range(3):
        town.say(BUDI, room)
    receipts.mark_read(AYU, room, 3)
    told = town.head(BUDI)
    receipts.mark_read(AYU, room, 1)
    assert marks(town, room, AYU) == (3, 3)
    assert town.head(BUDI) == told


def test_nothing_is_read_beyond_the_last_message(town: Town, room: str) -> None:
    """# R14"""
    town.say(BUDI, room)
    receipts.mark_read(AYU, room, 2**53)
    assert marks(town, room, AYU) == (1, 1)


def test_ones_own_message_is_not_unread(town: Town, room: str) -> None:
    """# R14"""
    town.say(AYU, room)
    assert unread(AYU, room) == 0
    assert marks(town, room, AYU) == (1, 1)


def test_writing_does_not_read_what_came_before(town: Town, room: str) -> None:
    """An answer that waited in an outbox was written without having seen it. # R14 # R31"""
    town.say(BUDI, room)
    town.say(AYU, room)
    assert marks(town, room, AYU) == (0, 0)
    assert unread(AYU, room) == 1


def test_a_cursor_delivers_every_message_that_it_covers(town: Town, room: str) -> None:
    """# R13"""
    town.say(BUDI, room)
    town.say(BUDI, room)
    here = cursor(AYU)
    town.say(BUDI, room)
    assert receipts.mark_delivered(AYU, here)
    assert marks(town, room, AYU) == (2, 0)
    assert not receipts.mark_delivered(AYU, here)


def test_both_members_are_told_of_a_mark_once(town: Town, room: str) -> None:
    """# R13 # R19"""
    town.say(BUDI, room)
    heads = {AYU: town.head(AYU), BUDI: town.head(BUDI)}
    receipts.mark_delivered(AYU, cursor(AYU))
    for person, head in heads.items():
        ((kind, data),) = town.events(person, head)
        assert kind == "conversation.marks"
        assert {"role": "therapist", "deliveredSeq": 1, "readSeq": 0} in data["marks"]


@pytest.mark.parametrize(
    "wrong", ["", "0", "x", "999999-nothing", "1-wrongtag", "-1", "1e3-x", "９-x", "9" * 40, "\x00"]
)
def test_a_cursor_that_is_none_of_hers_delivers_nothing(town: Town, room: str, wrong: str) -> None:
    """# R13"""
    town.say(BUDI, room)
    assert not receipts.mark_delivered(AYU, wrong)
    assert marks(town, room, AYU) == (0, 0)


def test_the_cursor_of_another_person_delivers_nothing(town: Town, room: str) -> None:
    """# R13"""
    town.say(BUDI, room)
    assert not receipts.mark_delivered(AYU, cursor(BUDI))


def test_a_cursor_covers_all_conversations_of_a_person(town: Town, room: str) -> None:
    """# R13"""
    other = town.booked(SARI, scheduled_time=at(50)).conversation_id
    town.say(BUDI, room)
    town.say(SARI, other)
    receipts.mark_delivered(AYU, cursor(AYU))
    assert [marks(town, each, AYU) for each in (room, other)] == [(1, 0), (1, 0)]


def test_a_cursor_covers_a_message_however_much_was_said_elsewhere_since(town: Town, room: str) -> None:
    """# R13"""
    other = town.booked(SARI, scheduled_time=at(50)).conversation_id
    town.say(BUDI, room)
    for _ in range(501):
        town.say(SARI, other)
    receipts.mark_delivered(AYU, cursor(AYU))
    assert [marks(town, each, AYU) for each in (room, other)] == [(1, 0), (501, 0)]


def test_a_device_that_is_far_behind_delivers_what_is_sure_and_the_rest_when_it_has_caught_up(
    town: Town, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R13"""
    monkeypatch.setattr(receipts, "LOOK_AHEAD", 3)
    other = town.booked(SARI, scheduled_time=at(50)).conversation_id
    for each, customer in ((room, BUDI), (other, SARI)):
        town.say(customer, each)
    here = cursor(AYU)
    for _ in range(5):
        town.say(SARI, other)
    receipts.mark_delivered(AYU, here)
    assert [marks(town, each, AYU) for each in (room, other)] == [(0, 0), (1, 0)]
    receipts.mark_delivered(AYU, cursor(AYU))
    assert [marks(town, each, AYU) for each in (room, other)] == [(1, 0), (6, 0)]


@pytest.mark.parametrize("place", range(7))
def test_a_cursor_delivers_exactly_what_lies_before_it(town: Town, room: str, place: int) -> None:
    """# R13"""
    other = town.booked(SARI, scheduled_time=at(50)).conversation_id
    said = [(BUDI, room), (SARI, other), (SARI, other), (BUDI, room), (BUDI, room), (SARI, other)]
    cursors = [cursor(AYU)]
    for customer, each in said:
        town.say(customer, each)
        cursors.append(cursor(AYU))
    receipts.mark_delivered(AYU, cursors[place])
    before = [each for _, each in said[:place]]
    assert [marks(town, each, AYU)[0] for each in (room, other)] == [before.count(room), before.count(other)]


@pytest.mark.parametrize("stranger", [SARI, KOMANG])
def test_strangers_can_not_mark_a_conversation(town: Town, room: str, stranger: Person) -> None:
    """# R14"""
    town.say(BUDI, room)
    with pytest.raises(NotFound):
        receipts.mark_read(stranger, room, 1)


steps = st.one_of(
    st.sampled_from([BUDI, AYU]).map(lambda person: ("say", person, 0)),
    st.tuples(st.just("read"), st.sampled_from([BUDI, AYU]), st.integers(0, 20)),
    st.tuples(st.just("deliver"), st.sampled_from([BUDI, AYU]), st.just(0)),
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(plan=st.lists(steps, max_size=12))
def test_marks_never_fall_and_read_never_passes_delivered(
    town: Town, room: str, plan: list[tuple[str, Person, int]]
) -> None:
    """# R13 # R14"""
    seen = {BUDI: marks(town, room, BUDI), AYU: marks(town, room, AYU)}
    for what, person, number in plan:
        if what == "say":
            town.say(person, room)
        elif what == "read":
            receipts.mark_read(person, room, number)
        else:
            receipts.mark_delivered(person, cursor(person))
        for side, (delivered, read) in seen.items():
            now = marks(town, room, side)
            assert now[0] >= delivered
            assert now[1] >= read
            assert now[1] <= now[0] <= town.room(room).last_seq
            seen[side] = now
