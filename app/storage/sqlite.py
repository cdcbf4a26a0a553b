"""SQLite under gevent: one writer connection, group commit, durable before the answer.

``busy_timeout`` would freeze the whole event loop, so every wait here is a cooperative one. Transactions that arrive
while a commit is on its way to the disk are run together and share the next commit; when one of them fails, they are
run again, each in a savepoint of its own. Nobody is answered before the commit is on disk. The figures are in
docs/adr/0002.
"""

import contextvars
import random
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Generic, Literal, TypeVar, cast

import gevent
from gevent import Greenlet
from gevent.event import Event
from sqlalchemy import Connection, Engine, Row, Select, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool, QueuePool, StaticPool

from app.storage.native import in_native_thread, pause
from app.storage.store import Hooks, StoreBusy

T = TypeVar("T")

LOCK_WAIT_SECONDS = 5.0
BATCH_LIMIT = 64
READ_POOL_SIZE = 8
PRAGMAS = ("busy_timeout=0", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


class SqliteStore:
    """The store of an installation without a database server. Only one process of ours should hold it open for long;
    a command beside it is waited for.
    """

    def __init__(self, engine: Engine) -> None:
        self.hooks = Hooks()
        self._reads = _engine(
            engine, QueuePool, pool_size=READ_POOL_SIZE, max_overflow=0, pool_timeout=int(LOCK_WAIT_SECONDS)
        )
        self._writes = _engine(engine, StaticPool)
        self._looks = _engine(engine, StaticPool)
        self._look: Connection | None = None
        self._pen: Connection | None = None
        event.listen(self._reads, "connect", _forbid_writes)
        event.listen(self._looks, "connect", _forbid_writes)
        event.listen(self._reads, "begin", _begin_snapshot)
        event.listen(self._writes, "begin", _begin_immediate)
        self._waiting: deque[_Job[Any]] = deque()
        self._writer: Greenlet[..., None] | None = None
        self._data_version = 0

    def write(self, fn: Callable[[Session], T]) -> T:
        if self._writer is not None and gevent.getcurrent() is self._writer:
            raise RuntimeError("a write inside a write would wait for itself")
        job = _Job(fn)
        self._waiting.append(job)
        if self._writer is None:
            # A greenlet of its own: a caller who is killed must not take the commit of others along.
            self._writer = gevent.spawn(self._write_all)
        job.done.wait()
        with _patience():
            return job.outcome()

    def read(self, fn: Callable[[Session], T]) -> T:
        with _patience(), self._reads.connect() as connection, Session(connection) as session:
            return fn(session)

    def read_row(self, query: Select[Any], values: Mapping[str, object]) -> Row[Any] | None:
        # A statement alone is a snapshot by itself, and nobody else gets a turn before it is read to its end: one
        # connection that is never given back serves all of them.
        with _patience():
            look, self._look = self._look or self._looks.connect(), None
            try:
                row = look.execute(query, values).one_or_none()
            except BaseException:
                look.invalidate()
                look.close()
                raise
            self._look = look
            return row

    def foreign_commits(self) -> bool:
        # The pragma changes only for commits of other connections, and all our writes go through this one.
        # It must not be asked in the middle of a batch, which has the connection.
        if self._writer is not None:
            return False
        with self._writing() as connection:
            (version,) = _driver(connection).execute("PRAGMA data_version").fetchone()
        changed = self._data_version not in (0, version)
        self._data_version = version
        return changed

    def _write_all(self) -> None:
        try:
            while self._waiting:
                self._write_batch()
        finally:
            self._writer = None

    def _write_batch(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), BATCH_LIMIT))]
        try:
            self._commit_batch(batch)
        except Exception as error:  # noqa: BLE001  # handed to every caller of the batch
            for job in batch:
                job.fail(error)
        except BaseException as ended:  # noqa: BLE001  # somebody ends this greenlet, or times it: they wait all the same
            for job in batch:
                job.fail(StoreBusy(f"interrupted by {type(ended).__name__}"))
        for job in batch:
            job.done.set()

    def _commit_batch(self, batch: "list[_Job[Any]]") -> None:
        try:
            self._commit_together(batch, savepoints=False)
            return
        except _Undone as undone:
            cause = undone.cause
        # What fails takes the work of the others along. That is rare, and cheaper than a savepoint for each of them
        # every time. A lone job's refusal is its answer; its conflict is worth a second look.
        if len(batch) == 1 and not isinstance(cause, IntegrityError):
            raise cause
        self._commit_together(batch, savepoints=True)

    def _commit_together(self, batch: "list[_Job[Any]]", savepoints: bool) -> None:
        with self._writing() as connection, connection.begin() as transaction:
            dbapi = _driver(connection)
            for job in batch:
                if savepoints:
                    job.run_in_savepoint(connection, self.hooks)
                else:
                    job.run(connection, self.hooks)
                if len(batch) > 1:
                    # A full batch is 20 ms of work: the sockets get their turn in between.
                    pause(0)
                if not dbapi.in_transaction:
                    # A full disk or an I/O error rolls back the whole transaction, also what was done before it.
                    raise StoreBusy("the database gave the transaction up")
            # The fsync happens here; SQLAlchemy's own commit below then finds nothing left to do.
            in_native_thread(dbapi.commit)
            transaction.commit()
        # Before anybody is answered, so that whoever answers finds the hub already told.
        for job in batch:
            job.announce(self.hooks)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """The writer's connection, which is given back only when something goes wrong: taking it anew for each batch
        costs as much as two statements.
        """
        connection, self._pen = self._pen or self._writes.connect(), None
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._pen = connection


class _Undone(Exception):
    """A job's failure has undone its transaction."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


class _Job(Generic[T]):
    """One caller's function on its way through a batch."""

    def __init__(self, fn: Callable[[Session], T]) -> None:
        self._fn = fn
        # The batch is run by another caller's greenlet: logs of this function must carry this caller's request id.
        self._context = contextvars.copy_context()
        self._session: Session | None = None
        self._result: T | None = None
        self._error: BaseException | None = None
        self.done = Event()

    def run(self, connection: Connection, hooks: Hooks) -> None:
        """Run the function in the transaction as it is.

        :raises _Undone: it failed, and with it all that the transaction had done
        """
        try:
            self._context.run(self._attempt, connection, hooks, "rollback_only")
        except Exception as error:
            raise _Undone(error) from error

    def run_in_savepoint(self, connection: Connection, hooks: Hooks) -> None:
        """Run the function in a savepoint, so that its failure is its own. A conflict with a row that appeared
        meanwhile is tried once more: on the second look the row is seen.
        """
        try:
            self._context.run(self._attempt, connection, hooks, "create_savepoint")
        except IntegrityError:
            try:
                self._context.run(self._attempt, connection, hooks, "create_savepoint")
            except Exception as error:  # noqa: BLE001  # handed to the caller
                self.fail(error)
        except Exception as error:  # noqa: BLE001  # handed to the caller
            self.fail(error)

    def _attempt(
        self, connection: Connection, hooks: Hooks, joins: Literal["create_savepoint", "rollback_only"]
    ) -> None:
        session = Session(connection, join_transaction_mode=joins, expire_on_commit=False)
        with session:
            self._result = self._fn(session)
            session.flush()
            hooks.prepare(session)
            session.commit()
        self._session = session

    def announce(self, hooks: Hooks) -> None:
        if self._session is not None:
            self._context.run(hooks.announce, self._session)

    def fail(self, error: BaseException) -> None:
        self._error, self._session = error, None

    def outcome(self) -> T:
        if self._error is not None:
            raise self._error
        return cast(T, self._result)


def _engine(like: Engine, pool: type[Pool], **options: int) -> Engine:
    engine = create_engine(
        like.url,
        poolclass=pool,
        connect_args={"timeout": 0, "check_same_thread": False},
        # Errors are logged; what people wrote is not.
        hide_parameters=True,
        **options,
    )
    event.listen(engine, "connect", _configure)
    return engine


def _configure(dbapi: sqlite3.Connection, _record: object) -> None:
    # Python's own transaction control would begin transactions behind our back.
    dbapi.isolation_level = None
    for pragma in PRAGMAS:
        _execute_patiently(dbapi, f"PRAGMA {pragma}")


def _forbid_writes(dbapi: sqlite3.Connection, _record: object) -> None:
    dbapi.execute("PRAGMA query_only=ON")


def _begin_snapshot(connection: Connection) -> None:
    # By the driver itself: SQLAlchemy's way would cost as much as the query that follows.
    _driver(connection).execute("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    _execute_patiently(_driver(connection), "BEGIN IMMEDIATE")


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.dbapi_connection)


def _execute_patiently(dbapi: sqlite3.Connection, statement: str) -> None:
    """Run a statement that another process may hold up, waiting cooperatively."""
    deadline = time.monotonic() + LOCK_WAIT_SECONDS
    while True:
        try:
            dbapi.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if not _is_locked(error) or time.monotonic() > deadline:
                raise
            pause(random.uniform(0.002, 0.02))


@contextmanager
def _patience() -> Iterator[None]:
    """Turn "locked for too long" into the seam's own error."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreBusy("no database connection was free") from error
    except (sqlite3.OperationalError, OperationalError) as error:
        if _is_locked(error):
            raise StoreBusy("another process holds the database") from error
        raise


def _is_locked(error: Exception) -> bool:
    # By the code: the text of the error may hold the statement, and a column of ours is called is_unlocked.
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
