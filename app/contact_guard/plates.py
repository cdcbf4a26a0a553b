"""Letters of a number plate or of a code that look like a messenger's name: ``AB 1628 WA``, ``WA-4471-LN``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

#: Longer letters are no part of a plate.
_MOST_LETTERS = 3
_LEAST_PLATE, _MOST_PLATE = 3, 4
_LEAST_CODE, _MOST_CODE = 3, 6


class Plates:
    """``plates`` of ``words.json``: the letters that a number plate of Indonesia begins with."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._regions = frozenset(words["plates"].split())
        self._asking = frozenset(words["me"].split()) | frozenset(words["aja"].split())

    def has(self, chunks: Sequence[tuple[str, int, int]], i: int, text: str) -> bool:
        """Whether this chunk of a folded text is the letters of a plate or of a code."""
        letters, start, end = chunks[i]
        if len(letters) > _MOST_LETTERS:
            return False
        before = chunks[i - 1] if i else None
        if before is not None and before[0].isdigit() and start - before[2] == 1:
            if text[before[2]] == "-":
                return len(before[0]) >= _LEAST_CODE
            return _LEAST_PLATE <= len(before[0]) <= _MOST_PLATE and self._is_plate(chunks, i, text)
        if text[end : end + 1] != "-" or i + 1 == len(chunks):
            return False
        after, begins, _ = chunks[i + 1]
        return after.isdigit() and begins - end == 1 and _LEAST_CODE <= len(after) <= _MOST_CODE

    def _is_plate(self, chunks: Sequence[tuple[str, int, int]], i: int, text: str) -> bool:
        """Whether the digits before have the letters of a region, and nobody asks for anything right behind."""
        if i < 2 or chunks[i - 2][0] not in self._regions or chunks[i - 1][1] - chunks[i - 2][2] != 1:
            return False
        end = chunks[i][2]
        if i + 1 == len(chunks) or text[end] != " ":
            return True
        return chunks[i + 1][0] not in self._asking
