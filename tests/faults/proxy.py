"""A TCP proxy on loopback that is as bad a network as one asks for, while connections are open."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Self, TypeVar

from tests.faults.frames import FrameFilter, is_events
from tests.support.processes import free_port

T = TypeVar("T")

CHUNK = 64 * 1024
LINGER_ZERO = struct.pack("ii", 1, 0)
#: Turns of the loop from a connection's being accepted to its reaching `FaultProxy`, and one to spare.
TURNS_OF_AN_ARRIVAL = 5


@dataclass(frozen=True)
class Weather:
    """How the network is. Times in seconds, sizes in bytes; every field holds for bytes that come from now on."""

    delay: float = 0.0
    jitter: float = 0.0
    slice: int = CHUNK
    bytes_per_second: float | None = None
    #: Nothing moves in either direction; new connections are accepted. What was sent arrives when it is over.
    black_hole: bool = False
    #: New connections are reset.
    refuse: bool = False
    #: Requests reach the server, but nothing of what it says comes back; the connection is reset after it spoke.
    drop_answers: bool = False
    #: Frames with events vanish, all others arrive.
    drop_events: bool = False


class FaultProxy:
    """Stands before a server on `port`. Changes of its weather may come from any thread."""

    def __init__(self, port: int, seed: int = 0) -> None:
        self._target = port
        self.port = free_port()
        self.weather = Weather()
        self._rng = Random(seed)
        self._loop = asyncio.new_event_loop()
        self._changed = asyncio.Event()
        self._connections: set[_Connection] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault-proxy", daemon=True)
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The address to use instead of the server's."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def open_connections(self) -> int:
        """How many are open now."""
        return len(self._connections)

    def change(self, **weather: Any) -> None:
        """Changes what is named, at once and for open connections too."""
        self._call(self._change(replace(self.weather, **weather)))

    def clear(self) -> None:
        """Fine weather again."""
        self._call(self._change(Weather()))

    def reset(self) -> int:
        """Resets every open connection; how many there were."""
        return self._call(self._reset())

    def cut_in_mid_frame(self) -> None:
        """The next thing the server says on each open connection arrives by half, and then the connection is reset."""
        self._call(self._arm())

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._call(asyncio.start_server(self._accept, "127.0.0.1", self.port))
        return self

    def __exit__(self, *_: object) -> None:
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _change(self, weather: Weather) -> None:
        self.weather = weather
        self._changed.set()
        self._changed = asyncio.Event()

    async def _reset(self) -> int:
        victims = list(self._connections)
        for connection in victims:
            connection.reset()
        return len(victims)

    async def _arm(self) -> None:
        for connection in self._connections:
            connection.cuts_next = True

    async def _close(self) -> None:
        assert self._server is not None
        for door in self._server.sockets:
            self._loop.remove_reader(door.fileno())
        # Who was accepted just now is still on the way here: with the server closed, or with the task of the arrival
        # cancelled, nobody would close that socket.
        for _ in range(TURNS_OF_AN_ARRIVAL):
            await asyncio.sleep(0)
        self._server.close()
        await self._reset()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)  # an aborted connection is closed at the loop's next turn

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.weather.refuse:
            _reset(writer)
            return
        try:
            await self.fair()
            upstream = await asyncio.open_connection("127.0.0.1", self._target)
        except (OSError, asyncio.CancelledError):
            _reset(writer)
            return
        connection = _Connection(self, (reader, writer), upstream)
        self._connections.add(connection)
        try:
            await connection.serve()
        finally:
            self._connections.discard(connection)

    async def fair(self) -> None:
        """Waits while nothing moves."""
        while self.weather.black_hole:
            await self._changed.wait()

    async def travel(self, size: int) -> None:
        """Waits as long as so many bytes are on their way."""
        weather = self.weather
        seconds = weather.delay + self._rng.random() * weather.jitter
        if weather.bytes_per_second:
            seconds += size / weather.bytes_per_second
        if seconds:
            await asyncio.sleep(seconds)
        await self.fair()


class _Connection:
    def __init__(
        self,
        proxy: FaultProxy,
        client: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        self._proxy = proxy
        self._client, self._server = client, server
        self._filter = FrameFilter(lambda payload: not (proxy.weather.drop_events and is_events(payload)))
        self.cuts_next = False

    async def serve(self) -> None:
        """Runs until both sides have said all, or one is cut."""
        try:
            await asyncio.gather(self._upwards(), self._downwards())
        except (OSError, asyncio.CancelledError):
            self.reset()
        else:
            # Not a reset: what was said last is still on its way out.
            for _, writer in (self._client, self._server):
                writer.close()

    def reset(self) -> None:
        """Both sides see a reset."""
        _reset(self._client[1])
        _reset(self._server[1])

    async def _upwards(self) -> None:
        reader, writer = self._client[0], self._server[1]
        while data := await reader.read(self._proxy.weather.slice):
            await self._proxy.travel(len(data))
            writer.write(data)
            await writer.drain()
        _finish(writer)

    async def _downwards(self) -> None:
        reader, writer = self._server[0], self._client[1]
        while data := await reader.read(self._proxy.weather.slice):
            await self._proxy.travel(len(data))
            if self._proxy.weather.drop_answers:
                raise ConnectionResetError("its answer was lost")
            data = self._filter.feed(data)
            if self.cuts_next and data:
                writer.write(data[: max(1, len(data) // 2)])
                await writer.drain()
                raise ConnectionResetError("cut in the middle")
            writer.write(data)
            await writer.drain()
        _finish(writer)


def _finish(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, RuntimeError):
        writer.write_eof()


def _reset(writer: asyncio.StreamWriter) -> None:
    sock: socket.socket | None = writer.get_extra_info("socket")
    if sock is not None and sock.fileno() >= 0:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_ZERO)
    writer.transport.abort()
