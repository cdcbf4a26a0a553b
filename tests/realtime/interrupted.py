"""A store in which things happen at the worst moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session

from app.storage import Store

T = TypeVar("T")


@dataclass
class InterruptedStore:
    """The real store; what is in ``meanwhile`` happens after a read has seen its snapshot, before its reader goes on:
    the next one after the next read, and so on.
    """

    real: Store
    meanwhile: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hooks = self.real.hooks

    def read(self, fn: Callable[[Session], T]) -> T:
        found = self.real.read(fn)
        if self.meanwhile:
            self.meanwhile.pop(0)()
        return found

    def read_row(self, query: Select[Any], values: Mapping[str, object]) -> Row[Any] | None:
        return self.real.read_row(query, values)

    def write(self, fn: Callable[[Session], T]) -> T:
        return self.real.write(fn)

    def foreign_commits(self) -> bool:
        return self.real.foreign_commits()
