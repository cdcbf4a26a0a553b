"""Fifty accepts of overlapping bookings at once: as many win as the provider has places."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from tests.races.conftest import Arena
from tests.support.at_once import Call, at_once
from tests.support.cast import AYU, SPA, Person

CROWD = 50


def overlapping_bookings(arena: Arena, therapist: str) -> list[str]:
    """Pending bookings of as many customers, a minute apart, so that each overlaps with all others."""
    first = datetime.fromisoformat(arena.cast.slot())
    ids = []
    for minute in range(CROWD):
        time = (first + timedelta(minutes=minute)).isoformat()
        form = arena.cast.form(therapist, scheduledTime=time)
        ids.append(arena.cast.guest().api.book(form)["bookingId"])
    return ids


@pytest.mark.parametrize(("therapist", "places"), [(AYU, 1), (SPA, 3)])
def test_as_many_of_fifty_overlapping_bookings_are_accepted_as_there_are_places(
    arena: Arena, therapist: str, places: int
) -> None:
    """# R8"""
    owner: Person = arena.cast.ayu if therapist == AYU else arena.cast.spa
    ids = overlapping_bookings(arena, therapist)
    devices = arena.spread([owner.api] * CROWD)

    answers = at_once([Call.act(device, "accept", id) for device, id in zip(devices, ids, strict=True)])

    codes = Counter(answer.body.get("code", "accepted") for answer in answers)
    assert codes == {"accepted": places, "slot_taken": CROWD - places}
    states = Counter(owner.api.booking(id)["status"] for id in ids)
    assert states == {"therapist_accepted": places, "pending": CROWD - places}


def test_a_place_that_is_given_back_can_be_taken_by_exactly_one(arena: Arena) -> None:
    """# R8"""
    ids = overlapping_bookings(arena, AYU)
    ayu = arena.cast.ayu.api
    ayu.act("accept", ids[0])
    ayu.act("cancel", ids[0])

    devices = arena.spread([ayu] * (CROWD - 1))
    answers = at_once([Call.act(device, "accept", id) for device, id in zip(devices, ids[1:], strict=True)])

    assert Counter(answer.status for answer in answers) == {200: 1, 409: CROWD - 2}
