"""PostgreSQL: transactions side by side; conflicts are settled by constraints and locks, and tried again where safe."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from psycopg import Error as PostgresqlError
from sqlalchemy import Engine, ExceptionContext, Row, Select, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from app.storage.store import Hooks, StoreBusy

T = TypeVar("T")

ATTEMPTS = 4
POOL_SIZE = 12
POOL_WAIT_SECONDS = 5
# Serialization failure, deadlock: the server asks for the transaction to be run again.
RETRY_STATES = ("40001", "40P01")
# Lock wait timed out, statement cancelled.
BUSY_STATES = ("55P03", "57014")
SESSION_SETTINGS = (
    "SET statement_timeout = '10s'",
    "SET lock_timeout = '5s'",
    "SET idle_in_transaction_session_timeout = '30s'",
    "SET synchronous_commit = on",
    "SET timezone = 'UTC'",
)


class PostgresqlStore:
    """The store of an installation that has outgrown one process."""

    def __init__(self, engine: Engine) -> None:
        self.hooks = Hooks()
        self._engine = create_engine(
            engine.url,
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=POOL_WAIT_SECONDS,
            pool_pre_ping=True,
            # Errors are logged; what people wrote is not.
            hide_parameters=True,
        )
        event.listen(self._engine, "connect", _configure)
        event.listen(self._engine, "handle_error", _keep_rows_to_ourselves)
        self._snapshots = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def write(self, fn: Callable[[Session], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._attempt(fn)
            except IntegrityError:
                # A row that appeared meanwhile: on the second look it is seen.
                if attempt == ATTEMPTS:
                    raise
            except OperationalError as error:
                if _state(error) in RETRY_STATES and attempt < ATTEMPTS:
                    continue
                if _is_busy(error):
                    raise StoreBusy("the database did not answer in time") from error
                raise
            except PoolTimeout as error:
                raise StoreBusy("no database connection was free") from error
        raise AssertionError("unreachable")

    def _attempt(self, fn: Callable[[Session], T]) -> T:
        with Session(self._engine, expire_on_commit=False) as session:
            result = fn(session)
            session.flush()
            self.hooks.prepare(session)
            session.commit()
        self.hooks.announce(session)
        return result

    def read(self, fn: Callable[[Session], T]) -> T:
        with _patience(), Session(self._snapshots) as session:
            return fn(session)

    def read_row(self, query: Select[Any], values: Mapping[str, object]) -> Row[Any] | None:
        with _patience(), self._snapshots.connect() as connection:
            return connection.execute(query, values).one_or_none()

    def foreign_commits(self) -> bool:
        # There is no cheap way to ask, and a second worker is the usual case.
        return True


@contextmanager
def _patience() -> Iterator[None]:
    """Turn what a busy or absent server says into the seam's own error."""
    try:
        yield
    except OperationalError as error:
        if _is_busy(error):
            raise StoreBusy("the database did not answer in time") from error
        raise
    except PoolTimeout as error:
        raise StoreBusy("no database connection was free") from error


def _configure(dbapi: object, _record: object) -> None:
    cursor = dbapi.cursor()  # type: ignore[attr-defined]  # SQLAlchemy types the driver's connection as object
    for setting in SESSION_SETTINGS:
        cursor.execute(setting)
    cursor.close()
    dbapi.commit()  # type: ignore[attr-defined]  # as above


def _keep_rows_to_ourselves(context: ExceptionContext) -> None:
    """Leave the first line of an error only: the server's DETAIL repeats the whole row that was refused, with name,
    address and note, and errors are logged.
    """
    fault = context.original_exception
    if not isinstance(fault, PostgresqlError):
        return
    first_line = next(iter(str(fault).splitlines()), "")
    fault.args = (first_line,)
    if context.sqlalchemy_exception is not None:
        kind = type(fault)
        context.sqlalchemy_exception.args = (f"({kind.__module__}.{kind.__name__}) {first_line}",)


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _is_busy(error: DBAPIError) -> bool:
    # Without a state the server was not reached at all; 08 and 57P are its own words for a connection that is gone.
    state = _state(error)
    gone = not state or state.startswith(("08", "57P")) or error.connection_invalidated
    return gone or state in RETRY_STATES + BUSY_STATES
