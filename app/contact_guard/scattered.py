"""A mobile number whose pieces have words between, are to be read backwards or put in another order."""

from __future__ import annotations

from collections.abc import Sequence

from app.contact_guard.atoms import Atom
from app.contact_guard.findings import Finding
from app.contact_guard.numbers import Item
from app.contact_guard.pieces import begins_no_room, is_dressed, is_reordered, is_told
from app.contact_guard.rules import Rules
from app.contact_guard.validators import LONGEST_MOBILE, is_mobile, may_become_mobile

_MOST_ITEMS = 24


class Scattered:
    """Looks for the pieces of one number. Each search looks at a bounded number of items from each."""

    def __init__(self, rules: Rules) -> None:
        self._loose = int(rules.files["engine"]["looseWords"])
        self._reversed = rules.words("masks", "reversed")
        self._shuffled = rules.words("masks", "shuffled")
        self._together = rules.words("masks", "together")

    def find(self, atoms: Sequence[Atom], items: Sequence[Item]) -> list[Finding]:
        """The numbers that the items of one text make, in their order or, if the words say so, in another."""
        return self._loosely(items) or self._turned(atoms, items) or self._collected(atoms, items)

    def _loosely(self, items: Sequence[Item]) -> list[Finding]:
        """A mobile number in pieces with a few words between."""
        usable = [item for item in items if not item.mask]
        i = 0
        found: list[Finding] = []
        while i < len(usable):
            end = self._loose_end(usable, i)
            if end:
                found.append(Finding("PHONE", usable[i].start, usable[end - 1].end, "gaps"))
            i = end or i + 1
        return found

    def _loose_end(self, usable: Sequence[Item], i: int) -> int:
        first, digits, end, widest = usable[i], usable[i].digits, 0, 0
        if not _may_begin(first):
            return 0
        for k in range(i + 1, min(len(usable), i + _MOST_ITEMS)):
            if not may_become_mobile(digits):
                break
            words = usable[k].first - usable[k - 1].last - 1
            if words > (self._loose if len(digits) > 2 else 2) or (end and words > widest):
                break
            if usable[k].weak and words:
                continue
            widest = max(widest, words)
            digits += usable[k].digits
            if is_mobile(digits) and _is_one(usable[i : k + 1]):
                end = k + 1
        return end

    def is_backwards(self, atoms: Sequence[Atom]) -> bool:
        """Whether the words say that something is to be read from its end."""
        return any(atom.text in self._reversed for atom in atoms)

    def _turned(self, atoms: Sequence[Atom], items: Sequence[Item]) -> list[Finding]:
        """A number that is to be read backwards, or whose pieces are to be put in another order."""
        backwards = self.is_backwards(atoms)
        shuffled = any(atom.text in self._shuffled for atom in atoms)
        if not backwards and not shuffled:
            return []
        usable = [item for item in items if not item.mask and not item.weak and item.label != "room"]
        for i in range(len(usable)):
            digits = ""
            for k in range(i, min(len(usable), i + _MOST_ITEMS)):
                digits += usable[k].digits
                if len(digits) > LONGEST_MOBILE:
                    break
                turned = backwards and is_mobile(digits[::-1])
                may_turn = shuffled and usable[k].label != "code"
                if turned or (may_turn and is_reordered([item.digits for item in usable[i : k + 1]])):
                    return [Finding("PHONE", usable[i].start, usable[k].end, "order")]
        return []

    def _collected(self, atoms: Sequence[Atom], items: Sequence[Item]) -> list[Finding]:
        """A number whose pieces, whatever they are called and however far apart, are to be put together."""
        if not any(atom.text in self._together for atom in atoms):
            return []
        usable = [item for item in items if not item.weak and len(item.digits) > 1]
        return _in_a_row([item for item in usable if not item.mask]) or _in_a_row(usable)


def _in_a_row(usable: Sequence[Item]) -> list[Finding]:
    """The first mobile number that items make which begin with three digits of it."""
    for i, first in enumerate(usable):
        digits = first.digits
        for item in usable[i + 1 : i + _MOST_ITEMS]:
            if not may_become_mobile(digits) or len(first.digits) < 3:
                break
            digits += item.digits
            if is_mobile(digits):
                return [Finding("PHONE", first.start, item.end, "order")]
    return []


def _is_one(pieces: Sequence[Item]) -> bool:
    """Whether pieces that make a mobile number are one, and no list of rooms and codes."""
    return not is_told(pieces) and (pieces[0].label != "room" or is_dressed(pieces))


def _may_begin(first: Item) -> bool:
    """Whether a number in pieces with words between may begin with this."""
    if first.weak and first.digits != "0":
        return False
    if first.glued and first.label == "code" and (first.digits[0] != "0" or len(first.digits) == 2):
        return False
    if first.label == "room":
        return begins_no_room(first)
    return first.label != "place" or len(first.digits) >= 3
