"""Who somebody is, and how they come in."""

from datetime import datetime

from pydantic import Field, StrictBool

from app.events.payloads import Payload, UserPayload
from app.web.schemas.base import Request


class GuestRequest(Request):
    """Who wants to look around and book: ``guest_key`` is made and kept by the device, ``timezone`` an IANA name."""

    display_name: str
    guest_key: str | None = Field(None, min_length=16, max_length=128)
    locale: str | None = None
    timezone: str | None = None


class SignInRequest(Request):
    """E-mail and password."""

    email: str = Field(max_length=254, pattern=r"^[^\x00-\x1f]*$")
    password: str = Field(max_length=1000)


class RegisterRequest(Request):
    """What a guest wants to sign in with from now on."""

    email: str = Field(max_length=1000)
    password: str = Field(max_length=1000)


class RecoverRequest(Request):
    """A recovery code as it was read out or typed. ``recovery_key`` is made by the device for this one attempt: it
    makes the call repeatable for a while.
    """

    code: str = Field(max_length=100)
    recovery_key: str | None = Field(None, min_length=16, max_length=128)


class PreferencesRequest(Request):
    """What to let others notice: at least one of the two; what is left out stays as it is."""

    share_typing: StrictBool | None = None
    share_presence: StrictBool | None = None


class UserAnswer(Payload):
    """Who is signed in now."""

    user: UserPayload


class SessionAnswer(Payload):
    """``cursor`` is the event cursor from which this device may go on."""

    user: UserPayload | None
    server_time: datetime
    cursor: str


class RecoveryCodeAnswer(Payload):
    """The code as it is to be shown, and the address that carries it, for a QR code."""

    code: str
    url: str
    expires_at: datetime
