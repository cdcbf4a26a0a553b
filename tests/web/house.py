"""One application around one database, with everybody's devices already signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet
from flask_openapi import OpenAPI

from app import create_app
from app.config import Settings, load_settings
from app.domain import clock as domain_clock
from app.domain.people import Person
from app.storage import Store, use_store
from app.web.openapi import openapi_document
from tests.domain.databases import SqliteFile, opened
from tests.domain.moment import NOW
from tests.domain.people import EVERYBODY, PASSWORD, SARIS_KEY, email_of
from tests.web.contract import Contract
from tests.web.device import Device

FIELD_KEY = Fernet.generate_key().decode()
SECRET = "only-for-tests-" + "k" * 40


def settings(url: str, **changes: str) -> Settings:
    """Settings as the environment would give them."""
    usual = {"APP_ENV": "test", "SECRET_KEY": SECRET, "FIELD_KEYS": FIELD_KEY, "DATABASE_URL": url}
    return load_settings(usual | changes, Path("instance"))


class House:
    """The application, the store under it, and a session of each person."""

    def __init__(self, url: str, store: Store, app: OpenAPI) -> None:
        self.url = url
        self.app = app
        self.contract = Contract(openapi_document(app))
        self._store = store
        self._cookies: dict[str, str] = {}

    def enter(self) -> None:
        """Make this house's database the one in force."""
        use_store(self._store)

    def device(self, person: Person | None = None) -> Device:
        """A device of this person, signed in; of a stranger without a session when there is none."""
        cookie = self._cookies[person.id] if person else None
        return Device(self.app.test_client(), self.contract, cookie)

    def bytes_on_disk(self) -> bytes:
        """Everything that the database has on disk, its journal included."""
        file = Path(self.url.removeprefix("sqlite:///"))
        return b"".join(part.read_bytes() for part in (file, Path(f"{file}-wal")) if part.exists())

    def sign_everybody_in(self) -> None:
        """Give each person a session."""
        for person in EVERYBODY:
            device = self.device()
            if person.is_guest:
                device.post("/api/session/guest", {"displayName": person.display_name, "guestKey": SARIS_KEY})
            else:
                device.post("/api/session", {"email": email_of(person), "password": PASSWORD})
            assert device.cookie is not None
            self._cookies[person.id] = device.cookie


@contextmanager
def built(url: str, **changes: str) -> Iterator[House]:
    """A house of its own on a migrated database with the people. Nobody is signed in."""
    app = create_app(settings(url, **changes))
    with opened(url, app.extensions["runtime"].store.hooks) as store, domain_clock.fixed(lambda: NOW):
        yield House(url, store, app)


@contextmanager
def lived_in(file: SqliteFile) -> Iterator[House]:
    """A house in which everybody is signed in, and stays so when its database is rewound."""
    with built(file.url) as house:
        house.sign_everybody_in()
        file.begin_here()
        yield house
