"""Identifiers: sortable by time, unguessable enough to be public, without a character that needs escaping."""

from ulid import ULID


def new_id() -> str:
    """A fresh ULID in lower case, 26 characters."""
    return str(ULID()).lower()


def conversation_id(customer_id: str, therapist_id: str) -> str:
    """The one conversation of a pair."""
    return f"customer_{customer_id}_therapist_{therapist_id}"
