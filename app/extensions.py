"""Flask extensions that are made once and bound to the application in ``create_app``.

The socket and the limiter remember the routes they were used on, so each application makes its own.
"""

from pathlib import Path

from flask import Flask
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Base of every table. The naming convention lets a migration name the constraint it changes."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(metadata=Base.metadata)
login = LoginManager()


def use_migrations(app: Flask, folder: Path) -> None:
    """Let ``flask db`` find the tables and the migrations in ``folder``."""
    # Alembic is an eighth of what would be imported with it, and a server that comes back is waited for.
    from flask_migrate import Migrate

    Migrate(render_as_batch=True).init_app(app, db, directory=str(folder))
