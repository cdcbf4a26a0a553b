"""The numbers of a text: digits, number words in many spellings, and letters that stand for digits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.contact_guard.glued import Glued
from app.contact_guard.words import CHUNK

_RUNS = re.compile(r"[0-9]+|[^0-9]+")
#: No more single letters are put together.
_LONGEST_SPELLED = 32


@dataclass(slots=True)
class Atom:
    """A run of digits, a number word or another word.

    ``kind`` is d(igits), n(umber word), w(eak: it may be a digit among digits), o(ther), or how it counts.
    """

    kind: str
    text: str
    start: int
    end: int
    in_code: bool = False


@dataclass(slots=True)
class Item:
    """Digits that stand together in a text, and which atoms they are. ``mask``: what they plausibly are instead;
    ``led``: how many words stand before them since the number before; ``glued``: whether letters touch them.
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
    """The number words of ``numbers.json``."""

    def __init__(self, numbers: Mapping[str, Any], lookalikes: Mapping[str, Any]) -> None:
        self._kinds: dict[str, tuple[str, str]] = {}
        for kind, table in (("w", "weak"), ("n", "digits"), ("teen", "teens"), ("ten", "tens")):
            for digits, spellings in numbers[table].items():
                self._kinds.update((word, (kind, digits)) for word in spellings.split())
        for kind in ("belas", "puluh", "hundred", "oneHundred", "twice", "thrice"):
            self._kinds.update((word, (kind, "")) for word in numbers[kind].split())
        self._plus = frozenset(numbers["plus"].split())
        self._join = frozenset(numbers["join"].split())
        self._leet: Mapping[str, str] = lookalikes["leet"]
        self._letters: Mapping[str, str] = lookalikes["letters"]
        self._alone = frozenset(lookalikes["alone"])
        self._words = frozenset(lookalikes["notAlone"].split())
        self._glued = Glued(self._kinds, numbers, self._leet)
        self._seen: dict[str, tuple[tuple[str, str, int, int], ...]] = {}

    def atoms(self, text: str) -> list[Atom]:
        """All words and digits of a folded text, in order."""
        found: list[Atom] = []
        for match in CHUNK.finditer(text):
            chunk, start = match.group(), match.start()
            if chunk.isdigit():
                found.append(Atom("d", chunk, start, match.end()))
                continue
            parts = self._seen.get(chunk)
            if parts is None:
                parts = tuple(self._parts(chunk))
                if len(self._seen) < 20_000:
                    self._seen[chunk] = parts
            in_code = len(parts) > 1 and parts[0][0] == "o"
            found.extend(Atom(kind, of, start + a, start + b, in_code) for kind, of, a, b in parts)
        return self._spelled(found, text)

    def _parts(self, chunk: str) -> list[tuple[str, str, int, int]]:
        plain = chunk.strip("'")
        offset = chunk.index(plain) if plain else 0
        end = offset + len(plain)
        has_digit = any("0" <= character <= "9" for character in plain)
        known = self._known(plain, has_digit)
        if known:
            return [(*known, offset, end)]
        if has_digit or plain[:2] in self._glued.starts:
            glued = self._glued.parts(plain, has_digit)
            if glued:
                return [(kind, of, offset + a, offset + b) for kind, of, a, b in glued]
        if plain and len(plain) <= 2 and plain not in self._words and all(c in self._alone for c in plain):
            return [("w", "".join(self._leet[character] for character in plain), offset, end)]
        found = [(match.group(), match.start(), match.end()) for match in _RUNS.finditer(chunk)]
        runs = [run for run in found if run[0].strip("'")] or found
        return [("d" if run[0].isdigit() else "o", run, a, b) for run, a, b in runs]

    def _known(self, plain: str, has_digit: bool) -> tuple[str, str] | None:
        """What a word is by itself; with digits in it also what it is when they are read as letters."""
        kind = self._kinds.get(plain)
        if kind:
            return kind[0], kind[1] or plain
        for guess in self._spellings(plain) if has_digit else ():
            kind = self._kinds.get(guess)
            if kind and kind[0] != "w":
                return kind[0], kind[1] or guess
        return None

    def _spellings(self, plain: str) -> list[str]:
        texts = [""]
        for character in plain[:14]:
            options = self._letters.get(character, character)
            texts = [text + option for text in texts[:4] for option in options]
        return texts

    def _spelled(self, atoms: list[Atom], text: str) -> list[Atom]:
        """Number words in single letters, ``n o l``, as the words they are."""
        found: list[Atom] = []
        i = 0
        while i < len(atoms):
            j = i
            while (
                j < len(atoms)
                and j - i < _LONGEST_SPELLED
                and atoms[j].kind in "ow"
                and atoms[j].end - atoms[j].start == 1
            ):
                j += 1
            if j - i >= 3 and text[atoms[i].start] + text[atoms[i + 1].start] in self._glued.starts:
                parts = self._glued.parts("".join(text[atom.start] for atom in atoms[i:j]), False)
                if len(parts) > 0 and len(parts) < j - i:
                    found.extend(Atom(kind, of, atoms[i + a].start, atoms[i + b - 1].end) for kind, of, a, b in parts)
                    i = j
                    continue
            found.append(atoms[i])
            i += 1
        return found

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
