"""Column types: times in UTC on every database, and text that is encrypted at rest."""

import hmac
from datetime import UTC, datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import DateTime, Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

# One element each, set once by the composition root.
_keys: list[MultiFernet] = []
_current_key: list[Fernet] = []
_digest_keys: list[bytes] = []


def use_field_keys(keys: tuple[str, ...]) -> None:
    """Encrypt with the first key, decrypt with any: a new key is put in front, old rows stay readable."""
    _keys[:] = [MultiFernet([Fernet(key) for key in keys])]
    _current_key[:] = [Fernet(keys[0])]
    _digest_keys[:] = [hmac.digest(key.encode(), b"keyed-digest", "sha256") for key in keys]


def encrypted_anew(stored: bytes) -> bytes | None:
    """A stored value under the current key, with the time it was first written at; None when it is already.

    :raises InvalidToken: none of the keys opens it
    """
    try:
        _current_key[0].decrypt(stored)
    except InvalidToken:
        return _keys[0].rotate(stored)
    return None


def keyed_digests(content: bytes) -> list[bytes]:
    """Digests of ``content`` under each field key, the current one first. Without a key a digest of something short,
    like a phone number, could be found again by trying.
    """
    return [hmac.digest(key, content, "sha256") for key in _digest_keys]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in UTC. SQLite has no zones: it keeps the bare UTC time, whose text sorts as the times do."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EncryptedText(TypeDecorator[str]):
    """Text that only this application can read, with the keys of ``FIELD_KEYS``."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _keys[0].encrypt(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else _keys[0].decrypt(value).decode()
