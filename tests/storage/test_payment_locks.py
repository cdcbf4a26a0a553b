"""A look at a payment card, and the sending of one, wait for whoever is moving the booking. # R18"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from app.domain import clock as domain_clock
from app.domain import payment_cards
from app.models import Message, PaymentCardReveal
from app.storage import Store, StoreBusy, use_store
from tests.domain.databases import PostgresDatabase
from tests.domain.moment import Clock
from tests.domain.people import AYU, BUDI
from tests.domain.terms import usual_terms
from tests.domain.town import Town
from tests.storage.rows import raw

# As `act` takes it: other than a plain FOR UPDATE, a foreign key does not wait for it.
MOVING = text("SELECT 1 FROM bookings WHERE id = :id FOR NO KEY UPDATE")


@pytest.mark.parametrize("what", ["reveal", "send"])
def test_it_waits_for_the_booking_and_writes_nothing_meanwhile(
    postgres: Store, postgres_database: PostgresDatabase, what: str
) -> None:
    """On SQLite there is one writer. # R18"""
    usual_terms(Fernet.generate_key().decode())
    use_store(postgres)
    with domain_clock.fixed(held := Clock()):
        _wait_and_see(Town(held), postgres_database.url, what)


def _wait_and_see(town: Town, url: str, what: str) -> None:
    booking = town.accepted()
    card = town.card(booking)
    acts: dict[str, Callable[[], object]] = {
        "reveal": lambda: payment_cards.reveal(BUDI, card.id),
        "send": lambda: payment_cards.send(AYU, booking.conversation_id, "another-card", None),
    }
    with raw(url) as mover:
        mover.execute(MOVING, {"id": booking.booking_id})
        with pytest.raises(StoreBusy):
            acts[what]()
    assert (town.count(Message), town.count(PaymentCardReveal)) == (1, 0)
    acts[what]()
    assert town.count(Message) + town.count(PaymentCardReveal) == 2
