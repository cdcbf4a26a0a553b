"""Looking for a private number in whatever it might have got into: plain, parted, or in base64."""

from __future__ import annotations

import base64
import re

PIECE = 7


class Secret:
    """A number that must not be found. Its last ``shown`` digits are shown on purpose."""

    def __init__(self, digits: str, shown: int = 0) -> None:
        hidden = digits[: len(digits) - shown] if shown else digits
        # Any seven digits in a row, some of them hidden, however they are parted. Fewer can be the time of day.
        pieces = [digits[start : start + PIECE] for start in range(min(len(hidden), len(digits) - PIECE + 1))]
        self._parted = re.compile("|".join(r"[^\d\n]{0,2}".join(piece) for piece in pieces))
        self._encoded = [base64.b64encode(b"x" * shift + digits.encode())[4:-4].decode() for shift in range(3)]

    def is_in(self, content: bytes | str) -> bool:
        """Whether the number is there."""
        text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
        return self._parted.search(text) is not None or any(code in text for code in self._encoded)
