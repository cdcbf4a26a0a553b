"""Text that another person will read: what is kept, what is refused and under which code."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Invalid
from app.domain.free_text import Texts, clean, problem

HEBREW, THAI, BALINESE = "שלום ממיכל", "สวัสดีค่ะ", "ᬑᬁ ᬲ᭄ᬯᬲ᭄ᬢ᭄ᬬᬲ᭄ᬢᬸ"
FAMILY = "👩‍👩‍👧"  # three people held together by zero-width joiners


def code(text: str, longest: int = 80, *, shortest: int = 1, lines: bool = False) -> str | None:
    """The code of what is wrong with a text, None if nothing is."""
    fault = problem("field", clean(text), longest=longest, shortest=shortest, lines=lines)
    return fault.code if fault else None


@pytest.mark.parametrize("text", ["Budi", "O'Brien-Łukasz", HEBREW, THAI, BALINESE, FAMILY, "مرحبا ‏Ayu‏", "𝒜𝓎𝓊"])
def test_a_name_of_any_script_is_kept_as_it_is(text: str) -> None:
    """# R2"""
    assert code(text) is None
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", ["Bu\x00di", "Bu\ud800di", "Bu\x07di", "Bu\x1b[31mdi", "Bu\x7fdi", "Bu\x9fdi"])
@pytest.mark.parametrize("lines", [True, False])
def test_nul_surrogates_and_control_characters_are_refused(text: str, lines: bool) -> None:
    """# R2"""
    assert code(text, lines=lines) == "invalid_characters"


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\U000e0041"])
def test_characters_that_make_a_name_look_like_another_are_refused_in_names(character: str) -> None:
    """# R2"""
    assert code(f"Bu{character}di") == "invalid_characters"


@pytest.mark.parametrize(
    "text",
    ["\u202e0987", "a \u202db\u202c", "\u2066a", "\u2067a", "\u2068a", "\u202aa", "\u2069\u2066a", "\u2068a\n\u2069"],
)
def test_what_turns_the_direction_of_the_rest_is_refused_in_messages_too(text: str) -> None:
    """Digits behind it are shown the other way round. # R16"""
    assert code(text, lines=True) == "invalid_direction"


@pytest.mark.parametrize(
    "text", ["call \u2068Budi\u2069", "\u202a+62\u202c", "a\u2069", f"{HEBREW}\u200e ok", "\u2067a\u2069\nb"]
)
def test_directions_that_are_closed_again_belong_to_messages(text: str) -> None:
    """Address books and right-to-left words write like this. # R16"""
    assert code(text, lines=True) is None


@pytest.mark.parametrize("text", ["\u200d", "\u3164", "\u115f\u1160", "\u200e \u200f", "\u0301"])
def test_a_name_that_nobody_can_see_is_none(text: str) -> None:
    """# R2"""
    assert code(text) == "required"


def test_line_breaks_belong_into_messages_but_not_into_names() -> None:
    """# R2"""
    assert code("Budi\nSantoso") == "invalid_characters"
    assert code("Budi\tSantoso") == "invalid_characters"
    assert code("first\n\tsecond", lines=True) is None


def test_line_breaks_of_every_system_are_kept_as_one() -> None:
    """# R13"""
    assert clean("a\r\nb\rc\nd") == "a\nb\nc\nd"


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\t ", "\u00a0", "\u3000"])
def test_nothing_but_space_is_nothing(text: str) -> None:
    """# R2"""
    assert clean(text) == ""
    assert code(text) == "required"
    assert code(text, shortest=0) is None


def test_space_around_a_text_is_not_kept() -> None:
    """# R2"""
    assert clean("  Budi Santoso\n") == "Budi Santoso"


@pytest.mark.parametrize("character", ["x", "ü", "ש", "🦊"])
def test_the_limit_is_in_characters_whatever_they_are(character: str) -> None:
    """# R2"""
    assert code(character * 80) is None
    assert code(character * 81) == "too_long"
    assert code(character * 10_000) == "too_long"


def test_an_accent_written_in_two_ways_is_the_same_text() -> None:
    """# R2"""
    assert clean("Jose\u0301") == clean("José") == "José"


def test_a_text_that_is_too_short_says_so() -> None:
    """# R2"""
    assert code("a", shortest=2) == "too_short"


@given(st.text(st.characters(blacklist_categories=())), st.booleans())
def test_what_passes_can_be_stored_and_sent(text: str, lines: bool) -> None:
    """# R2"""
    if code(text, longest=100, shortest=0, lines=lines) is None:
        kept = clean(text)
        assert kept.encode().decode() == kept
        assert "\x00" not in kept
        assert clean(kept) == kept


def test_all_wrong_texts_of_a_form_are_reported_at_once() -> None:
    """# R2"""
    texts = Texts()
    texts.take("customerName", "", longest=80)
    texts.take("area", "Sanur", longest=80)
    texts.take("location", "x" * 301, longest=300)
    with pytest.raises(Invalid) as refused:
        texts.finish()
    assert {(e.field, e.code) for e in refused.value.errors} == {("customerName", "required"), ("location", "too_long")}
    assert refused.value.code == "validation"


def test_a_form_with_a_number_in_it_names_the_field_and_whatever_else_is_wrong() -> None:
    """# R16"""
    texts = Texts()
    texts.take("customerName", "", longest=80)
    texts.take("note", "WA 0812 3456 7890", longest=500)
    with pytest.raises(Invalid) as refused:
        texts.finish()
    assert refused.value.code == "contact_blocked"
    assert refused.value.extra == {"reason": "PHONE", "spans": [[3, 17]]}
    assert {(e.field, e.code) for e in refused.value.errors} == {
        ("customerName", "required"),
        ("note", "contact_blocked"),
    }
