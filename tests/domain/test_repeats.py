"""The same person repeating what already happened gets the same answer; anybody else is told how it stands."""

from __future__ import annotations

import pytest

from app.domain.errors import Conflict, NotFound
from app.domain.people import Person
from app.domain.policies import Action
from tests.domain.people import AYU, BUDI, KOMANG, SARI
from tests.domain.town import Town


@pytest.mark.parametrize(("person", "action"), [(AYU, "accept"), (AYU, "decline"), (AYU, "cancel"), (BUDI, "cancel")])
def test_repeating_gives_the_same_booking_and_tells_nobody_again(town: Town, person: Person, action: Action) -> None:
    """# R5"""
    booking = town.booked()
    first = town.act(person, action, booking)
    before = town.census()
    town.clock.advance(minutes=1)
    assert town.act(person, action, booking) == first
    assert town.census() == before


def test_confirming_twice_gives_the_same_booking(town: Town) -> None:
    """# R5"""
    confirmed = town.confirmed()
    assert town.act(BUDI, "confirm", confirmed) == confirmed


def test_repeating_the_acceptance_after_the_customer_confirmed_shows_the_confirmed_booking(town: Town) -> None:
    """# R5"""
    confirmed = town.confirmed()
    assert town.act(AYU, "accept", confirmed).status == "user_confirmed"


@pytest.mark.parametrize(("first", "second"), [(AYU, BUDI), (BUDI, AYU)])
def test_a_cancellation_by_one_side_is_not_the_others_to_repeat(town: Town, first: Person, second: Person) -> None:
    """# R5"""
    booking = town.accepted()
    town.act(first, "cancel", booking)
    with pytest.raises(Conflict) as refused:
        town.act(second, "cancel", booking)
    assert refused.value.extra["current"].cancelled_by == first.role


def test_a_decline_is_not_repeated_by_a_cancellation(town: Town) -> None:
    """# R5"""
    booking = town.booked()
    town.act(AYU, "decline", booking)
    with pytest.raises(Conflict):
        town.act(AYU, "cancel", booking)


def test_an_acceptance_that_was_undone_is_not_repeated(town: Town) -> None:
    """# R5"""
    booking = town.accepted()
    town.act(BUDI, "cancel", booking)
    with pytest.raises(Conflict):
        town.act(AYU, "accept", booking)


@pytest.mark.parametrize(("stranger", "action"), [(KOMANG, "accept"), (KOMANG, "decline"), (SARI, "cancel")])
def test_a_stranger_learns_nothing_about_a_booking(town: Town, stranger: Person, action: Action) -> None:
    """# R5"""
    booking = town.booked()
    with pytest.raises(NotFound) as refused:
        town.act(stranger, action, booking)
    with pytest.raises(NotFound) as unknown:
        town.act(stranger, action, booking.model_copy(update={"booking_id": "no-such-booking"}))
    assert (refused.value.code, refused.value.detail) == (unknown.value.code, unknown.value.detail)
    assert town.row(booking).version == 1
