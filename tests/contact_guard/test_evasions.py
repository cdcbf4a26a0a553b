"""A blocked number stays blocked in whatever way it is written, and nothing makes the filter fail or slow."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contact_guard import check
from tests.contact_guard import cases, evasions

NUMBERS = ("081234567890", "085712348765", "6281398765432", "0895330012345")


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("way", ["_spread", "_in_another_script", "_in_words", "_with_filler", "_decorated"])
@pytest.mark.parametrize("seed", range(6))
def test_a_number_is_found_in_every_writing(number: str, way: str, seed: int) -> None:
    """# R16"""
    write: Callable[[random.Random, str], str] = getattr(evasions, way)
    assert check(write(random.Random(seed), number)).blocked


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_cut_anywhere_is_found_when_its_last_piece_is_sent(number: str) -> None:
    """With talk between the pieces, and without. # R16"""
    for cut in range(2, len(number) - 1):
        assert check(number[cut:], [number[:cut]]).blocked
        assert check(number[cut:], [number[:cut], "oke kak", "jam 8 ya"]).blocked


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_word_cut_in_two_anywhere_is_the_word_it_is(number: str) -> None:
    """# R16"""
    words = [evasions.WORDS[int(digit)] for digit in number]
    for place, word in enumerate(words):
        for cut in range(1, len(word)):
            assert check(" ".join([*words[:place], word[:cut], word[cut:], *words[place + 1 :]])).blocked


def test_words_cut_in_two_are_no_digits_where_somebody_counts_one_thing() -> None:
    """# R16"""
    assert not check("sa tu orang, du a jam, jam 8").blocked


@pytest.mark.parametrize("said", ["hubungi saya", "telepon aku ya", "rekening saya bca", "call me ok", "japri aja"])
def test_a_request_cut_within_its_first_word_is_found_when_its_last_piece_is_sent(said: str) -> None:
    """# R16"""
    assert check(said[2:], [said[:2]]).blocked
    assert check(said[4:].strip(), [said[:2], said[2:4]]).blocked
    assert not check("jadi jam 8 ya", [said[:2]]).blocked


@pytest.mark.parametrize("complaint", ["app nya lemot, {}", "{} soalnya notif app mati", "{}, the app keeps crashing"])
@pytest.mark.parametrize("said", ["wa aku aja", "add me on telegram", "boleh ga kak minta nomornya"])
def test_a_complaint_about_the_app_excuses_no_request(complaint: str, said: str) -> None:
    """What is said of a platform makes it a mention only where it stands beside the platform. # R16"""
    assert check(complaint.format(said)).blocked


@pytest.mark.parametrize("around", ["kak, {}", "maaf mbak, {}"])
@pytest.mark.parametrize("said", ["nomor 12 yang mana?", "channel 5 ada ga?", "emailnya sudah masuk"])
def test_somebody_who_is_only_addressed_is_asked_for_nothing(around: str, said: str) -> None:
    """# R16"""
    assert not check(around.format(said)).blocked
    assert check(around.format(f"wa nya dong, {said}")).blocked


def test_at_most_one_in_twenty_evasions_of_blocked_numbers_passes() -> None:
    """# R16"""
    source = random.Random(11)
    blocked = [
        case for case in cases.load("tuned") if case.category in ("phone_plain", "phone_sep", "card", "bank_account")
    ]
    tries = [evasions.mutated(source, case.messages) for case in blocked for _ in range(8)]
    passed = [run for run in tries if not cases.judged(run)[1].blocked]
    assert len(passed) * 20 <= len(tries), passed


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gets_a_verdict(text: str, recent: list[str]) -> None:
    """# R16"""
    verdict = check(text, recent)
    assert verdict.blocked == bool(verdict.spans) == (verdict.code is not None)
    assert all(0 <= start < end <= len(text) for start, end in verdict.spans)


@given(st.lists(st.sampled_from(evasions.KNOWN), max_size=40), st.lists(st.sampled_from(evasions.KNOWN), max_size=8))
def test_any_talk_of_what_the_rules_know_gets_a_verdict(words: list[str], recent: list[str]) -> None:
    """# R16"""
    text = " ".join(words)
    verdict = check(text, recent)
    assert all(0 <= start < end <= len(text) for start, end in verdict.spans)


HOSTILE = [
    "0812 ",
    "0 a ",
    "call ",
    "w a ",
    "nol",
    "dibalik 08 ",
    "rek 12345 ",
    "@a.",
    "12.34 ",
    "not ",
    "a_",
    "satudua",
    "nol tu juh ",
    "kak, ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    """Counted in function calls and not in time; twice the text may cost 2.3 times the work. # R24"""
    work = [_calls(piece * (size // len(piece))) for size in (1_000, 2_000, 4_000)]
    assert work[1] <= 2.3 * work[0] + 500
    assert work[2] <= 2.3 * work[1] + 500


def test_a_text_beyond_all_limits_costs_no_more_than_the_longest_that_is_read() -> None:
    """# R24"""
    assert _calls("0812 nol x" * 10_000) <= 1.1 * _calls("0812 nol x" * 400) + 500


def _calls(text: str) -> int:
    """How many functions were entered while a text was judged for the first time."""
    count = 0

    def counting(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        check(text)
    finally:
        sys.setprofile(None)
    return count
