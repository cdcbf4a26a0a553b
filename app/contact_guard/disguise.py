"""Numbers to call that are written as times, prices or counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from app.contact_guard.findings import Finding
from app.contact_guard.numbers import Item
from app.contact_guard.pieces import chains
from app.contact_guard.validators import is_mobile, may_become_mobile

#: What hides digits because of how they are written, and not because of a word beside them.
_BY_SHAPE = frozenset(("time", "date", "price", "size", "place", "count"))
_MOST_ITEMS = 24


def disguised(items: Sequence[Item]) -> list[Finding]:
    """A number written as times or prices of which some are none: ``08.12 34.56 78.90``, or with words between."""
    if not any(item.mask for item in items):
        return []
    found = [finding for chain in chains(items, True) for finding in _in_disguise(chain, lambda window: True)]
    return found or [finding for chain in chains(items, True, 1) for finding in _in_disguise(chain, _is_no_list)]


def _in_disguise(chain: Sequence[Item], is_meant: Callable[[Sequence[Item]], bool]) -> Iterator[Finding]:
    for i, first in enumerate(chain):
        if first.digits[0] not in "068":
            continue
        digits = ""
        for k in range(i, min(len(chain), i + _MOST_ITEMS)):
            digits += chain[k].digits
            if not may_become_mobile(digits) and not is_mobile(digits):
                break
            window = chain[i : k + 1]
            if is_mobile(digits) and _is_disguise(window) and is_meant(window):
                yield Finding("PHONE", first.start, window[-1].end, "unmasked")
                break


def _is_no_list(window: Sequence[Item]) -> bool:
    """Whether a word between what looks like times or prices does not make a list of them: one of them is no time
    (``33:19``), or the first is no amount and each has one word after it (``08 ribu 77 ribu``).
    """
    first, pairs = window[0], list(pairwise(window))
    if any(not (a.mask or b.mask) and len(a.digits) == len(b.digits) == 2 and b.start - a.end == 1 for a, b in pairs):
        return True
    return not first.mask and not first.label and len(first.digits) > 1 and all(b.led == 1 for _, b in pairs)


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
