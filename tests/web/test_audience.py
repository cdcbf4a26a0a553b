"""Each step of a booking's life: exactly these rows in the event log, and none for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from app.events.types import EventType
from tests.domain.people import AYU, BUDI, EVERYBODY, KOMANG
from tests.domain.town import Town
from tests.web.device import Device, form
from tests.web.house import House
from tests.web.listener import connected

Step = Callable[[], object]
CREATED, CHANGED = "booking.created", "booking.changed"
OPENED, CLOSED = "conversation.opened", "conversation.closed"
NOTICE, SEEN = "notification.created", "notification.acknowledged"
MESSAGE, MARKS = "message.created", "conversation.marks"
REDRAWN = "message.changed"
DRAFT = "draft.changed"


class Life:
    """A booking's life, step by step, through the API."""

    def __init__(self, town: Town, house: House) -> None:
        self.town = town
        self.budi, self.ayu = house.device(BUDI), house.device(AYU)
        self.booking: dict[str, Any] = {}

    def book(self) -> None:
        self.booking = self.budi.submit(form()).body["booking"]

    def act(self, device: Device, action: str) -> None:
        device.post(f"/api/bookings/{self.booking['bookingId']}/{action}", {})

    def say(self, device: Device, client_id: str = "client-1") -> None:
        room = f"/api/conversations/{self.booking['conversationId']}"
        device.post(f"{room}/messages", {"clientId": client_id, "message": "hello"})

    def read(self, device: Device, seq: int) -> None:
        device.post(f"/api/conversations/{self.booking['conversationId']}/read", {"seq": seq})

    def acknowledge(self) -> None:
        (notice,) = self.ayu.get("/api/notifications", unacknowledged="true").body["items"]
        self.ayu.post(f"/api/notifications/{notice['id']}/acknowledge")

    def wait(self, **span: float) -> None:
        self.town.clock.advance(**span)
        self.town.settle()

    def told(self, step: Step) -> dict[str, list[str]]:
        """The types of the events that a step adds, by person, without those who are told nothing."""
        heads = {person: self.town.head(person) for person in EVERYBODY}
        step()
        new = {person.id: [kind for kind, _ in self.town.events(person, head)] for person, head in heads.items()}
        return {identifier: kinds for identifier, kinds in new.items() if kinds}


@pytest.fixture
def life(town: Town, house: House) -> Life:
    return Life(town, house)


def both(budi: list[str], ayu: list[str]) -> dict[str, list[str]]:
    """What the two sides are told, and nobody else."""
    return {BUDI.id: budi, AYU.id: ayu}


def test_from_the_request_to_the_end_of_the_room(life: Life) -> None:
    """# R19"""
    budi, ayu = life.budi, life.ayu
    assert life.told(life.book) == both([CREATED, OPENED], [CREATED, OPENED, NOTICE])
    assert life.told(life.acknowledge) == {AYU.id: [SEEN]}
    assert life.told(lambda: life.act(ayu, "accept")) == both([CHANGED, OPENED, NOTICE], [CHANGED, OPENED])
    assert life.told(lambda: life.say(budi)) == both([MESSAGE], [MESSAGE])
    assert life.told(lambda: life.say(budi)) == {}  # the same clientId
    assert life.told(lambda: life.read(ayu, 1)) == both([MARKS], [MARKS])
    assert life.told(lambda: life.read(ayu, 1)) == {}
    assert life.told(lambda: life.act(budi, "confirm")) == both([CHANGED, SEEN], [CHANGED, NOTICE])
    assert life.told(lambda: life.act(budi, "confirm")) == {}
    assert life.told(lambda: life.wait(hours=27 + 24)) == both([CLOSED], [CLOSED])
    assert life.told(lambda: life.wait(hours=1)) == {}


@pytest.mark.parametrize(
    ("action", "who", "expected"),
    [
        ("decline", "ayu", both([CHANGED, CLOSED, NOTICE], [CHANGED, CLOSED, SEEN])),
        ("cancel", "ayu", both([CHANGED, CLOSED, NOTICE], [CHANGED, CLOSED, SEEN])),
        ("cancel", "budi", both([CHANGED, CLOSED], [CHANGED, CLOSED, SEEN, NOTICE])),
    ],
)
def test_a_request_that_comes_to_nothing(life: Life, action: str, who: str, expected: dict[str, list[str]]) -> None:
    """# R19"""
    life.book()
    device: Device = getattr(life, who)
    assert life.told(lambda: life.act(device, action)) == expected


def test_a_request_that_nobody_answers(life: Life) -> None:
    """# R6 # R19"""
    life.book()
    expected = both([CHANGED, CLOSED, NOTICE], [CHANGED, CLOSED, SEEN, NOTICE])
    assert life.told(lambda: life.wait(minutes=10)) == expected


def test_an_accepted_booking_that_nobody_confirms(life: Life) -> None:
    """# R6 # R19"""
    life.book()
    life.act(life.ayu, "accept")
    expected = both([CHANGED, OPENED, SEEN, NOTICE], [CHANGED, OPENED, NOTICE])
    assert life.told(lambda: life.wait(minutes=15)) == expected


def test_what_is_delivered_by_a_poll_is_told_to_both(life: Life) -> None:
    """# R13"""
    life.book()
    life.say(life.budi)
    cursor = life.ayu.get("/api/session").body["cursor"]
    assert life.told(lambda: life.ayu.get("/api/events", after=cursor)) == both([MARKS], [MARKS])


def test_looking_tells_nobody_anything(life: Life) -> None:
    """# R19"""
    life.book()
    paths = ("/api/session", "/api/bookings", "/api/conversations", "/api/notifications", "/api/events")
    assert life.told(lambda: [device.get(path) for device in (life.budi, life.ayu) for path in paths]) == {}


def test_what_an_event_carries_is_what_an_answer_would_say(life: Life, town: Town) -> None:
    """# R21"""
    life.book()
    life.act(life.ayu, "accept")
    life.say(life.budi)
    for device, person in ((life.budi, BUDI), (life.ayu, AYU)):
        last = dict(town.events(person))
        booking = device.get(f"/api/bookings/{life.booking['bookingId']}").body
        assert {name: booking[name] for name in last[CHANGED]} == last[CHANGED]
        room = device.get(f"/api/conversations/{life.booking['conversationId']}").body
        assert room["lastMessage"] == last[MESSAGE]
        assert room["version"] == last[OPENED]["version"]


def test_a_draft_is_news_to_nobody_but_whose_it_is(life: Life) -> None:
    """# R19 # R29"""
    budi = life.budi
    body = {"baseVersion": 0, "draft": {"area": "Kuta"}}
    assert life.told(lambda: budi.put("/api/drafts/ayu", body)) == {BUDI.id: [DRAFT]}
    assert life.told(lambda: budi.put("/api/drafts/ayu", body)) == {}
    assert life.told(lambda: budi.get("/api/drafts/ayu")) == {}
    assert life.told(life.book) == both([CREATED, OPENED, DRAFT], [CREATED, OPENED, NOTICE])
    assert life.told(lambda: budi.delete("/api/drafts/ayu")) == {}


def test_a_payment_card_is_news_to_both_and_so_is_that_it_is_old(life: Life) -> None:
    """While the room is open. # R18 # R19"""
    budi, ayu = life.budi, life.ayu
    life.book()
    life.act(ayu, "accept")
    account, room = "/api/therapists/me/bank-account", f"/api/conversations/{life.booking['conversationId']}"
    given = {"bank": "BCA", "holder": "Ayu Lestari", "number": "731099244821"}
    card = {"clientId": "card-key-1"}
    assert life.told(lambda: ayu.put(account, given)) == {}
    assert life.told(lambda: ayu.post(f"{room}/payment-card", card)) == both([MESSAGE], [MESSAGE])
    assert life.told(lambda: ayu.post(f"{room}/payment-card", card)) == {}
    (sent,) = budi.get(f"{room}/messages").body["items"]
    assert life.told(lambda: budi.post(f"/api/payment-cards/{sent['id']}/reveal")) == {}
    assert life.told(lambda: ayu.put(account, given)) == {}  # the same
    assert life.told(lambda: ayu.put(account, given | {"number": "9988776655"})) == both([REDRAWN], [REDRAWN])
    assert life.told(lambda: ayu.delete(account)) == {}  # the card was old already
    for person in (BUDI, AYU):
        (changed,) = [data for kind, data in life.town.events(person) if kind == REDRAWN]
        told = changed["paymentCard"].pop("isOutdated"), sent["paymentCard"].pop("isOutdated", False)
        assert told == (True, False)
        assert changed == sent
    life.act(budi, "cancel")
    life.wait(hours=25)
    ayu.put(account, given)
    assert life.told(lambda: ayu.delete(account)) == {}


def test_every_kind_of_event_has_its_step_above() -> None:
    """# R19"""
    assert {CREATED, CHANGED, OPENED, CLOSED, NOTICE, SEEN, MESSAGE, REDRAWN, MARKS, DRAFT} == set(get_args(EventType))


def test_who_is_connected_is_told_of_her_own_events_only(house: House, life: Life) -> None:
    """# R19"""
    with (
        connected(house, life.ayu) as hers,
        connected(house, house.device(KOMANG)) as others,
        connected(house) as anonymous,
    ):
        life.book()
    assert hers.told == [CREATED, OPENED, NOTICE]
    assert others.told == anonymous.told == []
