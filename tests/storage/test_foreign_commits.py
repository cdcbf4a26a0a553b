"""A command beside the server writes into the same SQLite file: the server notices, and only then."""

from __future__ import annotations

import subprocess
import sys

import gevent
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.storage import Store
from tests.domain.databases import SqliteFile
from tests.storage.rows import names, raw, user
from tests.support.databases import ROOT

COMMAND = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as connection:
    connection.execute("UPDATE therapists SET about_en = 'changed by a command'")
connection.close()
"""


def another_process_writes(file: SqliteFile) -> None:
    subprocess.run([sys.executable, "-c", COMMAND, str(file.file)], check=True, cwd=ROOT, timeout=20)


def test_a_commit_of_another_process_is_noticed_once(sqlite_file: SqliteFile, sqlite: Store) -> None:
    """# R21"""
    assert not sqlite.foreign_commits()
    another_process_writes(sqlite_file)
    assert sqlite.foreign_commits()
    assert not sqlite.foreign_commits()


def test_our_own_commits_and_reads_are_no_news(sqlite: Store) -> None:
    """# R21"""
    sqlite.foreign_commits()
    for _ in range(3):
        sqlite.write(lambda session: session.add(user()))
        sqlite.read(names)
        assert not sqlite.foreign_commits()


def test_a_foreign_commit_between_two_of_ours_is_noticed(sqlite_file: SqliteFile, sqlite: Store) -> None:
    """# R21"""
    sqlite.foreign_commits()
    sqlite.write(lambda session: session.add(user()))
    with raw(sqlite_file.url) as connection:
        connection.execute(text("UPDATE therapists SET about_en = 'by another connection'"))
    sqlite.write(lambda session: session.add(user()))
    assert sqlite.foreign_commits()


def test_asking_in_the_middle_of_a_batch_does_not_undo_it(sqlite: Store) -> None:
    """# R13"""
    sqlite.foreign_commits()

    def slow(session: Session) -> None:
        session.add(user())
        session.flush()
        gevent.sleep(0)

    writers = [gevent.spawn(sqlite.write, slow) for _ in range(5)]
    while not all(writer.ready() for writer in writers):
        gevent.sleep(0)
        assert not sqlite.foreign_commits()
    assert len(sqlite.read(names)) == 5


def test_on_postgresql_there_may_always_have_been_one(postgres: Store) -> None:
    """A second worker is the usual case there, and asking is as dear as looking. # R21"""
    assert postgres.foreign_commits()
    assert postgres.foreign_commits()
