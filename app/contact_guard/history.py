"""What this message completes of what the same sender wrote just before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.contact_guard.engine import Analysis, Engine
from app.contact_guard.findings import Finding
from app.contact_guard.numbers import Item
from app.contact_guard.pieces import is_dressed, is_grouped, is_reordered
from app.contact_guard.validators import LONGEST_MOBILE, is_card, is_mobile, may_become_mobile

_MOST_PIECES = 20
#: An address is cut anywhere.
_ADDRESS_SIGNS = ".@/:_"
#: A message of a few letters may be the beginning of a word that the next goes on with: ``te``, ``le``, ``pon aku``.
_CUT = re.compile(r"[a-zA-Z]{1,5}")
_MOST_CUT = 3
#: A message that is the whole code of an area, before a number in pieces.
_AREA_CODE = 3


class History:
    """Looks across the border between the earlier messages and this one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        limits = engine.talk.limits
        self._words = int(limits["joinedWords"])
        self._messages = int(limits["joinedMessages"])

    def find(self, earlier: Sequence[Analysis], current: Analysis, texts: Sequence[str], text: str) -> list[Finding]:
        """Findings in the folded text of the current message.

        :param texts: the earlier messages as they were written, of which ``earlier`` are the analyses
        """
        if current.items and any(analysis.items for analysis in earlier):
            found = self._mobile(earlier, current) or _dressed(earlier, current) or self._digits(earlier, current)
            if found:
                return found
        return self._joined(earlier, current, texts, text)

    def _mobile(self, earlier: Sequence[Analysis], current: Analysis) -> list[Finding]:
        """A mobile number in pieces, in order, with its beginning last, or to be read backwards."""
        now = [item for item in current.items if _is_piece(item)]
        before = [item for analysis in earlier for item in analysis.items if _is_piece(item)][-_MOST_PIECES:]
        backwards = any(self._engine.windows.is_backwards(analysis.atoms) for analysis in (*earlier, current))
        for count in range(1, min(len(now), _MOST_PIECES) + 1):
            part = now[:count]
            pieces = [item.digits for item in (*before, *part)]
            for i in range(len(before)):
                digits = "".join(pieces[i:])
                if len(digits) > LONGEST_MOBILE:
                    continue
                if (
                    (may_become_mobile(pieces[i]) and is_mobile(digits))
                    or is_reordered(pieces[i:])
                    or (backwards and is_mobile(digits[::-1]))
                ):
                    return [Finding("SPLIT", item.start, item.end, "history") for item in part]
        return []

    def _digits(self, earlier: Sequence[Analysis], current: Analysis) -> list[Finding]:
        """Messages of digits only that make a number, a card or an account together."""
        if not current.only_digits:
            return []
        pieces: list[Item] = list(current.items)
        account = bool(current.accounts)
        plain = True
        for analysis in reversed(earlier):
            account = account or (bool(analysis.accounts) and len(analysis.words) <= 2 * self._words)
            if analysis.only_digits and plain:
                pieces = [*analysis.items, *pieces]
                digits = "".join(item.digits for item in pieces)
                if len(digits) > 19:
                    break
                led = sum(len(item.digits) for item in analysis.items)
                if self._is_number(pieces, digits, led):
                    return _all(current)
            elif not analysis.is_filler:
                plain = False
        digits = "".join(item.digits for item in pieces)
        return _all(current) if account and 8 <= len(digits) <= 20 else []

    def _is_number(self, pieces: Sequence[Item], digits: str, led: int) -> bool:
        """``led`` is how many digits the first of the messages holds; one at a time is how things are counted."""
        if _enumerates(pieces):
            return False
        if is_card(digits) and is_grouped(pieces):
            return True
        if pieces[0].plus:
            return self._engine.windows.dialling.is_international(digits)
        whole = not any(item.weak for item in pieces)
        return (
            whole
            and digits[0] == "0"
            and 9 <= len(digits) <= 13
            and (digits[1] == "8" or led >= _AREA_CODE or not all(len(p.digits) == 1 for p in pieces))
        )

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


def _dressed(earlier: Sequence[Analysis], current: Analysis) -> list[Finding]:
    """A mobile number in order whose pieces are called a room, a code or a floor, but not all of them."""
    now = [item for item in current.items if not item.mask and not item.weak]
    before = [item for analysis in earlier for item in analysis.items if not item.mask and not item.weak][
        -_MOST_PIECES:
    ]
    for count in range(1, min(len(now), _MOST_PIECES) + 1):
        part = now[:count]
        pieces = [*before, *part]
        for i in range(len(before)):
            if is_mobile("".join(item.digits for item in pieces[i:])) and is_dressed(pieces[i:]):
                return [Finding("SPLIT", item.start, item.end, "history") for item in part]
    return []


def _enumerates(pieces: Sequence[Item]) -> bool:
    """Messages that count: each number is one more than the one before."""
    values = [int(item.digits) for item in pieces]
    return len(values) >= 4 and all(b - a == 1 for a, b in pairwise(values))


def _is_piece(item: Item) -> bool:
    return not item.mask and not (item.weak and item.digits != "0") and item.label not in ("room", "place", "code")


def _all(current: Analysis) -> list[Finding]:
    return [Finding("SPLIT", item.start, item.end, "history") for item in current.items]
