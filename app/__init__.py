"""The composition root: with ``runtime``, the only place that sees everything."""

import os
import sys
from datetime import timedelta
from pathlib import Path

from flask_openapi import OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

from app import cli, contact_guard, web
from app.config import ConfigError, Settings, load_settings
from app.domain import policies, trial
from app.domain.rates import TokenBuckets, use_account_rate, use_booking_rate, use_draft_rate, use_message_rate
from app.extensions import Base, db, use_migrations
from app.logs import configure_logging
from app.realtime.admission import Admission
from app.realtime.longpoll import longpoll_blueprint
from app.realtime.socket import register_socket
from app.runtime import Runtime
from app.storage import open_store, use_store
from app.storage.columns import use_field_keys
from app.web.problems import validation_answer
from app.web.static_files import serve_static

ROOT = Path(__file__).resolve().parent.parent
#: In seconds: a Redis that says nothing must not hold up a sign-in for long.
REDIS_PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}


def create_app(settings: Settings | None = None) -> OpenAPI:
    """The application, ready to answer. What runs beside the requests starts with ``Runtime.start`` in each worker.

    :raises SystemExit: a setting is wrong; the sentence has been printed
    """
    settings = settings or _settings_or_exit()
    configure_logging(settings)
    trial.use_trial_rules(_trial_rules_or_exit(settings))
    app = _bare_app(settings)
    runtime = _runtime(app, settings)
    app.extensions["runtime"] = runtime
    app.extensions["settings"] = settings
    web.register(app, settings, ROOT, runtime.hub.sign_out)
    admission = Admission(settings.max_connections_per_person, settings.max_connections_per_address)
    app.register_api(longpoll_blueprint(runtime.hub, admission))
    frames = TokenBuckets(settings.rate_socket_burst, settings.rate_socket_frames_per_second)
    register_socket(app, runtime.hub, frames, admission)
    serve_static(app, ROOT / "static")
    cli.register(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's documented way
    return app


def _bare_app(settings: Settings) -> OpenAPI:
    app = OpenAPI(
        __name__,
        instance_path=str(ROOT / "instance"),
        static_folder=None,
        template_folder=str(ROOT / "templates"),
        info={"title": settings.app_name, "version": "1"},
        security_schemes={"session": {"type": "apiKey", "in": "cookie", "name": "tenang_session"}},
        doc_ui=False,
        validation_error_callback=validation_answer,
    )
    app.openapi_version = "3.1.0"
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        RATELIMIT_STORAGE_URI=_counter_address(settings.redis_url),
        RATELIMIT_STORAGE_OPTIONS=REDIS_PATIENCE if settings.redis_url else {},
        # Without Redis each worker counts for itself for a while: too lenient is better than closed.
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=settings.redis_url is not None,
    )
    return app


def _counter_address(redis_url: str | None) -> str:
    """Where sign-ins and guests are counted, as the library for limits writes it."""
    if redis_url is None:
        return "memory://"
    return f"redis+{redis_url}" if redis_url.startswith("unix://") else redis_url


def _runtime(app: OpenAPI, settings: Settings) -> Runtime:
    db.init_app(app)
    if os.environ.get("FLASK_RUN_FROM_CLI"):
        use_migrations(app, ROOT / "migrations")
    use_field_keys(settings.field_keys)
    policies.use_terms(
        policies.Terms(
            answer_time=timedelta(minutes=settings.booking_answer_minutes),
            confirm_time=timedelta(minutes=settings.booking_confirm_minutes),
            chat_open_time=timedelta(hours=settings.chat_open_hours),
            event_retention=timedelta(days=settings.event_retention_days),
            draft_retention=timedelta(days=settings.draft_retention_days),
            refusal_retention=timedelta(days=settings.refusal_retention_days),
        )
    )
    use_message_rate(settings.rate_message_burst, settings.rate_messages_per_second)
    use_booking_rate(settings.rate_booking_burst, settings.rate_bookings_per_second)
    use_draft_rate(settings.rate_draft_burst, settings.rate_drafts_per_second)
    use_account_rate(settings.rate_account_burst, settings.rate_accounts_per_second)
    with app.app_context():
        store = open_store(db.engine)
    use_store(store)
    return Runtime(store)


def _settings_or_exit() -> Settings:
    instance = ROOT / "instance"
    instance.mkdir(exist_ok=True)
    try:
        return load_settings(os.environ, instance)
    except ConfigError as error:
        raise _cannot_start(error) from None


def _trial_rules_or_exit(settings: Settings) -> contact_guard.Rules | None:
    if settings.contact_guard_shadow_rules is None:
        return None
    try:
        return contact_guard.load_rules(Path(settings.contact_guard_shadow_rules))
    except contact_guard.RuleError as error:
        raise _cannot_start(f"CONTACT_GUARD_SHADOW_RULES must name a folder of rules. {error}") from None


def _cannot_start(why: object) -> SystemExit:
    sys.stderr.write(f"Tenang cannot start. {why}\n")
    # gunicorn takes 3 for "failed to boot" and stops; any other status would start the worker again for ever.
    return SystemExit(3)


__all__ = ["Base", "create_app"]
