"""Phrases as they are written in the rules: words with alternatives, gaps and what must not follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.contact_guard.rules import RuleError

_END = "<end>"
_MOST_SKIPPED = 4
#: How far ahead is looked before a phrase with a gap is tried.
AHEAD = _MOST_SKIPPED + 2


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a phrase: ``word`` (perhaps optional), ``gap`` of so many words, or ``not`` these words next."""

    kind: str
    words: frozenset[str] = frozenset()
    optional: bool = False
    at_end: bool = False
    most: int = 0


class Phrasebook:
    """Reads patterns; many have the same parts, and each part is read once."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self._classes = classes
        self._elements: dict[str, Element] = {}

    def parse(self, pattern: str) -> tuple[Element, ...]:
        """The places of a phrase.

        :raises RuleError: it begins with anything but words, or names a class that does not exist
        """
        elements = tuple(self._element(part, pattern) for part in pattern.split())
        if all(element.kind != "word" or element.optional or element.at_end for element in elements):
            raise RuleError(f"The phrase {pattern!r} must hold a word that has to be there.")
        if elements[0].kind != "word" or elements[0].at_end:
            raise RuleError(f"The phrase {pattern!r} must begin with a word.")
        return elements

    def _element(self, part: str, pattern: str) -> Element:
        element = self._elements.get(part)
        if element is None:
            element = self._elements[part] = self._read(part, pattern)
        return element

    def _read(self, part: str, pattern: str) -> Element:
        if part[0] == "~":
            return Element("gap", most=min(int(part[1:]), _MOST_SKIPPED))
        options = part.strip("!?").split("|")
        words: set[str] = set()
        for option in options:
            if option.startswith("$"):
                if option[1:] not in self._classes:
                    raise RuleError(f"The phrase {pattern!r} names {option}, which words.json does not have.")
                words.update(self._classes[option[1:]].split())
            elif option not in ("", _END):
                words.add(option)
        kind = "not" if part[0] == "!" else "word"
        return Element(kind, frozenset(words), part.endswith("?"), _END in options)


def must_follow(elements: Sequence[Element]) -> frozenset[str] | None:
    """The words of which one must come second, when that is so."""
    if len(elements) < 2:
        return None
    second = elements[1]
    return second.words if second.kind == "word" and not second.optional and not second.at_end else None


def must_come(elements: Sequence[Element]) -> frozenset[str] | None:
    """The words of which one must be among the next ``AHEAD``, when that is so."""
    among: frozenset[str] = frozenset()
    reach = 0
    for element in elements[1:]:
        reach += element.most if element.kind == "gap" else 1
        if element.kind == "not" or element.at_end or reach > AHEAD:
            return None
        among |= element.words
        if element.kind == "word" and not element.optional:
            return among
    return None
