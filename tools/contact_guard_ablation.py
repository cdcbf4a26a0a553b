"""`python -m tools.contact_guard_ablation`: what each stage of the contact filter is worth, as a table for the docs.

Each line takes one stage away and judges all labelled messages of tests/contact_guard/cases again.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable
from typing import Any

from app.contact_guard import DEFAULT, Rules, check
from tests.contact_guard import cases

Change = Callable[[dict[str, Any]], None]


def main() -> int:
    """Prints the table."""
    everything = cases.everything()
    print("| without | missed | wrongly refused |")
    print("|---|---|---|")
    for name, change in {"nothing taken away": lambda files: None, **STAGES}.items():
        files = copy.deepcopy(dict(DEFAULT.files))
        change(files)
        missed, refused = _faults(everything, Rules(files), with_history=name != HISTORY)
        print(f"| {name} | {missed} | {refused} |")
    return 0


def _faults(everything: list[cases.Case], rules: Rules, with_history: bool) -> tuple[int, int]:
    missed = refused = 0
    for case in everything:
        blocked = any(
            check(message, case.messages[:place] if with_history else (), rules).blocked
            for place, message in enumerate(case.messages)
        )
        missed += case.is_blocked and not blocked
        refused += blocked and not case.is_blocked
    return missed, refused


def _without(file: str, *keys: str) -> Change:
    def change(files: dict[str, Any]) -> None:
        for key in keys:
            value = files[file][key]
            files[file][key] = type(value)()

    return change


def _without_gaps(files: dict[str, Any]) -> None:
    files["engine"]["looseWords"] = -1


def _without_guard(*names: str) -> Change:
    def change(files: dict[str, Any]) -> None:
        for group in files["phrases"]["groups"]:
            group["guards"] = [guard for guard in group["guards"] if guard not in names]

    return change


def _without_commas(files: dict[str, Any]) -> None:
    for group in files["phrases"]["groups"]:
        group["acrossCommas"] = True


def _without_masks(files: dict[str, Any]) -> None:
    files["masks"] = {key: value if key == "phoneContext" else type(value)() for key, value in files["masks"].items()}


def _without_addresses(files: dict[str, Any]) -> None:
    files["addresses"]["patterns"] = []
    for form in ("handle", "named"):
        files["addresses"][form]["pattern"] = "(?!)"


HISTORY = "the earlier messages"
STAGES: dict[str, Change] = {
    "other scripts and forms of characters": _without("characters", "runs", "texts", "ignored"),
    "look-alike letters and digits": _without("lookalikes", "scripts", "leet", "letters", "signs", "alone"),
    "number words": _without(
        "numbers", "digits", "weak", "teens", "tens", "puluh", "belas", "hundred", "twice", "thrice"
    ),
    "masks and labels": _without_masks,
    "words between the pieces": _without_gaps,
    "reversed and reordered pieces": _without("masks", "reversed", "shuffled", "together"),
    "handles, e-mail, links": _without_addresses,
    "phrases": _without("phrases", "groups"),
    "phrases end at a comma": _without_commas,
    "chat spelling and misspellings": _without("words", "spellings"),
    "letters of plates": _without("words", "plates"),
    "phrases of other scripts": _without("phrases", "contains"),
    "harmless phrases": _without("phrases", "harmless"),
    "guard: negation": _without_guard("negation"),
    "guard: inside the app": _without_guard("inApp"),
    "guard: only mentioned": _without_guard("mention", "hardmention"),
    HISTORY: lambda files: None,
}


if __name__ == "__main__":
    sys.exit(main())
