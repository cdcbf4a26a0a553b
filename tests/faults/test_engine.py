"""The shipped client engine against the real server, on a network that does everything a network can do."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import engine_run
from tests.faults.engine_run import Party
from tests.faults.proxy import FaultProxy
from tests.support.cast import Cast
from tests.support.databases import Databases
from tests.support.server import Server

NO_LIMITS = {"RATE_MESSAGE_BURST": "100000", "RATE_MESSAGES_PER_SECOND": "10000"}
SEED = int(os.environ.get("TENANG_SEED", random.randrange(10**6)))
MESSAGES = int(os.environ.get("TENANG_MESSAGES", "240"))


@pytest.fixture(scope="module")
def engine_server(sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that lets one person send as much as a whole town."""
    engine_run.build()
    home = tmp_path_factory.mktemp("engine")
    with Server(home, sqlite_databases.fresh(home), **NO_LIMITS) as running:
        yield running


def test_nothing_is_lost_doubled_or_out_of_order_in_any_weather(engine_server: Server, tmp_path: Path) -> None:
    """# R13 # R14 # R20 # R21"""
    print(f"\nTENANG_SEED={SEED} TENANG_MESSAGES={MESSAGES}")
    devices = Party(Cast(engine_server.url), customers=max(3, MESSAGES // 1500)).devices(MESSAGES)
    with FaultProxy(engine_server.port, SEED) as proxy:
        verdict = engine_run.run(proxy, devices, tmp_path, SEED, kills=0.03)
    print(f"{verdict.acknowledged} acknowledged through {verdict.troubles} troubles")
    assert not verdict.problems(), "\n".join(verdict.problems()[:40])
    assert verdict.acknowledged == MESSAGES
