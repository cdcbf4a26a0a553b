"""A real gunicorn of ours on a free port, with a database of its own, that can be killed and come back."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tests.support.databases import ROOT, environment
from tests.support.processes import free_port, kill_group, spawn
from tests.support.waiting import until

GUNICORN_SETTINGS = "deploy/gunicorn.conf.py"
#: A server's prefix with which it gets the processor when nobody else wants it. Where a page's own speed is measured it
#: must not lose time to the server: a phone has a processor of its own.
BEHIND = ("nice", "-n", "19")


class Server:
    """One installation: a folder, a database, a port, and the process that serves them, when it runs."""

    #: The checkout that is served.
    root = ROOT

    def __init__(self, home: Path, database_url: str, prefix: Sequence[str] = (), **settings: str) -> None:
        """`prefix` goes before the command, as `taskset` does; `settings` are environment variables."""
        self.port = free_port()
        self.home = home
        self._prefix = prefix
        self.database_url = database_url
        self.log = home / "server.log"
        self.env = environment(DATABASE_URL=database_url, PORT=str(self.port), WEB_CONCURRENCY="1", **settings)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of the site, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The pid of gunicorn's arbiter, which leads the group of its workers."""
        assert self._process is not None, "the server is not running"
        return self._process.pid

    def launch(self) -> Self:
        """Starts gunicorn and returns at once; it may not answer yet."""
        assert self._process is None, "the server is running already"
        command = [*self._prefix, sys.executable, "-m", "gunicorn", "-c", GUNICORN_SETTINGS, "wsgi:app"]
        self._process = spawn(command, log=self.log, env=self.env, cwd=self.root)
        return self

    def start(self, within: float = 20.0) -> Self:
        """Starts gunicorn and returns when /readyz answers 200, at most `within` seconds later."""
        self.launch()
        try:
            until(self._is_ready, f"an answer from {self.url}/readyz", within)
        except AssertionError as error:
            self.kill9()
            raise AssertionError(f"{error}\n{self.logs()[-4000:]}") from None
        return self

    def stop(self, within: float = 20.0) -> float:
        """Ends it by SIGTERM, as a deploy does; returns the seconds it took to exit."""
        began = time.monotonic()
        self.terminate()
        self.wait(within)
        return time.monotonic() - began

    def terminate(self) -> None:
        """Sends SIGTERM and returns at once."""
        os.kill(self.pid, signal.SIGTERM)

    def wait(self, within: float = 20.0) -> None:
        """Returns when it has exited; raises TimeoutExpired after `within` seconds."""
        assert self._process is not None, "the server is not running"
        self._process.wait(within)
        self.kill9()

    def kill9(self) -> None:
        """SIGKILL to arbiter and workers at once: no handler runs, nothing is flushed."""
        process, self._process = self._process, None
        if process is not None:
            kill_group(process)

    def restart(self) -> None:
        """Stops it where it runs, then starts it on the same port and data."""
        self.stop()
        self.start()

    def logs(self) -> str:
        """Everything that it has written to stdout and stderr since it was made."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill9()

    def _is_ready(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"gunicorn ended with status {self._process.returncode}")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()
