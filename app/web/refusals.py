"""Which refusals an operation can answer with: those that its route names, and those that its shape implies."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final

from app.web.guard import SAFE_METHODS, View

#: Every code of an operation with its status, as the table in docs/protocol.md has them.
STATUSES: Final[Mapping[str, int]] = {
    "bad_request": 400,
    "malformed_json": 400,
    "idempotency_key_required": 400,
    "sign_in_required": 401,
    "wrong_credentials": 401,
    "cross_site": 403,
    "wrong_role": 403,
    "not_found": 404,
    "recovery_code_wrong": 404,
    "appeal_judged": 409,
    "booking_state": 409,
    "already_registered": 409,
    "chat_closed": 409,
    "draft_changed": 409,
    "email_taken": 409,
    "no_bank_account": 409,
    "price_changed": 409,
    "slot_taken": 409,
    "therapist_unavailable": 409,
    "too_large": 413,
    "client_id_reused": 422,
    "contact_blocked": 422,
    "guest_key_reused": 422,
    "idempotency_key_reused": 422,
    "validation": 422,
    "too_many_requests": 429,
    "server_error": 500,
    "busy": 503,
}


def refuses(*codes: str) -> Callable[[View], View]:
    """The codes that this route answers with of its own accord."""

    def mark(view: View) -> View:
        view.refusals = codes  # type: ignore[attr-defined]  # a mark on the function, read by the OpenAPI document
        return view

    return mark


def needs_session(rule: str, view: Callable[..., Any]) -> bool:
    """Whether the guard lets nobody through to this route without a session."""
    return rule.startswith("/api/") and not getattr(view, "is_public", False)


def security(rule: str, view: Callable[..., Any]) -> list[dict[str, list[str]]]:
    """The security requirements of an operation: any one of them suffices, none is needed when there are none. Their
    lists name the roles (OpenAPI 3.1, Security Requirement Object).
    """
    if not needs_session(rule, view):
        return []
    return [{"session": [role]} for role in getattr(view, "roles", ())] or [{"session": []}]


def refusals(method: str, rule: str, view: Callable[..., Any], operation: Mapping[str, Any]) -> dict[int, list[str]]:
    """The codes that an operation can refuse with, by status; ``operation`` says what it is sent."""
    by_status: dict[int, list[str]] = defaultdict(list)
    for code in sorted({*_implied(method, rule, view, operation), *getattr(view, "refusals", ())}):
        by_status[STATUSES[code]].append(code)
    return dict(sorted(by_status.items()))


def _implied(method: str, rule: str, view: Callable[..., Any], operation: Mapping[str, Any]) -> set[str]:
    places = {parameter["in"] for parameter in operation.get("parameters", ())}
    implied = {
        "bad_request": True,
        "server_error": True,
        # Every route of the API looks for the person, in the database.
        "busy": rule.startswith("/api/"),
        "sign_in_required": needs_session(rule, view),
        "wrong_role": hasattr(view, "roles"),
        "cross_site": method.upper() not in SAFE_METHODS,
        "malformed_json": method.upper() not in SAFE_METHODS,
        "too_large": method.upper() not in SAFE_METHODS,
        "not_found": "path" in places,
        "validation": "query" in places or "requestBody" in operation,
    }
    return {code for code, is_so in implied.items() if is_so}
