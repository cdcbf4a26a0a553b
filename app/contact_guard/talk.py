"""What the words of a text ask for or offer, and what excuses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.contact_guard.findings import Finding
from app.contact_guard.guards import SIGNALS, Guards
from app.contact_guard.normalise import Folding
from app.contact_guard.phrasebook import Phrasebook
from app.contact_guard.phrases import PhraseIndex
from app.contact_guard.rules import RuleError, Rules
from app.contact_guard.words import Vocabulary, Word

_GUARDS = frozenset(("negation", "inApp", "mention", "hardmention"))


@dataclass(frozen=True, slots=True)
class Heard:
    """The findings, and where a bank, a wallet or an account is named."""

    findings: list[Finding]
    accounts: list[int]


class Talk:
    """The phrases of ``phrases.json``."""

    def __init__(self, rules: Rules, folding: Folding) -> None:
        phrases, classes = rules.files["phrases"], rules.files["words"]
        book = Phrasebook({key: value for key, value in classes.items() if isinstance(value, str)})
        self._groups: list[dict[str, Any]] = phrases["groups"]
        for group in self._groups:
            if not _GUARDS.issuperset(group["guards"]):
                raise RuleError(f"The group {group['name']!r} in phrases.json names a guard that does not exist.")
        self._harmless = PhraseIndex(((0, pattern) for pattern in phrases["harmless"]), book)
        self._encouraging = PhraseIndex(((0, pattern) for pattern in phrases["notNegation"]), book)
        signals = PhraseIndex(((k, pattern) for k, signal in enumerate(SIGNALS) for pattern in phrases[signal]), book)
        self._asking = PhraseIndex(
            ((k, pattern) for k, group in enumerate(self._groups) for pattern in group["patterns"]), book
        )
        self._accounts = rules.words("words", "bank") | rules.words("words", "wallet") | rules.words("words", "account")
        self._contains = [
            (code, folding.fold(part).text) for code, parts in phrases["contains"].items() for part in parts
        ]
        self.limits = rules.files["engine"]["phrase"]
        self._guards = Guards(signals, self.limits)
        self.fillers = rules.words("phrases", "fillers")
        known = self._harmless.words | self._encouraging.words | signals.words | self._asking.words
        vocabulary = {**classes, "letters": rules.files["lookalikes"]["letters"]}
        self._vocabulary = Vocabulary(frozenset(known | self._accounts | self.fillers), vocabulary, phrases, folding)

    def knows(self, word: str) -> bool:
        """Whether the rules have this word."""
        return word in self._vocabulary.known

    def split(self, text: str) -> list[Word]:
        """The words of a folded text."""
        return self._vocabulary.split(text)

    def listen(self, text: str, words: Sequence[Word]) -> Heard:
        """What the words ask for or offer."""
        shown = [False] * len(words)
        harmless = _covered(self._harmless.find(words, shown), len(words))
        encouraging = _covered(self._encouraging.find(words, shown), len(words))
        found = self._asking.find(words, harmless)
        accounts = [
            word.start
            for i, word in enumerate(words)
            if not harmless[i] and any(reading in self._accounts for reading in word.readings)
        ]
        findings = [
            Finding(code, at, at + len(part), "phrases")
            for code, part in (self._contains if not text.isascii() else ())
            if (at := text.find(part)) >= 0
        ]
        if found:
            guards = self._guards.find(words, encouraging)
            findings += [
                Finding(self._groups[k]["code"], words[i].start, words[end - 1].end, "phrases")
                for k, i, end in found
                if (words[i].part == words[end - 1].part or self._groups[k].get("acrossCommas", False))
                and not self._guards.is_excused(self._groups[k], i, end, words, guards)
            ]
        return Heard(findings, accounts)


def _covered(found: Sequence[tuple[int, int, int]], count: int) -> list[bool]:
    covered = [False] * count
    for _, i, end in found:
        for k in range(i, end):
            covered[k] = True
    return covered
