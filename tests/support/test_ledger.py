"""The bench counts what goes wrong, and measures from the planned moment."""

from __future__ import annotations

from typing import Any

from bench.generator.ledger import Ledger
from bench.generator.open_loop import moments


def message(number: int, seq: int) -> dict[str, Any]:
    return {"seq": seq, "type": "message.created", "data": {"id": f"m{number}"}}


def ledger_of_ten() -> Ledger:
    """Ten messages, a second apart, each answered after 10 ms and on Ayu's device after 30 ms."""
    ledger = Ledger()
    for number in range(10):
        ledger.answer(f"m{number}", "ayu", planned=number, started=number, at=number + 0.01)
        ledger.heard("ayu", message(number, number + 1), at=number + 0.03)
    return ledger


def test_a_clean_run_has_its_latencies_and_no_faults() -> None:
    """# R24"""
    found = ledger_of_ten().summary()
    assert (found["sent"], found["lost"], found["doubled"], found["misordered"]) == (10, 0, 0, 0)
    assert round(found["delivery"]["p99"]) == 30
    assert round(found["answer"]["median"]) == 10


def test_a_send_that_was_held_up_counts_from_when_it_was_planned() -> None:
    """# R24"""
    ledger = Ledger()
    ledger.answer("m0", "ayu", planned=0.0, started=2.0, at=2.01)
    ledger.heard("ayu", message(0, 1), at=2.03)
    assert round(ledger.summary()["delivery"]["max"]) == 2030


def test_a_message_that_only_its_sender_got_is_lost() -> None:
    """# R21"""
    ledger = ledger_of_ten()
    ledger.answer("m10", "ayu", planned=10, started=10, at=10.01)
    ledger.heard("budi", message(10, 1), at=10.03)
    assert ledger.summary()["lost"] == 1


def test_a_second_copy_and_a_step_back_are_counted() -> None:
    """# R21"""
    ledger = ledger_of_ten()
    ledger.heard("ayu", message(9, 11), at=11)
    ledger.heard("ayu", {"seq": 3, "type": "conversation.marks", "data": {}}, at=12)
    found = ledger.summary()
    assert (found["doubled"], found["misordered"]) == (1, 1)


def test_planned_moments_have_the_rate_that_was_asked_for() -> None:
    """# R24"""
    plan = moments(per_second=100, seconds=60, seed=1)
    assert 5_700 < len(plan) < 6_300
    assert plan == sorted(plan)
