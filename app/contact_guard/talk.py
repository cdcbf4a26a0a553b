"""What the words of a text ask for or offer, and what excuses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.contact_guard.findings import Finding
from app.contact_guard.normalise import Folding
from app.contact_guard.phrases import PhraseIndex
from app.contact_guard.rules import RuleError, Rules
from app.contact_guard.words import Vocabulary, Word

_SIGNALS = ("negation", "afterNegation", "inApp", "mention", "report")
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
        named = {key: value for key, value in classes.items() if isinstance(value, str)}
        self._groups: list[dict[str, Any]] = phrases["groups"]
        for group in self._groups:
            if not _GUARDS.issuperset(group["guards"]):
                raise RuleError(f"The group {group['name']!r} in phrases.json names a guard that does not exist.")
        self._harmless = PhraseIndex(((0, pattern) for pattern in phrases["harmless"]), named)
        self._encouraging = PhraseIndex(((0, pattern) for pattern in phrases["notNegation"]), named)
        self._signals = PhraseIndex(
            ((k, pattern) for k, signal in enumerate(_SIGNALS) for pattern in phrases[signal]), named
        )
        self._asking = PhraseIndex(
            ((k, pattern) for k, group in enumerate(self._groups) for pattern in group["patterns"]), named
        )
        self._accounts = rules.words("words", "bank") | rules.words("words", "wallet") | rules.words("words", "account")
        self._contains = [
            (code, folding.fold(part).text) for code, parts in phrases["contains"].items() for part in parts
        ]
        self.limits = rules.files["engine"]["phrase"]
        self.fillers = rules.words("phrases", "fillers")
        known = self._harmless.words | self._encouraging.words | self._signals.words | self._asking.words
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
            guards = self._guards(words, encouraging)
            findings += [
                Finding(self._groups[k]["code"], words[i].start, words[end - 1].end, "phrases")
                for k, i, end in found
                if not self._is_excused(self._groups[k], i, end, words, guards)
            ]
        return Heard(findings, accounts)

    def _guards(self, words: Sequence[Word], encouraging: Sequence[bool]) -> _Guards:
        signals = self._signals.find(words, encouraging)
        guards = _Guards([False] * len(words), [False] * len(words), set(), set(), set(), set())
        for k, i, _ in signals:
            if _SIGNALS[k] == "negation":
                guards.negated[i] = True
            elif _SIGNALS[k] == "afterNegation":
                guards.after[i] = True
        for k, i, end in signals:
            if _SIGNALS[k] == "mention" and words[i].clause == words[end - 1].clause:
                guards.mentions.add(words[i].sentence)
                guards.mentioned.add(words[i].clause)
            elif _SIGNALS[k] == "report":
                guards.reported.add(words[i].sentence)
            elif _SIGNALS[k] == "inApp" and not self._negated_before(words, guards.negated, i, 4):
                guards.in_app.add(words[end - 1].sentence)
        return guards

    def _is_excused(self, group: dict[str, Any], i: int, end: int, words: Sequence[Word], guards: _Guards) -> bool:
        names: list[str] = group["guards"]
        if len(words) > group.get("maxWords", len(words)):
            return True
        if "negation" in names and self._is_negated(words, guards, i, end):
            return True
        sentences = {words[i].sentence, words[end - 1].sentence}
        if "negation" in names and sentences & guards.reported:
            return True
        if "inApp" in names and sentences & guards.in_app:
            return True
        if "hardmention" in names and {words[i].clause, words[end - 1].clause} & guards.mentioned:
            return True
        return "mention" in names and bool(sentences & guards.mentions)

    def _is_negated(self, words: Sequence[Word], guards: _Guards, i: int, end: int) -> bool:
        if any(guards.negated[i:end]) or self._negated_before(words, guards.negated, i, self.limits["lookBack"]):
            return True
        last = min(len(words), end + self.limits["lookAhead"])
        return any(guards.after[k] for k in range(end, last) if words[k].clause == words[end - 1].clause)

    def _negated_before(self, words: Sequence[Word], negated: Sequence[bool], i: int, far: int) -> bool:
        for k in range(i - 1, max(-1, i - 1 - far), -1):
            if words[k].clause != words[i].clause:
                return False
            if negated[k]:
                return True
        return False


@dataclass(frozen=True, slots=True)
class _Guards:
    """Which words negate what follows or what precedes, and which sentences speak of the app, only mention a name (and
    in which clauses they do), or tell of somebody else who asked.
    """

    negated: list[bool]
    after: list[bool]
    in_app: set[int]
    mentions: set[int]
    mentioned: set[int]
    reported: set[int]


def _covered(found: Sequence[tuple[int, int, int]], count: int) -> list[bool]:
    covered = [False] * count
    for _, i, end in found:
        for k in range(i, end):
            covered[k] = True
    return covered
