"""The HTTP edge: parse, one domain call, present."""

from collections.abc import Callable
from pathlib import Path

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_openapi import OpenAPI

from app.config import Settings
from app.web import bookings, conversations, drafts, health, notifications, openapi, operator, payments, therapists
from app.web.appeals import appeals_blueprint
from app.web.compression import register_compression
from app.web.guard import register_guard
from app.web.headers import register_headers
from app.web.identity import register_identity
from app.web.pages import pages_blueprint
from app.web.problems import register_problems
from app.web.session import session_blueprint


def register(app: OpenAPI, settings: Settings, root: Path, signed_out: Callable[[set[str]], None]) -> None:
    """Every route, and what each request passes on its way to one. ``signed_out`` is told the tokens of sessions that
    ended, so that their connections end too.
    """
    register_identity(app, settings)
    register_guard(app, settings)
    register_problems(app)
    register_headers(app, settings)
    register_compression(app)
    limiter = _RouteLimiter(key_func=get_remote_address, app=app)
    app.register_api(session_blueprint(settings, limiter, signed_out))
    for resource in (therapists, bookings, conversations, drafts, notifications, payments, operator, health):
        app.register_api(resource.bp)
    app.register_api(appeals_blueprint(settings, limiter))
    app.register_blueprint(openapi.bp)
    app.register_blueprint(pages_blueprint(settings, root / "static"))


class _RouteLimiter(Limiter):
    """The limits of routes that declare some, which check themselves when they are called. Limits of the application or
    of a blueprint would not be looked at: to look for limits before each request costs all others as much as a query.
    """

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)
