"""Settings from the environment. A wrong one stops the start with a sentence that says what to change."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

#: Where the WebSocket is served; the guard checks its handshake like a write.
SOCKET_PATH = "/ws"
DEVELOPMENT_SECRET = "development-only-secret-never-used-in-production"  # noqa: S105  # refused in production
MINUTES_IN_A_YEAR = 366 * 24 * 60
Number = TypeVar("Number", int, float)
_REDIS = re.compile(r"(redis|rediss|unix)://.+")
_ORIGIN = re.compile(r"https?://[^/\s]+")
_RATE = re.compile(r"\d+ per (second|minute|hour|day)")
ENVIRONMENTS = ("development", "test", "production")


class ConfigError(Exception):
    """A setting is missing or wrong; the message is one sentence for the person who starts the server."""


@dataclass(frozen=True)
class Settings:
    """Every setting of the server. Durations carry their unit in the name."""

    app_name: str
    app_env: str
    secret_key: str
    database_url: str
    redis_url: str | None
    web_concurrency: int
    port: int
    booking_answer_minutes: float
    booking_confirm_minutes: float
    chat_open_hours: float
    event_retention_days: float
    draft_retention_days: float
    refusal_retention_days: float
    contact_guard_shadow_rules: str | None
    field_keys: tuple[str, ...]
    trusted_proxies: int
    allowed_origins: tuple[str, ...]
    rate_message_burst: int
    rate_messages_per_second: float
    rate_booking_burst: int
    rate_bookings_per_second: float
    rate_draft_burst: int
    rate_drafts_per_second: float
    rate_account_burst: int
    rate_accounts_per_second: float
    rate_socket_burst: int
    rate_socket_frames_per_second: float
    max_connections_per_person: int
    max_connections_per_address: int
    rate_sign_in: str
    rate_guests: str
    rate_appeals: str
    rate_recovery: str
    rate_recovery_misses_per_address: str
    rate_recovery_misses: str
    service_worker: bool
    log_level: str

    @property
    def is_production(self) -> bool:
        return self.app_env == "production"


def load_settings(environ: Mapping[str, str], instance_path: Path) -> Settings:
    """Read every setting.

    :param environ: usually ``os.environ``
    :param instance_path: folder of the SQLite file when ``DATABASE_URL`` is not set
    :raises ConfigError: naming the setting and what it must be
    """
    env = _Environment(environ)
    app_env = env.choice("APP_ENV", "development", ENVIRONMENTS)
    production = app_env == "production"
    secret = env.text("SECRET_KEY", None if production else DEVELOPMENT_SECRET)
    settings = Settings(
        app_name=env.text("APP_NAME", "Tenang"),
        app_env=app_env,
        secret_key=secret,
        database_url=_database_url(env.text("DATABASE_URL", f"sqlite:///{instance_path / 'tenang.db'}")),
        redis_url=env.matching("REDIS_URL", None, _REDIS, "begin with redis://, rediss:// or unix://"),
        web_concurrency=env.integer("WEB_CONCURRENCY", 1, at_least=1),
        port=env.integer("PORT", 8000, at_least=1, at_most=65535),
        booking_answer_minutes=env.number("BOOKING_ANSWER_MINUTES", 10, at_most=MINUTES_IN_A_YEAR),
        booking_confirm_minutes=env.number("BOOKING_CONFIRM_MINUTES", 15, at_most=MINUTES_IN_A_YEAR),
        chat_open_hours=env.number("CHAT_OPEN_HOURS", 24, at_most=MINUTES_IN_A_YEAR / 60),
        event_retention_days=env.number("EVENT_RETENTION_DAYS", 14, at_most=3650),
        draft_retention_days=env.number("DRAFT_RETENTION_DAYS", 90, at_most=3650),
        refusal_retention_days=env.number("REFUSAL_RETENTION_DAYS", 90, at_most=3650),
        contact_guard_shadow_rules=env.optional("CONTACT_GUARD_SHADOW_RULES"),
        field_keys=_field_keys(env, production, secret),
        trusted_proxies=env.integer("TRUSTED_PROXIES", 0, at_least=0),
        allowed_origins=_origins(env.listing("ALLOWED_ORIGINS")),
        rate_message_burst=env.integer("RATE_MESSAGE_BURST", 120, at_least=1),
        rate_messages_per_second=env.number("RATE_MESSAGES_PER_SECOND", 10),
        rate_booking_burst=env.integer("RATE_BOOKING_BURST", 60 if production else 10_000, at_least=1),
        rate_bookings_per_second=env.number("RATE_BOOKINGS_PER_SECOND", 0.2 if production else 100),
        rate_draft_burst=env.integer("RATE_DRAFT_BURST", 120, at_least=1),
        rate_drafts_per_second=env.number("RATE_DRAFTS_PER_SECOND", 2),
        rate_account_burst=env.integer("RATE_ACCOUNT_BURST", 30 if production else 10_000, at_least=1),
        rate_accounts_per_second=env.number("RATE_ACCOUNTS_PER_SECOND", 0.1 if production else 100),
        rate_socket_burst=env.integer("RATE_SOCKET_BURST", 240, at_least=1),
        rate_socket_frames_per_second=env.number("RATE_SOCKET_FRAMES_PER_SECOND", 60),
        max_connections_per_person=env.integer("MAX_CONNECTIONS_PER_PERSON", 50 if production else 10_000, at_least=1),
        max_connections_per_address=env.integer(
            "MAX_CONNECTIONS_PER_ADDRESS", 1_000 if production else 100_000, at_least=1
        ),
        rate_sign_in=env.rate("RATE_SIGN_IN", "20 per minute" if production else "6000 per minute"),
        rate_guests=env.rate("RATE_GUESTS", "30 per minute" if production else "60000 per minute"),
        rate_appeals=env.rate("RATE_APPEALS", "20 per hour" if production else "6000 per hour"),
        rate_recovery=env.rate("RATE_RECOVERY", "10 per minute" if production else "6000 per minute"),
        rate_recovery_misses_per_address=env.rate(
            "RATE_RECOVERY_MISSES_PER_ADDRESS", "20 per hour" if production else "6000 per hour"
        ),
        rate_recovery_misses=env.rate("RATE_RECOVERY_MISSES", "600 per hour" if production else "60000 per hour"),
        service_worker=env.choice("SERVICE_WORKER", "on", ("on", "off")) == "on",
        log_level=env.choice("LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
    )
    _check_together(settings)
    return settings


def _check_together(settings: Settings) -> None:
    if settings.web_concurrency > 1:
        without = "" if settings.redis_url else " (and REDIS_URL is not set)"
        raise ConfigError(
            f"WEB_CONCURRENCY is {settings.web_concurrency}{without}, but several workers cannot wake each other's "
            "connections yet. Set WEB_CONCURRENCY=1."
        )
    if settings.is_production and len(settings.secret_key) < 32:
        raise ConfigError("SECRET_KEY must have at least 32 characters in production.")


def _origins(listed: tuple[str, ...]) -> tuple[str, ...]:
    for origin in listed:
        if not _ORIGIN.fullmatch(origin):
            raise ConfigError(f"ALLOWED_ORIGINS must list origins such as https://tenang.example, not {origin!r}.")
    return listed


def _database_url(url: str) -> str:
    if url.startswith(("postgres://", "postgresql://")):
        # Hosting providers hand out URLs without a driver; ours is psycopg 3.
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError(f"DATABASE_URL must begin with sqlite:/// or postgresql://, not {url.split(':', 1)[0]}:.")
    try:
        make_url(url)
    except (ArgumentError, ValueError):
        # The address may hold a password, so it is not repeated.
        raise ConfigError(
            "DATABASE_URL cannot be read: a port must be a number, and special characters of a password are written "
            "like %40."
        ) from None
    return url


def _field_keys(env: "_Environment", production: bool, secret: str) -> tuple[str, ...]:
    keys = env.listing("FIELD_KEYS")
    if not keys:
        if production:
            raise ConfigError("FIELD_KEYS is missing: production needs at least one key to encrypt private fields.")
        derived = hashlib.sha256(b"tenang-field-key:" + secret.encode()).digest()
        return (base64.urlsafe_b64encode(derived).decode(),)
    for key in keys:
        if not _is_fernet_key(key):
            raise ConfigError("FIELD_KEYS must be comma-separated Fernet keys: 32 bytes each in URL-safe base64.")
    return keys


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == 32
    except (binascii.Error, ValueError):
        return False


class _Environment:
    """Typed look-ups in the environment."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def optional(self, name: str) -> str | None:
        return self._environ.get(name, "").strip() or None

    def text(self, name: str, default: str | None) -> str:
        value = self.optional(name) or default
        if value is None:
            raise ConfigError(f"{name} is missing: production does not start without it.")
        return value

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise ConfigError(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
        return value

    def listing(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in (self.optional(name) or "").split(",") if part.strip())

    def matching(self, name: str, default: str | None, pattern: re.Pattern[str], must: str) -> str | None:
        value = self.optional(name) or default
        if value is not None and not pattern.fullmatch(value):
            # The value may hold a password, so it is not repeated.
            raise ConfigError(f"{name} must {must}.")
        return value

    def rate(self, name: str, default: str) -> str:
        value = self.matching(name, default, _RATE, 'be written like "30 per minute" (second, minute, hour or day)')
        return value or default

    def integer(self, name: str, default: int, at_least: int, at_most: int | None = None) -> int:
        value = self._parsed(name, default, int, "a whole number")
        if value < at_least:
            raise ConfigError(f"{name} must be at least {at_least}, not {value}.")
        if at_most is not None and value > at_most:
            raise ConfigError(f"{name} must be at most {at_most}, not {value}.")
        return value

    def number(self, name: str, default: float, at_most: float = float("inf")) -> float:
        value = self._parsed(name, default, float, "a number")
        # NaN compares false with everything, so the check is written as what must hold.
        if not 0 < value < float("inf"):
            raise ConfigError(f"{name} must be more than 0, not {value}.")
        if value > at_most:
            raise ConfigError(f"{name} must be at most {at_most:g}, not {value:g}.")
        return value

    def _parsed(self, name: str, default: Number, parse: Callable[[str], Number], what: str) -> Number:
        raw = self.optional(name)
        if raw is None:
            return default
        try:
            return parse(raw)
        except ValueError:
            raise ConfigError(f"{name} must be {what}, not {raw!r}.") from None
