"""Child processes that are always ended by their own pid, and never outlive the test run."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path


def free_port() -> int:
    """A loopback TCP port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def spawn(
    command: Sequence[str], *, log: Path, env: Mapping[str, str], cwd: Path, user: str | None = None
) -> subprocess.Popen[bytes]:
    """A child that leads its own process group and writes to `log`.

    Where the system has `setpriv`, the kernel kills the child when the thread that spawned it is gone,
    so that a test run that is itself killed leaves no server behind.
    """
    leash = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    if leash and user:  # setpriv must change the user itself: the kernel forgets the death signal at a setuid
        leash += [f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        user = None
    with log.open("ab") as output:
        return subprocess.Popen(
            [*leash, *command], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            env=dict(env), cwd=cwd, start_new_session=True, user=user,
        )  # fmt: skip


def end(process: subprocess.Popen[bytes], with_signal: signal.Signals, within: float) -> int:
    """The exit status after `with_signal`; the group is killed if that takes longer than `within` seconds."""
    if process.poll() is None:
        process.send_signal(with_signal)
    try:
        return process.wait(within)
    finally:
        kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the child and everything it started, at once; returns when the child is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # the child leads its group, so its pid is the group's
    process.wait(10)
