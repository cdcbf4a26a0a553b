"""The server's engine and the browser's: the same verdict, code and marks for everything."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.contact_guard import cases, evasions

ROOT = Path(__file__).resolve().parents[2]


def in_the_browsers_engine(runs: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """What the TypeScript says of each run of messages."""
    lines = "".join(json.dumps({"id": str(n), "messages": list(run)}) + "\n" for n, run in enumerate(runs))
    command = ["npm", "run", "--silent", "contact-guard", "--", "--spans"]
    answer = subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, check=True, timeout=300)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def assert_agreed(runs: Sequence[Sequence[str]]) -> None:
    answers = in_the_browsers_engine(runs)
    assert len(answers) == len(runs)
    for run, answer in zip(runs, answers, strict=True):
        place, verdict = cases.judged(run)
        here = (verdict.blocked, verdict.code, place, [list(span) for span in verdict.spans])
        assert (answer["blocked"], answer["code"], answer["message"], answer["spans"]) == here, run


def test_both_engines_agree_on_every_labelled_message() -> None:
    """# R17"""
    assert_agreed([case.messages for case in cases.everything()])


def test_both_engines_agree_on_what_evasions_make_of_blocked_messages() -> None:
    """# R17"""
    source = random.Random(5)
    blocked = [case for case in cases.everything() if case.is_blocked]
    assert_agreed([evasions.mutated(source, case.messages) for case in source.sample(blocked, 300)])


def test_both_engines_agree_on_every_character_there_is() -> None:
    """Beside digits and inside a name, whatever Unicode each side's own tables know. # R17"""
    characters = [
        chr(code)
        for code in range(0x20, sys.maxunicode + 1)
        if unicodedata.category(chr(code)) not in ("Cs", "Co", "Cn")
    ]
    pieces = ["".join(characters[i : i + 40]) for i in range(0, len(characters), 40) if i < 6_000 or i % 400 == 0]
    assert_agreed([[f"0812{piece}34567890 wh{piece[:1]}tsapp {piece}"] for piece in pieces])


@pytest.mark.parametrize("seed", [1, 2])
def test_both_engines_agree_on_nonsense_made_of_what_the_rules_know(seed: int) -> None:
    """# R17"""
    source = random.Random(seed)
    assert_agreed([[evasions.nonsense(source) for _ in range(source.randint(1, 4))] for _ in range(400)])


def test_both_engines_agree_on_numbers_among_units_labels_and_separators() -> None:
    """Where a mask, a label or a gap that one of them counts differently would show. # R17"""
    source = random.Random(3)
    assert_agreed([[evasions.digits_among_words(source) for _ in range(source.randint(1, 3))] for _ in range(2_500)])
