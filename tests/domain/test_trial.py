"""Rules on trial: asked beside those in force, written down where they differ, never obeyed."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import select

from app import contact_guard, storage
from app.contact_guard import Rules
from app.domain import chat, oversight, trial
from app.domain.errors import Invalid
from app.domain.people import Person
from app.models import Refusal
from tests.domain.people import AYU, BUDI, OPERATOR
from tests.domain.town import Town

#: In force "call" (позвон…) is a request; on trial coconuts (кокос) are one instead.
CALL, COCONUT = "позвоните мне 1", "кокосовое масло 2"


def other_rules() -> Rules:
    """The rules in force with another word in them."""
    files: dict[str, Any] = copy.deepcopy(dict(contact_guard.DEFAULT.files))
    files["engine"]["version"] = "trial-7"
    words = files["phrases"]["contains"]["REQUEST"]
    files["phrases"]["contains"]["REQUEST"] = ["кокос", *(word for word in words if word != "позвон")]
    return Rules(files)


@pytest.fixture
def room(town: Town) -> str:
    """An open room in which both may write, while rules are on trial."""
    trial.use_trial_rules(other_rules())
    return town.accepted().conversation_id


def kept() -> list[tuple[bool, str, str, str | None]]:
    """Enforced, redacted text, version of the rules, spared by."""
    wanted = select(Refusal.enforced, Refusal.redacted, Refusal.rules_version, Refusal.spared_by)
    rows = storage.read(lambda session: session.execute(wanted).all())
    return [(enforced, redacted, version, spared_by) for enforced, redacted, version, spared_by in rows]


def test_what_they_alone_would_refuse_passes_and_is_written_down(town: Town, room: str) -> None:
    """# R17"""
    assert town.say(BUDI, room, COCONUT).message == COCONUT
    ((enforced, redacted, version, spared_by),) = kept()
    assert (enforced, version, spared_by) == (False, "trial-7", None)
    assert "кокос" not in redacted
    assert "2" not in redacted


def test_what_they_alone_would_let_pass_is_refused_and_counted(town: Town, room: str) -> None:
    """# R17"""
    with pytest.raises(Invalid):
        town.say(BUDI, room, CALL)
    ((enforced, _, version, spared_by),) = kept()
    assert (enforced, version, spared_by) == (True, contact_guard.DEFAULT.version, "trial-7")


def test_where_both_agree_nothing_is_added(town: Town, room: str) -> None:
    """# R17"""
    town.say(BUDI, room, "see you at two")
    with pytest.raises(Invalid):
        town.say(BUDI, room, "0812 3456 7890")
    assert [(enforced, spared_by) for enforced, _, _, spared_by in kept()] == [(True, None)]


def test_they_see_the_earlier_messages_too(town: Town, room: str) -> None:
    """# R17"""
    town.say(BUDI, room, "кокос")
    town.say(BUDI, room, "hello")
    assert len(kept()) == 1


def test_every_text_is_tried(town: Town, room: str) -> None:
    """Names, places, notes and reasons, by whoever writes them. # R17"""
    booking = town.booked(minutes=90, customer_name="Кокос", location="кокос 5", note="кокос", scheduled_time=None)
    town.act(AYU, "decline", booking, reason="кокос")
    wanted = select(Refusal.kind, Refusal.user_id)
    found = {tuple(row) for row in storage.read(lambda session: session.execute(wanted).all())}
    mine = {(kind, BUDI.id) for kind in ("customerName", "location", "note")}
    assert found == {*mine, ("reason", AYU.id)}


def test_when_they_fail_nobody_notices_but_the_log(
    town: Town, room: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which does not learn the text. # R17"""
    real = contact_guard.check

    def check(text: str, recent: Any = (), rules: Rules = contact_guard.DEFAULT) -> contact_guard.Verdict:
        if rules is not contact_guard.DEFAULT:
            raise ValueError(text)
        return real(text, recent, rules)

    monkeypatch.setattr(contact_guard, "check", check)
    assert town.say(BUDI, room, COCONUT).message == COCONUT
    logged = "".join(capsys.readouterr())
    assert "trial.failed" in logged
    assert "кокос" not in logged


def test_the_summary_counts_both_ways_by_code_and_by_this_version_only(town: Town, room: str) -> None:
    """# R17"""

    def say(person: Person, text: str) -> None:
        with suppress(Invalid):
            chat.send(person, room, f"client-{town.clock.advance(seconds=1):%f%S}", text)

    for _ in range(2):
        say(BUDI, CALL)
    for text in (COCONUT, f"{COCONUT}!"):
        say(AYU, text)
    seen = oversight.shadow(OPERATOR)
    assert (seen.version, seen.enforcing) == ("trial-7", contact_guard.DEFAULT.version)
    assert [(count.code, count.texts, count.tries) for count in seen.newly_blocked] == [("REQUEST", 2, 2)]
    assert [(count.code, count.texts, count.tries) for count in seen.newly_allowed] == [("REQUEST", 1, 2)]
    trial.use_trial_rules(None)
    seen = oversight.shadow(OPERATOR)
    assert (seen.version, seen.newly_blocked, seen.newly_allowed) == (None, [], [])
