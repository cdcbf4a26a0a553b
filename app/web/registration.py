"""``/api/session/register``, ``/recovery-code``, ``/recover``: how a guest keeps everything."""

from collections.abc import Callable

from flask import Response, request
from flask_limiter import Limiter, RouteLimit
from flask_openapi import APIBlueprint

from app.config import Settings
from app.domain import recovery, registration
from app.web.guard import only, public, public_for_the_named
from app.web.identity import person_or_none, signed_in, start_session
from app.web.present import answer
from app.web.refusals import refuses
from app.web.schemas.account import RecoverRequest, RecoveryCodeAnswer, RegisterRequest, UserAnswer

SignedOut = Callable[[set[str]], None]
#: The page that takes a code; behind the "#" it reaches neither a server nor its log.
RECOVERY_PAGE = "sign-in#recover="


def add_registration(
    bp: APIBlueprint, limiter: Limiter, passwords: RouteLimit, settings: Settings, signed_out: SignedOut
) -> None:
    """The routes, beside ``/api/session``. ``passwords`` limits how often one may be tried, here and at sign-in;
    ``signed_out`` is told the tokens whose connections must end.
    """
    _add_register(bp, passwords, signed_out)
    _add_recovery_code(bp, limiter, settings.rate_recovery)
    _add_recover(bp, limiter, settings, signed_out)


def _add_register(bp: APIBlueprint, passwords: RouteLimit, signed_out: SignedOut) -> None:
    @bp.post("/register", responses={201: UserAnswer, 200: UserAnswer})
    @passwords
    @public_for_the_named
    @refuses("sign_in_required", "email_taken", "already_registered", "too_many_requests")
    def register(body: RegisterRequest) -> Response:
        """The guest becomes an account and keeps everything; 200 instead of 201 for a repetition. This device gets a
        new session, other devices keep theirs.
        """
        new = registration.register(person_or_none(), body.email, body.password)
        signed_out(start_session(new))
        return answer(UserAnswer(user=new.person.payload()), 201 if new.is_new else 200)


def _add_recovery_code(bp: APIBlueprint, limiter: Limiter, rate: str) -> None:
    @bp.post("/recovery-code", responses={201: RecoveryCodeAnswer})
    @limiter.limit(rate)
    @only("customer")
    @refuses("too_many_requests")
    def make_code() -> Response:
        """A code with which another phone gets in as this customer: once, within 24 hours. A new one replaces it."""
        made = recovery.make_code(signed_in())
        url = f"{request.host_url}{RECOVERY_PAGE}{made.code}"
        return answer(RecoveryCodeAnswer(code=made.code, url=url, expires_at=made.expires_at), 201)


def _add_recover(bp: APIBlueprint, limiter: Limiter, settings: Settings, signed_out: SignedOut) -> None:
    @bp.post("/recover", responses={200: UserAnswer})
    @limiter.limit(settings.rate_recovery)
    # One address must not use up what all have together: nobody could recover any more.
    @limiter.limit(settings.rate_recovery_misses_per_address, deduct_when=_is_a_miss)
    # Of all addresses together: whoever guesses has many.
    @limiter.limit(settings.rate_recovery_misses, key_func=lambda: "recover", deduct_when=_is_a_miss)
    @public
    @refuses("recovery_code_wrong", "too_many_requests")
    def recover(body: RecoverRequest) -> Response:
        """A session as the person whose code this is. A session that this device had before is ended."""
        new = recovery.recover(body.code, body.recovery_key)
        signed_out(start_session(new))
        return answer(UserAnswer(user=new.person.payload()))


def _is_a_miss(response: Response) -> bool:
    return response.status_code == 404
