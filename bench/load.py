"""The orchestrator's end of the load: a child process on its own core that is led step by step."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Self

from bench.machine import LOAD_CORE, pinned
from tests.support.databases import ROOT


class Load:
    """One scenario of `bench.generator`, running."""

    def __init__(self, scenario: str, **arguments: object) -> None:
        self._process = subprocess.Popen(
            [*pinned(LOAD_CORE), sys.executable, "-m", "bench.generator", scenario, json.dumps(arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip

    def found(self) -> dict[str, Any]:
        """What the load has found at its next step; it waits there until `go_on`."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the load ended with status {self._process.wait()}")
        step: dict[str, Any] = json.loads(line)
        return step

    def go_on(self) -> None:
        """Lets the load take its next step."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
