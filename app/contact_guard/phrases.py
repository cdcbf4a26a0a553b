"""Phrases looked for in a text, by the word they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.contact_guard.pattern import AHEAD, Element, must_come, must_follow, parse
from app.contact_guard.words import Word

#: From so many phrases on it is worth to look first whether the next word is the second of any.
_MANY = 6


@dataclass(slots=True)
class _Opened:
    """The phrases that one word may begin. Most are passed over at once: of ``near`` one word of a set comes second,
    of ``far`` one of a set, if there is any, is among the next words. ``seconds`` holds the words of all sets of
    ``near``, or nothing where there are too few phrases to be worth it.
    """

    near: list[tuple[int, frozenset[str], tuple[Element, ...]]] = field(default_factory=list)
    far: list[tuple[int, frozenset[str] | None, tuple[Element, ...]]] = field(default_factory=list)
    seconds: frozenset[str] | None = None


class PhraseIndex:
    """Phrases by the word they begin with, each with a label."""

    def __init__(self, labelled: Iterable[tuple[int, str]], classes: Mapping[str, str]) -> None:
        self._by_word: dict[str, _Opened] = {}
        self.words: set[str] = set()
        for label, pattern in labelled:
            elements = parse(pattern, classes)
            for element in elements:
                self.words |= element.words
            for first, element in enumerate(elements):
                self._put(element.words, label, elements[first:])
                if not element.optional:
                    break
        for opened in self._by_word.values():
            if len(opened.near) >= _MANY:
                opened.seconds = frozenset().union(*(following for _, following, _ in opened.near))

    def _put(self, words: Iterable[str], label: int, rest: tuple[Element, ...]) -> None:
        following, among = must_follow(rest), must_come(rest)
        for word in words:
            opened = self._by_word.setdefault(word, _Opened())
            if following is None:
                opened.far.append((label, among, rest))
            else:
                opened.near.append((label, following, rest))

    def find(self, words: Sequence[Word], hidden: Sequence[bool]) -> list[tuple[int, int, int]]:
        """(label, first word, word after the last) of each phrase found; hidden words match nothing."""
        found: list[tuple[int, int, int]] = []
        for i, word in enumerate(words):
            if hidden[i]:
                continue
            for reading in word.readings:
                opened = self._by_word.get(reading)
                if opened is not None:
                    found.extend(_opened(opened, words, hidden, i))
        return found


def _opened(opened: _Opened, words: Sequence[Word], hidden: Sequence[bool], i: int) -> Iterator[tuple[int, int, int]]:
    """The phrases that word ``i`` begins."""
    after = words[i + 1] if i + 1 < len(words) else None
    if after is not None and (opened.seconds is None or _is_in(after, opened.seconds)):
        for label, following, elements in opened.near:
            if _is_in(after, following):
                end = _match(elements, 1, words, hidden, i + 1)
                if end >= 0:
                    yield label, i, end
    if not opened.far:
        return
    ahead = [reading for word in words[i + 1 : i + 1 + AHEAD] for reading in word.readings]
    for label, among, elements in opened.far:
        if among is None or not among.isdisjoint(ahead):
            end = _match(elements, 1, words, hidden, i + 1)
            if end >= 0:
                yield label, i, end


def _is_in(word: Word, among: frozenset[str]) -> bool:
    # A word has one reading or two; this is the innermost step, and a generator would double its cost.
    readings = word.readings
    return readings[0] in among or readings[-1] in among


def _match(elements: Sequence[Element], k: int, words: Sequence[Word], hidden: Sequence[bool], i: int) -> int:
    """The word after the phrase, or -1. What a gap skips stays within the sentence."""
    if k == len(elements):
        return i
    element = elements[k]
    if element.kind == "gap":
        for skipped in range(element.most + 1):
            if skipped and (i + skipped > len(words) or words[i + skipped - 1].sentence != words[i - 1].sentence):
                break
            end = _match(elements, k + 1, words, hidden, i + skipped)
            if end >= 0:
                return end
        return -1
    over = i >= len(words) or words[i].sentence != words[i - 1].sentence
    holds = i < len(words) and not hidden[i] and _is_in(words[i], element.words)
    if element.kind == "not":
        barred = (holds and not over) or (over and element.at_end)
        return -1 if barred else _match(elements, k + 1, words, hidden, i)
    if holds:
        end = _match(elements, k + 1, words, hidden, i + 1)
        if end >= 0:
            return end
    if (element.at_end and over) or element.optional:
        return _match(elements, k + 1, words, hidden, i)
    return -1
