"""The event log: what may happen, how it is numbered, how it is read again."""
