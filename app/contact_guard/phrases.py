"""Where the phrases of the rules stand in a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.contact_guard.phrasebook import Element, Phrasebook
from app.contact_guard.words import Word


class PhraseIndex:
    """Phrases by the word they begin with, each with a label."""

    def __init__(self, labelled: Iterable[tuple[int, str]], book: Phrasebook) -> None:
        self._by_word: dict[str, list[tuple[int, frozenset[str] | None, tuple[Element, ...]]]] = {}
        self.words: set[str] = set()
        for label, pattern in labelled:
            elements = book.parse(pattern)
            for element in elements:
                self.words |= element.words
            for first, element in enumerate(elements):
                rest = elements[first:]
                entry = (label, _must_follow(rest), rest)
                for word in element.words:
                    self._by_word.setdefault(word, []).append(entry)
                if not element.optional:
                    break

    def find(self, words: Sequence[Word], hidden: Sequence[bool]) -> list[tuple[int, int, int]]:
        """(label, first word, word after the last) of each phrase found; hidden words match nothing."""
        found = []
        for i, word in enumerate(words):
            if hidden[i]:
                continue
            for reading in word.readings:
                for label, following, elements in self._by_word.get(reading, ()):
                    if following is not None and not (i + 1 < len(words) and _is_in(words[i + 1], following)):
                        continue
                    end = _match(elements, 1, words, hidden, i + 1)
                    if end >= 0:
                        found.append((label, i, end))
        return found


def _is_in(word: Word, among: frozenset[str]) -> bool:
    # A word has one reading or two; this is the innermost step, and a generator would double its cost.
    readings = word.readings
    return readings[0] in among or readings[-1] in among


def _must_follow(elements: Sequence[Element]) -> frozenset[str] | None:
    """The words of which one must come second, when that is so."""
    if len(elements) < 2:
        return None
    second = elements[1]
    return second.words if second.kind == "word" and not second.optional and not second.at_end else None


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
    following = _must_follow(elements[k:])
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
