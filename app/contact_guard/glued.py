"""Number words, digits and look-alike letters that are written together: ``noldelapan1dua``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: A longer word is not taken apart.
_LONGEST = 160

#: How many characters are what kind of number, with what digits; the cost of a way, with its first step.
_Step = tuple[int, tuple[str, str]]
_Way = tuple[int, int, tuple[str, str]]


class Glued:
    """Takes words apart that consist of numbers and of nothing else."""

    def __init__(
        self, kinds: Mapping[str, tuple[str, str]], numbers: Mapping[str, Any], leet: Mapping[str, str]
    ) -> None:
        kept = frozenset(numbers["notGlued"].split())
        self._words = {
            word: kind for word, kind in kinds.items() if kind[0] != "w" and word not in kept and len(word) > 2
        }
        self._words.update((word, kinds[word]) for word in ("o", "oh", "ate") if word in kinds)
        self._leet = leet
        self._longest = max(map(len, self._words), default=0)
        #: The first two letters of all words.
        self.starts = frozenset(word[:2] for word in self._words)

    def parts(self, plain: str, has_digit: bool) -> list[tuple[str, str, int, int]]:
        """The number words, digits and look-alike letters that a chunk consists of, or nothing."""
        steps = self._steps(plain, has_digit) if len(plain) <= _LONGEST else []
        if not steps:
            return []
        best: list[_Way | None] = [None] * len(plain) + [(0, 0, ("", ""))]
        for i in range(len(plain) - 1, -1, -1):
            for length, kind in steps[i]:
                after, current = best[i + length], best[i]
                cost = (3 if kind[0] == "l" else 1) + (after[0] if after else 0)
                if after and (current is None or cost < current[0]):
                    best[i] = (cost, length, kind)
        return _along(best, plain)

    def _steps(self, plain: str, has_digit: bool) -> list[list[_Step]]:
        """From each place that can be reached from the first, what may come next; nothing if the end cannot be."""
        steps: list[list[_Step]] = [[] for _ in plain]
        reached = [True] + [False] * len(plain)
        furthest = 0
        for i in range(len(plain)):
            if reached[i]:
                steps[i] = self._next(plain, i, has_digit)
                for length, _ in steps[i]:
                    reached[i + length] = True
                    furthest = max(furthest, i + length)
            if furthest <= i:
                return []
        return steps

    def _next(self, plain: str, i: int, has_digit: bool) -> list[_Step]:
        steps: list[_Step] = []
        if "0" <= plain[i] <= "9":
            steps.append((1, ("d", plain[i])))
        for length in range(min(self._longest, len(plain) - i), 0, -1):
            kind = self._words.get(plain[i : i + length])
            if kind:
                steps.append((length, kind))
        if has_digit and plain[i] in self._leet:
            steps.append((1, ("l", self._leet[plain[i]])))
        return steps


def _along(best: Sequence[_Way | None], plain: str) -> list[tuple[str, str, int, int]]:
    """The parts of the cheapest way through a chunk."""
    found: list[tuple[str, str, int, int]] = []
    i = 0
    while i < len(plain):
        step = best[i]
        if step is None:
            return []
        _, length, (name, of) = step
        found.append(("d" if name == "l" else name, of or plain[i : i + length], i, i + length))
        i += length
    return found
