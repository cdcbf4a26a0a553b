"""A network that changes its mind, by a seed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from random import Random
from typing import Self

from tests.faults.proxy import FaultProxy

Trouble = Callable[[FaultProxy, Random], None]

#: What goes wrong, and for how long at most, in seconds.
TROUBLES: dict[str, tuple[Trouble, float]] = {
    "slow": (lambda proxy, rng: proxy.change(delay=rng.uniform(0.05, 0.4), jitter=0.2), 2.0),
    "sliced": (lambda proxy, rng: proxy.change(slice=rng.randrange(1, 40), jitter=0.003), 1.0),
    "thin": (lambda proxy, rng: proxy.change(bytes_per_second=rng.uniform(5_000, 40_000)), 2.0),
    "reset": (lambda proxy, rng: _forget(proxy.reset()), 0.3),
    "cut": (lambda proxy, rng: proxy.cut_in_mid_frame(), 0.5),
    "dark": (lambda proxy, rng: proxy.change(black_hole=True), 3.0),
    "refused": (lambda proxy, rng: proxy.change(refuse=True), 1.5),
    "answers lost": (lambda proxy, rng: proxy.change(drop_answers=True), 1.0),
    "events lost": (lambda proxy, rng: proxy.change(drop_events=True), 1.0),
}
CALM_SECONDS = 0.8


def _forget(_: object) -> None:
    """A trouble gives nothing back."""


class RandomWeather:
    """Changes the proxy's weather until the end of the block, and leaves it fine."""

    def __init__(self, proxy: FaultProxy, seed: int) -> None:
        self._proxy, self._rng = proxy, Random(seed)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="weather", daemon=True)
        self.had: list[str] = []

    def _run(self) -> None:
        while not self._over.wait(self._rng.uniform(0.05, CALM_SECONDS)):
            name = self._rng.choice(list(TROUBLES))
            trouble, longest = TROUBLES[name]
            self.had.append(name)
            trouble(self._proxy, self._rng)
            self._over.wait(self._rng.uniform(0.05, longest))
            self._proxy.clear()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._proxy.clear()
