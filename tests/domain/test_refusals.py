"""What the filter refused is written down without what was wrong with it, once, and never at the person's cost."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import contact_guard, storage
from app.domain import accounts, chat, free_text, refusals, submissions, transitions
from app.domain.errors import Invalid, NotFound
from app.domain.people import Person
from app.models import Refusal
from tests.domain.people import AYU, BUDI, KOMANG, SARI
from tests.domain.town import Town, order

NUMBER = "my number is 0812 3456 7890, room 412"


def kept() -> list[Refusal]:
    """Every refusal that was written down, oldest first."""

    def run(session: Session) -> list[Refusal]:
        rows = list(session.scalars(select(Refusal).order_by(Refusal.created_at, Refusal.id)))
        session.expunge_all()
        return rows

    return storage.read(run)


def refused(person: Person, room: str, text: str) -> None:
    """The person sends a text that is refused."""
    with pytest.raises(Invalid):
        chat.send(person, room, f"client-{len(text)}-{hash(text)}", text)


def test_a_refused_message_is_kept_without_what_was_wrong_with_it(town: Town) -> None:
    """# R17"""
    room = town.booked().conversation_id
    refused(BUDI, room, NUMBER)
    (row,) = kept()
    assert (row.user_id, row.conversation_id, row.kind, row.code) == (BUDI.id, room, "message", "PHONE")
    assert (row.enforced, row.tries, row.created_at) == (True, 1, town.clock.now)
    assert (row.engine_version, row.rules_version) == (
        contact_guard.ENGINE_VERSION,
        contact_guard.DEFAULT.version,
    )
    assert row.redacted == "• •, room •••"


def test_every_field_of_a_booking_that_is_refused_is_kept(town: Town) -> None:
    """# R17"""
    texts: dict[str, Any] = {
        "customer_name": "Budi 081234567890",
        "area": "ig @budi_sanur",
        "location": "WA 081234567890",
    }
    with pytest.raises(Invalid):
        submissions.submit(BUDI, "key-of-this", order(**texts, note="email me: a@b.com"))
    found = {(row.kind, row.code) for row in kept()}
    assert {kind for kind, _ in found} == {"customerName", "location", "note"}
    assert ("customerName", "PHONE") in found
    assert len(kept()) == 4
    assert {row.conversation_id for row in kept()} == {None}


@pytest.mark.parametrize("action", ["decline", "cancel"])
def test_a_refused_reason_is_kept_and_nothing_is_cancelled(town: Town, action: str) -> None:
    """# R17"""
    booking = town.booked()
    with pytest.raises(Invalid):
        transitions.act(AYU, booking.booking_id, action, NUMBER)  # type: ignore[arg-type]  # both are actions
    (row,) = kept()
    assert (row.user_id, row.kind, row.conversation_id) == (AYU.id, "reason", booking.conversation_id)
    assert town.row(booking).status == "pending"


def test_a_guest_who_is_refused_her_name_is_kept_without_being_made(town: Town) -> None:
    """# R17"""
    for _ in range(2):
        with pytest.raises(Invalid):
            accounts.create_guest("Wati 081234567890", None, None, None)
    (row,) = kept()
    assert (row.user_id, row.kind, row.tries) == (None, "displayName", 2)


def test_the_same_text_again_within_ten_minutes_is_another_try(town: Town) -> None:
    """# R17"""
    room = town.booked().conversation_id
    for _ in range(3):
        refused(BUDI, room, NUMBER)
        town.clock.advance(minutes=3)
    assert [row.tries for row in kept()] == [3]
    town.clock.advance(minutes=1)
    refused(BUDI, room, NUMBER)
    assert [row.tries for row in kept()] == [3, 1]


def test_another_text_another_person_and_another_room_are_refusals_of_their_own(town: Town) -> None:
    """# R17"""
    rooms = town.accepted().conversation_id, town.booked(SARI, therapist=KOMANG).conversation_id
    refused(BUDI, rooms[0], NUMBER)
    refused(BUDI, rooms[0], f"{NUMBER}!")
    refused(AYU, rooms[0], NUMBER)
    refused(SARI, rooms[1], NUMBER)
    assert [row.tries for row in kept()] == [1, 1, 1, 1]


def test_what_is_answered_from_before_is_no_refusal(town: Town) -> None:
    """A replay of what an older filter let pass. # R3 # R17"""
    message = town.say(BUDI, town.booked().conversation_id, "call the front desk")
    strict = contact_guard.Verdict(True, "REQUEST", ((0, 4),), ((0, 4),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(free_text, "judge", lambda *_: strict)
        again = chat.send(BUDI, message.conversation_id, message.client_id, "call the front desk")
    assert again.is_new is False
    assert kept() == []


def test_an_outsider_leaves_nothing_and_is_not_judged(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody makes the filter work, or remember, for a room that is not theirs. # R11 # R17"""
    room = town.booked().conversation_id
    monkeypatch.setattr(free_text, "judge", lambda *_: pytest.fail("the text of an outsider was judged"))
    with pytest.raises(NotFound):
        chat.send(SARI, room, "client-1", NUMBER)
    assert kept() == []


@pytest.mark.parametrize("broken", ["_record", "_finding"])
def test_the_answer_is_the_same_when_it_cannot_be_written_down(
    town: Town, broken: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the log says so without the text. # R17"""

    def fails(*_: object) -> None:
        raise RuntimeError(NUMBER)

    monkeypatch.setattr(refusals, broken, fails)
    room = town.booked().conversation_id
    with pytest.raises(Invalid) as refusal:
        chat.send(BUDI, room, "client-1", NUMBER)
    assert refusal.value.code == "contact_blocked"
    assert kept() == []
    logged = "".join(capsys.readouterr())
    assert "refusal.unrecorded" in logged
    assert "3456" not in logged


def test_old_ones_are_forgotten_a_part_at_a_time(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """# R17"""
    monkeypatch.setattr(refusals, "FORGET_AT_ONCE", 1)

    def try_name(name: str) -> None:
        with pytest.raises(Invalid):
            submissions.submit(BUDI, "key-of-this", order(customer_name=name))

    for name in ("Budi 081234567890", "Budi 081234567899"):
        try_name(name)
    town.clock.advance(days=89)
    try_name("Budi 081234567890")
    assert refusals.forget_old() == 0
    town.clock.advance(days=1, seconds=1)
    assert [refusals.forget_old() for _ in range(3)] == [1, 1, 0]
    assert len(kept()) == 1


@given(
    st.text(max_size=60), st.sampled_from(["0812 3456 7890", "nol delapan satu dua tiga empat lima enam", "a@b.com"])
)
def test_no_redacted_text_holds_a_digit_or_what_was_found(around: str, secret: str) -> None:
    """# R17"""
    text = free_text.clean(f"{around} {secret} {around}")
    verdict = free_text.judge(text)
    hidden = free_text.redacted(text, verdict)
    assert not any(character.isnumeric() for character in hidden)
    if verdict.blocked:
        for start, end in verdict.offending:
            piece = text[start:end]
            with suppress(ValueError):
                # A short piece may stand elsewhere in the text, where nothing is wrong with it.
                assert len(piece) < 6 or unicodedata.normalize("NFC", piece) not in hidden.replace(around, "")


def test_everything_that_offends_is_hidden_not_only_what_the_code_is_for(town: Town) -> None:
    """# R17"""
    text = "reach me: budi.santoso@example.com or wa 0812 3456 7890 or call me"
    hidden = free_text.redacted(text, free_text.judge(text))
    assert "budi" not in hidden
    assert "example" not in hidden
    assert "call me" not in hidden
