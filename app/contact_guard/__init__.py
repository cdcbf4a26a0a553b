"""The contact filter: pure, without I/O. ``check`` is its whole surface."""

from app.contact_guard.check import Verdict, check

__all__ = ["Verdict", "check"]
