"""Whether a text that another person will read carries a phone number."""

import itertools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from phonenumbers import Leniency, PhoneNumberMatcher

#: National numbers are read as Indonesian; numbers with a country code as what they are.
REGION = "ID"
#: Longer texts are refused before they come here; this bounds the matcher all the same.
MAX_CHARACTERS = 4000
#: No valid number of any country is shorter.
FEWEST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """``spans`` are the offending [start, end) character ranges of the text that was checked."""

    blocked: bool
    code: str | None = None
    spans: tuple[tuple[int, int], ...] = ()


def check(text: str, recent: Sequence[str] = ()) -> Verdict:
    """Judge one text.

    :param text: what is about to be sent
    :param recent: the same sender's latest messages in the same conversation, oldest first
    """
    spans = _phone_spans(text)
    if spans:
        return Verdict(True, "PHONE", spans)
    if _is_digits(text) and _spans_border(_digits_before(recent), text):
        return Verdict(True, "SPLIT", ((0, len(text)),))
    return Verdict(False)


@lru_cache(maxsize=512)
def _phone_spans(text: str) -> tuple[tuple[int, int], ...]:
    if sum(character.isdigit() for character in text) < FEWEST_DIGITS:
        return ()
    # NFKC can change the length, so digits are folded one by one and the spans stay true.
    folded = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text[:MAX_CHARACTERS])
    return tuple((match.start, match.end) for match in PhoneNumberMatcher(folded, REGION, Leniency.VALID))


def _is_digits(text: str) -> bool:
    return text.replace(" ", "").isdigit()


def _digits_before(recent: Sequence[str]) -> str:
    """The messages of digits only that directly precede this one, as one text."""
    pieces = list(itertools.takewhile(_is_digits, reversed(recent)))
    return "".join(reversed(pieces))


def _spans_border(before: str, text: str) -> bool:
    """Whether a number begins in what came before and is completed by this message."""
    tail = before[-MAX_CHARACTERS // 2 :]
    joined = tail + text
    return any(start < len(tail) < end for start, end in _phone_spans(joined))
