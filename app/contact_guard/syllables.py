"""Number words that were cut in two: ``tu juh``, ``sembi lan``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.contact_guard.atoms import Atom

#: Two pieces are put together only among so many number words, where nobody counts one thing.
_LEAST = 4
_CUT = "ow"


class Syllables:
    """The digits of ``numbers.json``, looked for across a blank."""

    def __init__(self, numbers: Mapping[str, Any]) -> None:
        self._digits: dict[str, str] = {
            word: digit for digit, spellings in numbers["digits"].items() for word in spellings.split() if len(word) > 2
        }

    def joined(self, atoms: list[Atom], text: str) -> list[Atom]:
        """The atoms of a folded text, with the pieces of each cut number word as one."""
        if sum(atom.kind == "n" for atom in atoms) < _LEAST:
            return atoms
        found: list[Atom] = []
        i = 0
        while i < len(atoms):
            digit = self._across(atoms, i, text)
            found.append(Atom("n", digit, atoms[i].start, atoms[i + 1].end) if digit else atoms[i])
            i += 2 if digit else 1
        return found

    def _across(self, atoms: Sequence[Atom], i: int, text: str) -> str:
        """The digit that this atom and the next are together, if they are no number words each."""
        if i + 1 == len(atoms) or atoms[i + 1].start != atoms[i].end + 1:
            return ""
        first, second = atoms[i], atoms[i + 1]
        if first.kind not in "own" or second.kind not in "own" or not (first.kind in _CUT or second.kind in _CUT):
            return ""
        return self._digits.get(text[first.start : first.end] + text[second.start : second.end], "")
