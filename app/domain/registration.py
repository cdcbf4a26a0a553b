"""A guest becomes an account and keeps everything: it is the same person, now with e-mail and password."""

import re

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import storage
from app.domain.accounts import NOBODYS_HASH, SignedIn, hash_password, is_password, open_session
from app.domain.errors import Conflict, FieldError, SignInRequired, invalid_fields
from app.domain.people import Person, person_of
from app.models import RecoveryCode, User
from app.storage.native import in_hashing_thread

LONGEST_EMAIL = 254
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
# What every mail server takes. Whether it is hers only a mail could tell, and none is sent yet.
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def register(person: Person | None, email: str, password: str) -> SignedIn:
    """Give the guest an e-mail and a password, and a new session in place of the one she had: whoever knew the old
    one does not come along. Her sessions on other devices stay.

    A repetition after a lost answer comes from the account, or from nobody, because the old session has ended with
    the first; with the same e-mail and password it is let in as a sign-in would be.

    :raises Invalid: field errors
    :raises Conflict: ``email_taken``, or ``already_registered`` for whoever is no guest
    :raises SignInRequired: nobody is signed in, and it is no repetition
    """
    address = email.strip().lower()
    _check(address, password)
    if person is not None and person.is_guest:
        password_hash = in_hashing_thread(lambda: hash_password(password))
        done = storage.write(lambda session: _registered(session, person, address, password_hash))
        if done is not None:
            return done
    return _repeated(person, address, password)


def _check(address: str, password: str) -> None:
    errors = []
    if not address:
        errors.append(FieldError("email", "required", "Please fill this in."))
    elif len(address) > LONGEST_EMAIL:
        errors.append(FieldError("email", "too_long", f"At most {LONGEST_EMAIL} characters, please."))
    elif not _EMAIL.fullmatch(address):
        errors.append(FieldError("email", "invalid_email", "Please write it like name@example.com."))
    if len(password) < SHORTEST_PASSWORD:
        hint = f"At least {SHORTEST_PASSWORD} characters, please. A few words in a row are easy to remember."
        errors.append(FieldError("password", "too_short", hint))
    elif len(password) > LONGEST_PASSWORD:
        errors.append(FieldError("password", "too_long", f"At most {LONGEST_PASSWORD} characters, please."))
    elif password.strip().lower() == address:
        errors.append(FieldError("password", "same_as_email", "Please choose something other than your e-mail."))
    if errors:
        raise invalid_fields(*errors)


def _registered(session: Session, guest: Person, address: str, password_hash: str) -> SignedIn | None:
    """None when she has become an account in the meantime."""
    user = session.get_one(User, guest.id, with_for_update=True)
    if not user.is_guest:
        return None
    # Two at once with one address: the second meets the constraint, is run again, and finds the first here.
    if session.scalar(select(User.id).where(User.email == address)) is not None:
        raise _taken()
    user.email, user.password_hash, user.is_guest = address, password_hash, False
    # They opened the guest's account without a password; the account has one.
    user.guest_key_hash = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    session.flush()
    return SignedIn(person_of(session, user), open_session(session, user), is_new=True)


def _repeated(person: Person | None, address: str, password: str) -> SignedIn:
    found = storage.read(lambda session: _account(session, address))
    user_id, password_hash = found or (None, NOBODYS_HASH)
    right = in_hashing_thread(lambda: is_password(password_hash, password))
    if user_id is None or not right or (person is not None and person.id != user_id):
        if person is None:
            raise SignInRequired("Please sign in first. What you wrote is kept.")
        raise Conflict("You have an account already, and are signed in with it.", code="already_registered")

    def run(session: Session) -> SignedIn:
        user = session.get_one(User, user_id)
        return SignedIn(person_of(session, user), open_session(session, user))

    return storage.write(run)


def _account(session: Session, address: str) -> tuple[str, str] | None:
    user = session.scalar(select(User).where(User.email == address, User.role == "customer"))
    return (user.id, user.password_hash) if user is not None and user.password_hash else None


def _taken() -> Conflict:
    sentence = "This e-mail can't be used for a new account. If it is yours, sign in with it. Everything here is kept."
    return Conflict(sentence, code="email_taken", errors=[FieldError("email", "taken", sentence)])
