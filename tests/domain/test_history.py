"""Messages of one conversation, page by page: no gap and no repeat, also while new ones arrive."""

from __future__ import annotations

import pytest

from app.domain import chat
from app.domain.chat import History
from app.domain.errors import NotFound
from app.domain.people import Person
from tests.domain.people import AYU, BUDI, KOMANG, OPERATOR, SARI
from tests.domain.town import Town


@pytest.fixture
def room(town: Town) -> str:
    """An open room of Budi and Ayu with ten messages, in turns."""
    identifier = town.accepted().conversation_id
    for number in range(10):
        town.say((BUDI, AYU)[number % 2], identifier)
    return identifier


def seqs(page: History) -> list[int]:
    return [message.seq for message in page.items]


def older(room: str, before: int | None = None, limit: int = 4) -> History:
    return chat.history(BUDI, room, before, None, limit)


def newer(room: str, after: int, limit: int = 4) -> History:
    return chat.history(BUDI, room, None, after, limit)


def test_without_a_cursor_a_page_is_the_newest_in_ascending_order(room: str) -> None:
    """# R14"""
    page = older(room)
    assert seqs(page) == [7, 8, 9, 10]
    assert page.next_cursor == "7"


def test_going_back_reaches_the_first_message_and_says_so(room: str) -> None:
    """# R14"""
    pages = [older(room), older(room, 7), older(room, 3)]
    assert [seqs(page) for page in pages] == [[7, 8, 9, 10], [3, 4, 5, 6], [1, 2]]
    assert [page.next_cursor for page in pages] == ["7", "3", None]


def test_going_forward_reaches_the_newest_message_and_says_so(room: str) -> None:
    """# R14 # R21"""
    pages = [newer(room, 0), newer(room, 4), newer(room, 8)]
    assert [seqs(page) for page in pages] == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]
    assert [page.next_cursor for page in pages] == ["4", "8", None]


def test_a_page_that_ends_exactly_at_the_end_has_no_next(room: str) -> None:
    """# R14"""
    assert older(room, limit=10).next_cursor is None
    assert newer(room, 6).next_cursor is None


def test_going_back_has_no_gap_and_no_repeat_while_messages_arrive(town: Town, room: str) -> None:
    """# R14"""
    found: list[int] = []
    before: int | None = None
    while True:
        page = older(room, before, limit=3)
        found = seqs(page) + found
        town.say(AYU, room)
        if page.next_cursor is None:
            break
        before = int(page.next_cursor)
    assert found == list(range(1, 11))


def test_going_forward_takes_along_what_arrives_meanwhile(town: Town, room: str) -> None:
    """# R21"""
    found: list[int] = []
    arriving = iter(range(4))
    while True:
        page = newer(room, found[-1] if found else 0, limit=3)
        found += seqs(page)
        if next(arriving, None) is not None:
            town.say(AYU, room)
        elif page.next_cursor is None:
            break
    assert found == list(range(1, 15))


def test_beyond_either_end_there_is_an_empty_page(room: str) -> None:
    """# R14"""
    assert (seqs(older(room, 1)), older(room, 1).next_cursor) == ([], None)
    assert (seqs(newer(room, 10)), newer(room, 2**53).next_cursor) == ([], None)


def test_a_page_is_true_at_the_event_cursor_it_carries(town: Town, room: str) -> None:
    """# R21"""
    page = older(room)
    assert page.cursor.startswith(f"{town.head(BUDI)}-")


def test_both_members_read_the_same(room: str) -> None:
    """# R13"""
    assert chat.history(AYU, room, None, None, 50).items == chat.history(BUDI, room, None, None, 50).items


@pytest.mark.parametrize("stranger", [SARI, KOMANG])
def test_strangers_read_nothing(room: str, stranger: Person) -> None:
    """# R11"""
    with pytest.raises(NotFound):
        chat.history(stranger, room, None, None, 50)


def test_a_room_that_does_not_exist_looks_like_one_of_others(room: str) -> None:
    """# R11"""
    with pytest.raises(NotFound) as unknown:
        chat.history(SARI, "customer_nobody_therapist_nobody", None, None, 50)
    with pytest.raises(NotFound) as others:
        chat.history(SARI, room, None, None, 50)
    assert unknown.value.detail == others.value.detail


def test_the_operator_is_a_member_of_no_conversation(room: str) -> None:
    """# R11"""
    with pytest.raises(Exception, match="customers and therapists"):
        chat.find(OPERATOR, room)
