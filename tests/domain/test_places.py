"""Places: how many bookings of one provider may run at the same time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import Conflict
from app.domain.people import Person
from tests.domain.people import AYU, BUDI, HENING, SARI
from tests.domain.town import NOON, Town


def slot_taken(town: Town, customer: Person, therapist: Person, minutes_later: int) -> bool:
    """Whether an hour that begins so much later is refused as taken."""
    try:
        town.submit(customer, therapist=therapist, scheduled_time=NOON + timedelta(minutes=minutes_later))
    except Conflict as error:
        return error.code == "slot_taken"
    return False


@pytest.mark.parametrize(
    ("later", "taken"), [(-61, False), (-60, False), (-59, True), (0, True), (59, True), (60, False)]
)
def test_an_accepted_booking_takes_its_time_and_not_a_minute_more(town: Town, later: int, taken: bool) -> None:
    """# R8"""
    town.accepted()
    assert slot_taken(town, SARI, AYU, later) == taken


def test_requests_do_not_take_a_place_from_each_other(town: Town) -> None:
    """# R8"""
    town.booked()
    assert not slot_taken(town, SARI, AYU, 0)


def test_of_two_requests_for_one_time_the_therapist_can_accept_one(town: Town) -> None:
    """# R8"""
    first, second = town.booked(BUDI), town.booked(SARI)
    town.act(AYU, "accept", first)
    with pytest.raises(Conflict) as refused:
        town.act(AYU, "accept", second)
    assert refused.value.code == "slot_taken"
    assert refused.value.extra["current"].booking_id == second.booking_id
    assert town.row(second).status == "pending"


def test_the_second_request_can_be_accepted_once_the_first_is_cancelled(town: Town) -> None:
    """# R8"""
    first, second = town.booked(BUDI), town.booked(SARI)
    town.act(AYU, "accept", first)
    town.act(BUDI, "cancel", first)
    assert town.act(AYU, "accept", second).status == "therapist_accepted"


def test_a_request_that_expired_can_not_be_accepted_as_taken_but_as_too_late(town: Town) -> None:
    """# R5 # R8"""
    first, second = town.booked(BUDI), town.booked(SARI)
    town.act(AYU, "accept", first)
    town.clock.go_to(second.expires_at)
    with pytest.raises(Conflict) as refused:
        town.act(AYU, "accept", second)
    assert refused.value.code == "booking_state"


def test_a_spa_has_as_many_places_as_it_says(town: Town) -> None:
    """# R8"""
    places = [town.row(town.accepted(BUDI, HENING)).slot, town.row(town.accepted(SARI, HENING)).slot]
    assert places == [1, 2]
    assert slot_taken(town, BUDI, HENING, 30)
    assert not slot_taken(town, BUDI, HENING, 60)


def test_the_lowest_free_place_is_taken(town: Town) -> None:
    """# R8"""
    first = town.accepted(BUDI, HENING)
    second = town.accepted(SARI, HENING)
    town.act(BUDI, "cancel", first)
    assert town.row(second).slot == 2
    assert town.row(town.accepted(BUDI, HENING)).slot == 1


def test_a_booking_holds_no_place_before_it_is_accepted(town: Town) -> None:
    """# R8"""
    assert town.row(town.booked()).slot is None


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(starts=st.lists(st.integers(0, 16).map(lambda quarters: quarters * 15), min_size=3, max_size=5))
def test_no_two_accepted_bookings_of_one_place_ever_overlap(town: Town, starts: list[int]) -> None:
    """Each example is a day of its own. # R8"""
    day = timedelta(days=town.count() + 1)
    held: list[tuple[int, int]] = []
    for minutes in starts:
        busy = {place for place, start in held if abs(start - minutes) < 60}
        try:
            booking = town.accepted(therapist=HENING, scheduled_time=NOON + day + timedelta(minutes=minutes))
        except Conflict:
            assert busy == {1, 2}
            continue
        place = town.row(booking).slot
        assert place in (1, 2)
        assert place not in busy
        held.append((place, minutes))
