"""One booking per key: the same order again is the same booking, another order is refused."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet

from app import contact_guard
from app.contact_guard import Verdict
from app.domain.errors import Invalid, TooMany
from app.domain.rates import use_booking_rate
from app.storage.columns import use_field_keys
from tests.domain.people import AYU, BUDI, SARI
from tests.domain.town import NOON, Town, order


def test_the_same_order_under_the_same_key_is_one_booking(town: Town) -> None:
    """# R3"""
    first = town.submit(key="one-key")
    before = town.census()
    town.clock.advance(minutes=1)
    again = town.submit(key="one-key")
    assert (first.is_new, again.is_new) == (True, False)
    assert again.booking == first.booking
    assert town.census() == before


def test_a_repeated_order_is_answered_with_the_booking_as_it_is_now(town: Town) -> None:
    """# R3"""
    booking = town.submit(key="one-key").booking
    town.act(AYU, "accept", booking)
    assert town.submit(key="one-key").booking.status == "therapist_accepted"
    town.clock.advance(days=30)
    assert town.submit(key="one-key").booking.booking_id == booking.booking_id


CHANGES: dict[str, Any] = {
    "therapist_id": "komang", "service_id": "ayu.90", "customer_name": "Somebody", "customer_whatsapp": "081299999999",
    "location_type": "villa", "area": "Kuta", "location": "Elsewhere", "massage_for": "female",
    "scheduled_time": NOON + timedelta(hours=1), "note": None,
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_the_same_key_with_another_order_is_refused(town: Town, name: str) -> None:
    """# R3"""
    town.submit(key="one-key")
    before = town.census()
    with pytest.raises(Invalid) as error:
        town.submit(key="one-key", **{name: CHANGES[name]})
    assert error.value.code == "idempotency_key_reused"
    assert town.census() == before


def test_every_field_but_the_price_shown_is_part_of_what_a_key_stands_for() -> None:
    """# R3"""
    assert set(CHANGES) == set(asdict(order())) - {"expected_price"}


def test_two_customers_may_use_the_same_key(town: Town) -> None:
    """# R3"""
    mine, hers = (town.submit(person, key="one-key").booking for person in (BUDI, SARI))
    assert mine.booking_id != hers.booking_id


def test_a_repetition_is_recognised_after_a_new_field_key_was_put_in_front(town: Town, field_key: str) -> None:
    """# R3"""
    first = town.submit(key="one-key")
    use_field_keys((Fernet.generate_key().decode(), field_key))
    assert town.submit(key="one-key").booking.booking_id == first.booking.booking_id


def test_what_is_kept_to_recognise_an_order_does_not_give_its_number_away(town: Town) -> None:
    """A digest without a key could be found again by trying all numbers. # R16"""
    kept = town.row(town.booked()).fingerprint
    use_field_keys((Fernet.generate_key().decode(),))
    assert not order().has_fingerprint(kept)


def test_a_repetition_is_answered_also_when_the_filter_has_become_stricter(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """# R3"""
    first = town.submit(key="one-key")
    monkeypatch.setattr(contact_guard, "check", lambda *_: Verdict(True, "PHONE", ((0, 1),)))
    assert town.submit(key="one-key").booking.booking_id == first.booking.booking_id
    with pytest.raises(Invalid):
        town.submit(key="another-key")


def test_who_tries_to_book_too_often_is_told_how_long_to_wait(town: Town) -> None:
    """# R3"""
    use_booking_rate(burst=1, per_second=0.1)
    town.submit(key="one-key")
    with pytest.raises(TooMany) as refused:
        town.submit(key="one-key")
    assert 0 < refused.value.retry_after <= 10
    town.submit(SARI)
