"""What looks for a private number finds it in every form, and nothing else."""

from __future__ import annotations

import base64

import pytest

from tests.support.leaks import Secret

SECRET = Secret("731099244821", shown=4)


@pytest.mark.parametrize(
    "written", ["731099244821", "7310 9924 4821", "7-3-1-0-9-9-2", "x9924482x", "a,9,2,4,4,8,2,1,b"]
)
def test_it_is_found_plain_and_parted(written: str) -> None:
    """# R18"""
    assert SECRET.is_in(written)


@pytest.mark.parametrize("before", ["", "a", "ab", '{"number":"'])
def test_it_is_found_in_base64_wherever_it_begins(before: str) -> None:
    """# R18"""
    assert SECRET.is_in(base64.b64encode(f'{before}731099244821"}}'.encode()))


@pytest.mark.parametrize("text", ["BCA •••• 4821", "at 7:31 on 09 September", "7\n3\n1\n0\n9\n9\n2", "T07:31:09.9"])
def test_what_is_shown_on_purpose_and_other_numbers_are_not_it(text: str) -> None:
    """# R18"""
    assert not SECRET.is_in(text)
