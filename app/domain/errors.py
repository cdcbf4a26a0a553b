"""The one family of errors. ``web/problems.py`` maps it to HTTP; nothing else raises across the domain's border.

Each says what happened, what is safe and what to do, in words that a person may read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field of a request; ``field`` is its name on the wire."""

    field: str
    code: str
    message: str


class DomainError(Exception):
    """Base of all refusals.

    :param detail: one or two sentences for a person
    :param errors: the fields to blame
    :param extra: further members of the answer, by their names on the wire
    """

    code = "error"

    def __init__(
        self, detail: str, *, errors: Sequence[FieldError] = (), extra: Mapping[str, Any] | None = None, code: str = ""
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.extra = dict(extra or {})
        self.code = code or self.code


class SignInRequired(DomainError):
    """There is no session, or it has ended."""

    code = "sign_in_required"


class Forbidden(DomainError):
    """The person's role may not do this."""

    code = "wrong_role"


class NotFound(DomainError):
    """No such thing, or not this person's: the two must look the same."""

    code = "not_found"


class Invalid(DomainError):
    """The request's content is wrong; ``errors`` names the fields."""

    code = "validation"


class Conflict(DomainError):
    """The request was right once, but the state has moved on."""

    code = "conflict"


class TooMany(DomainError):
    """Asked too often. ``retry_after`` is in seconds."""

    code = "too_many_requests"

    def __init__(self, detail: str, retry_after: float) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


FIELDS_WRONG = "Some fields need another look. Nothing was sent; correct them and try again."


def nothing_here() -> NotFound:
    """The answer to an unknown id and to another person's id alike."""
    return NotFound("There is nothing here, or it is not yours.")


def invalid_fields(*errors: FieldError) -> Invalid:
    """A refusal that names its fields."""
    return Invalid(FIELDS_WRONG, errors=errors)
