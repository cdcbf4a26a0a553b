"""The judge is judged: a good history passes, and each kind of damage done to it is named."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import damage
from tests.support.damage import Damage, double, lose, reorder, unreported
from tests.support.history import Account, Acknowledged, Fault, Journal, Received, judge

ROOM = "customer_budi_therapist_ayu"


def good_history() -> tuple[Account, Account, Account]:
    """Budi sends forty messages; his own second device and Ayu receive them."""
    budi = Account("budi")
    for number in range(1, 41):
        budi.sent.add(f"key-{number}")
        budi.acknowledged.append(Acknowledged(f"key-{number}", f"message-{number}", ROOM))
    readers = [Account(name, follows={ROOM}) for name in ("budi's tablet", "ayu")]
    for reader in readers:
        reader.received = [
            Received(n, f"message-{n}", f"key-{n}", ROOM, n, rises={"Ayu's mark": n}) for n in range(1, 41)
        ]
    return budi, readers[0], readers[1]


def skip(reader: Account, rng: random.Random) -> None:
    del reader.received[rng.randrange(1, len(reader.received) - 1)]


def lose_the_last(reader: Account, _: random.Random) -> None:
    del reader.received[-1]


def repeat(reader: Account, rng: random.Random) -> None:
    at = rng.randrange(len(reader.received))
    reader.received.insert(at, reader.received[at])


def swap_places(reader: Account, rng: random.Random) -> None:
    at = rng.randrange(len(reader.received) - 1)
    one, two = reader.received[at], reader.received[at + 1]
    reader.received[at : at + 2] = [replace(one, thing=two.thing), replace(two, thing=one.thing)]


def invent(reader: Account, _: random.Random) -> None:
    reader.received.append(Received(len(reader.received) + 1, "message-ghost", "", ROOM, len(reader.received) + 1))


def set_back(reader: Account, rng: random.Random) -> None:
    at = rng.randrange(1, len(reader.received))
    reader.received[at] = replace(reader.received[at], rises={"Ayu's mark": at - 1})


def test_a_good_history_has_no_faults() -> None:
    """# R13"""
    assert judge(good_history()) == []


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [(lose, "lost"), (lose_the_last, "lost"), (skip, "gap"), (double, "doubled"), (repeat, "went back"),
     (reorder, "misordered"), (swap_places, "misordered"), (invent, "invented"), (set_back, "fell")],
)  # fmt: skip
@pytest.mark.parametrize("seed", range(5))
def test_damage_done_to_one_reader_is_reported(spoil: Damage, rule: str, seed: int) -> None:
    """# R13 # R21"""
    budi, tablet, ayu = good_history()
    spoil(ayu, random.Random(seed))
    assert rule in {fault.rule for fault in judge([budi, tablet, ayu])}


@pytest.mark.parametrize("seed", range(5))
def test_what_is_injected_into_the_accounts_of_a_run_is_reported_and_leaves_them_as_they_were(seed: int) -> None:
    """# R13 # R21"""
    accounts = [*good_history()]
    assert unreported(accounts, seed) == []
    assert accounts == [*good_history()]


def test_a_judge_who_overlooks_something_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """# R13 # R21"""
    blind = [Fault("misordered", "all that he knows")]
    monkeypatch.setattr(damage, "judge", lambda _: blind)
    assert unreported([*good_history()], 1) == ["loss", "duplicate"]


def test_one_key_that_became_two_things_is_reported() -> None:
    """# R3 # R13"""
    budi, tablet, ayu = good_history()
    budi.acknowledged.append(Acknowledged("key-7", "message-8", ROOM))
    assert [fault.rule for fault in judge([budi, tablet, ayu])] == ["doubled"]


def test_a_send_that_nobody_answered_is_reported() -> None:
    """# R13"""
    budi, tablet, ayu = good_history()
    budi.sent.add("key-41")
    assert [fault.rule for fault in judge([budi, tablet, ayu])] == ["unanswered"]


def test_a_journal_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """# R13"""
    journal = Journal(tmp_path / "ayu.jsonl")
    journal.begins_after(0)
    journal.follows(ROOM)
    journal.sent("key-1")
    journal.acknowledged("key-1", "message-1", ROOM)
    journal.received(Received(1, "message-1", "key-1", ROOM, 1, "message.created", {"mark": 7}))
    journal.close()
    with journal.path.open("a") as torn:
        torn.write('["received", {"seq": 2, "thi')  # the client was killed while writing
    account = Account.load(journal.path)
    assert account == Account(
        "ayu",
        0,
        {ROOM},
        {"key-1"},
        [Acknowledged("key-1", "message-1", ROOM)],
        [Received(1, "message-1", "key-1", ROOM, 1, "message.created", {"mark": 7})],
    )
