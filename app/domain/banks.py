"""Where a provider may be paid: the names of banks and wallets, and how an account's number is written and hidden."""

import unicodedata

#: Offered by the form, in this order; any other name may be typed instead.
KNOWN = (
    "BCA", "Mandiri", "BRI", "BNI", "BSI", "CIMB Niaga", "Permata", "Danamon", "BTN", "OCBC", "Panin", "Maybank",
    "BPD Bali", "Bank Jago", "SeaBank", "Jenius", "Allo Bank", "blu",
    "GoPay", "OVO", "DANA", "ShopeePay", "LinkAja",
)  # fmt: skip

SHORTEST, LONGEST = 6, 20
#: In characters, however it is written.
LONGEST_WRITTEN = 60
#: What people put between groups of digits.
_BETWEEN = frozenset(" -.\u00a0\u2009\u202f\u2010\u2011\u2013")
_FOLDED = {name.casefold(): name for name in KNOWN}


def known(name: str) -> str | None:
    """The bank or wallet that is meant, as it writes itself; None for any other."""
    return _FOLDED.get(" ".join(name.split()).casefold())


def digits_of(written: str) -> str | None:
    """An account's number as ASCII digits, whatever script and grouping it is written in. None when anything else
    stands in it, or when it has fewer than 6 or more than 20 digits.
    """
    if len(written) > LONGEST_WRITTEN:
        return None
    digits = []
    for character in written.strip():
        if character in _BETWEEN:
            continue
        value = unicodedata.decimal(character, None)
        if value is None:
            return None
        digits.append(str(value))
    return "".join(digits) if SHORTEST <= len(digits) <= LONGEST else None


def masked(bank: str, number: str) -> str:
    """``BCA •••• 4821``: enough to recognise an account by. Of a short number fewer digits are shown, so that most of
    it stays hidden.
    """
    return f"{bank} •••• {number[-4:] if len(number) >= 8 else number[-2:]}"
