"""A session that ends takes its sockets with it."""

from __future__ import annotations

import pytest

from tests.support.api import Problem
from tests.support.cast import Cast


def test_signing_out_closes_all_sockets_of_that_session_with_4001(cast: Cast) -> None:
    """# R20"""
    komang = cast.account("komang@demo.test")
    with komang.socket() as phone, komang.socket() as second_tab:
        komang.api.sign_out()
        assert phone.close_code().code == 4001
        assert second_tab.close_code().code == 4001


def test_signing_out_leaves_the_persons_other_sessions_connected(cast: Cast) -> None:
    """# R20"""
    here, there = cast.account("komang@demo.test"), cast.account("komang@demo.test")
    with there.socket() as device:
        here.api.sign_out()
        device.send(type="ping", t=1)
        assert device.frame_of("pong")["t"] == 1


def test_signing_out_ends_a_poll_that_waits(cast: Cast) -> None:
    """# R20"""
    komang = cast.account("komang@demo.test")
    cookie, cursor = dict(komang.api.cookies), komang.api.cursor()
    # Sent whole before the other request begins: a server takes them in that order.
    held, content = komang.api.open("GET", f"/api/events?after={cursor}&wait=20", within=10)
    held.send(content)
    komang.api.at(cast.url).sign_out()
    answer = komang.api.answer_on(held)
    held.close()
    assert (answer.status, answer.body["events"]) == (200, [])
    komang.api.cookies = cookie
    with pytest.raises(Problem, match="sign_in_required"):
        komang.api.poll(cursor)


def test_a_session_that_has_ended_opens_a_socket_of_nobody(cast: Cast) -> None:
    """# R20"""
    komang = cast.account("komang@demo.test")
    cookie = dict(komang.api.cookies)
    komang.api.sign_out()
    komang.api.cookies = cookie
    with pytest.raises(Problem, match="sign_in_required"):
        komang.api.poll("0")
    with komang.socket(after="0") as device:
        assert device.caught_up() == []
