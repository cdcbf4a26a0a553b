"""The words and digits of a text: digits, number words in many spellings, and letters that stand for digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
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


class Atoms:
    """The number words of ``numbers.json`` and the look-alikes of digits, to read a text by."""

    def __init__(self, numbers: Mapping[str, Any], lookalikes: Mapping[str, Any]) -> None:
        self._kinds: dict[str, tuple[str, str]] = {}
        for kind, table in (("w", "weak"), ("n", "digits"), ("teen", "teens"), ("ten", "tens")):
            for digits, spellings in numbers[table].items():
                self._kinds.update((word, (kind, digits)) for word in spellings.split())
        for kind in ("belas", "puluh", "hundred", "oneHundred", "twice", "thrice"):
            self._kinds.update((word, (kind, "")) for word in numbers[kind].split())
        self._leet: Mapping[str, str] = lookalikes["leet"]
        self._letters: Mapping[str, str] = lookalikes["letters"]
        self._alone = frozenset(lookalikes["alone"])
        self._words = frozenset(lookalikes["notAlone"].split())
        self._glued = Glued(self._kinds, numbers, self._leet)
        self._seen: dict[str, tuple[tuple[str, str, int, int], ...]] = {}

    def read(self, text: str) -> list[Atom]:
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
        i = j = 0
        while i < len(atoms):
            j = max(i, j)  # up to here they are single letters already
            while j < len(atoms) and j - i < _LONGEST_SPELLED and _is_letter(atoms[j]):
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


def _is_letter(atom: Atom) -> bool:
    return atom.end - atom.start == 1 and atom.kind in "ow"
