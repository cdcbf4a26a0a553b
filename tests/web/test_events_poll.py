"""``GET /api/events``: one request of a long-poll. How it waits is tested on a running server, in tests/realtime."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from app import storage
from app.domain import deadlines
from app.domain.people import Person
from app.models import Event
from tests.domain.people import AYU, BUDI, EVERYBODY
from tests.domain.town import Town
from tests.web.device import Device
from tests.web.house import House


def test_without_a_cursor_a_stream_is_told_from_its_beginning(town: Town, ayu: Device) -> None:
    """# R21"""
    town.booked()
    batch = ayu.get("/api/events").body
    assert [event["seq"] for event in batch["events"]] == [1, 2, 3]
    assert [event["type"] for event in batch["events"]] == [kind for kind, _ in town.events(AYU)]
    assert batch["reset"] is False
    assert set(batch["events"][0]) == {"seq", "type", "data", "at"}


def test_behind_its_cursor_a_stream_goes_on_without_a_gap(town: Town, budi: Device) -> None:
    """# R21"""
    booking = town.accepted()
    seqs: list[int] = []
    cursor = "0"
    for _ in range(3):
        batch = budi.get("/api/events", after=cursor).body
        seqs += [event["seq"] for event in batch["events"]]
        cursor = batch["cursor"]
        town.say(BUDI, booking.conversation_id)
    assert seqs == list(range(1, town.head(BUDI)))


def test_with_nothing_new_the_cursor_stays(town: Town, budi: Device) -> None:
    """# R21"""
    town.booked()
    cursor = budi.get("/api/session").body["cursor"]
    assert budi.get("/api/events", after=cursor).body == {"events": [], "cursor": cursor, "reset": False}


@pytest.mark.parametrize("cursor", ["x", "1-wrong", "99-x", "🦊", "9" * 400, "-", "null", '"'])
def test_a_cursor_that_is_not_of_this_stream_is_answered_with_reset(town: Town, budi: Device, cursor: str) -> None:
    """# R21"""
    town.booked()
    here = budi.get("/api/session").body["cursor"]
    assert budi.get("/api/events", after=cursor).body == {"events": [], "cursor": here, "reset": True}


def test_the_next_polls_cursor_says_what_has_been_delivered(town: Town, house: House, ayu: Device) -> None:
    """# R13"""
    room = town.accepted().conversation_id
    town.say(BUDI, room)
    batch = ayu.get("/api/events").body
    assert town.room(room).therapist_delivered_seq == 0
    ayu.get("/api/events", after=batch["cursor"])
    assert town.room(room).therapist_delivered_seq == 1


def test_after_the_log_was_trimmed_beyond_its_cursor_a_device_is_reset_and_goes_on(town: Town, budi: Device) -> None:
    """# R21"""
    booking = town.booked()
    old = budi.get("/api/session").body["cursor"]
    town.act(AYU, "accept", booking)
    kept = budi.get("/api/session").body["cursor"]
    past = {"created_at": town.clock.now - timedelta(days=15)}
    storage.write(lambda session: session.execute(update(Event).where(Event.user_id == BUDI.id).values(past)))
    assert budi.get("/api/events", after=old).body["reset"] is False
    assert deadlines.trim_events() > 0
    assert budi.get("/api/events", after=old).body == {"events": [], "cursor": kept, "reset": True}
    town.act(BUDI, "confirm", booking)
    batch = budi.get("/api/events", after=kept).body
    assert (batch["reset"], batch["events"][0]["type"]) == (False, "booking.changed")


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.id)
def test_everybody_who_is_signed_in_has_a_stream(house: House, person: Person) -> None:
    """# R19"""
    device = house.device(person)
    assert device.get("/api/events").body == {"events": [], "cursor": "0", "reset": False}
    assert device.get("/api/events", after="0").status == 200
    assert device.get("/api/events", after="7-x").body["reset"] is True


@pytest.mark.parametrize("wait", ["-1", "soon", "nan"])
def test_a_wait_that_is_none_is_named(budi: Device, wait: str) -> None:
    """# R2"""
    answer = budi.get("/api/events", wait=wait)
    assert (answer.status, answer.fields) == (422, {("wait", "invalid")})


def test_no_listener_stays_behind(house: House, budi: Device) -> None:
    """# R20"""
    hub = house.app.extensions["runtime"].hub
    budi.get("/api/events")
    budi.get("/api/events", after="x")
    assert BUDI.id not in set(hub.people())
