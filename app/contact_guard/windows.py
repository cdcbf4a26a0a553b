"""Runs of digits in one text that are a number to call, a card or an account."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.contact_guard.numbers import Atom, Item
from app.contact_guard.rules import Rules
from app.contact_guard.validators import (
    LONGEST_MOBILE,
    Dialling,
    is_card,
    is_mobile,
    is_mobile_without_zero,
    may_become_mobile,
)

#: What hides digits because of how they are written, and not because of a word beside them.
_BY_SHAPE = frozenset(("time", "date", "price", "size", "place", "count"))
_MOST_ITEMS = 24
_CONTEXT_NEAR = 4
_ACCOUNT_NEAR = 8


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and where in the folded text."""

    code: str
    start: int
    end: int
    stage: str


class Windows:
    """Looks for numbers among the items of one text. Each search looks at a bounded number of items from each."""

    def __init__(self, rules: Rules) -> None:
        self._loose = int(rules.files["engine"]["looseWords"])
        self._context = rules.words("masks", "phoneContext")
        self._reversed = rules.words("masks", "reversed")
        self._shuffled = rules.words("masks", "shuffled")
        self.dialling = Dialling(rules.files["dialling"])

    def find(self, atoms: Sequence[Atom], items: Sequence[Item], accounts: Sequence[int]) -> list[Finding]:
        """``accounts`` are the places in the text where a bank, wallet or account is named."""
        if sum(len(item.digits) for item in items) < 6:
            return []
        found: list[Finding] = []
        for chain in chains(items):
            found += self._in_chain(chain, atoms, accounts)
        if not any(finding.code == "PHONE" for finding in found):
            found += self._disguised(items)
            found += self._loosely(items) or self._turned(atoms, items)
        return found

    def _in_chain(self, chain: Sequence[Item], atoms: Sequence[Atom], accounts: Sequence[int]) -> Iterator[Finding]:
        """Numbers within digits that only separators divide."""
        i = 0
        while i < len(chain):
            code, end = self._longest_from(chain, i)
            if end:
                yield Finding(code, chain[i].start, chain[end - 1].end, "windows")
                i = end
                continue
            i += 1
            if i == len(chain):
                yield from self._whole(chain, atoms, accounts)

    def _longest_from(self, chain: Sequence[Item], i: int) -> tuple[str, int]:
        digits, found = "", ("", 0)
        for k in range(i, min(len(chain), i + _MOST_ITEMS)):
            if k > i and chain[k].plus and digits[0] != "0":
                break
            digits += chain[k].digits
            if len(digits) > 19:
                break
            if is_mobile(digits) or (
                not any(item.weak for item in chain[i : k + 1]) and self._foreign(chain[i], digits)
            ):
                found = ("PHONE", k + 1)
            elif is_card(digits) and is_grouped(chain[i : k + 1]):
                found = ("CARD", k + 1)
        return found

    def _foreign(self, first: Item, digits: str) -> bool:
        if first.plus and self.dialling.is_international(digits):
            return True
        return digits.startswith("00") and not first.label and self.dialling.is_international(digits[2:])

    def _whole(self, chain: Sequence[Item], atoms: Sequence[Atom], accounts: Sequence[int]) -> Iterator[Finding]:
        """What a whole run of digits is that holds neither a mobile number nor a card."""
        while chain and chain[-1].weak:
            chain = chain[:-1]
        while chain and chain[0].weak and chain[0].digits != "0":
            chain = chain[1:]
        if not chain:
            return
        digits = "".join(item.digits for item in chain)
        start, end = chain[0].start, chain[-1].end
        grouped = len(digits) >= 2.5 * len(chain)
        if 6 <= len(digits) <= 24 and (grouped or len(digits) >= 8) and near(accounts, start, end, atoms):
            yield Finding("BANK", start, end, "account")
        elif self._is_number(chain, digits, grouped, self._said(chain, atoms)) or _is_spoken(chain, digits, atoms):
            yield Finding("PHONE", start, end, "windows")

    def _is_number(self, chain: Sequence[Item], digits: str, grouped: bool, said: bool) -> bool:
        """Whether a run of digits that is no mobile number of Indonesia is somebody's number all the same."""
        if _counts(chain) or any(item.label == "code" or (item.label and len(digits) < 9) for item in chain):
            return False
        if digits[0] == "0" and 9 <= len(digits) <= 13:
            return True
        if len(digits) >= 10 and (grouped or (is_mobile_without_zero(digits) and len(digits) == len(chain))):
            return True
        return said and len(digits) >= 7 and (grouped or len(digits) >= 8)

    def _said(self, chain: Sequence[Item], atoms: Sequence[Atom]) -> bool:
        """Whether words beside the digits speak of a telephone."""
        before = atoms[max(0, chain[0].first - _CONTEXT_NEAR) : chain[0].first]
        after = atoms[chain[-1].last + 1 : chain[-1].last + 1 + _CONTEXT_NEAR]
        return any(atom.text in self._context for atom in (*before, *after))

    def _disguised(self, items: Sequence[Item]) -> Iterator[Finding]:
        """A number written as times or prices of which some are none: ``08.12 34.56 78.90``."""
        for chain in chains(items, masked=True):
            for i, first in enumerate(chain):
                if first.digits[0] not in "068":
                    continue
                digits = ""
                for k in range(i, min(len(chain), i + _MOST_ITEMS)):
                    digits += chain[k].digits
                    window = chain[i : k + 1]
                    if len(digits) > LONGEST_MOBILE:
                        break
                    if is_mobile(digits) and _is_disguise(window):
                        yield Finding("PHONE", first.start, window[-1].end, "unmasked")
                        break

    def _loosely(self, items: Sequence[Item]) -> list[Finding]:
        """A mobile number in pieces with a few words between."""
        usable = [item for item in items if not item.mask]
        i = 0
        found: list[Finding] = []
        while i < len(usable):
            end = self._loose_end(usable, i)
            if end:
                found.append(Finding("PHONE", usable[i].start, usable[end - 1].end, "gaps"))
            i = end or i + 1
        return found

    def _loose_end(self, usable: Sequence[Item], i: int) -> int:
        digits, end, widest = usable[i].digits, 0, 0
        first = usable[i]
        if (first.weak and first.digits != "0") or (first.label == "room" and not _begins_no_room(first)):
            return 0
        if first.label == "place" and len(digits) < 3:
            return 0
        for k in range(i + 1, min(len(usable), i + _MOST_ITEMS)):
            if not may_become_mobile(digits):
                break
            words = usable[k].first - usable[k - 1].last - 1
            if words > (self._loose if len(digits) > 2 else 2) or (end and words > widest):
                break
            if usable[k].weak and words:
                continue
            widest = max(widest, words)
            digits += usable[k].digits
            if is_mobile(digits) and (first.label != "room" or is_dressed(usable[i : k + 1])):
                end = k + 1
        return end

    def is_backwards(self, atoms: Sequence[Atom]) -> bool:
        """Whether the words say that something is to be read from its end."""
        return any(atom.text in self._reversed for atom in atoms)

    def _turned(self, atoms: Sequence[Atom], items: Sequence[Item]) -> list[Finding]:
        """A number that is to be read backwards, or whose pieces are to be put in another order."""
        backwards = self.is_backwards(atoms)
        shuffled = any(atom.text in self._shuffled for atom in atoms)
        if not backwards and not shuffled:
            return []
        usable = [item for item in items if not item.mask and not item.weak and item.label != "room"]
        for i in range(len(usable)):
            digits = ""
            for k in range(i, min(len(usable), i + _MOST_ITEMS)):
                digits += usable[k].digits
                if len(digits) > LONGEST_MOBILE:
                    break
                turned = backwards and is_mobile(digits[::-1])
                if turned or (shuffled and is_reordered([item.digits for item in usable[i : k + 1]])):
                    return [Finding("PHONE", usable[i].start, usable[k].end, "order")]
        return []


def chains(items: Sequence[Item], masked: bool = False) -> Iterator[list[Item]]:
    """Items with no word between them; without ``masked`` those that plausibly are something else divide too."""
    chain: list[Item] = []
    for item in items:
        if chain and (item.first != chain[-1].last + 1 or (item.mask and not masked)):
            yield chain
            chain = []
        if not item.mask or masked:
            chain.append(item)
    if chain:
        yield chain


def _is_disguise(window: Sequence[Item]) -> bool:
    """Whether what looks like times, prices or counts is one number: its beginning is bare, or its groups are alike."""
    masked = [item for item in window if item.mask]
    if not masked or len(masked) == len(window):
        return False
    first = window[0]
    if not first.mask and not first.label and len(first.digits) >= 3:
        return True
    alike = len({len(item.digits) for item in window[:-1]}) == 1
    return alike and all(item.mask in _BY_SHAPE for item in masked if item is not window[-1])


def is_dressed(pieces: Sequence[Item]) -> bool:
    """Whether pieces of which some are called a room, a place or a code are one number: they begin as no room does,
    all are long, and one is called nothing and is no time of day.
    """
    return (
        _begins_no_room(pieces[0])
        and all(len(piece.digits) >= 3 for piece in pieces)
        and any(not piece.label and len(piece.digits) >= 4 and not _is_clock(piece.digits) for piece in pieces[1:])
    )


def _begins_no_room(item: Item) -> bool:
    return len(item.digits) >= 4 and item.digits.startswith("08")


def _is_clock(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] < "25" and digits[2] < "6"


def is_grouped(items: Sequence[Item]) -> bool:
    """Whether digits stand as cards are written: in groups, or one by one. One list in ten has a card's check digit."""
    digits = sum(len(item.digits) for item in items)
    return digits >= 3 * len(items) or digits == len(items)


def is_reordered(pieces: Sequence[str]) -> bool:
    """Whether two or more pieces make a mobile number when the one that begins it comes first."""
    if len(pieces) < 2:
        return False
    singles = sum(1 for piece in pieces if len(piece) < 2)
    return any(
        may_become_mobile(piece)
        and (piece == "0" or (len(piece) >= 3 and not singles))
        and is_mobile(piece + "".join(pieces[:i]) + "".join(pieces[i + 1 :]))
        for i, piece in enumerate(pieces)
        if i > 0
    )


def near(places: Sequence[int], start: int, end: int, atoms: Sequence[Atom]) -> bool:
    """Whether one of the places is within a few words of [start, end)."""
    first = bisect_left(atoms, start, key=_start)
    last = bisect_left(atoms, end, key=_start)
    low = atoms[max(0, first - _ACCOUNT_NEAR)].start
    high = atoms[min(len(atoms), last + _ACCOUNT_NEAR) - 1].start
    k = bisect_left(places, low)
    return k < len(places) and places[k] <= high


def _start(atom: Atom) -> int:
    return atom.start


def _counts(chain: Sequence[Item]) -> bool:
    """A list of days or an enumeration: small numbers, each larger than the one before."""
    values = [int(item.digits[:6]) for item in chain]
    return len(chain) >= 4 and values[-1] <= 31 and all(a < b for a, b in pairwise(values))


def _is_spoken(chain: Sequence[Item], digits: str, atoms: Sequence[Atom]) -> bool:
    """A mobile number without its 0, in number words alone, and no list of prices or sizes that only rises or falls."""
    if len(digits) < 9 or not is_mobile_without_zero(digits) or any(item.label for item in chain):
        return False
    if any(atoms[item.first].kind == "d" for item in chain):
        return False
    values = [int(item.digits) for item in chain]
    return not (all(a < b for a, b in pairwise(values)) or all(a > b for a, b in pairwise(values)))
