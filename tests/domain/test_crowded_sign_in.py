"""Passwords that are checked hold up nobody but those who sign in."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import gevent
import pytest
from gevent import monkey

from app.domain import accounts
from app.domain.accounts import SignedIn
from tests.domain.people import AYU, PASSWORD, email_of
from tests.domain.town import Town

MORE_THAN_ANY_POOL_HAS_THREADS = 30
Attempt: TypeAlias = "gevent.Greenlet[[str, str], SignedIn]"


@pytest.fixture
def patched(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would block takes a native thread, as in a server, which gevent has patched."""
    monkeypatch.setattr(monkey, "is_module_patched", lambda _: True)


@pytest.fixture
def stuck(town: Town, patched: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sequence[Attempt]]:
    """Many people who sign in at once, and whose passwords take for ever to check."""
    goes_on = threading.Event()
    monkeypatch.setattr(accounts, "is_password", lambda _hash, password: goes_on.wait(30) and password == PASSWORD)
    people = [gevent.spawn(accounts.sign_in, email_of(AYU), PASSWORD) for _ in range(MORE_THAN_ANY_POOL_HAS_THREADS)]
    gevent.sleep(0)
    yield people
    goes_on.set()
    gevent.joinall(people, raise_error=True)


def test_a_write_is_committed_while_more_passwords_are_checked_than_there_are_threads(
    town: Town, stuck: Sequence[Attempt]
) -> None:
    """# R10 # R24"""
    with gevent.Timeout(10):
        booking = town.booked()
    assert town.row(booking).status == "pending"
    assert not any(person.ready() for person in stuck)
