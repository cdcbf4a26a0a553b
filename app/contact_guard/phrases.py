"""Phrases as data: sequences of words with alternatives, gaps and what must not follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.contact_guard.rules import RuleError
from app.contact_guard.words import Word

_END = "<end>"
_MOST_SKIPPED = 4


@dataclass(frozen=True, slots=True)
class _Element:
    """One place of a phrase: ``word`` (perhaps optional), ``gap`` of so many words, or ``not`` these words next."""

    kind: str
    words: frozenset[str] = frozenset()
    optional: bool = False
    at_end: bool = False
    most: int = 0


def parse(pattern: str, classes: Mapping[str, str]) -> tuple[_Element, ...]:
    """The places of a phrase.

    :raises RuleError: it begins with anything but words, or names a class that does not exist
    """
    elements = []
    for part in pattern.split():
        if part[0] == "~":
            elements.append(_Element("gap", most=min(int(part[1:]), _MOST_SKIPPED)))
            continue
        body = part.strip("!?")
        words: set[str] = set()
        for option in body.split("|"):
            if option.startswith("$"):
                if option[1:] not in classes:
                    raise RuleError(f"The phrase {pattern!r} names {option}, which words.json does not have.")
                words.update(classes[option[1:]].split())
            elif option not in ("", _END):
                words.add(option)
        at_end = _END in body.split("|")
        kind = "not" if part[0] == "!" else "word"
        elements.append(_Element(kind, frozenset(words), part.endswith("?"), at_end))
    if all(element.kind != "word" or element.optional or element.at_end for element in elements):
        raise RuleError(f"The phrase {pattern!r} must hold a word that has to be there.")
    if elements[0].kind != "word" or elements[0].at_end:
        raise RuleError(f"The phrase {pattern!r} must begin with a word.")
    return tuple(elements)


class PhraseIndex:
    """Phrases by the word they begin with, each with a label."""

    def __init__(self, labelled: Iterable[tuple[int, str]], classes: Mapping[str, str]) -> None:
        self._by_word: dict[str, list[tuple[int, frozenset[str] | None, tuple[_Element, ...]]]] = {}
        self.words: set[str] = set()
        for label, pattern in labelled:
            elements = parse(pattern, classes)
            for element in elements:
                self.words |= element.words
            for first, element in enumerate(elements):
                for word in element.words:
                    rest = elements[first:]
                    self._by_word.setdefault(word, []).append((label, _must_follow(rest), rest))
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


def _must_follow(elements: Sequence[_Element]) -> frozenset[str] | None:
    """The words of which one must come second, when that is so."""
    if len(elements) < 2:
        return None
    second = elements[1]
    return second.words if second.kind == "word" and not second.optional and not second.at_end else None


def _match(elements: Sequence[_Element], k: int, words: Sequence[Word], hidden: Sequence[bool], i: int) -> int:
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
