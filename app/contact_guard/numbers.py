"""The numbers that the words and digits of a text make: doubled, in tens, in hundreds, or as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.contact_guard.atoms import Atom


@dataclass(slots=True)
class Item:
    """Digits that stand together in a text, and which atoms they are. ``mask``: what they plausibly are instead;
    ``led``: how many words stand before them since the number before; ``glued``: whether letters touch them, or a low
    line after letters, as in ``guest_62``.
    """

    digits: str
    start: int
    end: int
    first: int
    last: int
    weak: bool = False
    mask: str = ""
    label: str = ""
    plus: bool = False
    led: int = 0
    glued: bool = False


class Numerals:
    """How ``numbers.json`` says that number words belong together."""

    def __init__(self, numbers: Mapping[str, Any]) -> None:
        self._plus = frozenset(numbers["plus"].split())
        self._join = frozenset(numbers["join"].split())

    def items(self, atoms: Sequence[Atom], text: str) -> list[Item]:
        """The numbers that the atoms make."""
        found: list[Item] = []
        i = 0
        while i < len(atoms):
            digits, end = self._value(atoms, i)
            if digits:
                found.append(self._item(digits, i, end, atoms, text))
                found[-1].led = i - (found[-2].last + 1 if len(found) > 1 else 0)
                i = end
            else:
                i += 1
        return found

    def _item(self, digits: str, i: int, end: int, atoms: Sequence[Atom], text: str) -> Item:
        first, last = atoms[i], atoms[end - 1]
        plus = _has_plus(text, first.start) or (i > 0 and atoms[i - 1].text in self._plus)
        glued = first.in_code or (end < len(atoms) and atoms[end].start == last.end and atoms[end].kind == "o")
        glued = glued or (i > 0 and text[first.start - 1] == "_" and atoms[i - 1].kind == "o")
        return Item(digits, first.start, last.end, i, end - 1, first.kind == "w", plus=plus, glued=glued)

    def _value(self, atoms: Sequence[Atom], i: int) -> tuple[str, int]:
        """The digits from here on as one number, and where the next begins."""
        atom = atoms[i]
        if atom.kind in ("twice", "thrice"):
            if i + 1 < len(atoms) and atoms[i + 1].kind in ("d", "n", "w") and len(atoms[i + 1].text) <= 2:
                return atoms[i + 1].text * (2 if atom.kind == "twice" else 3), i + 2
            return "", i + 1
        if atom.kind == "oneHundred":
            return self._hundreds("1", atoms, i + 1)
        if atom.kind in ("n", "d") and len(atom.text) == 1 and i + 1 < len(atoms):
            after = atoms[i + 1].kind
            if after == "hundred":
                return self._hundreds(atom.text, atoms, i + 2)
            if after in ("puluh", "belas"):
                return self._tens(atoms, i)
        if atom.kind in ("ten", "teen"):
            return self._tens(atoms, i)
        return (atom.text, i + 1) if atom.kind in ("d", "n", "w") else ("", i + 1)

    def _tens(self, atoms: Sequence[Atom], i: int) -> tuple[str, int]:
        atom, after = atoms[i], atoms[i + 1] if i + 1 < len(atoms) else None
        if atom.kind == "teen":
            return atom.text, i + 1
        if after is not None and after.kind == "belas" and atom.kind in ("n", "d"):
            return "1" + atom.text, i + 2
        if atom.kind == "ten":
            k = i + 1
        elif after is not None and after.kind == "puluh":
            k = i + 2
        else:
            return "", i + 1
        if k < len(atoms) and atoms[k].kind == "n" and atoms[k].text != "0":
            return atom.text + atoms[k].text, k + 1
        return atom.text + "0", k

    def _hundreds(self, digit: str, atoms: Sequence[Atom], i: int) -> tuple[str, int]:
        if i < len(atoms) and atoms[i].text in self._join:
            i += 1
        if i < len(atoms) and atoms[i].kind in ("n", "d", "teen", "ten") and len(atoms[i].text) <= 2:
            tens, end = self._tens(atoms, i)
            if tens:
                return digit + tens, end
            if atoms[i].kind == "n":
                return digit + "0" + atoms[i].text, i + 1
        return digit + "00", i


def _has_plus(text: str, start: int) -> bool:
    """Whether digits are written with a plus as a country code is; after digits it adds: ``350+50``."""
    at = text.rfind("+", max(0, start - 2), start)
    return at >= 0 and not text[max(0, at - 2) : at].rstrip()[-1:].isdigit()
