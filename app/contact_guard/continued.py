"""A number, a card or an account that goes on from one message to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.contact_guard.engine import Analysis, Engine
from app.contact_guard.findings import Finding
from app.contact_guard.numbers import Item
from app.contact_guard.pieces import is_dressed, is_grouped, is_reordered
from app.contact_guard.validators import LONGEST_MOBILE, is_card, is_mobile, may_become_mobile

_MOST_PIECES = 20
#: A message that is the whole code of an area, before a number in pieces.
_AREA_CODE = 3


class Continued:
    """Looks at the digits of the earlier messages and of this one."""

    def __init__(self, engine: Engine) -> None:
        self._windows = engine.windows
        self._words = int(engine.talk.limits["joinedWords"])

    def find(self, earlier: Sequence[Analysis], current: Analysis) -> list[Finding]:
        """Findings in the folded text of the current message."""
        return self._mobile(earlier, current) or _dressed(earlier, current) or self._digits(earlier, current)

    def _mobile(self, earlier: Sequence[Analysis], current: Analysis) -> list[Finding]:
        """A mobile number in pieces, in order, with its beginning last, or to be read backwards."""
        now = [item for item in current.items if _is_piece(item)]
        before = [item for analysis in earlier for item in analysis.items if _is_piece(item)][-_MOST_PIECES:]
        backwards = any(self._windows.scattered.is_backwards(analysis.atoms) for analysis in (*earlier, current))
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
            return self._windows.dialling.is_international(digits)
        whole = not any(item.weak for item in pieces)
        return (
            whole
            and digits[0] == "0"
            and 9 <= len(digits) <= 13
            and (digits[1] == "8" or led >= _AREA_CODE or not all(len(p.digits) == 1 for p in pieces))
        )


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
