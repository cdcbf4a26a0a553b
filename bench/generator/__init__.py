"""The load: a process of its own, on a core of its own, that knows the server by its public API only."""
