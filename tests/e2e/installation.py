"""A browser with its profile on the disk, which can be closed, killed and started again."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Playwright

from tests.e2e.browser import FLAGS, program
from tests.e2e.device import LOST_REQUEST, LOST_SOCKET, Device, options_of
from tests.support.waiting import until

#: Reading a profile that was not closed properly takes a browser a moment.
OPENS_WITHIN_MS = 20_000
#: A browser writes localStorage down when it finds the time, and the less other work there is, the sooner.
WRITES_WITHIN_SECONDS = 60


class Installation:
    """One browser of one person, on whose disk things stay."""

    def __init__(self, playwright: Playwright, home: Path, url: str) -> None:
        self._playwright, self.home, self._url = playwright, home, url
        self.device: Device | None = None

    def start(self, **options: Any) -> Device:  # what Playwright's launch_persistent_context takes
        """Starts the browser."""
        context = self._playwright.chromium.launch_persistent_context(
            self.home,
            **{
                "executable_path": program(), "args": FLAGS, **options_of(self._url, "en"), **options,
            },
        )  # fmt: skip
        self.device = Device.of(context, context.pages[0], self._url, "en")
        context.set_default_navigation_timeout(OPENS_WITHIN_MS)
        self.device.expects(LOST_REQUEST, LOST_SOCKET)
        return self.device

    def start_at(self, path: str) -> Device:
        """Starts the browser and opens the app."""
        device = self.start()
        device.goto(path)
        return device

    def close(self) -> None:
        """Closes it as a person does."""
        if self.device:
            self.device.context.close()
        self.device = None

    def kill9(self) -> None:
        """SIGKILL to every process of this browser: what it had not written to its profile is lost."""
        for pid in self._pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.device:
            with contextlib.suppress(PlaywrightError):
                self.device.context.close()
        self.device = None
        until(lambda: not self._pids(), "the browser is gone")

    def has_on_disk(self, text: str) -> bool:
        """Whether the browser has written this down, in its localStorage."""
        store = self.home / "Default" / "Local Storage" / "leveldb"
        return any(text.encode() in file.read_bytes() for file in store.glob("*.log"))

    def _pids(self) -> list[int]:
        names = (entry.name for entry in Path("/proc").iterdir())
        return [int(name) for name in names if name.isdecimal() and self._is_ours(int(name))]

    def _is_ours(self, pid: int) -> bool:
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
            return f"--user-data-dir={self.home}".encode() in words
        return False
