"""Lists in pages by keyset: complete while rows are added, and a cursor that is none of ours is a field error."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.domain import bookings, chat, directory, notifications, paging
from app.domain.errors import Invalid
from tests.domain.people import AYU, BUDI, KOMANG, SARI
from tests.domain.town import Town, at

PAGE = 6  # instead of the fifty of the real thing


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", PAGE)


def all_mine(status: str | None = None) -> list[str]:
    """The ids of Budi's bookings, page after page."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = bookings.page(BUDI, status, cursor)
        found += [booking.booking_id for booking in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return found


@pytest.fixture
def many(town: Town, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of more bookings than fit on two pages, newest first. Each four were made in the same millisecond, across the
    borders of pages, and their ids do not follow the order in which they were made.
    """
    identifiers = (f"booking-{number * 7 % 16:02}" for number in range(16))
    monkeypatch.setattr("app.domain.booking_rows.new_id", lambda: next(identifiers))
    made: list[tuple[datetime, str]] = []
    for number in range(2 * PAGE + 2):
        if number % 4 == 0:
            town.clock.advance(milliseconds=1)
        made.append((town.clock.now, town.booked().booking_id))
    return [identifier for _, identifier in sorted(made, reverse=True)]


def test_pages_hold_every_booking_once_newest_first(many: list[str]) -> None:
    """# R21"""
    assert all_mine() == many
    assert len(bookings.page(BUDI, None, None).items) == PAGE


def test_what_is_added_meanwhile_changes_nothing_about_the_next_page(town: Town, many: list[str]) -> None:
    """# R21"""
    first = bookings.page(BUDI, None, None)
    town.clock.advance(seconds=1)
    town.booked()
    second = bookings.page(BUDI, None, first.next_cursor)
    both = {booking.booking_id for booking in (*first.items, *second.items)}
    assert both == set(many[: 2 * PAGE])


def test_a_page_can_be_of_one_state(town: Town) -> None:
    """# R5"""
    accepted = town.accepted()
    pending = town.booked(scheduled_time=at(50))
    assert all_mine("therapist_accepted") == [accepted.booking_id]
    assert all_mine("pending") == [pending.booking_id]
    assert all_mine("cancelled") == []


def test_lists_hold_ones_own_only(town: Town) -> None:
    """# R11"""
    mine = town.booked()
    town.booked(SARI, scheduled_time=at(50))
    assert [booking.booking_id for booking in bookings.page(BUDI, None, None).items] == [mine.booking_id]
    assert len(bookings.page(AYU, None, None).items) == 2
    assert bookings.page(KOMANG, None, None).items == []
    assert [room.id for room in chat.page(BUDI, None).items] == [mine.conversation_id]


def test_conversations_come_in_the_order_of_their_last_activity(town: Town) -> None:
    """# R14"""
    first = town.booked().conversation_id
    town.clock.advance(seconds=1)
    second = town.booked(therapist=KOMANG).conversation_id
    assert [room.id for room in chat.page(BUDI, None).items] == [second, first]
    town.clock.advance(seconds=1)
    town.say(BUDI, first)
    assert [room.id for room in chat.page(BUDI, None).items] == [first, second]


def test_the_last_booking_is_the_newest_or_none(town: Town) -> None:
    """# R9"""
    assert bookings.last(BUDI) is None
    town.booked()
    town.clock.advance(seconds=1)
    newest = town.booked(scheduled_time=at(50))
    town.booked(SARI, scheduled_time=at(60))
    last = bookings.last(BUDI)
    assert last is not None
    assert last.booking_id == newest.booking_id


WRONG = [
    "x", "🦊", "=", "AAAA", paging.encode("a"), paging.encode("a", "b", "c"), paging.encode("2027-01-01", "x"),
    paging.encode("2027-01-01T00:00:00", "x"), paging.encode("2027-01-01T00:00:00+00:00", "a\x00b"),
    paging.encode("0001-01-01T00:00:00+14:00", "x"), paging.encode("9999-12-31T23:59:59-14:00", "x"),
    "WzEsMl0", "W1tbW1tb", "bnVsbA", "e30", "/w", "_" * 499,
]  # fmt: skip


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("cursor", WRONG)
def test_a_cursor_that_is_none_of_ours_is_a_field_error(cursor: str) -> None:
    """# R2"""
    for ask in (
        lambda: bookings.page(BUDI, None, cursor),
        lambda: chat.page(BUDI, cursor),
        lambda: notifications.page(BUDI, False, cursor),
    ):
        with pytest.raises(Invalid) as refused:
            ask()
        assert [(fault.field, fault.code) for fault in refused.value.errors] == [("cursor", "invalid")]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    "cursor", ["x", "AAAA", paging.encode("a"), paging.encode("\x00", "x"), paging.encode("\ud800", "x")]
)
def test_a_cursor_that_is_none_of_the_directorys_is_a_field_error(cursor: str) -> None:
    """# R2"""
    with pytest.raises(Invalid):
        directory.search(None, None, None, None, False, cursor)
