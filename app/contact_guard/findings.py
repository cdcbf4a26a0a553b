"""What the searches of a text answer with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and where in the folded text."""

    code: str
    start: int
    end: int
    stage: str
