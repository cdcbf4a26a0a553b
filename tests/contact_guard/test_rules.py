"""The rule files: what is wrong with one is said in a sentence, and no pattern can run away."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]  # the parser of patterns has no public name
from typing import Any

import pytest

from app.contact_guard import RuleError, check, load_rules
from app.contact_guard.rules import FILES, FOLDER

REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)


def patterns() -> Iterator[str]:
    for entry in json.loads((FOLDER / "masks.json").read_text())["patterns"]:
        yield entry["pattern"]
    addresses = json.loads((FOLDER / "addresses.json").read_text())
    yield addresses["handle"]["pattern"]
    yield addresses["named"]["pattern"]
    for entry in addresses["patterns"]:
        yield entry["pattern"]


def has_nested_repeat(parsed: Any, within: bool = False) -> bool:
    """Whether something that repeats without a small bound lies in something that repeats."""
    for kind, detail in parsed:
        if kind in REPEATS:
            _, most, body = detail
            if within and most > 3:
                return True
            if has_nested_repeat(body, within or most > 3):
                return True
        elif kind is _constants.BRANCH:
            if any(has_nested_repeat(branch, within) for branch in detail[1]):
                return True
        elif kind is _constants.SUBPATTERN:
            if has_nested_repeat(detail[3], within):
                return True
        elif kind in (_constants.ASSERT, _constants.ASSERT_NOT) and has_nested_repeat(detail[1], within):
            return True
    return False


@pytest.mark.parametrize("pattern", list(patterns()))
def test_no_pattern_repeats_what_repeats(pattern: str) -> None:
    """# R24"""
    assert not has_nested_repeat(_parser.parse(pattern))
    assert not any(kind in REPEATS and detail[1] > 1_000 for kind, detail in _parser.parse(pattern))


@pytest.mark.parametrize("pattern", ["(a+)+", "(?:a*b)*", "(?=(a+)*)", "(x|(?:a{2,})+)"])
def test_a_pattern_that_repeats_what_repeats_is_noticed(pattern: str) -> None:
    assert has_nested_repeat(_parser.parse(pattern))


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(FOLDER, folder / "rules"))


@pytest.mark.parametrize("name", FILES)
def test_a_rule_file_that_is_missing_or_broken_is_named(name: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for content in ("{", "[]", "{}"):
        (folder / f"{name}.json").write_text(content)
        with pytest.raises(RuleError, match=r"\.$"):
            load_rules(folder)
    (folder / f"{name}.json").unlink()
    with pytest.raises(RuleError, match=re.escape(f"{name}.json cannot be read")):
        load_rules(folder)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [("call $nobody", "words.json does not have"), ("~2 me", "must begin with a word"), ("me?", "has to be there")],
)
def test_a_phrase_that_cannot_be_understood_is_named(pattern: str, says: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    phrases = json.loads((folder / "phrases.json").read_text())
    phrases["groups"][0]["patterns"].append(pattern)
    (folder / "phrases.json").write_text(json.dumps(phrases))
    with pytest.raises(RuleError, match=says):
        load_rules(folder)


def test_another_set_of_rules_can_be_asked_beside_the_one_in_force(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    phrases = json.loads((folder / "phrases.json").read_text())
    phrases["groups"].append({"name": "new", "code": "REQUEST", "guards": [], "patterns": ["pink elephant"]})
    (folder / "phrases.json").write_text(json.dumps(phrases))
    shadow = load_rules(folder)
    assert check("a pink elephant", rules=shadow).code == "REQUEST"
    assert not check("a pink elephant").blocked


def test_no_rule_is_a_whole_message_of_the_labelled_ones() -> None:
    """A rule for one message would prove nothing."""
    phrases = json.loads((FOLDER / "phrases.json").read_text())
    for group in phrases["groups"]:
        for pattern in group["patterns"]:
            assert len(pattern.split()) <= 9, pattern
