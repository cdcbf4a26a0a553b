"""The one door for text that another person will read: characters, length, and the contact filter."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app import contact_guard
from app.contact_guard import Verdict
from app.domain import trial
from app.domain.errors import FieldError, Invalid, invalid_fields
from app.events.oversight import TextKind

CONTACT_BLOCKED = "contact_blocked"
BLOCKED = "Phone numbers and other contact details can't be shared here. Arrange everything in this chat."
_LINE_BREAKS = "\n\t"
#: Needed inside words of some scripts, inside emoji, and beside words of the other direction.
_HARMLESS_FORMATS = "\u200c\u200d\u200e\u200f"
_OVERRIDES, _EMBEDDINGS, _ISOLATES = "\u202d\u202e", "\u202a\u202b", "\u2066\u2067\u2068"
_EMBEDDING_END, _ISOLATE_END = "\u202c", "\u2069"
#: Letters by category, but blank: the Hangul fillers.
_FILLERS = "\u115f\u1160\u3164\uffa0"


#: What the filter's texts are called where they are recorded, by the field that they came in.
_KINDS: dict[str, TextKind] = {
    "customerName": "customerName",
    "area": "location",
    "location": "location",
    "note": "note",
    "reason": "reason",
    "displayName": "displayName",
    "bank": "profile",
    "holder": "profile",
}
MASK = "•"


@dataclass(frozen=True, slots=True)
class Judged:
    """A cleaned text with the filter's word on it. ``recent`` are the sender's messages that it was seen with."""

    kind: TextKind
    text: str
    recent: Sequence[str]
    verdict: Verdict


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
    if lines and _turns_the_rest(text):
        return FieldError(
            field,
            "invalid_direction",
            "Invisible characters in this turn the direction of the writing. Nothing was sent; type it anew.",
        )
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


def _turns_the_rest(text: str) -> bool:
    """Whether characters that cannot be seen make the text, or what is shown behind it, read in another direction than
    it is written: 0987 is then 7890. Embeddings and isolates that are closed again are how right-to-left words and
    telephones' address books write (Unicode Standard Annex 9).
    """
    depth = {_EMBEDDING_END: 0, _ISOLATE_END: 0}
    for character in text:
        if character in _OVERRIDES:
            return True
        if character in _EMBEDDINGS:
            depth[_EMBEDDING_END] += 1
        elif character in _ISOLATES:
            depth[_ISOLATE_END] += 1
        elif character in depth:
            depth[character] = max(0, depth[character] - 1)
        elif character == "\n" and any(depth.values()):
            # A paragraph ends all of them: what is closed behind it was not closed.
            return True
    return any(depth.values())


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZM" and character not in _FILLERS


def judge(text: str, recent: Sequence[str] = ()) -> Verdict:
    """The contact filter's verdict."""
    return contact_guard.check(text, recent)


def looks_back(text: str) -> bool:
    """Whether ``judge`` has to know what the same person wrote just before. Rules on trial always do."""
    return trial.version() is not None or contact_guard.looks_back(text)


def redacted(text: str, verdict: Verdict) -> str:
    """The text as others may keep it: without what offends, and without any digit, number or not."""
    places = verdict.offending or ((0, len(text)),)
    kept = list(text)
    for start, end in reversed(places):
        kept[start:end] = MASK
    return "".join(MASK if character.isnumeric() else character for character in kept)


def blocked_field(field: str, verdict: Verdict) -> FieldError:
    """The field error of a refused form text."""
    assert verdict.blocked
    return FieldError(field, CONTACT_BLOCKED, BLOCKED)


def refuse(verdict: Verdict, errors: Sequence[FieldError] = ()) -> Invalid:
    """The refusal of a text that carries contact details."""
    extra = {"reason": verdict.code, "spans": [list(span) for span in verdict.spans]}
    return Invalid(BLOCKED, errors=errors, extra=extra, code=CONTACT_BLOCKED)


class Texts:
    """Checks several texts of one request and reports everything wrong with them at once."""

    def __init__(self) -> None:
        self.errors: list[FieldError] = []
        #: Every text that the filter has looked at.
        self.judged: list[Judged] = []

    def take(self, field: str, text: str, *, longest: int, shortest: int = 1, lines: bool = False) -> str:
        """Clean and check one text; what is wrong is kept for ``finish``."""
        cleaned = clean(text)
        fault = problem(field, cleaned, longest=longest, shortest=shortest, lines=lines)
        if fault is None and cleaned:
            verdict = judge(cleaned)
            self.judged.append(Judged(_KINDS[field], cleaned, (), verdict))
            if verdict.blocked:
                fault = blocked_field(field, verdict)
        if fault:
            self.errors.append(fault)
        return cleaned

    @property
    def blocked(self) -> list[Judged]:
        """The texts that the filter refuses."""
        return [judged for judged in self.judged if judged.verdict.blocked]

    def require_readable(self) -> None:
        """:raises Invalid: something other than what the filter refuses was wrong"""
        if len(self.errors) > len(self.blocked):
            self.finish()

    def fault(self) -> Invalid | None:
        """The refusal of everything that was wrong, naming every field; None if nothing was."""
        if self.blocked:
            return refuse(self.blocked[0].verdict, self.errors)
        return invalid_fields(*self.errors) if self.errors else None

    def finish(self) -> None:
        """:raises Invalid: something was wrong; ``errors`` names every field"""
        if fault := self.fault():
            raise fault
