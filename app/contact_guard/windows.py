"""Runs of digits in one text that are a number to call, a card or an account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.contact_guard.atoms import Atom
from app.contact_guard.disguise import disguised
from app.contact_guard.findings import Finding
from app.contact_guard.numbers import Item
from app.contact_guard.pieces import chains, counts, is_grouped, is_spoken, near
from app.contact_guard.rules import Rules
from app.contact_guard.scattered import Scattered
from app.contact_guard.validators import Dialling, is_card, is_mobile, is_mobile_without_zero, may_become_number

_MOST_ITEMS = 24
_CONTEXT_NEAR = 4


class Windows:
    """Looks for numbers among the items of one text. Each search looks at a bounded number of items from each."""

    def __init__(self, rules: Rules) -> None:
        self._context = rules.words("masks", "phoneContext")
        self.scattered = Scattered(rules)
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
            found += self.scattered.find(atoms, items)
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
        digits, strong, found = "", True, ("", 0)
        for k in range(i, min(len(chain), i + _MOST_ITEMS)):
            item = chain[k]
            if k > i and item.plus and digits[0] != "0":
                break
            digits += item.digits
            strong = strong and not item.weak
            if len(digits) > 19:
                break
            if is_mobile(digits) or (strong and self._foreign(chain[i], digits)):
                found = ("PHONE", k + 1)
            elif is_card(digits) and is_grouped(chain[i : k + 1]):
                found = ("CARD", k + 1)
            elif not ((strong and (chain[i].plus or digits.startswith("00"))) or may_become_number(digits)):
                break
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
        if (
            6 <= len(digits) <= 24
            and (grouped or len(digits) >= 8)
            and not counts(chain)
            and near(accounts, chain, atoms)
        ):
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


def _without_weak_ends(chain: Sequence[Item]) -> Sequence[Item]:
    first, last = 0, len(chain)
    while last and chain[last - 1].weak:
        last -= 1
    while first < last and chain[first].weak and chain[first].digits != "0":
        first += 1
    return chain[first:last]
