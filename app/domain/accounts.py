"""Guests, sign-in and signed-in devices."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from zoneinfo import available_timezones

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock, phrases, refusals
from app.domain.errors import FieldError, Invalid, SignInRequired
from app.domain.free_text import Texts
from app.domain.ids import new_id
from app.domain.people import Person, person_of
from app.events import log
from app.models import DeviceSession, Therapist, User
from app.storage.columns import UtcDateTime
from app.storage.native import in_hashing_thread

NAME_LENGTH = 80
SESSION_LIFETIME = timedelta(days=180)

# Asked by every request, so it is built once and reads no more than a Person holds, in its order.
_PERSON_WITH = (
    select(
        *(User.__table__.c[name] for name in ("id", "role", "display_name", "is_guest", "locale", "timezone")),
        Therapist.__table__.c.id.label("therapist_id"),
        User.__table__.c.shares_typing.label("share_typing"),
        User.__table__.c.shares_presence.label("share_presence"),
    )
    .select_from(DeviceSession.__table__.join(User.__table__).outerjoin(Therapist.__table__))
    .where(
        DeviceSession.__table__.c.token_hash == bindparam("token_hash"),
        DeviceSession.__table__.c.expires_at > bindparam("now", type_=UtcDateTime),
    )
)

# OWASP's second recommendation (Password Storage Cheat Sheet): 19 MiB, 2 passes, 1 lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified when the e-mail is unknown, so that the answer takes as long as for a wrong password.
NOBODYS_HASH = _hasher.hash(secrets.token_hex(16))


@cache
def _timezones() -> set[str]:
    # Looked up on disk, in hundreds of files.
    return available_timezones()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """``token`` opens the new session; it is not kept anywhere. ``is_new`` tells a fresh guest from a known one."""

    person: Person
    token: str
    is_new: bool = False


def hash_password(password: str) -> str:
    """An argon2id hash in PHC form, its salt and parameters included. Takes about 50 ms."""
    return _hasher.hash(password)


def create_guest(display_name: str, guest_key: str | None, locale: str | None, timezone: str | None) -> SignedIn:
    """Make a guest and sign in. The same ``guest_key`` gives the same guest.

    :raises Invalid: field errors, or ``guest_key_reused`` when the key came before with another name
    """
    texts = Texts()
    name = texts.take("displayName", display_name, longest=NAME_LENGTH)
    if locale is not None and locale not in phrases.LANGUAGES:
        texts.errors.append(FieldError("locale", "invalid_choice", f"One of {', '.join(phrases.LANGUAGES)}."))
    if timezone is not None and timezone not in _timezones():
        texts.errors.append(FieldError("timezone", "unknown", "This is not a time zone of the IANA database."))
    # Nobody yet, so nobody is named.
    with refusals.noting(None, (), texts.judged):
        texts.finish()
    key_hash = digest(guest_key) if guest_key else None

    def run(session: Session) -> SignedIn:
        known = session.scalar(select(User).where(User.guest_key_hash == key_hash)) if key_hash else None
        if known is not None and known.display_name != name:
            raise Invalid("This key belongs to a guest with another name.", code="guest_key_reused")
        user = known or _guest(session, name, key_hash, locale, timezone)
        return SignedIn(person_of(session, user), open_session(session, user), is_new=known is None)

    return storage.write(run)


def _guest(session: Session, name: str, key_hash: bytes | None, locale: str | None, timezone: str | None) -> User:
    user = User(
        id=new_id(),
        role="customer",
        display_name=name,
        is_guest=True,
        guest_key_hash=key_hash,
        locale=locale or "en",
        timezone=timezone or "Asia/Makassar",
        created_at=clock.now(),
    )
    session.add(user)
    session.flush()
    return user


def sign_in(email: str, password: str) -> SignedIn:
    """Sign in with e-mail and password.

    :raises SignInRequired: ``wrong_credentials``, without saying which of the two
    """
    address = email.strip().lower()
    found = storage.read(lambda session: _credentials(session, address))
    user_id, password_hash = found or (None, NOBODYS_HASH)
    right = in_hashing_thread(lambda: is_password(password_hash, password))
    if not right or user_id is None:
        raise SignInRequired("E-mail or password is wrong.", code="wrong_credentials")

    def run(session: Session) -> SignedIn:
        user = session.get_one(User, user_id)
        return SignedIn(person_of(session, user), open_session(session, user))

    return storage.write(run)


def _credentials(session: Session, address: str) -> tuple[str, str] | None:
    user = session.scalar(select(User).where(User.email == address))
    return (user.id, user.password_hash) if user is not None and user.password_hash else None


def is_password(password_hash: str, password: str) -> bool:
    """Whether the hash is of this password. Takes about 50 ms."""
    try:
        return _hasher.verify(password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False


def open_session(session: Session, user: User) -> str:
    """A new session of this person; its token is returned, and kept nowhere."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    session.add(
        DeviceSession(token_hash=digest(token), user_id=user.id, created_at=now, expires_at=now + SESSION_LIFETIME)
    )
    return token


def sign_out(token: str) -> None:
    """End a session; ending it twice is the same."""

    def run(session: Session) -> None:
        session.execute(delete(DeviceSession).where(DeviceSession.token_hash == digest(token)))

    storage.write(run)


def person_with(token: str) -> Person | None:
    """Whose session this is; None when it has ended."""
    row = storage.read_row(_PERSON_WITH, {"token_hash": digest(token), "now": clock.now()})
    return Person(**row._mapping) if row else None


def still_signed_in(tokens: set[str]) -> set[str]:
    """Those of ``tokens`` whose sessions have not ended."""
    digests = {digest(token): token for token in tokens}
    alive = select(DeviceSession.token_hash).where(
        DeviceSession.token_hash.in_(list(digests)), DeviceSession.expires_at > clock.now()
    )
    return storage.read(lambda session: {digests[found] for found in session.scalars(alive)})


def forget_ended_sessions() -> int:
    """Delete sessions past their lifetime. Returns how many."""

    def run(session: Session) -> int:
        ended = session.scalars(
            delete(DeviceSession).where(DeviceSession.expires_at <= clock.now()).returning(DeviceSession.token_hash)
        )
        return len(ended.all())

    return storage.write(run)


def stream_cursor(person: Person) -> str:
    """The event cursor that a snapshot taken now is true at."""
    return storage.read(lambda session: log.head(session, person.id).cursor)


def digest(secret: str) -> bytes:
    """What is kept of a secret too long to be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
