"""Phrases looked for in a text, by the word they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.contact_guard.phrasebook import AHEAD, Element, Phrasebook, must_come, must_follow
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

    def __init__(self, labelled: Iterable[tuple[int, str]], book: Phrasebook) -> None:
        self._by_word: dict[str, _Opened] = {}
        self.words: set[str] = set()
        for label, pattern in labelled:
            elements = book.parse(pattern)
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
    """The word after the phrase, or -1."""
    while k < len(elements):
        element = elements[k]
        if element.kind == "gap":
            return _match_gap(elements, k, words, hidden, i)
        over = i >= len(words) or words[i].sentence != words[i - 1].sentence
        holds = i < len(words) and not hidden[i] and _is_in(words[i], element.words)
        if element.kind == "not":
            if (holds and not over) or (over and element.at_end):
                return -1
        elif element.optional or element.at_end:
            end = _match(elements, k + 1, words, hidden, i + 1) if holds else -1
            if end >= 0 or not (element.optional or over):
                return end
        elif holds:
            i += 1
        else:
            return -1
        k += 1
    return i


def _match_gap(elements: Sequence[Element], k: int, words: Sequence[Word], hidden: Sequence[bool], i: int) -> int:
    """The same where the phrase goes on with a gap; what it skips stays within the sentence."""
    following = must_follow(elements[k:])
    for skipped in range(elements[k].most + 1):
        at = i + skipped
        if skipped and (at > len(words) or words[at - 1].sentence != words[i - 1].sentence):
            break
        if following is not None and not (at < len(words) and not hidden[at] and _is_in(words[at], following)):
            continue
        end = _match(elements, k + 1, words, hidden, at)
        if end >= 0:
            return end
    return -1
