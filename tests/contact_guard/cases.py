"""The labelled messages of this folder, and how a run of messages is judged."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.contact_guard import Verdict, check

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """``messages`` are of one sender, oldest first; ``is_blocked`` is the label."""

    id: str
    messages: tuple[str, ...]
    is_blocked: bool
    category: str


def load(name: str) -> list[Case]:
    """The cases of one file."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines]


def everything() -> list[Case]:
    """The cases of all files."""
    return [case for path in sorted(FOLDER.glob("*.jsonl")) for case in load(path.stem)]


def _case(line: dict[str, Any]) -> Case:
    messages = tuple(line["messages"]) if "messages" in line else (line["text"],)
    return Case(line["id"], messages, line["label"] == "block", line["category"])


def judged(messages: Sequence[str]) -> tuple[int | None, Verdict]:
    """Which message would be refused when it is sent, knowing only the earlier ones, and its verdict."""
    for place, message in enumerate(messages):
        verdict = check(message, messages[:place])
        if verdict.blocked:
            return place, verdict
    return None, Verdict(False)


@dataclass
class Score:
    """Shares of 1. Categories are labelled block or allow by their first part."""

    precision: float
    recall: float
    false_positives: float
    categories: dict[tuple[bool, str], float]


def score(cases: Iterable[Case]) -> Score:
    """How the filter does on these."""
    answers: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for case in cases:
        answers[case.is_blocked, case.category].append(judged(case.messages)[1].blocked)
    hits = sum(sum(found) for (is_blocked, _), found in answers.items() if is_blocked)
    wrong = sum(sum(found) for (is_blocked, _), found in answers.items() if not is_blocked)
    to_block = sum(len(found) for (is_blocked, _), found in answers.items() if is_blocked)
    to_allow = sum(len(found) for (is_blocked, _), found in answers.items() if not is_blocked)
    shares = {key: sum(found) / len(found) for key, found in answers.items()}
    return Score(hits / (hits + wrong), hits / to_block, wrong / to_allow, shares)
