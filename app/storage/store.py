"""What every database behind the seam must offer, and the one that this process uses."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

import structlog
from sqlalchemy import Engine, Row, Select, text
from sqlalchemy.orm import Session

T = TypeVar("T")

logger = structlog.get_logger(__name__)

BeforeCommit = Callable[[Session], None]
Committed = Callable[[Session], None]


class StoreBusy(Exception):
    """The database could not be had in time. Trying again is safe: what may have been written all the same (its
    answer can be lost on the way) is found by its own key.
    """


class Hooks:
    """What the composition root adds to every write."""

    def __init__(self) -> None:
        self.before_commit: list[BeforeCommit] = []
        self.after_commit: list[Committed] = []

    def prepare(self, session: Session) -> None:
        """Run last in the transaction, so that counters are locked for the shortest time."""
        for hook in self.before_commit:
            hook(session)

    def announce(self, session: Session) -> None:
        """Run after the commit is on disk, in commit order. What goes wrong here must not look like a failed write:
        whoever was not told reads the log later.
        """
        for hook in self.after_commit:
            try:
                hook(session)
            except Exception:
                logger.exception("announce.failed")


class Store(Protocol):
    """A database that acknowledges a write only when it is on disk."""

    hooks: Hooks

    def write(self, fn: Callable[[Session], T]) -> T:
        """Run ``fn`` in one transaction and return its result once that is durable. ``fn`` may be run again, after a
        conflict of its own or because another's failure undid it, so it must do nothing outside its session.

        :raises StoreBusy: the database could not be had in time
        """

    def read(self, fn: Callable[[Session], T]) -> T:
        """Run ``fn`` on one consistent snapshot, which cannot write."""

    def read_row(self, query: Select[Any], values: Mapping[str, object]) -> Row[Any] | None:
        """The only row of a query for columns, None without one: ``read`` for what nearly every request asks, at half
        its price.
        """

    def foreign_commits(self) -> bool:
        """Whether another process may have written since the last call."""


def open_store(engine: Engine) -> Store:
    """The store that fits the engine's database."""
    # Each driver's module is imported only where it is used: psycopg is of no use to a SQLite installation.
    if engine.dialect.name == "sqlite":
        from app.storage.sqlite import SqliteStore

        return SqliteStore(engine)
    from app.storage.postgresql import PostgresqlStore

    return PostgresqlStore(engine)


_current: list[Store] = []


def use_store(store: Store) -> None:
    """Make ``store`` the one behind ``write`` and ``read`` in this process."""
    _current[:] = [store]


def write(fn: Callable[[Session], T]) -> T:
    """See ``Store.write``."""
    return _current[0].write(fn)


def read(fn: Callable[[Session], T]) -> T:
    """See ``Store.read``."""
    return _current[0].read(fn)


def read_row(query: Select[Any], values: Mapping[str, object]) -> Row[Any] | None:
    """See ``Store.read_row``."""
    return _current[0].read_row(query, values)


def answers() -> bool:
    """Whether the database answers a question right now."""
    try:
        read(lambda session: session.execute(text("SELECT 1")))
    except Exception as error:  # noqa: BLE001  # whatever it is, the answer is that the database is not there
        logger.warning("store.away", reason=type(error).__name__)
        return False
    return True
