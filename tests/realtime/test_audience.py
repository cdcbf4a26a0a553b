"""Every type of event is seen by exactly the people it concerns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.support.cast import SPA, Cast, Person
from tests.support.server import Server
from tests.support.socket import Socket

Witnesses = dict[str, Socket]
#: Whom each customer has a draft for: by that its events are known, and no booking here is with them.
DRAFTS = {"customer": "komang-sari", "maya": SPA}

HERS = {("customer", "customer"), ("ayu", "customer")}  # (who is told, of whose booking)
MAYAS = {("maya", "maya"), ("ayu", "maya")}
AUDIENCE = {
    "booking.created": HERS | MAYAS,
    "booking.changed": HERS | MAYAS,
    "message.created": HERS,
    "conversation.marks": HERS,
    "conversation.opened": HERS | MAYAS,
    "conversation.closed": MAYAS,  # a declined request closes its room at once
    "notification.created": HERS | MAYAS,
    "notification.acknowledged": HERS | {("ayu", "maya")},
    "draft.changed": {("customer", "customer"), ("maya", "maya")},
}


@pytest.fixture(scope="module")
def stories(cast: Cast) -> dict[str, tuple[Person, list[str]]]:
    """The two customers, each with the ids by which an event of hers is known, once she has booked."""
    people = {"customer": cast.guest(), "maya": cast.guest()}
    return {name: (person, [person.user["id"], DRAFTS[name]]) for name, person in people.items()}


@pytest.fixture(scope="module")
def witnesses(cast: Cast, stories: dict[str, tuple[Person, list[str]]]) -> Iterator[Witnesses]:
    """Everybody's device, after the whole life of two bookings with Ayu."""
    people = {name: person for name, (person, _) in stories.items()} | {
        "ayu": cast.ayu, "sari": cast.sari, "komang": cast.komang, "budi": cast.budi, "operator": cast.operator
    }  # fmt: skip
    with ExitStack() as stack:
        devices = {name: stack.enter_context(person.socket()) for name, person in people.items()}
        for name, (person, _) in stories.items():
            person.api.call("PUT", f"/api/drafts/{DRAFTS[name]}", {"baseVersion": 0, "draft": {"area": "Kuta"}})
        for live, (person, ids) in zip((a_long_life, a_short_life), stories.values(), strict=True):
            ids.append(live(cast, person))
        for name, person in people.items():
            devices[name].up_to(person.api.cursor())
        yield devices


def a_long_life(cast: Cast, customer: Person) -> str:
    """Booked, noticed, accepted, talked about, read, confirmed, cancelled; the booking's id."""
    booking, ayu = cast.booked(customer), cast.ayu.api
    id, room = booking["bookingId"], booking["conversationId"]
    ayu.acknowledge(next(notice["id"] for notice in ayu.notifications() if notice["bookingId"] == id))
    ayu.act("accept", id)
    customer.api.read(room, ayu.send(room, "I will be there on time")["seq"])
    customer.api.act("confirm", id)
    customer.api.act("cancel", id)
    return id


def a_short_life(cast: Cast, customer: Person) -> str:
    """Booked and declined; the booking's id."""
    return cast.ayu.api.act("decline", cast.booked(customer)["bookingId"])["bookingId"]


@pytest.mark.parametrize(("kind", "audience"), AUDIENCE.items(), ids=AUDIENCE)
def test_an_event_reaches_the_people_concerned_and_nobody_else(
    witnesses: Witnesses,
    stories: dict[str, tuple[Person, list[str]]],
    kind: str,
    audience: set[tuple[str, str]],
) -> None:
    """# R19"""
    told = {
        (witness, owner)
        for witness, device in witnesses.items()
        for event in device.events
        for owner, (_, ids) in stories.items()
        if event["type"] == kind and any(id in str(event["data"]) for id in ids)
    }
    assert told == audience


def test_no_event_is_of_an_unknown_type(witnesses: Witnesses) -> None:
    """# R19"""
    assert {event["type"] for device in witnesses.values() for event in device.events} == set(AUDIENCE)


def test_people_who_are_not_concerned_get_nothing_at_all(witnesses: Witnesses) -> None:
    """# R19"""
    for name in ("sari", "komang", "budi", "operator"):
        assert witnesses[name].events == [], name


def test_no_event_carries_the_customers_number_or_address_to_the_therapist(
    witnesses: Witnesses,
) -> None:
    """# R16"""
    for event in witnesses["ayu"].events:
        text = str(event)
        # A moment's milliseconds may be any three digits; the number has all of these, however it is separated.
        assert "81234567890" not in re.sub(r"[ -]", "", text)
        assert "customerWhatsApp" not in text
        if event["type"] == "booking.created":
            assert event["data"]["location"] is None


def test_the_customers_and_the_therapists_notices_are_their_own(witnesses: Witnesses) -> None:
    """# R19 # R37"""

    def ids(name: str) -> set[str]:
        return {e["data"]["id"] for e in witnesses[name].events if e["type"] == "notification.created"}

    assert ids("customer")
    assert ids("ayu")
    assert not ids("customer") & ids("ayu")


def test_without_a_session_the_socket_carries_the_therapists_status_only(
    cast: Cast, server: Server, anonymous: Socket
) -> None:
    """# R19"""
    a_long_life(cast, cast.guest())
    cast.komang.api.go("busy")
    frame = anonymous.frame()
    assert frame == {"type": "therapist.status", "therapistId": "komang-sari", "status": "busy"}
    with Socket(server.url) as another, cast.sari.socket() as signed_in:
        another.hello()
        cast.komang.api.go("available")
        for device in (anonymous, another, signed_in):
            assert device.frame_of("therapist.status")["status"] == "available"
