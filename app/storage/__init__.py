"""The storage seam: ``write(fn)`` is the only way to write, ``read(fn)`` the way to read one consistent picture."""

from app.storage.store import Store, StoreBusy, answers, open_store, read, read_row, use_store, write

__all__ = ["Store", "StoreBusy", "answers", "open_store", "read", "read_row", "use_store", "write"]
