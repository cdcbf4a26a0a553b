"""The storage seam on migrated databases, SQLite and PostgreSQL alike."""
