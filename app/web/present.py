"""Payloads as answers."""

from flask import Response, request
from pydantic import BaseModel

#: Who is signed in, a code that signs in, and a draft with a number and an address in it: kept by nobody at all.
NEVER_KEPT = ("/api/session", "/api/drafts")


def answer(payload: BaseModel, status: int = 200) -> Response:
    """A payload as JSON. What is read is this person's and may change at any moment: a browser, or the app's worker,
    may keep it for when there is no network, and asks first when there is. Anything else is kept by nobody.
    """
    response = Response(payload.model_dump_json(), status, mimetype="application/json")
    is_read = request.method == "GET" and request.path.startswith("/api/")
    may_keep = is_read and not request.path.startswith(NEVER_KEPT)
    response.headers["Cache-Control"] = "private, no-cache" if may_keep else "no-store"
    # A phone may be handed on: what one person read is not another's answer.
    response.vary.add("Cookie")
    return response
