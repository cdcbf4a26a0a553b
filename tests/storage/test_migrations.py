"""The migrations make exactly the tables that the code works with, and can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text

from app.extensions import Base
from app.storage.overlap import NAME
from tests.domain.databases import migrated
from tests.storage.rows import raw
from tests.storage.schemas import NewDatabase, schema
from tests.support.databases import environment, flask


def tables(url: str) -> set[str]:
    with raw(url) as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


# Such an index cannot be read back from SQLite and compared; tests/storage/test_drafts_migration.py looks for it.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index uq_users_email_folded")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_the_migrated_tables_are_those_of_the_models(new_database: NewDatabase) -> None:
    """# R43"""
    with raw(migrated(new_database())) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrated_checks_are_those_of_the_models(new_database: NewDatabase) -> None:
    """Alembic does not compare these. # R43"""
    with raw(migrated(new_database())) as connection:
        for table in Base.metadata.sorted_tables:
            expected = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
            found = {str(check["name"]) for check in inspect(connection).get_check_constraints(table.name)}
            assert found == expected, table.name


def test_a_database_can_be_taken_down_and_up_again(new_database: NewDatabase) -> None:
    """# R43"""
    url = migrated(new_database())
    before = schema(url)
    migrated(url, down_to="base")
    assert tables(url) == set()
    assert not [line for line in schema(url) if "alembic_version" not in line]
    migrated(url)
    assert schema(url) == before


def test_migrating_twice_changes_nothing(new_database: NewDatabase) -> None:
    """# R43"""
    url = migrated(new_database())
    before = schema(url)
    assert schema(migrated(url)) == before


def test_the_guard_against_overlap_is_in_the_migrated_database(new_database: NewDatabase) -> None:
    """# R8"""
    assert any(NAME in line for line in schema(migrated(new_database())))


def test_the_command_of_the_readme_migrates(tmp_path: Path) -> None:
    """# R43"""
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    flask(["db", "upgrade"], environment(DATABASE_URL=url))
    assert tables(url) == set(Base.metadata.tables)


def test_a_migration_that_fails_halfway_leaves_nothing_behind(tmp_path: Path) -> None:
    """# R43"""
    url = f"sqlite:///{tmp_path / 'in-the-way.db'}"
    with raw(url) as connection:
        connection.execute(text("CREATE TABLE notifications (id INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        migrated(url)
    assert tables(url) == {"notifications"}
