"""How a phrase is written: words with alternatives, gaps and what must not follow."""

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


def parse(pattern: str, classes: Mapping[str, str]) -> tuple[Element, ...]:
    """The places of a phrase.

    :raises RuleError: it begins with anything but words, or names a class that does not exist
    """
    elements = []
    for part in pattern.split():
        if part[0] == "~":
            elements.append(Element("gap", most=min(int(part[1:]), _MOST_SKIPPED)))
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
        elements.append(Element(kind, frozenset(words), part.endswith("?"), at_end))
    if all(element.kind != "word" or element.optional or element.at_end for element in elements):
        raise RuleError(f"The phrase {pattern!r} must hold a word that has to be there.")
    if elements[0].kind != "word" or elements[0].at_end:
        raise RuleError(f"The phrase {pattern!r} must begin with a word.")
    return tuple(elements)


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
