"""What a database consists of, in words."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from tests.storage.rows import raw

NewDatabase = Callable[[], str]


def schema(url: str) -> list[str]:
    """Everything in the database, in words that two databases of a kind can be compared by."""
    with raw(url) as connection:
        if connection.dialect.name == "sqlite":
            rows = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master"))
        else:
            rows = connection.execute(
                text(
                    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
                    "WHERE connamespace = 'public'::regnamespace UNION ALL "
                    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
                    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger "
                    "WHERE NOT tgisinternal UNION ALL "
                    "SELECT table_name, column_name, concat_ws(' ', data_type, is_nullable, column_default) "
                    "FROM information_schema.columns WHERE table_schema = 'public'"
                )
            )
        return sorted(str(tuple(row)) for row in rows)
