"""Ephemeral PostgreSQL and Redis on free loopback ports, each in a temporary folder of its own."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.processes import end, free_port, spawn
from tests.support.waiting import until

QUICK_AND_FORGETFUL = (  # the folder is thrown away, so nothing in it needs to survive a power cut
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=90",
)  # fmt: skip


def postgres_programs() -> Path | None:
    """The folder of the newest installed PostgreSQL's programs, or None."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if versions:
        return versions[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def redis_program() -> str | None:
    """The path of redis-server, or None."""
    return shutil.which("redis-server")


@dataclass(frozen=True)
class Postgres:
    """A running PostgreSQL server whose databases all belong to the user `app`."""

    port: int

    def url(self, database: str) -> str:
        """The SQLAlchemy address of `database`."""
        return f"postgresql+psycopg://app@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str = "template1") -> str:
        """Makes `database` as a copy of `template`; its SQLAlchemy address is returned."""
        self._command(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(database), sql.Identifier(template))
        )
        return self.url(database)

    def _command(self, statement: sql.Composed) -> None:
        with psycopg.connect(f"postgresql://app@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute(statement)


@contextlib.contextmanager
def postgres() -> Iterator[Postgres]:
    """PostgreSQL in a temporary folder; as the user `postgres` when we are root, which it refuses to be."""
    programs = postgres_programs()
    if programs is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    folder, port = Path(tempfile.mkdtemp(prefix="tenang-pg-")), free_port()
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        account = pwd.getpwnam(user)
        os.chown(folder, account.pw_uid, account.pw_gid)
    _initdb(programs, folder, user)
    settings = [part for setting in QUICK_AND_FORGETFUL for part in ("-c", setting)]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port), "-h", "127.0.0.1"]
    server = spawn(
        [*command, "-k", str(folder), *settings],
        log=folder.with_suffix(".log"),
        env=os.environ,
        cwd=folder,
        user=user,
    )
    try:
        until(lambda: _answers_sql(port), "PostgreSQL", within=20)
        yield Postgres(port)
    finally:
        end(server, signal.SIGQUIT, within=10)  # SIGQUIT is its immediate shutdown
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_suffix(".log").unlink(missing_ok=True)


def _initdb(programs: Path, folder: Path, user: str | None) -> None:
    subprocess.run(
        [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "app", "-A", "trust", "-E", "UTF8",
         "--locale=C.UTF-8", "--no-sync"],
        check=True, capture_output=True, cwd=folder, user=user, extra_groups=[] if user else None,
    )  # fmt: skip


def _answers_sql(port: int) -> bool:
    try:
        psycopg.connect(f"postgresql://app@127.0.0.1:{port}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def redis(*, over_a_file: bool = False) -> Iterator[str]:
    """The address of a Redis that keeps nothing on disk: a port, or a socket in the file system."""
    program = redis_program()
    if program is None:
        raise FileNotFoundError("Redis is not installed")
    with tempfile.TemporaryDirectory(prefix="tenang-redis-") as name:
        folder, port = Path(name), free_port()
        listen = ["--port", str(port), "--bind", "127.0.0.1", "--unixsocket", f"{name}/socket"]
        command = [program, *listen, "--dir", name, "--save", "", "--appendonly", "no"]
        server = spawn(command, log=folder / "log", env=os.environ, cwd=folder)
        try:
            until(lambda: _listens(port), "Redis", within=10)
            yield f"unix://{name}/socket" if over_a_file else f"redis://127.0.0.1:{port}/0"
        finally:
            end(server, signal.SIGTERM, within=10)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
