"""What every request must pass before a route sees it. Routes are closed unless they say otherwise, so that forgetting
a check refuses too much, never too little.
"""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import BadRequest

from app.config import SOCKET_PATH, Settings
from app.domain.errors import Forbidden, SignInRequired
from app.web.identity import person_or_none, signed_in
from app.web.problems import problem

View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
#: Who the page believes is signed in. The cookie is the browser's, and another tab may have changed it a moment ago.
PERSON_HEADER = "X-Person"
MAX_BODY_BYTES = 64 * 1024


def public(view: View) -> View:
    """Open to people without a session."""
    view.is_public = True  # type: ignore[attr-defined]  # a mark on the function, read by _require_person
    return view


def public_for_the_named(view: View) -> View:
    """Open to people without a session, and with a session to whom the page means."""
    view.asks_whose = True  # type: ignore[attr-defined]  # a mark on the function, read by _require_person
    return public(view)


def only(*roles: str) -> Callable[[View], View]:
    """Open to these roles only."""

    def mark(view: View) -> View:
        view.roles = roles  # type: ignore[attr-defined]  # a mark on the function, read by _require_person
        return view

    return mark


def at_most(size: int) -> Callable[[View], View]:
    """Takes no body of more bytes than this."""

    def mark(view: View) -> View:
        view.max_bytes = size  # type: ignore[attr-defined]  # a mark on the function, read by _require_json
        return view

    return mark


#: The two sides of bookings and conversations.
members = only("customer", "therapist")


def register_guard(app: Flask, settings: Settings) -> None:
    """Check every request, in this order: where it comes from, who sends it, whether its body is JSON."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES

    @app.before_request
    def identify() -> None:
        g.request_id = secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.before_request
    def guard() -> Response | None:
        guarded = request.method not in SAFE_METHODS or request.path == SOCKET_PATH
        if guarded and not _is_same_site(settings.allowed_origins):
            return problem(403, "cross_site", "This request came from another site and was refused.")
        if "\0" in request.path or any("\0" in value for value in request.args.values()):
            # No id and no word contains it, and not every database can look it up.
            return problem(400, "bad_request", "The address contains a character that cannot be.")
        if request.path.startswith("/api/"):
            _require_person()
            return _require_json()
        return None


def _is_same_site(allowed_origins: tuple[str, ...]) -> bool:
    """Browsers name where a request comes from; a request without these headers is not made by a page."""
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.host}" or origin in allowed_origins


def _require_person() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    is_public = getattr(view, "is_public", False)
    if view is None or (is_public and not getattr(view, "asks_whose", False)):
        return
    person = person_or_none() if is_public else signed_in()
    if person is None:
        return
    if request.headers.get(PERSON_HEADER, person.id) != person.id:
        raise SignInRequired("Somebody else is signed in on this device now. Nothing was done in their name.")
    roles = getattr(view, "roles", None)
    if roles and person.role not in roles:
        raise Forbidden("This is not for your kind of account.")


def _require_json() -> Response | None:
    if request.method in SAFE_METHODS:
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    request.max_content_length = getattr(view, "max_bytes", MAX_BODY_BYTES)
    if not request.get_data(cache=True):
        return None
    try:
        body = request.get_json(force=True)
    except (BadRequest, RecursionError):
        body = None
    if isinstance(body, dict):
        return None
    return problem(400, "malformed_json", "The body must be a JSON object. Nothing was saved.")
