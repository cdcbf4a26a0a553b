"""Accept, decline, confirm, cancel and the deadline at once: one ends the state, the others are told so."""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from tests.races.conftest import Arena
from tests.support.api import Answer
from tests.support.at_once import Call, Held, at_once
from tests.support.cast import Person
from tests.support.waiting import until
from tests.support.wire import Booking, Event

ROUNDS = 10


def versions(customer: Person, booking_id: str) -> list[Booking]:
    """Every version of the booking that its customer was told of, in the order of the events."""
    events: list[Event] = customer.api.poll()["events"]
    told = [event["data"] for event in events if event["type"] in ("booking.created", "booking.changed")]
    return [fact for fact in told if fact["bookingId"] == booking_id]  # type: ignore[misc]  # the event's data is a Booking


def each_version_once(story: list[Booking]) -> None:
    assert [booking["version"] for booking in story] == list(range(1, len(story) + 1))


def settled(booking: Booking) -> bool:
    """Whether its deadline is over: it has none, or was cancelled."""
    return booking["expiresAt"] is None


def test_of_accept_and_decline_at_once_one_wins_and_the_other_is_told_the_state(arena: Arena) -> None:
    """# R5"""
    ayu = arena.cast.ayu.api
    ids = [arena.cast.booked(arena.cast.guest())["bookingId"] for _ in range(ROUNDS)]
    calls = [(id, action) for id in ids for action in random.sample(("accept", "decline"), 2)]
    devices = arena.spread([ayu] * len(calls))

    answers = at_once([Call.act(device, action, id) for device, (id, action) in zip(devices, calls, strict=True)])

    by_booking: dict[str, dict[str, Answer]] = defaultdict(dict)
    for (id, action), answer in zip(calls, answers, strict=True):
        by_booking[id][action] = answer
    for id, answered in by_booking.items():
        assert sorted(answer.status for answer in answered.values()) == [200, 409]
        winner = next(action for action, answer in answered.items() if answer.status == 200)
        expected = {"accept": "therapist_accepted", "decline": "cancelled"}[winner]
        assert ayu.booking(id)["status"] == expected
        loser = next(answer for answer in answered.values() if answer.status == 409)
        assert loser.body["code"] == "booking_state"
        assert loser.body["current"]["status"] == expected


@pytest.mark.parametrize(("action", "state"), [("accept", "pending"), ("confirm", "accepted"), ("cancel", "accepted")])
def test_the_same_action_twice_at_once_happens_once_and_both_are_told_so(arena: Arena, action: str, state: str) -> None:
    """Two devices of one person, or one that did not hear the answer. # R5"""
    for _ in range(ROUNDS):
        customer = arena.cast.guest()
        make = arena.cast.booked if state == "pending" else arena.cast.accepted
        booking = make(customer)
        id, before = booking["bookingId"], booking["version"]
        actor = arena.cast.ayu if action == "accept" else customer
        phone, tablet = arena.spread([actor.api] * 2)

        answers = at_once([Call.act(phone, action, id), Call.act(tablet, action, id)])

        assert [answer.status for answer in answers] == [200, 200], [answer.body for answer in answers]
        assert [answer.body["version"] for answer in answers] == [before + 1] * 2
        story = versions(customer, id)
        each_version_once(story)
        assert len(story) == before + 1


def test_accept_and_cancel_at_once_leave_one_story_that_fits_both_answers(arena: Arena) -> None:
    """# R5"""
    for _ in range(ROUNDS):
        customer = arena.cast.guest()
        id = arena.cast.booked(customer)["bookingId"]
        ayu, wati = arena.spread([arena.cast.ayu.api, customer.api])
        accept, cancel = at_once([Call.act(ayu, "accept", id), Call.act(wati, "cancel", id)])

        story = versions(customer, id)
        each_version_once(story)
        assert cancel.status == 200, "a customer may cancel before and after the acceptance"
        assert story[-1]["cancelReason"] == "customer_cancelled"
        assert (accept.status == 200) == (story[1]["status"] == "therapist_accepted")
        assert accept.status == 200 or accept.body["code"] == "booking_state"


def test_of_confirm_and_both_cancels_at_once_the_first_cancel_stands(arena: Arena) -> None:
    """# R5"""
    for _ in range(ROUNDS):
        customer = arena.cast.guest()
        id = arena.cast.accepted(customer)["bookingId"]
        ayu, wati, tablet = arena.spread([arena.cast.ayu.api, customer.api, customer.api])
        confirm, by_her, by_ayu = at_once(
            [Call.act(tablet, "confirm", id), Call.act(wati, "cancel", id), Call.act(ayu, "cancel", id)]
        )

        story = versions(customer, id)
        each_version_once(story)
        assert sorted((by_her.status, by_ayu.status)) == [200, 409]
        winner = "customer" if by_her.status == 200 else "therapist"
        assert story[-1]["cancelledBy"] == winner
        assert (confirm.status == 200) == (len(story) == 4)


@pytest.mark.parametrize(("state", "forward"), [("pending", "accept"), ("therapist_accepted", "confirm")])
def test_forward_cancel_and_deadline_at_once_have_one_winner(hasty_arena: Arena, state: str, forward: str) -> None:
    """# R5 # R6"""
    cast, rng = hasty_arena.cast, random.Random(7)
    customers = [cast.guest() for _ in range(ROUNDS)]
    make = cast.booked if state == "pending" else cast.accepted
    bookings = [make(customer) for customer in customers]
    race = []
    for customer, booking in zip(customers, bookings, strict=True):
        mover = cast.ayu.api if forward == "accept" else customer.api
        first, second = hasty_arena.spread([mover, customer.api])
        deadline = datetime.fromisoformat(str(booking["expiresAt"]))
        pair = [
            Held(Call.act(first, forward, booking["bookingId"])),
            Held(Call.act(second, "cancel", booking["bookingId"])),
        ]
        race.append((deadline + timedelta(milliseconds=rng.uniform(-25, 15)), rng.random() < 0.5, pair))

    for moment, forward_first, pair in race:
        threading.Event().wait((moment - datetime.now(UTC)).total_seconds())
        for request in pair if forward_first else reversed(pair):
            request.release()

    for (_, _, pair), customer, booking in zip(race, customers, bookings, strict=True):
        moved, cancelled = (request.answer() for request in pair)
        id = booking["bookingId"]
        until(lambda: settled(customer.api.booking(id)) or moved.status == 200, "the deadline")  # noqa: B023  # used at once
        first_change(versions(customer, id)[booking["version"] :], moved, cancelled, forward)
        each_version_once(versions(customer, id))


def first_change(after: list[Booking], moved: Answer, cancelled: Answer, forward: str) -> None:
    """Checks that who made the first change was told so, and that who came too late was told that."""
    first = after[0]
    if first["status"] != "cancelled":
        assert moved.status == 200, f"{forward} happened, but its author was told {moved.body}"
        assert moved.body["version"] == first["version"]
    elif first["cancelledBy"] == "customer":
        assert (moved.status, cancelled.status) == (409, 200)
    else:
        assert first["cancelReason"] == {"accept": "answer_expired", "confirm": "confirm_expired"}[forward]
        assert (moved.status, cancelled.status) == (409, 409)
        assert moved.body["current"]["status"] == "cancelled"
