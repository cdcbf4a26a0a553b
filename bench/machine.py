"""The machine that is measured on: which core the server has, which the load, and what a process holds resident."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE = CORES[0]
LOAD_CORE = CORES[-1]


def pinned(core: int) -> list[str]:
    """The words before a command that keep it on one core."""
    return ["taskset", "--cpu-list", str(core)]


def resident_kb(pid: int) -> int:
    """KB of a process that only it holds or its share of what it shares, as the kernel counts (Pss)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    assert found, rollup
    return int(found.group(1))


def cpu_seconds(pid: int) -> float:
    """Seconds that a process has spent on a core so far, in user code and in the kernel."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """The processes that `pid` has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def description() -> dict[str, object]:
    """What a reader of the figures must know of the machine."""
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return {
        "cpu": model.group(1) if model else platform.machine(),
        "cores": len(CORES),
        "python": platform.python_version(),
        "system": platform.platform(),
        "loadBefore": os.getloadavg()[0],
    }
