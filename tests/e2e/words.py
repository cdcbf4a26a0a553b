"""The words on the screen, read from the client's own catalogues, so that a test names a thing as a person does."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parents[2] / "client" / "i18n"
_ENTRY = re.compile(r'"([\w.]+)":\s*("(?:[^"\\]|\\.)*")')


class Words:
    """One language's catalogue: `words("chat.writeTo", name="Ayu")`."""

    def __init__(self, language: str) -> None:
        self.language = language
        parts = (CATALOGUES / "front" / f"{language}.ts", CATALOGUES / f"{language}.ts")
        source = "".join(part.read_text(encoding="utf-8") for part in parts)
        self._texts: dict[str, str] = {key: json.loads(text) for key, text in _ENTRY.findall(source)}

    def __call__(self, key: str, **params: object) -> str:
        """The text of `key` with its holes filled; raises KeyError for one that the catalogue does not have."""
        return re.sub(r"\{(\w+)\}", lambda hole: str(params[hole[1]]), self._texts[key])

    def like(self, key: str, **params: object) -> re.Pattern[str]:
        """The text of `key` as a pattern: a hole that is not filled here matches anything."""
        parts = re.split(r"(\{\w+\})", self._texts[key])
        return re.compile("".join(_filled(part, params) for part in parts))


def _filled(part: str, params: dict[str, object]) -> str:
    if not part.startswith("{"):
        return re.escape(part)
    known = params.get(part[1:-1])
    return ".+" if known is None else re.escape(str(known))


@cache
def words_of(language: str) -> Words:
    """The catalogue of `en` or `id`."""
    return Words(language)
