"""WhatsApp numbers in every usual way of writing them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.phones import to_e164

BUDIS = "+6281234567890"


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "0812.3456.7890",
        "(0812) 3456-7890",
        "  0812 3456 7890  ",
        "+6281234567890",
        "+62 812-3456-7890",
        "+62 (0)812 3456 7890",
        "+62.812.3456.7890",
        "6281234567890",
        "62 812 3456 7890",
        "62-812-3456-7890",
        "006281234567890",
        "00 62 812 3456 7890",
        "81234567890",
        "812-3456-7890",
        "０８１２３４５６７８９０",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "0812\u00a03456\u00a07890",
        "0812–3456–7890",
        "\u200e+62 812 3456 7890",
        "tel:+62-812-3456-7890",
        "wa.me/6281234567890",
    ],
)
def test_an_indonesian_number_is_understood_however_it_is_written(text: str) -> None:
    """# R2"""
    assert to_e164(text) == BUDIS


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+61 412 345 678", "+61412345678"),
        ("0061 412 345 678", "+61412345678"),
        ("+49 (0)151 23456789", "+4915123456789"),
        ("+1 (415) 555-2671", "+14155552671"),
        ("+44 7911 123456", "+447911123456"),
        ("+81 90-1234-5678", "+819012345678"),
        ("(0361) 234567", "+62361234567"),
    ],
)
def test_a_number_of_another_country_or_a_landline_is_kept_as_it_is(text: str, number: str) -> None:
    """# R2"""
    assert to_e164(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "0812", "0812-3456", "call me", "budi@example.com", "+", "00", "+62", "+999 123456789",
        "08123456789012345", "0000000000", "12345678901234567890", "\x00", "\ud800", "🦊", "²³", "+²³",
        "0812" + " " * 60 + "34567890", "8" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_complete_number_is_none(text: str) -> None:
    """# R2"""
    assert to_e164(text) is None


@given(st.text(max_size=60))
def test_any_text_at_all_is_a_number_that_stays_itself_or_none(text: str) -> None:
    """# R2"""
    number = to_e164(text)
    assert number is None or to_e164(number) == number


@given(st.integers(10_000_000, 99_999_999), st.sampled_from("-. "))
def test_separators_make_no_difference(digits: int, separator: str) -> None:
    """# R2"""
    plain = f"0812{digits}"
    parted = separator.join((plain[:4], plain[4:8], plain[8:]))
    assert to_e164(plain) == to_e164(parted) == f"+62812{digits}"
