"""Each state of the connection, in an open chat over a network that gets worse."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.e2e import steps
from tests.e2e.black_hole import BlackHole
from tests.e2e.device import Device
from tests.e2e.steps import AYU
from tests.faults.proxy import FaultProxy
from tests.support.cast import Cast
from tests.support.server import Server

from .album import Album
from .booking import GUEST, TALK

#: Seconds each way; twice that is a good line, a poor one, and one that is worse and not yet given up.
GOOD = 0.06
SLOW = 0.21
VERY_SLOW = 0.6
LADDER_MS = 30_000


def trouble_the_connection(browser: Browser, server: Server, cast: Cast, album: Album) -> None:
    """`connection-` excellent, good, poor, very slow, limited, reconnecting and offline."""
    with FaultProxy(server.port) as network, BlackHole(network.port, is_hungry=False) as middlebox:
        device = _open_chat(browser, middlebox.url, cast, album)
        _has_quality(device, "excellent")
        album.take(device, "connection-excellent")
        network.change(delay=GOOD)
        _has_quality(device, "good")
        album.take(device, "connection-good")
        network.change(delay=SLOW)
        _waits_for(device, "connection.slow")
        album.take(device, "connection-poor")
        network.change(delay=VERY_SLOW)
        _waits_for(device, "connection.verySlow")
        album.take(device, "connection-very-slow")
        network.clear()
        middlebox.wake()
        _waits_for(device, "connection.polling")
        album.take(device, "connection-limited")
        network.change(refuse=True)
        network.reset()
        middlebox.heal()
        _waits_for(device, "connection.unreachable")
        _waits_for(device, "connection.reconnectingIn")
        album.take(device, "connection-reconnecting")
        device.context.set_offline(True)
        _waits_for(device, "connection.offline")
        album.take(device, "connection-offline")
        device.close()


def _open_chat(browser: Browser, url: str, cast: Cast, album: Album) -> Device:
    """A device in an open chat over a network that works."""
    guest = cast.guest(GUEST)
    booking = cast.ayu.api.act("accept", guest.api.book(cast.form(customerName=GUEST))["bookingId"])
    writers = {"phone": guest, "desk": cast.ayu}
    for writer, text in TALK[:2]:
        writers[writer].api.send(booking["conversationId"], text)
    device = album.device(browser, url)
    device.keep_language()
    if album.size == "phone":
        device.become(guest)
        device.goto(f"/chat/{booking['conversationId']}")
        steps.log_of(device, AYU).wait_for()
    else:
        device.become(cast.ayu)
        steps.go_to_desk(device)
        steps.open_desk_chat(device, GUEST)
    device.carrier("websocket")
    return device


def _waits_for(device: Device, key: str) -> None:
    device.shows(key).wait_for(timeout=LADDER_MS)


def _has_quality(device: Device, quality: str) -> None:
    asked = "(quality) => window.tenang.connection.getStatus().quality === quality"
    device.page.wait_for_function(asked, arg=quality, timeout=LADDER_MS)
