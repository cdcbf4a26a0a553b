"""Measurements of a real server over its public API: `python -m bench` prints a table and writes JSON."""
