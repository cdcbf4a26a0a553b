"""Token buckets: a burst at once, then as fast as they fill."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import TooMany
from app.domain.rates import FORGET_ABOVE, TokenBuckets


class Tick:
    """A monotonic clock that the test moves, in seconds."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_the_next_waits() -> None:
    """# R13"""
    buckets = TokenBuckets(burst=3, per_second=2, tick=Tick())
    assert [buckets.wait_for("budi") for _ in range(4)] == [0, 0, 0, 0.5]


def test_after_the_wait_that_was_named_there_is_a_token() -> None:
    """# R13"""
    tick = Tick()
    buckets = TokenBuckets(burst=1, per_second=0.25, tick=tick)
    buckets.take("budi")
    with pytest.raises(TooMany) as refused:
        buckets.take("budi")
    assert refused.value.retry_after == 4
    tick.now += refused.value.retry_after
    buckets.take("budi")


def test_people_do_not_take_each_others_tokens() -> None:
    """# R13"""
    buckets = TokenBuckets(burst=1, per_second=1, tick=Tick())
    buckets.take("budi")
    buckets.take("sari")


def test_a_refusal_costs_nothing() -> None:
    """# R13"""
    tick = Tick()
    buckets = TokenBuckets(burst=1, per_second=1, tick=tick)
    buckets.take("budi")
    for _ in range(10):
        assert buckets.wait_for("budi") == 1
    tick.now += 1
    buckets.take("budi")


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    """# R13"""
    tick = Tick()
    buckets = TokenBuckets(burst=2, per_second=10, tick=tick)
    buckets.take("budi")
    tick.now += 3_600
    assert [buckets.wait_for("budi") for _ in range(3)] == [0, 0, 0.1]


def test_full_buckets_are_forgotten_and_empty_ones_are_not() -> None:
    """# R13"""
    tick = Tick()
    buckets = TokenBuckets(burst=1, per_second=1, tick=tick)
    for number in range(FORGET_ABOVE):
        buckets.take(f"guest {number}")
    tick.now += 0.5
    buckets.take("budi")
    tick.now += 0.5
    buckets.take("sari")
    assert buckets.wait_for("budi") == 0.5
    assert buckets.wait_for("guest 0") == 0


@given(
    burst=st.integers(1, 5),
    per_second=st.sampled_from([0.5, 1.0, 4.0]),
    pauses=st.lists(st.integers(0, 12).map(lambda quarters: quarters / 4), max_size=40),
)
def test_no_more_pass_than_the_burst_and_what_has_filled_since(
    burst: int, per_second: float, pauses: list[float]
) -> None:
    """# R13"""
    tick = Tick()
    buckets = TokenBuckets(burst, per_second, tick)
    passed = 0
    for pause in pauses:
        tick.now += pause
        passed += buckets.wait_for("budi") == 0
        assert passed <= burst + (tick.now - 1_000) * per_second
