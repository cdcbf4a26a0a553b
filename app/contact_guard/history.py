"""What this message completes of what the same sender wrote just before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.contact_guard.continued import Continued
from app.contact_guard.engine import Analysis, Engine
from app.contact_guard.findings import Finding

#: An address is cut anywhere.
_ADDRESS_SIGNS = ".@/:_"
#: A message of a few letters may be the beginning of a word that the next goes on with: ``te``, ``le``, ``pon aku``.
_CUT = re.compile(r"[a-zA-Z]{1,5}")
_MOST_CUT = 3


class History:
    """Looks across the border between the earlier messages and this one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._continued = Continued(engine)
        limits = engine.talk.limits
        self._words = int(limits["joinedWords"])
        self._messages = int(limits["joinedMessages"])

    def may_complete(self, current: Analysis) -> bool:
        """Whether any earlier messages could make a finding of this one."""
        return bool(current.items) or self._may_join(current)

    def _may_join(self, current: Analysis) -> bool:
        return 0 < len(current.words) <= self._words

    def find(self, earlier: Sequence[Analysis], current: Analysis, texts: Sequence[str], text: str) -> list[Finding]:
        """Findings in the folded text of the current message.

        :param texts: the earlier messages as they were written, of which ``earlier`` are the analyses
        """
        if current.items and any(analysis.items for analysis in earlier):
            found = self._continued.find(earlier, current)
            if found:
                return found
        return self._joined(earlier, current, texts, text)

    def _joined(self, earlier: Sequence[Analysis], current: Analysis, texts: Sequence[str], text: str) -> list[Finding]:
        """Words, handles and addresses that were cut: the last short messages and this one as one text."""
        if not self._may_join(current):
            return []
        pieces: list[str] = []
        for analysis, message in zip(reversed(earlier), reversed(texts), strict=True):
            if len(analysis.words) > self._words or len(pieces) >= self._messages:
                break
            if not analysis.is_filler:
                pieces.append(message.strip())
        if not pieces:
            return []
        pieces.reverse()
        for whole in self._joints(pieces, text):
            together = self._engine.analysed(whole + text)
            found = self._across(together, current, len(whole))
            if found:
                return found
        return []

    def _joints(self, pieces: Sequence[str], text: str) -> Iterator[str]:
        """What stands before this message, put together in each way in which it may have been cut."""
        yield " ".join([*pieces, ""])
        if any(sign in text or sign in pieces[-1] for sign in _ADDRESS_SIGNS):
            yield "".join(pieces)
        if _CUT.match(text):
            for k in range(len(pieces) - 1, max(-1, len(pieces) - 1 - _MOST_CUT), -1):
                if not self._is_cut(pieces[k]):
                    break
                whole = " ".join([*pieces[:k], "".join(pieces[k:])])
                yield whole
                yield f"{whole} "

    def _is_cut(self, piece: str) -> bool:
        """Whether a message is two letters, or a few and no word, so that the next may go on with it."""
        return _CUT.fullmatch(piece) is not None and (len(piece) < 3 or not self._engine.talk.knows(piece.lower()))

    def _across(self, together: Analysis, current: Analysis, border: int) -> list[Finding]:
        """The findings that cross the border, as places in the current message."""
        folded = together.folded
        found = []
        for finding in together.findings:
            first, last = folded.origin[finding.start], folded.origin[finding.end - 1]
            if first < border <= last and finding.stage in ("phrases", "addresses"):
                end = len(current.folded.text) if last - border + 1 >= len(current.folded.origin) else last - border + 1
                found.append(Finding("SPLIT", 0, max(1, min(end, len(current.folded.text))), "history"))
        return found
