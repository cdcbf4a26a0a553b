"""The filter on labelled messages: what it was written with, and what was kept apart."""

from __future__ import annotations

import random

from app.contact_guard import check, looks_back
from tests.contact_guard import cases

#: Numbers and cards in these writings always are refused.
ALWAYS = ("phone_plain", "phone_sep", "phone_unicode", "card")
LATER = (
    *("eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth"),
    *("fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twentyfirst", "twentysecond", "twentythird", "twentyfourth"),
)


def test_there_are_enough_messages_and_a_third_was_kept_apart() -> None:
    """# R16"""
    tuned, held_out = cases.load("tuned"), cases.load("held_out")
    assert len(tuned) + len(held_out) >= 600
    assert len(held_out) * 3 >= len(tuned) + len(held_out) - 3
    texts = [case.messages for case in cases.everything()]
    assert len(set(texts)) == len(texts)


def test_the_messages_that_the_rules_were_written_with_meet_the_bar() -> None:
    """# R16"""
    score = cases.score(cases.load("tuned"))
    assert score.precision >= 0.995
    assert score.recall >= 0.985
    assert score.false_positives <= 0.01
    for (is_blocked, category), share in score.categories.items():
        assert share >= 0.85 if is_blocked else share <= 0.03, category
        assert category not in ALWAYS or share == 1, category


def test_the_messages_that_were_kept_apart_do_not_get_worse() -> None:
    """The rules were not written with these; the figures are in docs/contact-guard.md. # R16"""
    score = cases.score(cases.load("held_out"))
    assert score.precision >= 0.97
    assert score.recall >= 0.95


def test_the_messages_that_were_written_later_meet_the_bar() -> None:
    """Each found something when it was scored first; those figures are in docs/contact-guard.md. # R16"""
    score = cases.score(case for name in LATER for case in cases.load(name))
    assert score.precision >= 0.995
    assert score.recall >= 0.985
    for (is_blocked, category), share in score.categories.items():
        assert share >= 0.85 if is_blocked else share <= 0.03, category
        assert category not in ALWAYS or share == 1, category


def test_what_got_through_or_was_refused_wrongly_once_is_right_now() -> None:
    """Numbers called rooms and codes, numbers in words without their zero, roads with a messenger's name. # R16"""
    wrong = [case.id for case in cases.load("seventh") if cases.judged(case.messages)[1].blocked != case.is_blocked]
    assert wrong == []


def test_every_mark_lies_on_the_message_that_is_refused() -> None:
    """# R16"""
    for case in cases.everything():
        place, verdict = cases.judged(case.messages)
        if place is None:
            continue
        assert verdict.spans, case.id
        marks = [at for span in verdict.spans for at in span]
        assert marks == sorted(marks), case.id
        assert 0 <= marks[0] < marks[-1] <= len(case.messages[place]), case.id


def test_what_does_not_look_back_is_judged_the_same_after_whatever_was_said() -> None:
    """# R16"""
    source = random.Random(3)
    runs = [case.messages for case in cases.everything() if len(case.messages) > 1]
    alone = [message for case in cases.everything() for message in case.messages if not looks_back(message)]
    assert len(alone) > 200
    for message in alone:
        for earlier in source.sample(runs, 12):
            assert check(message, earlier) == check(message), (earlier, message)
    for run in runs:
        for place, message in enumerate(run):
            assert looks_back(message) or check(message, run[:place]) == check(message), run


def test_a_piece_looks_back() -> None:
    """# R16"""
    assert all(looks_back(text) for text in ("34", "wa aku ya", "my number is 0812", "reach me on +62 812 3456 7890"))
    assert not looks_back("See you at the gate behind the temple then, thank you")
