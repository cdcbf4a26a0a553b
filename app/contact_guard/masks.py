"""What digits plausibly are when they are no number to call: a price, a time, a date, a measure, a code."""

from __future__ import annotations

from collections.abc import Sequence

from app.contact_guard.atoms import Atom
from app.contact_guard.numbers import Item
from app.contact_guard.rules import Rules

#: More digits than this are no count of hours, people or kilos.
_LONGEST_COUNT = 3
#: How many words before or after a number may say that it is a code.
_CODE_NEAR = 4
#: So many groups of digits may follow the word that says what they are.
_LONGEST_RUN = 8


class Masks:
    """The lists of ``masks.json``. ``mask`` hides an item from every search, ``label`` from the doubtful ones."""

    def __init__(self, rules: Rules) -> None:
        self._patterns = rules.masks
        self._money = rules.words("masks", "money")
        self._units = rules.words("masks", "units")
        self._measures = rules.words("masks", "measures")
        self._places = rules.words("masks", "places")
        self._rooms = rules.words("masks", "rooms")
        self._codes = rules.words("masks", "codes")

    def apply(self, text: str, atoms: Sequence[Atom], items: Sequence[Item]) -> None:
        """Writes ``mask`` and ``label`` of the items of one text."""
        covered = [
            (match.start(), match.end(), mask.kind) for mask in self._patterns for match in mask.pattern.finditer(text)
        ]
        covered.sort()
        self._cover(covered, items)
        for item in items:
            if not item.mask:
                item.mask = self._unit(item, atoms)
            if not item.mask:
                item.label = self._label(item, atoms, text)

    def _cover(self, covered: Sequence[tuple[int, int, str]], items: Sequence[Item]) -> None:
        k = 0
        for item in items:
            while k < len(covered) and covered[k][1] < item.end:
                k += 1
            for start, end, kind in covered[k : k + 4]:
                if start <= item.start and item.end <= end:
                    item.mask = kind
                    break

    def _unit(self, item: Item, atoms: Sequence[Atom]) -> str:
        if not _is_count(item.digits):
            return ""
        after = atoms[item.last + 1] if item.last + 1 < len(atoms) else None
        if after is not None and after.start - item.end <= 1:
            if after.text in self._money:
                return "price" if _is_round(item.digits) else ""
            if after.text in self._units and len(item.digits) <= _LONGEST_COUNT:
                beyond = atoms[item.last + 2].kind if item.last + 2 < len(atoms) else "d"
                return "" if after.text == "x" and beyond in ("d", "n") else "unit"
        if len(item.digits) <= _LONGEST_COUNT:
            for back in (1, 2):
                if item.first >= back and atoms[item.first - back].text in self._measures:
                    return "unit"
        return ""

    def _label(self, item: Item, atoms: Sequence[Atom], text: str) -> str:
        before = _words_before(atoms, item.first, text)
        after = [atoms[i].text for i in range(item.last + 1, min(len(atoms), item.last + 1 + _CODE_NEAR))]
        if any(word in self._rooms for word in before[:2]):
            return "room"
        if any(word in self._codes for word in before) or any(word in self._codes for word in after[:3]):
            return "code"
        if any(word in self._places for word in before[:2]):
            return "place"
        atom = atoms[item.first]
        if atom.in_code or (item.start and text[item.start - 1] == "#"):
            return "code"
        joined = item.first and item.start - atoms[item.first - 1].end == 1 and text[item.start - 1] in "-/"
        return "code" if joined and atoms[item.first - 1].kind == "o" and len(atoms[item.first - 1].text) <= 4 else ""


def _words_before(atoms: Sequence[Atom], first: int, text: str) -> list[str]:
    """The nearest words before the digits that these belong to, the nearest first; other digits end them."""
    i = first - 1
    while i >= max(0, first - _LONGEST_RUN) and atoms[i].kind == "d":
        if "," in text[atoms[i].end : atoms[i + 1].start]:
            return []
        i -= 1
    words: list[str] = []
    while i >= 0 and atoms[i].kind != "d" and len(words) < _CODE_NEAR:
        words.append(atoms[i].text)
        i -= 1
    return words


def _is_count(digits: str) -> bool:
    return digits[0] != "0" or digits == "0"


def _is_round(digits: str) -> bool:
    return len(digits) <= 3 or (len(digits) <= 7 and digits.endswith(("00", "50", "000")))
