"""Migrated databases with the people in them: made once of each kind, then taken back to their beginning."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app import storage
from app.events import log
from app.extensions import Base, db, use_migrations
from app.storage import Store, open_store, use_store
from app.storage.store import Hooks
from tests.domain.moment import NOW
from tests.domain.people import add_people
from tests.support.databases import ROOT, copy_sqlite
from tests.support.services import Postgres

_numbers = itertools.count(1)


def migrated(url: str, down_to: str | None = None, up_to: str = "head") -> str:
    """Upgrades the database, to the newest revision unless one is named, or downgrades it; the same address is
    returned.
    """
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    use_migrations(app, ROOT / "migrations")
    with app.app_context():
        if down_to is None:
            upgrade(revision=up_to)
        else:
            downgrade(revision=down_to)
        db.engine.dispose()
    return url


@contextmanager
def opened(url: str, hooks: Hooks | None = None) -> Iterator[Store]:
    """The store on this database, in force for the block. Without an application's ``hooks`` events are numbered and
    nobody is told of them.
    """
    store = open_store(create_engine(url))
    store.hooks.before_commit.append(log.number_events)
    store.hooks = hooks or store.hooks
    use_store(store)
    try:
        yield store
    finally:
        # A server keeps its connections until it ends, so the store itself has no way to close them.
        for engine in ("_reads", "_writes", "_engine"):
            if hasattr(store, engine):
                getattr(store, engine).dispose()


def peopled(url: str) -> str:
    """Puts the people into a migrated database; the same address is returned."""
    with opened(url) as store:
        store.write(lambda session: add_people(session, NOW))
    return url


class Rewindable(Protocol):
    """A migrated database with the people in it, which can be taken back to its beginning while it is open."""

    url: str

    def rewind(self) -> None:
        """Undo whatever was written since the beginning."""


class SqliteFile:
    """One SQLite file. Its beginning is copied over it, so that connections and compiled statements are kept."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "tenang.sqlite3"
        self.url = peopled(migrated(f"sqlite:///{self.file}"))
        self._beginning = folder / "beginning.sqlite3"
        self.begin_here()

    def begin_here(self) -> None:
        """Make what has been written so far part of the beginning."""
        copy_sqlite(self.file, self._beginning)

    def rewind(self) -> None:
        """Undo whatever was written since the beginning."""
        with closing(sqlite3.connect(self._beginning)) as old, closing(sqlite3.connect(self.file)) as new:
            new.execute("PRAGMA synchronous=OFF")  # nothing of this must survive a power cut
            old.backup(new)


class PostgresDatabase:
    """One PostgreSQL database."""

    def __init__(self, cluster: Postgres) -> None:
        self.url = peopled(migrated(cluster.create(f"people_{next(_numbers)}")))

    def rewind(self) -> None:
        """Undo whatever was written since the beginning."""

        def run(session: Session) -> None:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(table.delete())
            add_people(session, NOW)

        storage.write(run)
