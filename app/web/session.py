"""``/api/session``: guests, sign-in, sign-out, preferences."""

from collections.abc import Callable

from flask import Response
from flask_limiter import Limiter, RouteLimit
from flask_openapi import APIBlueprint, Tag

from app.config import Settings
from app.domain import accounts, clock, preferences
from app.events.log import BEGINNING
from app.web.guard import public, public_for_the_named
from app.web.identity import end_session, person_or_none, signed_in, start_session
from app.web.present import answer
from app.web.refusals import refuses
from app.web.registration import add_registration
from app.web.schemas.account import GuestRequest, PreferencesRequest, SessionAnswer, SignInRequest, UserAnswer

SignedOut = Callable[[set[str]], None]


def session_blueprint(settings: Settings, limiter: Limiter, signed_out: SignedOut) -> APIBlueprint:
    """``signed_out`` is told the tokens whose connections must end."""
    bp = APIBlueprint("session", __name__, url_prefix="/api/session", abp_tags=[Tag(name="session")])
    _add_show(bp)
    # One for both doors that a password opens, or the second would double a guesser's tries.
    passwords = limiter.shared_limit(settings.rate_sign_in, scope="passwords")
    _add_sign_in(bp, passwords, signed_out)
    _add_sign_out(bp, signed_out)
    _add_guests(bp, limiter, settings.rate_guests, signed_out)
    add_registration(bp, limiter, passwords, settings, signed_out)
    _add_preferences(bp)
    return bp


def _add_show(bp: APIBlueprint) -> None:
    @bp.get("", responses={200: SessionAnswer})
    @public
    def show() -> Response:
        """Who is signed in on this device (null: nobody), the server's time, and the event cursor to go on from."""
        person = person_or_none()
        cursor = accounts.stream_cursor(person) if person else BEGINNING
        user = person.payload() if person else None
        return answer(SessionAnswer(user=user, server_time=clock.now(), cursor=cursor))


def _add_sign_in(bp: APIBlueprint, passwords: RouteLimit, signed_out: SignedOut) -> None:
    @bp.post("", responses={200: UserAnswer})
    @passwords
    @public
    @refuses("wrong_credentials", "too_many_requests")
    def sign_in(body: SignInRequest) -> Response:
        """Sign in with e-mail and password. A session that this device had before is ended."""
        new = accounts.sign_in(body.email, body.password)
        signed_out(start_session(new))
        return answer(UserAnswer(user=new.person.payload()))


def _add_sign_out(bp: APIBlueprint, signed_out: SignedOut) -> None:
    @bp.delete("", responses={204: None})
    @public_for_the_named
    @refuses("sign_in_required")
    def sign_out() -> Response:
        """End this device's session and its connections; without one there is nothing to do."""
        token = end_session()
        if token:
            signed_out({token})
        return Response(status=204)


def _add_guests(bp: APIBlueprint, limiter: Limiter, rate: str, signed_out: SignedOut) -> None:
    @bp.post("/guest", responses={201: UserAnswer, 200: UserAnswer})
    @limiter.limit(rate)
    @public
    @refuses("contact_blocked", "guest_key_reused", "too_many_requests")
    def guest(body: GuestRequest) -> Response:
        """Make a guest and sign in; the same guestKey gives the same guest, with 200 instead of 201."""
        new = accounts.create_guest(body.display_name, body.guest_key, body.locale, body.timezone)
        signed_out(start_session(new))
        return answer(UserAnswer(user=new.person.payload()), 201 if new.is_new else 200)


def _add_preferences(bp: APIBlueprint) -> None:
    @bp.put("/preferences", responses={200: UserAnswer})
    def set_preferences(body: PreferencesRequest) -> Response:
        """What the other members of one's conversations may notice: typing, presence. At least one of the two."""
        person = preferences.set_sharing(signed_in(), body.share_typing, body.share_presence)
        return answer(UserAnswer(user=person.payload()))
