"""The rules as data: read once, checked, and made ready for the engine."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.contact_guard.engine import Engine

FOLDER = Path(__file__).parent / "rules"
FILES = ("engine", "characters", "lookalikes", "numbers", "masks", "words", "phrases", "addresses", "dialling")


class RuleError(ValueError):
    """A rule file cannot be used; the text says which and why."""


@dataclass(frozen=True)
class Mask:
    """A place in a text that is a price, a time … as long as it is plausible."""

    kind: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class Rules:
    """All rule files. Compared by identity: whoever loads a second set has a second set."""

    files: Mapping[str, Any]

    @property
    def version(self) -> str:
        """What to write down beside a verdict."""
        return str(self.files["engine"]["version"])

    @cached_property
    def engine(self) -> Engine:
        """These rules, ready to be asked; made once."""
        from app.contact_guard.engine import Engine  # it is made of rules, so it cannot be imported first

        return Engine(self)

    @cached_property
    def masks(self) -> tuple[Mask, ...]:
        """What hides digits from the search for numbers."""
        return tuple(
            Mask(text(entry, "kind", "masks"), compiled(text(entry, "pattern", "masks"), "masks"))
            for entry in self.files["masks"]["patterns"]
        )

    def words(self, file: str, key: str) -> frozenset[str]:
        """A list of words that a file keeps as one text."""
        return frozenset(text(self.files[file], key, file).split())


def load_rules(folder: Path = FOLDER) -> Rules:
    """The rules of a folder.

    :raises RuleError: a file is missing, is no JSON object, or holds a pattern that is no regular expression
    """
    rules = Rules({name: _read(folder / f"{name}.json") for name in FILES})
    try:
        rules.engine  # noqa: B018  # making the tables is what proves the rules usable
    except RuleError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise RuleError(f"The rules in {folder} cannot be used: {error!r}.") from error
    return rules


def _read(path: Path) -> Any:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RuleError(f"The rule file {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise RuleError(f"The rule file {path} is no JSON: {error}.") from error
    if not isinstance(content, dict):
        raise RuleError(f"The rule file {path} must hold an object.")
    return content


def text(entry: Mapping[str, Any], key: str, file: str) -> str:
    """A text of a rule file.

    :raises RuleError: it is missing or no text
    """
    value = entry.get(key)
    if not isinstance(value, str):
        raise RuleError(f"In the rule file {file}.json, {key!r} must be a text.")
    return value


def compiled(pattern: str, file: str) -> re.Pattern[str]:
    """A pattern that means the same to Python and to JavaScript: ASCII classes, no flags.

    :raises RuleError: it is no regular expression
    """
    try:
        return re.compile(pattern, re.ASCII)
    except re.error as error:
        raise RuleError(f"In the rule file {file}.json, {pattern!r} is no regular expression: {error}.") from error
