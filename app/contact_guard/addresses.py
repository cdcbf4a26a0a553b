"""Handles, e-mail addresses, links and account strings: what is recognised by its form."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from app.contact_guard.findings import Finding
from app.contact_guard.rules import compiled, text
from app.contact_guard.words import Word

#: How many words before or after a name may say that it is one.
_NEAR = 4


class Addresses:
    """The grammars of ``addresses.json``."""

    def __init__(self, addresses: Mapping[str, Any]) -> None:
        self._patterns = [
            (
                text(entry, "code", "addresses"),
                tuple(entry["needs"]),
                compiled(text(entry, "pattern", "addresses"), "addresses"),
            )
            for entry in addresses["patterns"]
        ]
        handle, named = addresses["handle"], addresses["named"]
        self._handle = compiled(text(handle, "pattern", "addresses"), "addresses")
        self._places = frozenset(text(handle, "places", "addresses").split())
        self._named = compiled(text(named, "pattern", "addresses"), "addresses")
        self._context = frozenset(text(named, "context", "addresses").split())

    def find(self, text: str, words: Sequence[Word]) -> list[Finding]:
        """All addresses of a folded text."""
        found = [
            Finding(code, match.start(), match.end(), "addresses")
            for code, needed, pattern in self._patterns
            if any(part in text for part in needed)
            for match in pattern.finditer(text)
        ]
        if "@" in text:
            found.extend(
                Finding("MESSENGER", match.start(), match.end(), "addresses")
                for match in self._handle.finditer(text)
                if match.group().lstrip("@ ").rstrip("._") not in self._places
            )
        if "_" in text or "." in text:
            found.extend(
                Finding("MESSENGER", match.start(), match.end(), "addresses")
                for match in self._named.finditer(text)
                if self._is_named(match.group(), match.start(), match.end(), words)
            )
        return found

    def _is_named(self, name: str, start: int, end: int, words: Sequence[Word]) -> bool:
        """Whether words beside it say that it is a name to look for."""
        first = bisect_left(words, start, key=_start)
        last = bisect_left(words, end, key=_start)
        beside = (*words[max(0, first - _NEAR) : first], *words[last : last + _NEAR])
        likely = "_" in name or all(len(part) >= 3 for part in name.split("."))
        return likely and any(reading in self._context for word in beside for reading in word.readings)


def _start(word: Word) -> int:
    return word.start
