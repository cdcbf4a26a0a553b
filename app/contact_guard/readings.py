"""The ways a word can be read: letters repeated or written as digits, other scripts, suffixes and endings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.contact_guard.normalise import Folding

_REPEATED = re.compile(r"(.)\1+")
_REPEATED_LONG = re.compile(r"(.)\1\1+")
#: A word said twice: ``besok2``, ``masuk2``.
_TWICE = re.compile(r"[a-z]{3,}2")
_DIGIT = re.compile(r"[0-9]")


class Readings:
    """How a word of a text is found among those that the rules know."""

    def __init__(self, known: frozenset[str], words: Mapping[str, Any], folding: Folding) -> None:
        self._known = known
        self._stems = frozenset(words["stems"].split())
        self._spellings = {
            spelling: word for word, spellings in words["spellings"].items() for spelling in spellings.split()
        }
        self._suffixes: Mapping[str, str] = words["suffixes"]
        self._endings = tuple(words["endings"].split())
        self._letters: Mapping[str, str] = words["letters"]
        self._folding = folding
        self._seen: dict[str, tuple[tuple[str, ...], ...]] = {}

    def of(self, chunk: str) -> tuple[tuple[str, ...], ...]:
        """The words that letters of a text make, each with the texts that it may stand for."""
        found = self._seen.get(chunk)
        if found is None:
            found = self._read(chunk)
            if len(self._seen) < 20_000:
                self._seen[chunk] = found
        return found

    def _read(self, chunk: str) -> tuple[tuple[str, ...], ...]:
        plain = chunk.replace("'", "")
        meant = self._spellings.get(plain)
        if meant:
            # As the rules know both, one of them is enough, and each reading costs time.
            return ((meant,),) if plain in self._known else ((plain, meant),)
        if plain in self._known or len(plain) > 30 or not plain:
            return ((plain,),)
        if _TWICE.fullmatch(plain) and (self._spellings.get(plain[:-1]) or plain[:-1] in self._known):
            return ((plain, self._spellings.get(plain[:-1], plain[:-1])),)
        guesses = [self._folding.translate(plain), _REPEATED_LONG.sub(r"\1", plain), _REPEATED.sub(r"\1", plain)]
        if chunk.endswith("'s"):
            guesses.append(plain[:-1])
        if _DIGIT.search(plain):
            guesses += self._as_letters(plain)
        for guess in guesses:
            if guess in self._known and guess != plain:
                return ((plain, guess),)
        for suffix, meaning in self._suffixes.items():
            stem = plain[: -len(suffix)]
            if plain.endswith(suffix) and stem in self._stems:
                return ((stem,), (meaning,)) if meaning else ((stem,),)
        for suffix in self._endings:
            if plain.endswith(suffix) and len(plain) - len(suffix) >= 4 and plain[: -len(suffix)] in self._known:
                return ((plain, plain[: -len(suffix)]),)
        return ((plain,),)

    def _as_letters(self, plain: str) -> list[str]:
        if not any(not character.isdigit() for character in plain):
            return []
        texts = [""]
        for character in plain:
            options = self._letters.get(character, character)
            texts = [text + option for text in texts[:4] for option in options]
        return texts
