"""What the hourly job forgets, all of it in one round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain import accounts, drafts, recovery
from app.events.payloads import DraftFields
from app.jobs import deadlines as jobs
from app.models import DeviceSession, Event, RecoveryCode
from tests.domain.people import AYU, BUDI, PASSWORD, SARI, email_of
from tests.domain.town import Town


def test_what_is_old_goes_and_what_is_new_stays(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many parts it takes. # R10 # R29"""
    monkeypatch.setattr(drafts, "FORGET_AT_ONCE", 1)
    now = datetime.now(UTC)  # the log stamps its events with the time of day
    town.clock.go_to(now - timedelta(days=200))
    accounts.sign_in(email_of(AYU), PASSWORD)
    recovery.make_code(SARI)
    for provider in ("ayu", "komang"):
        drafts.save(BUDI, provider, 0, DraftFields.model_validate({"area": "Kuta"}))
    town.clock.go_to(now)
    accounts.sign_in(email_of(AYU), PASSWORD)
    recovery.make_code(BUDI)
    drafts.save(SARI, "ayu", 0, DraftFields.model_validate({"area": "Sanur"}))
    events = town.count(Event)

    assert jobs._forget_old() == 0

    assert (town.count(DeviceSession), town.count(RecoveryCode), town.count(Event)) == (1, 1, events)
    assert [drafts.find(BUDI, provider).draft for provider in ("ayu", "komang")] == [None, None]
    assert drafts.find(SARI, "ayu").draft == DraftFields.model_validate({"area": "Sanur"})
