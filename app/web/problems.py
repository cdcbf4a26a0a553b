"""Every error as ``application/problem+json``: the one place where the domain's errors get a status."""

import json
import time
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, request
from flask_limiter import RateLimitExceeded
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import HTTPException

from app.domain import errors
from app.domain.errors import DomainError, FieldError
from app.storage import StoreBusy

logger = structlog.get_logger(__name__)

STATUSES: dict[type[DomainError], int] = {
    errors.SignInRequired: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Invalid: 422,
    errors.TooMany: 429,
}
TITLES = {
    400: "Bad request",
    401: "Sign in required",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "The state has moved on",
    413: "Too large",
    422: "Some fields need another look",
    426: "Upgrade required",
    429: "Too many requests",
    500: "A fault of ours",
    503: "Busy",
}
HTTP_CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    426: "upgrade_required",
    429: "too_many_requests",
}
FIELD_MESSAGES = {
    "required": "Please fill this in.",
    "type": "This has the wrong type.",
    "too_long": "This is too long.",
    "too_short": "This is too short.",
    "invalid_choice": "This is not one of the choices.",
    "unknown": "This is not known here.",
    "invalid": "This is not valid.",
}
BUSY_RETRY_SECONDS = 1


def problem(
    status: int,
    code: str,
    detail: str,
    field_errors: tuple[FieldError, ...] = (),
    extra: dict[str, Any] | None = None,
    retry_after: float | None = None,
    title: str | None = None,
) -> Response:
    """An error answer in the shape of docs/protocol.md; without a title of its own it has its status's."""
    body = {
        "type": f"/problems/{code}",
        "title": title or TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": [{"field": e.field, "code": e.code, "message": e.message} for e in field_errors],
        "requestId": g.get("request_id"),
    } | (extra or {})
    response = Response(json.dumps(body, default=_plain), status, mimetype="application/problem+json")
    # A 404 may be kept by caches of its own accord (RFC 9111, 4.2.2), and some refusals hold a booking.
    response.headers["Cache-Control"] = "no-store"
    if retry_after is not None:
        response.headers["Retry-After"] = str(max(1, round(retry_after)))
    return response


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(f"{type(value).__name__} has no place in an answer")


def register_problems(app: Flask) -> None:
    """Map every exception to an answer."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(StoreBusy, _busy)
    app.register_error_handler(RateLimitExceeded, _rate_limited)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def _domain_error(error: DomainError) -> Response:
    status = next(code for kind, code in STATUSES.items() if isinstance(error, kind))
    retry_after = error.retry_after if isinstance(error, errors.TooMany) else None
    if error.detail == errors.FIELDS_WRONG:
        return _fields_wrong(error.errors)
    return problem(status, error.code, error.detail, error.errors, error.extra, retry_after)


def _busy(error: StoreBusy) -> Response:
    logger.warning("store.busy", reason=str(error))
    return problem(
        503,
        "busy",
        "The server is busy. What you wrote is safe on your device; please try again.",
        retry_after=BUSY_RETRY_SECONDS,
    )


def _rate_limited(error: RateLimitExceeded) -> Response:
    current = next(iter(current_app.extensions["limiter"])).current_limit
    wait = current.reset_at - time.time() if current else error.limit.limit.get_expiry()
    return problem(429, "too_many_requests", "That was too often. Please wait a little.", retry_after=wait)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None and isinstance(error.response, Response):
        return error.response
    status = error.code or 500
    detail = error.description or TITLES.get(status, "Error")
    response = problem(status, HTTP_CODES.get(status, "http_error"), detail)
    # Allow, Upgrade, Retry-After: what the status requires beside the body.
    response.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
    return response


def _fault(error: Exception) -> Response:
    logger.exception("request.fault", path=request.path)
    return problem(500, "server_error", "A fault of ours. What you wrote is safe on your device; please try again.")


def validation_answer(error: ValidationError) -> Response:
    """The answer to a body or query that does not fit its schema: each field with its code."""
    found: dict[str, FieldError] = {}
    for item in error.errors(include_url=False, include_context=False, include_input=False):
        field = ".".join(str(part) for part in item["loc"]) or "body"
        code = _field_code(item["type"])
        found.setdefault(field, FieldError(field, code, FIELD_MESSAGES[code]))
    return _fields_wrong(tuple(found.values()))


def _fields_wrong(faults: tuple[FieldError, ...]) -> Response:
    """Words for a form, or for an address, where nobody filled in a form."""
    if request.method in ("POST", "PUT", "PATCH") or not all(fault.field in request.args for fault in faults):
        return problem(422, "validation", errors.FIELDS_WRONG, faults)
    names = ", ".join(sorted(fault.field for fault in faults))
    detail = f"This part of the address is not understood: {names}. Nothing was changed; correct it or leave it out."
    return problem(422, "validation", detail, faults, title="The address is not understood")


def _field_code(kind: str) -> str:
    if kind == "missing":
        return "required"
    if kind in ("string_too_long", "too_long"):
        return "too_long"
    if kind in ("string_too_short", "too_short"):
        return "too_short"
    if kind == "extra_forbidden":
        return "unknown"
    if kind in ("literal_error", "enum"):
        return "invalid_choice"
    if kind.endswith("_type"):
        return "type"
    return "invalid"
