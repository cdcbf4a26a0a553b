"""A short code that opens everything a customer has on another phone: once, within a day.

The code has 50 random bits. It is not the length alone that keeps it from being guessed: the edge lets all addresses
together try only so many wrong ones (``RATE_RECOVERY_MISSES``; what cannot be a code is no try), which leaves a day's
guesses a chance of about one in eighty million for each thousand codes that are open.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app import storage
from app.domain import clock
from app.domain.accounts import SignedIn, digest, open_session
from app.domain.errors import FieldError, Forbidden, NotFound, invalid_fields
from app.domain.people import Person, person_of
from app.models import RecoveryCode, User
from app.storage.columns import keyed_digests

#: Douglas Crockford's base 32: no I, L, O, which look like digits, and no U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HALF, LENGTH = 5, 10
LIFETIME = timedelta(hours=24)
#: How long the device that used a code may come again with its key: an answer may be lost.
REPEATABLE = timedelta(minutes=2)

_LOOKALIKES = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")


@dataclass(frozen=True, slots=True)
class NewCode:
    """``code`` is kept nowhere else."""

    code: str
    expires_at: datetime


def make_code(person: Person) -> NewCode:
    """A new code for this customer; the one before stops to work.

    :raises Forbidden: recovery is for customers
    """
    if person.role != "customer":
        raise Forbidden("Recovery codes are for customers.")
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    now = clock.now()

    def run(session: Session) -> NewCode:
        row = session.get(RecoveryCode, person.id, with_for_update=True) or RecoveryCode(user_id=person.id)
        row.code_hash, row.created_at, row.expires_at = _digests(symbols)[0], now, now + LIFETIME
        row.used_at = row.key_hash = None
        session.add(row)
        return NewCode(f"{symbols[:HALF]}-{symbols[HALF:]}", row.expires_at)

    return storage.write(run)


def recover(code: str, recovery_key: str | None) -> SignedIn:
    """A session as the person whose code this is. The code is used up; only the device that used it, known by its
    ``recovery_key``, gets in again for two minutes.

    :raises Invalid: it is no code at all, and so no guess either
    :raises NotFound: ``recovery_code_wrong``, for a wrong, a used and an expired code alike
    """
    symbols = _symbols(code)
    if symbols is None:
        raise invalid_fields(FieldError("code", "invalid", "A code has ten letters and digits, like K7Q2M-9XDTA."))
    key_hash = digest(recovery_key) if recovery_key else None

    def run(session: Session) -> SignedIn:
        user_id = _used(session, _digests(symbols), key_hash)
        if user_id is None:
            raise _wrong()
        user = session.get_one(User, user_id)
        return SignedIn(person_of(session, user), open_session(session, user))

    return storage.write(run)


def forget_expired() -> int:
    """Delete the codes that open nothing any more. Returns how many."""

    def run(session: Session) -> int:
        gone = delete(RecoveryCode).where(RecoveryCode.expires_at <= clock.now()).returning(RecoveryCode.user_id)
        return len(session.scalars(gone).all())

    return storage.write(run)


def _used(session: Session, digests: list[bytes], key_hash: bytes | None) -> str | None:
    """Use the code up, by compare-and-set: of two devices one gets the person's id."""
    now = clock.now()
    is_this = (RecoveryCode.code_hash.in_(digests), RecoveryCode.expires_at > now)
    taken = session.scalar(
        update(RecoveryCode)
        .where(*is_this, RecoveryCode.used_at.is_(None))
        .values(used_at=now, key_hash=key_hash)
        .returning(RecoveryCode.user_id)
        .execution_options(synchronize_session=False)
    )
    if taken is not None or key_hash is None:
        return taken
    again = (RecoveryCode.used_at > now - REPEATABLE, RecoveryCode.key_hash == key_hash)
    return session.scalar(select(RecoveryCode.user_id).where(*is_this, *again))


def _symbols(code: str) -> str | None:
    """The code without what people put between and around its symbols, or None when it cannot be one."""
    bare = _BETWEEN.sub("", code)
    symbols = bare.upper().translate(_LOOKALIKES)
    # Capitals of other letters can be two of these.
    is_one = bare.isascii() and len(symbols) == LENGTH and all(symbol in ALPHABET for symbol in symbols)
    return symbols if is_one else None


def _digests(symbols: str) -> list[bytes]:
    return keyed_digests(b"recovery-code:" + symbols.encode())


def _wrong() -> NotFound:
    sentence = (
        "This code does not open anything. It may be mistyped, used already, or older than a day. Nothing is lost: "
        "make a new code on the other phone."
    )
    return NotFound(sentence, code="recovery_code_wrong", errors=[FieldError("code", "unknown", sentence)])
