"""Background work of a worker process."""
