"""Payment cards: sent once for an accepted booking, the number shown to its customer only, and each look recorded."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app import storage
from app.domain.rates import use_account_rate, use_message_rate
from app.events.payloads import BookingPayload
from app.models import Message, PaymentCard, PaymentCardReveal
from tests.domain.people import AYU, BUDI, HENING, KOMANG, OPERATOR, SARI
from tests.domain.town import ACCOUNT_NUMBER, NOON, Town, at
from tests.web.device import Answer, Device
from tests.web.house import House

HIDDEN = ACCOUNT_NUMBER[:8]


def send(device: Device, booking: BookingPayload, key: str = "card-key-1", **body: object) -> Answer:
    return device.post(f"/api/conversations/{booking.conversation_id}/payment-card", {"clientId": key} | body)


def reveal(device: Device, card_id: str) -> Answer:
    return device.post(f"/api/payment-cards/{card_id}/reveal")


def looks() -> list[tuple[str, str, str]]:
    """Who looked at which card of which booking, in order."""
    columns = (PaymentCardReveal.viewer_user_id, PaymentCardReveal.message_id, PaymentCardReveal.booking_id)
    asked = select(*columns).order_by(PaymentCardReveal.id)
    return [(row[0], row[1], row[2]) for row in storage.read(lambda session: session.execute(asked).all())]


@pytest.fixture
def booking(town: Town) -> BookingPayload:
    """A booking of Budi that Ayu has accepted; she has an account."""
    town.account()
    return town.accepted()


# ---- sending


def test_a_card_is_a_message_with_the_number_masked(ayu: Device, budi: Device, booking: BookingPayload) -> None:
    """# R18"""
    sent = send(ayu, booking)
    assert sent.status == 201
    assert (sent.body["messageType"], sent.body["message"]) == ("payment_card", "BCA •••• 4821")
    assert sent.body["paymentCard"] == {
        "cardId": sent.body["id"],
        "bookingId": booking.booking_id,
        "bank": "BCA",
        "holder": "Ayu Lestari",
        "masked": "BCA •••• 4821",
        "isOutdated": False,
    }
    for device in (ayu, budi):
        page = device.get(f"/api/conversations/{booking.conversation_id}/messages")
        assert page.body["items"] == [sent.body]
        (room,) = device.get("/api/conversations").body["items"]
        assert room["lastMessage"] == sent.body


def test_the_same_key_sends_one_card_whatever_happened_since(town: Town, ayu: Device, booking: BookingPayload) -> None:
    """A retry after a lost answer is no second card, even when a new one could not be sent any more. # R13 # R18"""
    first = send(ayu, booking)
    ayu.delete("/api/therapists/me/bank-account")
    town.act(BUDI, "cancel", booking)
    again = send(ayu, booking)
    assert (first.status, again.status) == (201, 200)
    assert again.body == first.body | {"paymentCard": first.body["paymentCard"] | {"isOutdated": True}}
    assert town.count(PaymentCard) == 1


def test_a_key_is_of_one_thing_only(town: Town, ayu: Device, booking: BookingPayload) -> None:
    """# R13"""
    room = f"/api/conversations/{booking.conversation_id}"
    later = town.accepted(scheduled_time=at(50))
    send(ayu, booking, bookingId=booking.booking_id)
    assert send(ayu, booking, bookingId=later.booking_id).refusal == (422, "client_id_reused")
    text = {"clientId": "card-key-1", "message": "BCA •••• 4821"}
    assert ayu.post(f"{room}/messages", text).refusal == (422, "client_id_reused")
    ayu.post(f"{room}/messages", {"clientId": "text-key-1", "message": "on my way"})
    assert send(ayu, booking, key="text-key-1").refusal == (422, "client_id_reused")
    other = town.accepted(customer=SARI, scheduled_time=at(60))
    assert send(ayu, other).refusal == (422, "client_id_reused")


def test_without_an_account_nothing_is_sent_and_it_says_so(town: Town, ayu: Device) -> None:
    """# R18"""
    booking = town.accepted()
    refused = send(ayu, booking)
    assert refused.refusal == (409, "no_bank_account")
    assert "Add it" in refused.body["detail"]
    assert town.count(Message) == 0
    ayu.put("/api/therapists/me/bank-account", {"bank": "BCA", "holder": "Ayu", "number": ACCOUNT_NUMBER})
    assert send(ayu, booking).status == 201  # under the same key, which stands for nothing yet


def test_before_accepting_there_is_nothing_to_pay(town: Town, ayu: Device) -> None:
    """# R18"""
    town.account()
    refused = send(ayu, town.booked())
    assert (refused.refusal, refused.body["reason"]) == ((409, "chat_closed"), "awaiting_acceptance")


def test_for_a_cancelled_booking_no_card_is_sent_although_the_room_is_open(
    town: Town, ayu: Device, booking: BookingPayload
) -> None:
    """# R18"""
    town.act(AYU, "cancel", booking)
    refused = send(ayu, booking)
    assert refused.refusal == (409, "booking_state")
    assert refused.body["current"]["bookingId"] == booking.booking_id
    assert refused.body["current"]["status"] == "cancelled"


def test_an_acceptance_that_ran_out_is_none_even_before_the_clock_has_said_so(
    town: Town, ayu: Device, budi: Device, booking: BookingPayload
) -> None:
    """# R6 # R18"""
    card = send(ayu, booking).body["id"]
    town.clock.advance(minutes=15)
    assert send(ayu, booking, key="card-key-2").refusal == (409, "booking_state")
    refused = reveal(budi, card)
    assert refused.refusal == (409, "booking_state")
    assert refused.body["current"]["cancelReason"] == "confirm_expired"
    assert looks() == []


def test_a_confirmed_booking_can_be_paid_until_its_room_closes(
    town: Town, ayu: Device, budi: Device, booking: BookingPayload
) -> None:
    """# R15 # R18"""
    town.act(BUDI, "confirm", booking)
    town.clock.advance(hours=27 + 23)
    card = send(ayu, booking)
    assert card.status == 201
    town.clock.advance(hours=1)
    town.settle()
    assert send(ayu, booking, key="card-key-2").refusal == (409, "chat_closed")
    assert reveal(budi, card.body["id"]).status == 200


def test_a_booking_of_long_ago_is_not_what_a_card_is_about(town: Town, ayu: Device) -> None:
    """A confirmed booking stays confirmed for ever. # R18"""
    town.account()
    old = town.confirmed()
    town.clock.advance(days=30)
    town.settle()
    new = town.booked(scheduled_time=at(24 * 32))
    assert send(ayu, new).refusal == (409, "chat_closed")
    town.act(AYU, "accept", new)
    assert send(ayu, new, bookingId=old.booking_id).refusal == (409, "booking_state")
    assert send(ayu, new).body["paymentCard"]["bookingId"] == new.booking_id


def test_of_two_accepted_bookings_it_is_about_the_newer_or_the_one_named(town: Town, ayu: Device) -> None:
    """# R18"""
    town.account()
    first, second = town.accepted(), town.accepted(scheduled_time=at(50))
    assert send(ayu, first).body["paymentCard"]["bookingId"] == second.booking_id
    named = send(ayu, first, key="card-key-2", bookingId=first.booking_id)
    assert named.body["paymentCard"]["bookingId"] == first.booking_id


def test_a_booking_of_another_room_is_not_there(town: Town, ayu: Device, booking: BookingPayload) -> None:
    """# R18"""
    other = town.accepted(customer=SARI, scheduled_time=at(50))
    assert send(ayu, booking, bookingId=other.booking_id).refusal == (404, "not_found")
    assert town.count(Message) == 0


def test_only_the_therapist_of_the_conversation_can_send(town: Town, house: House, booking: BookingPayload) -> None:
    """# R18"""
    town.account(KOMANG)
    before = town.census()
    answers = {person.id: send(house.device(person), booking).refusal for person in (BUDI, SARI, OPERATOR)}
    assert set(answers.values()) == {(403, "wrong_role")}
    assert {send(house.device(person), booking).refusal for person in (KOMANG, HENING)} == {(404, "not_found")}
    assert town.census() == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"clientId": "short"},
        {"clientId": "k" * 101},
        {"clientId": "with a space"},
        {"clientId": "nul-\x00-nul"},
        {"clientId": "emoji-😀-key"},
        {"clientId": 12345678},
        {"clientId": "card-key-1", "bookingId": "\x00"},
        {"clientId": "card-key-1", "bookingId": "x" * 5000},
        {"clientId": "card-key-1", "bookingId": ["a"]},
    ],
)
def test_odd_requests_are_refused_and_send_nothing(
    town: Town, ayu: Device, booking: BookingPayload, body: dict[str, Any]
) -> None:
    """# R18"""
    answer = ayu.post(f"/api/conversations/{booking.conversation_id}/payment-card", body)
    assert answer.refusal == (422, "validation")
    assert town.count(Message) == 0


def test_cards_count_as_messages_against_the_limit(ayu: Device, booking: BookingPayload) -> None:
    """# R16"""
    use_message_rate(burst=1, per_second=0.1)
    assert send(ayu, booking).status == 201
    assert send(ayu, booking, key="card-key-2").refusal == (429, "too_many_requests")


def test_a_card_is_no_piece_of_a_number_that_somebody_splits(ayu: Device, booking: BookingPayload, town: Town) -> None:
    """Its last digits are ours, and ordinary talk after it passes. # R16"""
    ayu.put("/api/therapists/me/bank-account", {"bank": "Jago", "holder": "Ayu", "number": "111100000812"})
    send(ayu, booking)
    room = f"/api/conversations/{booking.conversation_id}/messages"
    assert ayu.post(room, {"clientId": "text-key-1", "message": "the total is 3456 7890"}).status == 201


# ---- revealing


def test_the_customer_of_the_booking_is_shown_the_number_and_it_is_recorded(
    town: Town, ayu: Device, budi: Device, booking: BookingPayload
) -> None:
    """# R18"""
    card = send(ayu, booking).body["id"]
    shown = reveal(budi, card)
    assert shown.status == 200
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.body == {
        "cardId": card,
        "bank": "BCA",
        "holder": "Ayu Lestari",
        "number": ACCOUNT_NUMBER,
        "isOutdated": False,
    }
    first = town.clock()
    town.clock.advance(minutes=3)
    reveal(budi, card)
    assert looks() == [(BUDI.id, card, booking.booking_id)] * 2
    times = storage.read(lambda session: session.scalars(select(PaymentCardReveal.at)).all())
    assert list(times) == [first, town.clock()]


def test_without_the_record_there_is_no_number(
    ayu: Device, budi: Device, booking: BookingPayload, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R18"""
    card = send(ayu, booking).body["id"]

    def broken(**_: object) -> PaymentCardReveal:
        raise LookupError("the row could not be made")

    monkeypatch.setattr("app.domain.payment_cards.PaymentCardReveal", broken)
    response = budi.client.post(f"/api/payment-cards/{card}/reveal")
    assert response.status_code == 500
    assert HIDDEN not in response.text
    assert looks() == []


def test_nobody_else_is_shown_it(town: Town, house: House, booking: BookingPayload) -> None:
    """Not the therapist whose number it is, not the guest of another booking with her. # R18"""
    town.accepted(customer=SARI, scheduled_time=at(50))
    card = send(house.device(AYU), booking).body["id"]
    assert reveal(house.device(SARI), card).refusal == (404, "not_found")
    for person in (AYU, KOMANG, OPERATOR):
        assert reveal(house.device(person), card).refusal == (403, "wrong_role")
    assert reveal(house.device(), card).refusal == (401, "sign_in_required")
    assert looks() == []


@pytest.mark.parametrize("kind", ["text", "unknown", "odd", "long", "emoji", "nul"])
def test_what_is_no_card_is_not_there(town: Town, budi: Device, booking: BookingPayload, kind: str) -> None:
    """# R18"""
    text = town.say(BUDI, booking.conversation_id).id
    ids = {"text": text, "unknown": "nothing", "odd": "%27%20OR%201", "long": "x" * 5000, "emoji": "😀", "nul": "a%00"}
    expected = (400, "bad_request") if kind == "nul" else (404, "not_found")
    assert reveal(budi, ids[kind]).refusal == expected


@pytest.mark.parametrize("who", [BUDI, AYU], ids=lambda person: person.id)
def test_after_a_cancellation_it_says_why_there_is_no_number(
    town: Town, ayu: Device, budi: Device, booking: BookingPayload, who: Any
) -> None:
    """# R18"""
    card = send(ayu, booking).body["id"]
    town.act(who, "cancel", booking)
    refused = reveal(budi, card)
    assert refused.refusal == (409, "booking_state")
    assert "cancelled" in refused.body["detail"]
    assert refused.body["current"]["status"] == "cancelled"
    assert refused.body["current"]["cancelledBy"] == who.role
    assert HIDDEN not in refused.text
    assert looks() == []


def test_the_cards_of_a_pairs_other_bookings_are_judged_by_their_own(town: Town, ayu: Device, budi: Device) -> None:
    """# R18"""
    town.account()
    first, second = town.accepted(), town.accepted(scheduled_time=NOON.replace(day=NOON.day + 1))
    cards = [
        send(ayu, first, key=f"card-key-{n}", bookingId=each.booking_id).body["id"]
        for n, each in enumerate((first, second))
    ]
    town.act(BUDI, "cancel", first)
    assert [reveal(budi, card).status for card in cards] == [409, 200]


def test_nobody_can_look_without_end(ayu: Device, budi: Device, booking: BookingPayload) -> None:
    """# R18"""
    card = send(ayu, booking).body["id"]
    use_account_rate(burst=2, per_second=0.1)
    assert [reveal(budi, card).status for _ in range(3)] == [200, 200, 429]
    assert len(looks()) == 2


# ---- when the account changes


@pytest.mark.parametrize("change", ["put", "delete"])
def test_a_card_stays_what_it_was_and_says_that_it_is_old(
    ayu: Device, budi: Device, booking: BookingPayload, change: str
) -> None:
    """# R18"""
    card = send(ayu, booking).body["id"]
    other = {"bank": "BRI", "holder": "A. Lestari", "number": "555566667777"}
    ayu.call(change.upper(), "/api/therapists/me/bank-account", other if change == "put" else None)
    (message,) = budi.get(f"/api/conversations/{booking.conversation_id}/messages").body["items"]
    assert (message["paymentCard"]["masked"], message["paymentCard"]["isOutdated"]) == ("BCA •••• 4821", True)
    assert message["paymentCard"]["holder"] == "Ayu Lestari"
    shown = reveal(budi, card).body
    assert (shown["number"], shown["isOutdated"]) == (ACCOUNT_NUMBER, True)


def test_a_card_of_the_new_account_is_not_old(ayu: Device, budi: Device, booking: BookingPayload) -> None:
    """# R18"""
    send(ayu, booking)
    ayu.put("/api/therapists/me/bank-account", {"bank": "BRI", "holder": "Ayu", "number": "555566667777"})
    new = send(ayu, booking, key="card-key-2")
    assert new.body["paymentCard"]["isOutdated"] is False
    assert reveal(budi, new.body["id"]).body["number"] == "555566667777"
    ayu.put("/api/therapists/me/bank-account", {"bank": "BRI", "holder": "Ayu", "number": "5555 6666 7777"})
    page = budi.get(f"/api/conversations/{booking.conversation_id}/messages").body["items"]
    assert [item["paymentCard"]["isOutdated"] for item in page] == [True, False]


def test_the_change_is_of_no_account_to_others(
    town: Town, ayu: Device, komang: Device, booking: BookingPayload
) -> None:
    """# R18"""
    send(ayu, booking)
    komang.put("/api/therapists/me/bank-account", {"bank": "BRI", "holder": "Komang", "number": "555566667777"})
    page = ayu.get(f"/api/conversations/{booking.conversation_id}/messages").body["items"]
    assert page[0]["paymentCard"]["isOutdated"] is False


# ---- the operator's list


def test_an_operator_sees_who_was_shown_whose_number_and_when(
    town: Town, house: House, ayu: Device, budi: Device, booking: BookingPayload
) -> None:
    """Newest first, and never the number. # R18 # R42"""
    operator = house.device(OPERATOR)
    card = send(ayu, booking).body["id"]
    assert operator.get("/api/operator/card-reveals").body["items"] == []
    reveal(budi, card)
    town.clock.advance(minutes=1)
    reveal(budi, card)
    answer = operator.get("/api/operator/card-reveals")
    first, second = answer.body["items"]
    assert first["at"] > second["at"]
    assert {
        name: first[name] for name in ("cardId", "bookingId", "bank", "viewerId", "viewerName", "therapistName")
    } == {
        "cardId": card,
        "bookingId": booking.booking_id,
        "bank": "BCA",
        "viewerId": BUDI.id,
        "viewerName": BUDI.display_name,
        "therapistName": AYU.display_name,
    }
    assert ACCOUNT_NUMBER not in answer.text
    assert ACCOUNT_NUMBER[-4:] not in answer.text


def test_the_list_of_looks_comes_in_pages_without_a_gap(
    house: House, ayu: Device, budi: Device, booking: BookingPayload, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R18"""
    monkeypatch.setattr("app.domain.paging.PAGE_SIZE", 1)
    operator = house.device(OPERATOR)
    card = send(ayu, booking).body["id"]
    for _ in range(3):
        reveal(budi, card)
    whole, cursor = [], None
    while True:
        page = operator.get("/api/operator/card-reveals", **({"cursor": cursor} if cursor else {})).body
        whole += page["items"]
        cursor = page["nextCursor"]
        if cursor is None:
            break
        # One more at the head moves nothing that comes after.
        if len(whole) == 1:
            reveal(budi, card)
    assert len(whole) == 3
    assert operator.get("/api/operator/card-reveals", cursor="nonsense").fields == {("cursor", "invalid")}
