"""The rule that two bookings never hold the same place at the same time, as each database can enforce it.

Batch migrations on SQLite make a table anew and lose its triggers: any that touches ``bookings`` must call
``guard_against_overlap`` again.
"""

from collections.abc import Callable

NAME = "booking_overlap"
_ACTIVE = "('therapist_accepted', 'user_confirmed')"

_SQLITE = """
CREATE TRIGGER booking_overlap_{event} BEFORE {when} ON bookings
WHEN NEW.status IN {active}
BEGIN
  SELECT RAISE(ABORT, 'booking_overlap') WHERE EXISTS (
    SELECT 1 FROM bookings AS other
    WHERE other.therapist_id = NEW.therapist_id AND other.slot = NEW.slot AND other.id <> NEW.id
      AND other.status IN {active} AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at);
  SELECT RAISE(ABORT, 'booking_overlap') WHERE NEW.slot > (
    SELECT capacity FROM therapists WHERE id = NEW.therapist_id);
END
"""

_CAPACITY = f"""
CREATE FUNCTION {NAME}_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.slot > (SELECT capacity FROM therapists WHERE id = NEW.therapist_id) THEN
    RAISE EXCEPTION '{NAME}: the provider has no place %', NEW.slot USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END $$
"""  # noqa: S608  # made of constants

_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    f"""
ALTER TABLE bookings ADD CONSTRAINT {NAME} EXCLUDE USING gist (
  therapist_id WITH =, slot WITH =, tstzrange(starts_at, ends_at) WITH &&
) WHERE (status IN {_ACTIVE})
""",
    _CAPACITY,
    f"""
CREATE TRIGGER {NAME}_capacity BEFORE INSERT OR UPDATE OF status, slot, therapist_id ON bookings
FOR EACH ROW WHEN (NEW.status IN {_ACTIVE}) EXECUTE FUNCTION {NAME}_capacity()
""",
)


def unguard_against_overlap(dialect: str, execute: Callable[[str], None]) -> None:
    """Remove what is left of the constraint once ``bookings`` is gone."""
    if dialect != "sqlite":
        execute(f"DROP FUNCTION IF EXISTS {NAME}_capacity()")


def guard_against_overlap(dialect: str, execute: Callable[[str], None]) -> None:
    """Create the constraint on a database that does not have it."""
    if dialect == "sqlite":
        changed = "UPDATE OF status, slot, starts_at, ends_at, therapist_id"
        for event, when in (("insert", "INSERT"), ("update", changed)):
            execute(_SQLITE.format(event=event, when=when, active=_ACTIVE))
    else:
        for statement in _POSTGRESQL:
            execute(statement)
