"""Ways to write the same thing differently, and nonsense made of what the rules look for."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

SEPARATORS = (" ", "-", ".", "  ", "_", "/", "\u200b", "·", "~", " . ")
ALPHABETS = (0xFF10, 0x0660, 0x0966, 0x0E50, 0x1D7CE, 0x1D7EC)
WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
#: Words that mean something to some rule.
KNOWN = [
    "call",
    "me",
    "wa",
    "ig",
    "nomor",
    "kamu",
    "jam",
    "08.00",
    "0812",
    "3456",
    "rek",
    "bca",
    "gopay",
    "di",
    "aplikasi",
    "jangan",
    "tidak",
    ",",
    ".",
    "!",
    "\n",
    "@ayu_spa",
    "gmail",
    "com",
    "no",
    "line",
    "id",
    "250.000",
    "rb",
    "menit",
    "kamar",
    "room",
    "telp",
    "dua",
    "delapan",
    "dobel",
    "puluh",
    "ratus",
    "oh",
    "o",
    "l",
    "email",
    "my",
    "your",
    "app",
    "outside",
    "🟢",
    "📞",
    "+",
    "62",
    "ya",
    "+44",
    "dibalik",
    "depan",
    "kode",
    "not",
    "but",
    "tapi",
    "21-11-2026",
    "aku",
    "saya",
    "reach",
    "langsung",
    "whats",
    "app",
    "t",
    "e",
    "x",
    "t",
    "w",
    "a",
    "number",
    "satu",
    "in",
]


def mutated(source: random.Random, messages: Sequence[str]) -> list[str]:
    """The messages, written in another way."""
    way = source.choice((_spread, _in_another_script, _in_words, _with_filler, _decorated))
    return [way(source, message) for message in messages]


def nonsense(source: random.Random) -> str:
    """A text of a few words that the rules know, in no order."""
    return " ".join(source.choice(KNOWN) for _ in range(source.randint(1, 14)))


def digits_among_words(source: random.Random) -> str:
    """Numbers of all lengths between units, labels, separators and number words."""
    numbers = ("0812", "08", "0857", "628", "+62", "345", "7890", "12", "8", "120", "80361", "2026", "10.15", "250.000")
    words = (
        "menit",
        "jam",
        "kamar",
        "kode",
        "rb",
        "x",
        "no",
        "orang",
        "call",
        "rek",
        "gate",
        "ya",
        "dua puluh",
        "hp",
        "dan",
    )
    between = (" ", " ", ", ", "-", ".", "/", "'", "", " lalu ")
    pieces = [source.choice(words if source.random() < 0.3 else numbers) for _ in range(source.randint(2, 10))]
    return "".join(piece + source.choice(between) for piece in pieces)


def _each_digit(text: str, write: Callable[[int], str]) -> str:
    return "".join(write(int(c)) if c.isascii() and c.isdigit() else c for c in text)


def _spread(source: random.Random, text: str) -> str:
    separator = source.choice(SEPARATORS)
    return _each_digit(text, lambda digit: f"{digit}{separator}")


def _in_another_script(source: random.Random, text: str) -> str:
    zero = source.choice(ALPHABETS)
    return _each_digit(text, lambda digit: chr(zero + digit))


def _in_words(source: random.Random, text: str) -> str:
    return _each_digit(text, lambda digit: f" {source.choice((WORDS, ENGLISH))[digit]} ")


def _with_filler(source: random.Random, text: str) -> str:
    return f"{source.choice(('oke kak', 'btw', 'hehe', 'nah'))} {text} {source.choice(('ya', 'ok?', '🙏', 'thanks'))}"


def _decorated(source: random.Random, text: str) -> str:
    return "".join(c + ("\u0332" if source.random() < 0.5 else "") for c in text)
