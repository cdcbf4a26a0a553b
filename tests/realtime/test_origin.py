"""Pages of other sites may not open the socket with the visitor's cookie."""

from __future__ import annotations

import pytest

from tests.support.cast import Cast
from tests.support.server import Server
from tests.support.socket import Refused, Socket

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "http://127.0.0.1:{port}.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "cross-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_socket_from_another_site_is_refused_before_the_upgrade(
    cast: Cast, server: Server, headers: dict[str, str]
) -> None:
    """# R20"""
    filled = {name: value.format(port=server.port) for name, value in headers.items()}
    with pytest.raises(Refused) as refusal:
        Socket(server.url, cast.budi.api.cookie, headers=filled)
    assert refusal.value.status == 403
    assert "cross_site" in str(refusal.value)


@pytest.mark.parametrize("headers", [{"Origin": "http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"}, {}])
def test_our_own_pages_and_programs_without_a_browser_get_in(
    cast: Cast, server: Server, headers: dict[str, str]
) -> None:
    """# R20"""
    filled = {name: value.format(port=server.port) for name, value in headers.items()}
    with Socket(server.url, cast.budi.api.cookie, headers=filled) as device:
        assert device.hello()["type"] == "welcome"
