"""WhatsApp numbers, written in any usual way, kept as E.164."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

DEFAULT_REGION = "ID"
#: In characters, however it is written.
LONGEST_NUMBER = 40


def to_e164(text: str) -> str | None:
    """The number as E.164 (``+6281234567890``), or None when it is no valid number. Without a country code it is read
    as Indonesian; ``0062…`` and ``62…`` are understood too.
    """
    compact = text.strip()
    if len(compact) > LONGEST_NUMBER:
        return None
    candidates = [compact]
    digits = "".join(c for c in compact if c.isdigit())
    if compact.startswith("00"):
        candidates.insert(0, "+" + digits[2:])
    elif not compact.startswith("+"):
        candidates.append("+" + digits)
    for candidate in candidates:
        try:
            number = phonenumbers.parse(candidate, DEFAULT_REGION)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return None
