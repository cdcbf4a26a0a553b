"""Migrated databases with demo people in them: made once as a template, then copied for each server."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tests.support.services import Postgres

ROOT = Path(__file__).resolve().parents[2]
_numbers = itertools.count(1)


def environment(**settings: str) -> dict[str, str]:
    """The environment of a server under test: nothing of ours but what it needs, then `settings`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"APP_ENV": "test", "SECRET_KEY": "only-for-tests-" + "k" * 40} | settings


class Databases(Protocol):
    """One kind of database, ready to be copied."""

    kind: str

    def fresh(self, home: Path) -> str:
        """The address of a new copy, kept in `home` where it is a file."""
        ...


class SqliteDatabases:
    """Copies of one migrated SQLite file."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite3"
        prepare(f"sqlite:///{self._template}")

    def fresh(self, home: Path) -> str:
        """A copy in `home`, made by SQLite itself, so that what is still in its journal comes along."""
        path = home / "tenang.sqlite3"
        copy_sqlite(self._template, path)
        return f"sqlite:///{path}"


class PostgresDatabases:
    """Copies of one migrated PostgreSQL database."""

    kind = "postgresql"

    def __init__(self, cluster: Postgres) -> None:
        self._cluster = cluster
        self._template = f"template_{next(_numbers)}"
        prepare(cluster.create(self._template))

    def fresh(self, home: Path) -> str:  # a file database needs it
        """A copy in the cluster; `home` is not used."""
        return self._cluster.create(f"tenang_{next(_numbers)}", self._template)


def copy_sqlite(source: Path, target: Path) -> None:
    """Writes a consistent copy of a database that may be in use to `target`, replacing what was there."""
    for leftover in (target, Path(f"{target}-wal"), Path(f"{target}-shm")):
        leftover.unlink(missing_ok=True)
    old, new = sqlite3.connect(source), sqlite3.connect(target)
    try:
        old.backup(new)
    finally:
        old.close()
        new.close()


def prepare(database_url: str) -> None:
    """Migrates the database and fills in the demo people."""
    env = environment(DATABASE_URL=database_url)
    flask(["db", "upgrade"], env)
    flask(["demo"], env)


def flask(arguments: list[str], env: Mapping[str, str]) -> str:
    """What `flask …` printed; raises AssertionError with its output when it failed."""
    program = shutil.which("flask", path=str(Path(sys.executable).parent)) or "flask"
    done = subprocess.run(
        [program, "--app", "wsgi", *arguments],
        env=dict(env),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    if done.returncode:
        raise AssertionError(f"flask {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
