"""Limits by address are counted in Redis, for all workers together; without it each worker counts for itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.conftest import missing
from tests.domain.databases import SqliteFile
from tests.support import services
from tests.web.device import Answer
from tests.web.house import House, built


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> SqliteFile:
    """A database of these tests' own."""
    return SqliteFile(tmp_path_factory.mktemp("redis"))


@contextmanager
def worker(file: SqliteFile, redis_url: str) -> Iterator[House]:
    """One of several workers, which together let two new guests in."""
    with built(file.url, RATE_GUESTS="2 per hour", REDIS_URL=redis_url) as house:
        yield house


@contextmanager
def redis(kind: str) -> Iterator[str]:
    """A Redis that only this test uses."""
    if services.redis_program() is None:
        missing("Redis")
    with services.redis(over_a_file=kind == "unix") as url:
        assert url.startswith(f"{kind}://")
        yield url


def guest(house: House) -> Answer:
    return house.device().post("/api/session/guest", {"displayName": "Wati"})


@pytest.mark.parametrize("kind", ["redis", "unix"])
def test_workers_with_redis_count_together_and_each_for_itself_when_it_dies(file: SqliteFile, kind: str) -> None:
    """Too lenient for a while is better than closed. # R10 # R43"""
    with redis(kind) as url:
        with worker(file, url) as one:
            assert [guest(one).status for _ in range(2)] == [201, 201]
        with worker(file, url) as another:
            assert guest(another).refusal == (429, "too_many_requests")
    with worker(file, url) as left_alone:
        assert [guest(left_alone).status for _ in range(3)] == [201, 201, 429]


def test_a_redis_that_dies_while_it_counts_closes_no_door(file: SqliteFile) -> None:
    """# R10"""
    with ExitStack() as alive:
        url = alive.enter_context(redis("redis"))
        with worker(file, url) as house:
            assert guest(house).status == 201
            alive.close()
            assert guest(house).status == 201
