"""Who is asking: Flask-Login over server-side sessions.

The signed cookie holds only the session's token; the row behind it decides, so that signing out works everywhere.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import UserMixin, current_user, login_user, logout_user

from app.config import Settings
from app.domain import accounts
from app.domain.accounts import SESSION_LIFETIME, SignedIn
from app.domain.errors import SignInRequired
from app.domain.people import Person
from app.extensions import login

if TYPE_CHECKING:
    from itsdangerous import URLSafeTimedSerializer


#: Of so many cookies it is remembered that their signature is ours, and what they hold: about a kilobyte each.
KNOWN_COOKIES = 5_000


class SessionCookies(SecureCookieSessionInterface):
    """Flask's signed cookies, with their signer made once instead of with each request, and each signature checked
    once. How old a cookie is decides nothing: the session's row ends with it.
    """

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> "URLSafeTimedSerializer | None":
        """The signer of the application's cookies."""
        if self._signer is None and (signer := super().get_signing_serializer(app)):
            # What is raised is not remembered.
            signer.loads = lru_cache(maxsize=KNOWN_COOKIES)(signer.loads)  # type: ignore[method-assign]
            self._signer = signer
        return self._signer


class Principal(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """A person on one signed-in device."""

    def __init__(self, person: Person, token: str) -> None:
        self.person = person
        self.token = token

    def get_id(self) -> str:
        return self.token


def register_identity(app: Flask, settings: Settings) -> None:
    """Load the person of each request from its session."""
    app.config.update(
        SESSION_COOKIE_NAME="tenang_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_production,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=SESSION_LIFETIME,
    )
    app.session_interface = SessionCookies()
    # The token is random and checked against a table; binding it to an address would sign phones out as they roam.
    login.session_protection = None
    login.init_app(app)

    @login.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
    def load(token: str) -> Principal | None:
        person = accounts.person_with(token)
        return Principal(person, token) if person else None


def start_session(signed_in: SignedIn) -> set[str]:
    """Set the cookie of a new session. One that was open on this device before is ended; its token is returned, so
    that its connections can be ended too.
    """
    before = {current_user.token} if current_user.is_authenticated else set()
    for token in before:
        accounts.sign_out(token)
    login_user(Principal(signed_in.person, signed_in.token))
    session.permanent = True
    return before


def end_session() -> str | None:
    """End this device's session and return its token; None without one."""
    token: str | None = current_user.token if current_user.is_authenticated else None
    if token:
        accounts.sign_out(token)
    logout_user()
    return token


def person_or_none() -> Person | None:
    """The signed-in person, or None."""
    person: Person | None = current_user.person if current_user.is_authenticated else None
    return person


def signed_in() -> Person:
    """The signed-in person.

    :raises SignInRequired: there is none
    """
    person = person_or_none()
    if person is None:
        raise SignInRequired("Please sign in first. What you wrote is kept.")
    return person
