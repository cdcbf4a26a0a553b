"""The use cases. Nothing here knows Flask, a socket, or the time other than through ``clock``."""
