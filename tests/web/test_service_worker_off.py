"""The operator's way out when the app's worker is at fault. # R34"""

from __future__ import annotations

from tests.conftest import StartServer
from tests.support.api import Api


def test_switched_off_it_is_answered_with_one_that_undoes_it_and_that_no_cache_keeps(start_server: StartServer) -> None:
    answer = Api(start_server(SERVICE_WORKER="off").url).call("GET", "/service-worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "registration.unregister()" in answer.body
