"""Runs the migrations with the application's own database.

On SQLite a changed table is made anew (batch mode). With foreign keys enforced that would delete the rows that refer to
it, so they are off here and checked at the end; and a migration that fails halfway leaves nothing behind.
"""

import sqlite3

from alembic import context
from flask import current_app
from sqlalchemy import Connection, create_engine, event, text

database = current_app.extensions["migrate"].db


def configure_sqlite(dbapi: sqlite3.Connection, _record: object) -> None:
    """Leave transactions to SQLAlchemy: Python's own control would not cover changes of tables."""
    dbapi.isolation_level = None
    dbapi.execute("PRAGMA foreign_keys=OFF")
    dbapi.execute("PRAGMA busy_timeout=10000")


def run(connection: Connection) -> None:
    """Migrate on one connection."""
    context.configure(connection=connection, target_metadata=database.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"the migration left dangling references: {broken[:5]}")


engine = create_engine(database.engine.url)
if engine.dialect.name == "sqlite":
    event.listen(engine, "connect", configure_sqlite)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
with engine.begin() as opened:
    run(opened)
engine.dispose()
