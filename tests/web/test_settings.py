"""Settings: each wrong one stops the start with a sentence that names it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from app.config import ConfigError, Settings, load_settings
from app.contact_guard.rules import FOLDER
from tests.support.databases import ROOT

INSTANCE = Path("instance")
KEY = Fernet.generate_key().decode()
PRODUCTION = {"APP_ENV": "production", "SECRET_KEY": "s" * 32, "FIELD_KEYS": KEY}


def load(**environ: str) -> Settings:
    return load_settings(environ, INSTANCE)


WRONG: list[tuple[str, dict[str, str], str]] = [
    ("APP_ENV", {"APP_ENV": "prod"}, "development, test, production"),
    ("APP_ENV", {"APP_ENV": "PRODUCTION"}, "development, test, production"),
    ("WEB_CONCURRENCY", {"WEB_CONCURRENCY": "many"}, "a whole number"),
    ("WEB_CONCURRENCY", {"WEB_CONCURRENCY": "0"}, "at least 1"),
    ("WEB_CONCURRENCY", {"WEB_CONCURRENCY": "1.5"}, "a whole number"),
    ("WEB_CONCURRENCY", {"WEB_CONCURRENCY": "2"}, "REDIS_URL"),
    ("WEB_CONCURRENCY", {"WEB_CONCURRENCY": "4", "REDIS_URL": "redis://cache:6379/0"}, "WEB_CONCURRENCY=1"),
    ("PORT", {"PORT": "http"}, "a whole number"),
    ("PORT", {"PORT": "0"}, "at least 1"),
    ("PORT", {"PORT": "65536"}, "at most 65535"),
    ("BOOKING_ANSWER_MINUTES", {"BOOKING_ANSWER_MINUTES": "ten"}, "a number"),
    ("BOOKING_ANSWER_MINUTES", {"BOOKING_ANSWER_MINUTES": "0"}, "more than 0"),
    ("BOOKING_CONFIRM_MINUTES", {"BOOKING_CONFIRM_MINUTES": "-1"}, "more than 0"),
    ("BOOKING_CONFIRM_MINUTES", {"BOOKING_CONFIRM_MINUTES": "1e300"}, "BOOKING_CONFIRM_MINUTES"),
    ("CHAT_OPEN_HOURS", {"CHAT_OPEN_HOURS": "nan"}, "more than 0"),
    ("CHAT_OPEN_HOURS", {"CHAT_OPEN_HOURS": "inf"}, "more than 0"),
    ("EVENT_RETENTION_DAYS", {"EVENT_RETENTION_DAYS": "a fortnight"}, "a number"),
    ("DRAFT_RETENTION_DAYS", {"DRAFT_RETENTION_DAYS": "0"}, "more than 0"),
    ("RATE_DRAFT_BURST", {"RATE_DRAFT_BURST": "0"}, "at least 1"),
    ("RATE_DRAFTS_PER_SECOND", {"RATE_DRAFTS_PER_SECOND": "-1"}, "more than 0"),
    ("RATE_RECOVERY", {"RATE_RECOVERY": "10"}, "per minute"),
    ("RATE_RECOVERY_MISSES_PER_ADDRESS", {"RATE_RECOVERY_MISSES_PER_ADDRESS": "20"}, "per minute"),
    ("RATE_RECOVERY_MISSES", {"RATE_RECOVERY_MISSES": "never"}, "per minute"),
    ("SERVICE_WORKER", {"SERVICE_WORKER": "no"}, "on, off"),
    ("DATABASE_URL", {"DATABASE_URL": "mysql://root@db/tenang"}, "sqlite:/// or postgresql://"),
    ("DATABASE_URL", {"DATABASE_URL": "tenang.db"}, "sqlite:/// or postgresql://"),
    ("DATABASE_URL", {"DATABASE_URL": "postgresql://app@db:port/tenang"}, "a port must be a number"),
    ("REDIS_URL", {"REDIS_URL": "http://cache"}, "redis://"),
    ("FIELD_KEYS", {"FIELD_KEYS": "not-a-key"}, "Fernet"),
    ("FIELD_KEYS", {"FIELD_KEYS": f"{KEY},short"}, "Fernet"),
    ("FIELD_KEYS", {"FIELD_KEYS": "ü" * 44}, "Fernet"),
    ("TRUSTED_PROXIES", {"TRUSTED_PROXIES": "-1"}, "at least 0"),
    ("TRUSTED_PROXIES", {"TRUSTED_PROXIES": "nginx"}, "a whole number"),
    ("ALLOWED_ORIGINS", {"ALLOWED_ORIGINS": "tenang.example"}, "https://"),
    ("RATE_MESSAGE_BURST", {"RATE_MESSAGE_BURST": "0"}, "at least 1"),
    ("RATE_MESSAGES_PER_SECOND", {"RATE_MESSAGES_PER_SECOND": "0"}, "more than 0"),
    ("RATE_SOCKET_BURST", {"RATE_SOCKET_BURST": "-5"}, "at least 1"),
    ("RATE_SOCKET_FRAMES_PER_SECOND", {"RATE_SOCKET_FRAMES_PER_SECOND": "fast"}, "a number"),
    ("MAX_CONNECTIONS_PER_PERSON", {"MAX_CONNECTIONS_PER_PERSON": "0"}, "at least 1"),
    ("MAX_CONNECTIONS_PER_ADDRESS", {"MAX_CONNECTIONS_PER_ADDRESS": "all"}, "a whole number"),
    ("RATE_SIGN_IN", {"RATE_SIGN_IN": "often"}, "per minute"),
    ("RATE_GUESTS", {"RATE_GUESTS": "30 per fortnight-ish"}, "per minute"),
    ("LOG_LEVEL", {"LOG_LEVEL": "loud"}, "debug, info, warning, error"),
    ("SECRET_KEY", {**PRODUCTION, "SECRET_KEY": ""}, "missing"),
    ("SECRET_KEY", {**PRODUCTION, "SECRET_KEY": "short"}, "32 characters"),
    ("SECRET_KEY", {**PRODUCTION, "SECRET_KEY": "   "}, "missing"),
    ("FIELD_KEYS", {**PRODUCTION, "FIELD_KEYS": ""}, "missing"),
    ("FIELD_KEYS", {**PRODUCTION, "FIELD_KEYS": " , "}, "missing"),
]


@pytest.mark.parametrize(("name", "environ", "says"), WRONG)
def test_a_wrong_setting_stops_the_start_with_its_name(name: str, environ: dict[str, str], says: str) -> None:
    """# R43"""
    with pytest.raises(ConfigError) as stopped:
        load(**environ)
    sentence = str(stopped.value)
    assert name in sentence
    assert says in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("secret", ["SECRET_KEY", "FIELD_KEYS"])
def test_a_secret_is_never_repeated_in_the_sentence(secret: str) -> None:
    """# R42"""
    with pytest.raises(ConfigError) as stopped:
        load(**{**PRODUCTION, secret: "hunter2"})
    assert "hunter2" not in str(stopped.value)


@pytest.mark.parametrize("url", ["mysql://root:hunter2@db/tenang", "postgresql://app:hunter2@db:port/tenang"])
def test_a_password_in_the_database_url_is_never_repeated(url: str) -> None:
    """# R42"""
    with pytest.raises(ConfigError) as stopped:
        load(DATABASE_URL=url)
    assert "hunter2" not in str(stopped.value)


def test_without_any_setting_it_starts_on_sqlite_in_the_instance_folder() -> None:
    """# R43"""
    settings = load()
    assert settings.database_url == "sqlite:///instance/tenang.db"
    assert (settings.app_env, settings.web_concurrency, settings.port) == ("development", 1, 8000)
    assert (settings.booking_answer_minutes, settings.booking_confirm_minutes) == (10, 15)
    assert (settings.chat_open_hours, settings.event_retention_days) == (24, 14)


@pytest.mark.parametrize("prefix", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_every_usual_address_of_postgresql_is_understood(prefix: str) -> None:
    """# R43"""
    assert load(DATABASE_URL=f"{prefix}app@db:5432/tenang").database_url == "postgresql+psycopg://app@db:5432/tenang"


def test_production_starts_with_a_secret_and_a_key() -> None:
    """# R43"""
    settings = load(**PRODUCTION)
    assert settings.is_production
    assert settings.field_keys == (KEY,)


def test_in_development_private_fields_are_encrypted_with_a_key_of_the_secret() -> None:
    """So that a restart can read them. # R16"""
    assert load(SECRET_KEY="one").field_keys == load(SECRET_KEY="one").field_keys
    assert load(SECRET_KEY="one").field_keys != load(SECRET_KEY="two").field_keys
    assert Fernet(load().field_keys[0])


def test_sign_in_and_guests_are_limited_harder_in_production() -> None:
    """# R10"""
    loose, strict = load(), load(**PRODUCTION)
    assert int(strict.rate_sign_in.split()[0]) < int(loose.rate_sign_in.split()[0])
    assert int(strict.rate_guests.split()[0]) < int(loose.rate_guests.split()[0])
    assert (strict.rate_recovery, strict.rate_recovery_misses) == ("10 per minute", "600 per hour")


@pytest.mark.parametrize(("file", "content"), [("words.json", "["), ("masks.json", "{}"), ("engine.json", None)])
def test_rules_for_trial_that_cannot_be_used_stop_the_start_with_a_sentence(
    tmp_path: Path, file: str, content: str | None
) -> None:
    """# R17"""
    folder = tmp_path / "rules"
    shutil.copytree(FOLDER, folder)
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_text(content)
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={"CONTACT_GUARD_SHADOW_RULES": str(folder), "DATABASE_URL": f"sqlite:///{tmp_path / 'a.db'}", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 3
    assert done.stderr.startswith("Tenang cannot start. CONTACT_GUARD_SHADOW_RULES must name a folder of rules. ")
    assert done.stderr.count("\n") == 1


def test_the_sentence_is_all_that_a_person_sees_who_starts_it_wrongly() -> None:
    """# R43"""
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={"APP_ENV": "production", "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert done.stderr == "Tenang cannot start. SECRET_KEY is missing: production does not start without it.\n"
