"""Whether digits are a number somebody can call, a card, or an account."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_MOBILE = re.compile(r"(?:0062|620?|0)8[1-9][0-9]{7,10}")
_MOBILE_BARE = re.compile(r"8[1-9][0-9]{7,10}")
_BEGUN = re.compile(r"(?:0062|620?|0)8[1-9]")
_BEGINNINGS = ("0", "08", "6", "62", "620", "628", "6208", "00", "006", "0062", "00628")
_SHORTEST_MOBILE, LONGEST_MOBILE = 10, 16
_CARD_BEGINNINGS = "3456"
_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")


def is_mobile(digits: str) -> bool:
    """An Indonesian mobile number with its 0 or its country code: 10 to 13 digits after 0."""
    return len(digits) >= _SHORTEST_MOBILE and _MOBILE.fullmatch(digits) is not None


def may_become_mobile(digits: str) -> bool:
    """Whether more digits could make an Indonesian mobile number of these."""
    return digits in _BEGINNINGS or (len(digits) < LONGEST_MOBILE and _BEGUN.match(digits) is not None)


def may_become_number(digits: str) -> bool:
    """Whether more digits could make an Indonesian mobile number or a card of these."""
    return digits[0] in _CARD_BEGINNINGS or may_become_mobile(digits)


def is_mobile_without_zero(digits: str) -> bool:
    """An Indonesian mobile number whose 0 was left out."""
    return _MOBILE_BARE.fullmatch(digits) is not None


def is_card(digits: str) -> bool:
    """A payment card: 13 to 19 digits, the first of a card scheme, with Luhn's check digit (ISO/IEC 7812-1)."""
    if not 13 <= len(digits) <= 19 or digits[0] not in _CARD_BEGINNINGS or len(set(digits)) == 1:
        return False
    code = digits.encode()
    total = sum(code[::-2]) + sum(code.translate(_DOUBLED)[-2::-2]) - ord("0") * len(code)
    return total % 10 == 0


class Dialling:
    """Country codes and possible lengths of ``dialling.json``."""

    def __init__(self, dialling: Mapping[str, Any]) -> None:
        self._lengths: dict[str, frozenset[int]] = {
            code: frozenset(lengths) for code, lengths in dialling["lengths"].items()
        }

    def is_international(self, digits: str) -> bool:
        """Digits after a plus or two zeros that are a possible number of some country."""
        for length in (1, 2, 3):
            possible = self._lengths.get(digits[:length])
            if possible is not None:
                national = digits[length:]
                # A zero in brackets, +44 (0)20, is written but not dialled.
                return len(national) in possible or (national[:1] == "0" and len(national) - 1 in possible)
        return False
