"""Carriers of events: the hub, the socket, the long-poll. Any of them may fail without losing one."""
