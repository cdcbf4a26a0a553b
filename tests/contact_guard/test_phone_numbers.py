"""Phone numbers in a text that another person will read, and the normal talk that looks a little like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contact_guard import Verdict, check


@pytest.mark.parametrize(
    "number",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "0812.3456.7890",
        "(0812) 3456 7890",
        "+62 812-3456-7890",
        "+6281234567890",
        "+62 (0)812 3456 7890",
        "+61 412 345 678",
        "+14155552671",
        "(0361) 234567",
        "０８１２３４５６７８９０",
        "٠٨١٢٣٤٥٦٧٨٩٠",
    ],
)
@pytest.mark.parametrize("around", ["{}", "WA saya {} ya", "call me: {}!", "🦊{}🦊", "first line\n{}\nlast line"])
def test_a_number_is_blocked_with_its_place_in_the_text(number: str, around: str) -> None:
    """# R16"""
    text = around.format(number)
    verdict = check(text)
    assert (verdict.blocked, verdict.code) == (True, "PHONE")
    ((start, end),) = verdict.spans
    assert text[start:end].strip("()") in number
    assert sum(character.isdigit() for character in text[start:end]) >= 9


def test_each_of_two_numbers_is_marked() -> None:
    """# R16"""
    assert check("0812-3456-7890 or 0813-9876-5432").spans == ((0, 14), (18, 32))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Halo Kak, jam berapa?",
        "Rp150.000 plus Rp25.000 for the way",
        "Total 175000",
        "150000 IDR",
        "Room 1204, 12th floor",
        "Jalan Kayu Aya 12, Seminyak 80361",
        "Jl. Raya Ubud No. 88X, Gianyar 80571",
        "Tue 14 Jan, 14:00-15:30 WITA",
        "14.00 – 15.30",
        "2027-01-14",
        "60 or 90 minutes?",
        "1, 2, 3, 4, 5",
        "🦊🦊🦊",
        "שלום 60",
        "-8.6500, 115.2167",
    ],
)
def test_normal_talk_passes(text: str) -> None:
    """# R16"""
    assert check(text) == Verdict(False)


@pytest.mark.parametrize(
    ("recent", "text"),
    [
        (["0812 3456"], "7890"),
        (["0812", "3456"], "7890"),
        (["hello", "081234"], "567890"),
        (["0812", " 34 56 "], " 7890 "),
    ],
)
def test_a_number_in_pieces_is_blocked_with_the_piece_that_completes_it(recent: list[str], text: str) -> None:
    """# R16"""
    verdict = check(text, recent)
    start = len(text) - len(text.lstrip())
    assert (verdict.blocked, verdict.code, verdict.spans) == (True, "SPLIT", ((start, start + len(text.strip())),))


@pytest.mark.parametrize(
    ("recent", "text"),
    [([], "7890"), (["hello"], "7890"), (["room"], "1204"), (["0812 3456"], "see you"), (["150000"], "60")],
)
def test_pieces_that_make_no_number_pass(recent: list[str], text: str) -> None:
    """# R16"""
    assert not check(text, recent).blocked


@given(st.text(max_size=300), st.lists(st.text(max_size=50), max_size=4))
def test_any_text_gets_a_verdict_whose_marks_lie_within_it(text: str, recent: list[str]) -> None:
    """# R16"""
    verdict = check(text, recent)
    assert verdict.blocked == bool(verdict.spans) == (verdict.code is not None)
    assert all(0 <= start < end <= len(text) for start, end in verdict.spans)


@pytest.mark.parametrize("text", ["9" * 4_000, "0812 " * 800, "(" * 4_000, "+" * 4_000, "1-" * 2_000, "0 " * 2_000])
def test_a_text_made_to_be_slow_is_judged_at_once(text: str) -> None:
    """# R24"""
    check(text, [text] * 10)


@pytest.mark.parametrize("said", ["{}", "hello {}", "message {}"])
def test_messages_that_are_counted_pass(said: str) -> None:
    """One list of numbers in ten has the check digit of a card. # R16"""
    messages = [said.format(number) for number in range(400)]
    for place, message in enumerate(messages):
        assert not check(message, messages[max(0, place - 10) : place]).blocked


@pytest.mark.parametrize(
    "text", ["I'm outside", "Elsewhere", "duduk di luar aja", "follow me to the room", "di sebelah ya"]
)
def test_where_somebody_is_passes(text: str) -> None:
    """# R16"""
    assert not check(text).blocked
