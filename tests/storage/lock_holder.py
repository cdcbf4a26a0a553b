"""Another process that holds the database's write lock until its input is closed: ``python -m … FILE``."""

from __future__ import annotations

import sqlite3
import sys


def main() -> None:
    """Takes the lock, says so, and gives it back when told."""
    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE therapists SET about_en = about_en || '.'")
    print("held", flush=True)
    sys.stdin.read()
    connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    main()
