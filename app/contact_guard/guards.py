"""What excuses a request: that it is denied, stays in the app, only mentions a name, or tells of somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.contact_guard.phrases import PhraseIndex
from app.contact_guard.words import Word

SIGNALS = ("negation", "afterNegation", "inApp", "mention", "report")


@dataclass(frozen=True, slots=True)
class Excuses:
    """Which words negate what follows or what precedes, and which sentences speak of the app, only mention a name (and
    in which clauses they do), or tell of somebody else who asked.
    """

    negated: list[bool]
    after: list[bool]
    in_app: set[int]
    mentions: set[int]
    mentioned: set[int]
    reported: set[int]


class Guards:
    """The signals of ``phrases.json``, and whether they excuse what a phrase of a group found."""

    def __init__(self, signals: PhraseIndex, limits: Mapping[str, int]) -> None:
        self._signals = signals
        self._limits = limits

    def find(self, words: Sequence[Word], encouraging: Sequence[bool]) -> Excuses:
        signals = self._signals.find(words, encouraging)
        guards = Excuses([False] * len(words), [False] * len(words), set(), set(), set(), set())
        for k, i, _ in signals:
            if SIGNALS[k] == "negation":
                guards.negated[i] = True
            elif SIGNALS[k] == "afterNegation":
                guards.after[i] = True
        for k, i, end in signals:
            if SIGNALS[k] == "mention" and words[i].clause == words[end - 1].clause:
                guards.mentions.add(words[i].sentence)
                guards.mentioned.add(words[i].clause)
            elif SIGNALS[k] == "report":
                guards.reported.add(words[i].sentence)
            elif SIGNALS[k] == "inApp" and not self._negated_before(words, guards.negated, i, 4):
                guards.in_app.add(words[end - 1].sentence)
        return guards

    def is_excused(self, group: dict[str, Any], i: int, end: int, words: Sequence[Word], guards: Excuses) -> bool:
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

    def _is_negated(self, words: Sequence[Word], guards: Excuses, i: int, end: int) -> bool:
        if any(guards.negated[i:end]) or self._negated_before(words, guards.negated, i, self._limits["lookBack"]):
            return True
        last = min(len(words), end + self._limits["lookAhead"])
        return any(guards.after[k] for k in range(end, last) if words[k].clause == words[end - 1].clause)

    def _negated_before(self, words: Sequence[Word], negated: Sequence[bool], i: int, far: int) -> bool:
        for k in range(i - 1, max(-1, i - 1 - far), -1):
            if words[k].clause != words[i].clause:
                return False
            if negated[k]:
                return True
        return False
