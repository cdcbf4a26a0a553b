"""The one door for text that another person will read: characters, length, and the contact filter."""

import unicodedata
from collections.abc import Sequence

from app import contact_guard
from app.contact_guard import Verdict
from app.domain.errors import FieldError, Invalid, invalid_fields

BLOCKED = "Phone numbers and other contact details can't be shared here. Arrange everything in this chat."
_LINE_BREAKS = "\n\t"
#: Needed inside words of some scripts, inside emoji, and beside words of the other direction.
_HARMLESS_FORMATS = "\u200c\u200d\u200e\u200f"
#: Letters by category, but blank: the Hangul fillers.
_FILLERS = "\u115f\u1160\u3164\uffa0"


def clean(text: str) -> str:
    """The text as it is stored: composed characters, plain line breaks, no space around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def problem(field: str, text: str, *, longest: int, shortest: int = 1, lines: bool = False) -> FieldError | None:
    """What is wrong with a cleaned text before anybody asks what it says. ``longest`` is in characters."""
    if len(text) < shortest:
        code = "required" if not text else "too_short"
        return FieldError(field, code, "Please fill this in." if not text else f"At least {shortest} characters.")
    if len(text) > longest:
        return FieldError(field, "too_long", f"At most {longest} characters, please; this has {len(text)}.")
    if any(_is_unprintable(character, lines) for character in text):
        return FieldError(field, "invalid_characters", "This contains characters that cannot be shown.")
    if text and not any(_is_visible(character) for character in text):
        return FieldError(field, "required", "Please fill this in.")
    return None


def _is_unprintable(character: str, lines: bool) -> bool:
    # Surrogates and NUL cannot be stored; other control characters have no business in a text. In a name, invisible
    # and direction-changing ones could make it look like another.
    category = unicodedata.category(character)
    if lines:
        return category in ("Cc", "Cs") and character not in _LINE_BREAKS
    return category in ("Cc", "Cs", "Cf", "Zl", "Zp") and character not in _HARMLESS_FORMATS


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZM" and character not in _FILLERS


def judge(text: str, recent: Sequence[str] = ()) -> Verdict:
    """The contact filter's verdict."""
    return contact_guard.check(text, recent)


def blocked_field(field: str, verdict: Verdict) -> FieldError:
    """The field error of a refused form text."""
    assert verdict.blocked
    return FieldError(field, "contact_blocked", BLOCKED)


def refuse(verdict: Verdict, errors: Sequence[FieldError] = ()) -> Invalid:
    """The refusal of a text that carries contact details."""
    extra = {"reason": verdict.code, "spans": [list(span) for span in verdict.spans]}
    return Invalid(BLOCKED, errors=errors, extra=extra, code="contact_blocked")


class Texts:
    """Checks several texts of one request and reports everything wrong with them at once."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []
        self._verdict: Verdict | None = None

    def take(self, field: str, text: str, *, longest: int, shortest: int = 1, lines: bool = False) -> str:
        """Clean and check one text; what is wrong is kept for ``finish``."""
        cleaned = clean(text)
        fault = problem(field, cleaned, longest=longest, shortest=shortest, lines=lines)
        if fault is None and cleaned:
            verdict = judge(cleaned)
            if verdict.blocked:
                fault = blocked_field(field, verdict)
                self._verdict = self._verdict or verdict
        if fault:
            self.errors.append(fault)
        return cleaned

    def finish(self) -> None:
        """:raises Invalid: something was wrong; ``errors`` names every field"""
        if self._verdict:
            raise refuse(self._verdict, self.errors)
        if self.errors:
            raise invalid_fields(*self.errors)
