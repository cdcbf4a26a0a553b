"""Errors, and how the server is."""

from typing import Literal

from app.events.payloads import Payload


class FieldProblem(Payload):
    """What is wrong with one field, by its name in the request."""

    field: str
    code: str
    message: str


class Problem(Payload):
    """The body of every error, ``application/problem+json``."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem]
    request_id: str | None


class Health(Payload):
    """How the server is."""

    status: Literal["ok", "degraded", "down"]
