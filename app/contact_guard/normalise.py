"""A text as the rules see it: lower case, one alphabet, plain digits, nothing invisible."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: What is neither letter, digit nor ASCII is read as this sign, which separates.
SIGN = "\u00a4"
_LOWER = {code: " " for code in (*range(32), 127) if code != 10} | {code: chr(code + 32) for code in range(65, 91)}
_ASCII_LETTER = re.compile(r"[a-z]")
_WORD = re.compile(r"[a-z0-9\u00a5-\uffff]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """``origin[i]`` is the place in the original text that the i-th character comes from; one more is the end."""

    text: str
    origin: Sequence[int]


class Folding:
    """The tables of ``characters.json`` and ``lookalikes.json``."""

    def __init__(self, characters: Mapping[str, Any], lookalikes: Mapping[str, Any]) -> None:
        self._read: dict[str, str] = {}
        for first, last in characters["letters"]:
            self._read.update((chr(code), chr(code)) for code in range(first, last + 1))
        for first, last, start in characters["runs"]:
            for code in range(first, last + 1):
                self._read[chr(code)] = chr(-start if start < 0 else start + code - first)
        self._read.update(characters["texts"])
        for first, last in characters["ignored"]:
            self._read.update((chr(code), "") for code in range(first, last + 1))
        for start in lookalikes["alphabets"]:
            self._read.update((chr(ord(start) + i), chr(97 + i)) for i in range(26))
        self._read.update(lookalikes["signs"])
        self._scripts: dict[str, str] = lookalikes["scripts"]

    def fold(self, text: str) -> Folded:
        """The text as the rules see it."""
        if text.isascii():
            return Folded(text.translate(_LOWER), range(len(text) + 1))
        read: list[str] = []
        origin: list[int] = []
        for place, character in enumerate(text):
            as_read = character.translate(_LOWER) if character.isascii() else self._read.get(character, SIGN)
            read.append(as_read)
            origin.extend([place] * len(as_read))
        origin.append(len(text))
        return Folded(_WORD.sub(self._latin, "".join(read)), origin)

    def _latin(self, match: re.Match[str]) -> str:
        """Letters of another script that look Latin, in a word that is Latin otherwise."""
        word = match.group()
        return self.translate(word) if _ASCII_LETTER.search(word) else word

    def translate(self, word: str) -> str:
        """The word with look-alikes of other scripts as Latin letters."""
        return "".join(self._scripts.get(character, character) for character in word)
