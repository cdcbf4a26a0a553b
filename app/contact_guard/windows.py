"""Runs of digits in one text that are a number to call, a card or an account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.contact_guard.disguise import disguised
from app.contact_guard.findings import Finding
from app.contact_guard.numbers import Atom, Item
from app.contact_guard.pieces import (
    begins_no_room,
    chains,
    counts,
    is_dressed,
    is_grouped,
    is_reordered,
    is_spoken,
    is_told,
    near,
)
from app.contact_guard.rules import Rules
from app.contact_guard.validators import (
    LONGEST_MOBILE,
    Dialling,
    is_card,
    is_mobile,
    is_mobile_without_zero,
    may_become_mobile,
)

_MOST_ITEMS = 24
_CONTEXT_NEAR = 4


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
            found += disguised(items)
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
        chain = _without_weak_ends(chain)
        if not chain:
            return
        digits = "".join(item.digits for item in chain)
        start, end = chain[0].start, chain[-1].end
        grouped = len(digits) >= 2.5 * len(chain)
        if 6 <= len(digits) <= 24 and (grouped or len(digits) >= 8) and near(accounts, start, end, atoms):
            yield Finding("BANK", start, end, "account")
        elif self._is_number(chain, digits, grouped, self._said(chain, atoms)) or is_spoken(chain, digits, atoms):
            yield Finding("PHONE", start, end, "windows")

    def _is_number(self, chain: Sequence[Item], digits: str, grouped: bool, said: bool) -> bool:
        """Whether a run of digits that is no mobile number of Indonesia is somebody's number all the same."""
        if counts(chain) or any(item.label == "code" or (item.label and len(digits) < 9) for item in chain):
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
        first, digits, end, widest = usable[i], usable[i].digits, 0, 0
        if not _may_begin(first):
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
            if is_mobile(digits) and _is_one(usable[i : k + 1]):
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
                may_turn = shuffled and usable[k].label != "code"
                if turned or (may_turn and is_reordered([item.digits for item in usable[i : k + 1]])):
                    return [Finding("PHONE", usable[i].start, usable[k].end, "order")]
        return []


def _without_weak_ends(chain: Sequence[Item]) -> Sequence[Item]:
    while chain and chain[-1].weak:
        chain = chain[:-1]
    while chain and chain[0].weak and chain[0].digits != "0":
        chain = chain[1:]
    return chain


def _is_one(pieces: Sequence[Item]) -> bool:
    """Whether pieces that make a mobile number are one, and no list of rooms and codes."""
    return not is_told(pieces) and (pieces[0].label != "room" or is_dressed(pieces))


def _may_begin(first: Item) -> bool:
    """Whether a number in pieces with words between may begin with this."""
    if first.weak and first.digits != "0":
        return False
    if first.label == "room":
        return begins_no_room(first)
    return first.label != "place" or len(first.digits) >= 3
