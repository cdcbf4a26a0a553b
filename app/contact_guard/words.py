"""A text as words: split letters joined, suffixes taken off, each with the ways it can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.contact_guard.normalise import Folding
from app.contact_guard.plates import Plates
from app.contact_guard.readings import Readings

CHUNK = re.compile(r"[a-z0-9'\u00a5-\uffff]+")
_SENTENCE_END = re.compile(r"[!?;\n]|\.[ \n]|\.$|\.\.")
_DIGIT = re.compile(r"[0-9]")
_CLAUSE_END = re.compile(r"[,:()\n]| - | -- ")
#: A name in pieces is looked for in so many pieces and letters.
MOST_PIECES, LONGEST_NAME = 12, 12
#: Somebody who is only addressed, ``kak, nomor 12 yang mana``, owns nothing of what follows.
_NOBODY = ("",)
#: Letters that no word begins with are no word of more than one letter fewer; looking each up would take the time.
_OPENING = 3


@dataclass(slots=True)
class Word:
    """``readings`` are the texts that this word may stand for. Clauses, sentences and what lies between commas are
    numbered; a comma after a single word (``call, me, please``) divides nothing there.
    """

    readings: tuple[str, ...]
    start: int
    end: int
    sentence: int
    clause: int
    part: int


class Vocabulary:
    """All words that the rules know, and how a word of a text is found among them."""

    def __init__(
        self, known: frozenset[str], words: Mapping[str, Any], boundaries: Mapping[str, Any], folding: Folding
    ) -> None:
        self.known = known
        self._strong = frozenset(words["strongname"].split())
        self._beginnings = frozenset(name[:i] for name in self._strong for i in range(1, len(name) + 1))
        self._openings = frozenset(word[:_OPENING] for word in known if len(word) >= _OPENING)
        self._addressed = frozenset(words["addressed"].split())
        self._greetings = frozenset(words["greetings"].split())
        self._boundaries = frozenset(boundaries["boundaries"].split())
        self._turns = frozenset(boundaries["turns"].split())
        self._readings = Readings(known, words, folding)
        self._plates = Plates(words)

    def split(self, text: str) -> list[Word]:
        """The words of a folded text."""
        chunks = [(match.group(), match.start(), match.end()) for match in CHUNK.finditer(text)]
        numbered = _DIGIT.search(text) is not None
        words: list[Word] = []
        sentence = clause = part = since = i = 0
        before = 0
        while i < len(chunks):
            count, joined = self._joined(chunks, i)
            start, end = chunks[i][1], chunks[i + count - 1][2]
            gap = text[before:start]
            if (before and len(gap) > 1) or "\n" in gap:
                sentence += _SENTENCE_END.search(gap) is not None
                clause += _CLAUSE_END.search(gap) is not None or _SENTENCE_END.search(gap) is not None
                if "," in gap:
                    part += len(words) - since > 1
                    since = len(words)
            nobody = text[end : end + 1] == "," and joined in self._addressed and self._opens(words, sentence)
            nobody = nobody or (numbered and count == 1 and self._plates.has(chunks, i, text))
            for readings in (_NOBODY,) if nobody else self._readings.of(joined):
                clause += readings[0] in self._boundaries
                sentence += readings[0] in self._turns
                words.append(Word(readings, start, end, sentence, clause, part))
            before = end
            i += count
        return words

    def _opens(self, words: Sequence[Word], sentence: int) -> bool:
        """Whether what comes next opens a sentence, but for a greeting."""
        last = words[-1] if words else None
        return last is None or last.sentence != sentence or last.readings[0] in self._greetings

    def _joined(self, chunks: Sequence[tuple[str, int, int]], i: int) -> tuple[int, str]:
        """How many chunks make the next word, and the word: ``w a`` and ``insta gram`` are one each."""
        text = chunks[i][0]
        count = self._name(chunks, i) if text in self._beginnings else 0
        if not count and len(text) == 1 and not text.isdigit():
            count = self._letters_from(chunks, i)
        return (count, "".join(chunk[0] for chunk in chunks[i : i + count])) if count else (1, text)

    def _name(self, chunks: Sequence[tuple[str, int, int]], i: int) -> int:
        """How many chunks are a messenger's name together, or 0."""
        name, found = chunks[i][0], 0
        for j in range(i + 1, min(len(chunks), i + MOST_PIECES)):
            if chunks[j][1] - chunks[j - 1][2] > 3 or len(name) >= LONGEST_NAME:
                break
            name += chunks[j][0]
            if name in self._strong:
                found = j + 1 - i
            if name not in self._beginnings:
                break
        return found

    def _letters_from(self, chunks: Sequence[tuple[str, int, int]], i: int) -> int:
        """How many single letters are a word that is known, or 0."""
        letters = chunks[i][0]
        for j in range(i + 1, min(len(chunks), i + MOST_PIECES)):
            if len(chunks[j][0]) != 1 or chunks[j][0].isdigit() or chunks[j][1] - chunks[j - 1][2] > 3:
                break
            letters += chunks[j][0]
            if len(letters) == _OPENING and letters not in self._openings:
                break
        return next((count for count in range(len(letters), 1, -1) if letters[:count] in self.known), 0)
