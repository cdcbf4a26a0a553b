"""What this message completes of what the same sender wrote just before."""

from __future__ import annotations

from collections.abc import Sequence

from app.contact_guard.continued import Continued
from app.contact_guard.engine import Analysis, Engine
from app.contact_guard.findings import Finding

_JOINTS = (" ", "")
#: Only addresses are cut within a word; where there is none of these, words are joined with blanks alone.
_ADDRESS_SIGNS = ".@/:_"


class History:
    """Looks across the border between the earlier messages and this one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._continued = Continued(engine)
        limits = engine.talk.limits
        self._words = int(limits["joinedWords"])
        self._messages = int(limits["joinedMessages"])

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
        if len(current.words) > self._words or not current.words:
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
        for joint in _JOINTS if any(sign in text or sign in pieces[-1] for sign in _ADDRESS_SIGNS) else _JOINTS[:1]:
            whole = joint.join([*pieces, ""])
            together = self._engine.analysed(whole + text)
            found = self._across(together, current, len(whole))
            if found:
                return found
        return []

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
