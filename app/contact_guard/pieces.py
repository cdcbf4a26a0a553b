"""Digits that stand near each other: how they are divided, and what the manner of it says of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.contact_guard.atoms import Atom
from app.contact_guard.numbers import Item
from app.contact_guard.validators import is_mobile, is_mobile_without_zero, may_become_mobile

#: How many words from a bank or a wallet digits may stand, and how many when something else says what they are.
_ACCOUNT_NEAR, _ACCOUNT_NEAR_CODE = 8, 3


def chains(items: Sequence[Item], masked: bool = False, words: int = 0) -> Iterator[list[Item]]:
    """Items with so many words between at most; without ``masked``, what plausibly is something else divides too."""
    chain: list[Item] = []
    for item in items:
        if chain and (item.first > chain[-1].last + 1 + words or (item.mask and not masked)):
            yield chain
            chain = []
        if not item.mask or masked:
            chain.append(item)
    if chain:
        yield chain


def is_dressed(pieces: Sequence[Item]) -> bool:
    """Whether pieces of which some are called a room, a place or a code are one number: they begin as no room does,
    all are long, and one is called nothing and is no time of day, or each has just one word before it.
    """
    if not begins_no_room(pieces[0]) or any(len(piece.digits) < 3 for piece in pieces):
        return False
    bare = any(not piece.label and len(piece.digits) >= 4 and not _is_clock(piece.digits) for piece in pieces[1:])
    return bare or _is_labelled(pieces)


def _is_labelled(pieces: Sequence[Item]) -> bool:
    """Three or more pieces as ``gate 0857, code 1122, pin 3344``. Who tells codes says whose they are,
    ``the gate code is``, or they are part of a word, ``villa1122``.
    """
    return len(pieces) >= 3 and all(p.label and not p.glued and (p.led == 1 or p is pieces[0]) for p in pieces)


def is_told(pieces: Sequence[Item]) -> bool:
    """Whether each piece is said to be a room, a place or a code in words that say whose: ``the door code is 1122``."""
    return all(p.label and len(p.digits) >= 3 and (p.led >= 2 or p.glued or p is pieces[0]) for p in pieces)


def begins_no_room(item: Item) -> bool:
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


def near(places: Sequence[int], chain: Sequence[Item], atoms: Sequence[Atom]) -> bool:
    """Whether one of the places is within a few words of the digits."""
    far = _ACCOUNT_NEAR_CODE if all(item.label == "code" for item in chain) else _ACCOUNT_NEAR
    first = bisect_left(atoms, chain[0].start, key=_start)
    last = bisect_left(atoms, chain[-1].end, key=_start)
    low = atoms[max(0, first - far)].start
    high = atoms[min(len(atoms), last + far) - 1].start
    k = bisect_left(places, low)
    return k < len(places) and places[k] <= high


def _start(atom: Atom) -> int:
    return atom.start


def counts(chain: Sequence[Item]) -> bool:
    """A list of days or an enumeration: small rising numbers, which may be free (``kosong``)."""
    values = [int(item.digits[:6]) for item in chain]
    if len(values) > 4 and values[-1] == 0:
        values.pop()
    return len(chain) >= 4 and values[-1] <= 31 and all(a < b for a, b in pairwise(values))


def is_spoken(chain: Sequence[Item], digits: str, atoms: Sequence[Atom]) -> bool:
    """A mobile number without its 0, in number words alone, and no list of prices or sizes that only rises or falls."""
    if len(digits) < 9 or not is_mobile_without_zero(digits) or any(item.label for item in chain):
        return False
    if any(atoms[item.first].kind == "d" for item in chain):
        return False
    values = [int(item.digits) for item in chain]
    return not (all(a < b for a, b in pairwise(values)) or all(a > b for a, b in pairwise(values)))
