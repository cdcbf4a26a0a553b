"""The numbers of a text: digits, number words in many spellings, and letters that stand for digits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.contact_guard.words import CHUNK

_RUNS = re.compile(r"[0-9]+|[^0-9]+")
#: A longer word is not taken apart.
_LONGEST_GLUED = 160
#: Nor are more single letters put together.
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
    """Digits that stand together in a text, and which atoms they are. ``mask``: what they plausibly are instead."""

    digits: str
    start: int
    end: int
    first: int
    last: int
    weak: bool = False
    mask: str = ""
    label: str = ""
    plus: bool = False


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
        kept = frozenset(numbers["notGlued"].split())
        self._glued = {
            word: kind for word, kind in self._kinds.items() if kind[0] != "w" and word not in kept and len(word) > 2
        }
        self._glued.update((word, self._kinds[word]) for word in ("o", "oh") if word in self._kinds)
        self._longest = max(map(len, self._glued), default=0)
        self._starts = frozenset(word[:2] for word in self._glued)
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
        known = self._kinds.get(plain)
        if known:
            return [(known[0], known[1] or plain, offset, end)]
        has_digit = any("0" <= character <= "9" for character in plain)
        for guess in self._spellings(plain) if has_digit else ():
            known = self._kinds.get(guess)
            if known and known[0] != "w":
                return [(known[0], known[1] or guess, offset, end)]
        if has_digit or plain[:2] in self._starts:
            glued = self._glue(plain, has_digit)
            if glued:
                return [(kind, of, offset + a, offset + b) for kind, of, a, b in glued]
        if plain and len(plain) <= 2 and plain not in self._words and all(c in self._alone for c in plain):
            return [("w", "".join(self._leet[character] for character in plain), offset, end)]
        found = [(match.group(), match.start(), match.end()) for match in _RUNS.finditer(chunk)]
        runs = [run for run in found if run[0].strip("'")] or found
        return [("d" if run[0].isdigit() else "o", run, a, b) for run, a, b in runs]

    def _spellings(self, plain: str) -> list[str]:
        texts = [""]
        for character in plain[:14]:
            options = self._letters.get(character, character)
            texts = [text + option for text in texts[:4] for option in options]
        return texts

    def _glue(self, plain: str, has_digit: bool) -> list[tuple[str, str, int, int]]:
        """The number words, digits and look-alike letters that a chunk consists of, or nothing."""
        if len(plain) > _LONGEST_GLUED:
            return []
        best: list[tuple[int, int, tuple[str, str] | None] | None] = [None] * len(plain) + [(0, 0, None)]
        for i in range(len(plain) - 1, -1, -1):
            options: list[tuple[int, tuple[str, str]]] = []
            if "0" <= plain[i] <= "9":
                options.append((1, ("d", plain[i])))
            for length in range(min(self._longest, len(plain) - i), 0, -1):
                kind = self._glued.get(plain[i : i + length])
                if kind:
                    options.append((length, kind))
            if has_digit and plain[i] in self._leet:
                options.append((1, ("l", self._leet[plain[i]])))
            for length, kind in options:
                after = best[i + length]
                if after is None:
                    continue
                cost = after[0] + (3 if kind[0] == "l" else 1)
                current = best[i]
                if current is None or cost < current[0]:
                    best[i] = (cost, length, kind)
        found, i = [], 0
        while i < len(plain):
            step = best[i]
            if step is None or step[2] is None:
                return []
            name, of = step[2]
            found.append(("d" if name == "l" else name, of or plain[i : i + step[1]], i, i + step[1]))
            i += step[1]
        return found

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
            if j - i >= 3 and text[atoms[i].start] + text[atoms[i + 1].start] in self._starts:
                parts = self._glue("".join(text[atom.start] for atom in atoms[i:j]), False)
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
                first, last = atoms[i], atoms[end - 1]
                weak = first.kind == "w"
                plus = "+" in text[max(0, first.start - 2) : first.start] or (i > 0 and atoms[i - 1].text in self._plus)
                found.append(Item(digits, first.start, last.end, i, end - 1, weak, plus=plus))
                i = end
            else:
                i += 1
        return found

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
