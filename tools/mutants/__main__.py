"""Each mutant is a copy of the checkout with one place changed, on which the tests that guard that place are run. They
must fail there, and must pass on the copy as it is. Ends with status 1 when a mutant survives, or fits nowhere now.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .table import MUTANTS, ROOT, Mutant

#: Not part of what is changed: used from the checkout itself.
BORROWED = (".venv", "node_modules")
LEFT_OUT = shutil.ignore_patterns(".git", "instance", ".stamps", "__pycache__", ".*_cache", *BORROWED)
LONGEST_SECONDS = 300


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of the checkout that may be broken."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT, symlinks=True)
        for name in BORROWED:
            (copy / name).symlink_to(ROOT / name)
        yield copy


def passes(mutant: Mutant, copy: Path) -> bool:
    """Whether the mutant's tests pass on the copy as it is now."""
    if mutant.preparation:
        subprocess.run(mutant.preparation, cwd=copy, capture_output=True, timeout=LONGEST_SECONDS, check=True)
    run = subprocess.run(mutant.command, cwd=copy, capture_output=True, timeout=LONGEST_SECONDS, check=False)
    return run.returncode == 0


def verdict(mutant: Mutant, copy: Path) -> str:
    """What became of it; empty when all is as it should be."""
    place = copy / mutant.path
    whole = place.read_text()
    if whole.count(mutant.whole) != 1:
        return f"fits {whole.count(mutant.whole)} places in {mutant.path}"
    if not passes(mutant, copy):
        return "its tests fail without it"
    place.write_text(whole.replace(mutant.whole, mutant.broken))
    try:
        return "SURVIVED" if passes(mutant, copy) else ""
    finally:
        place.write_text(whole)


def main() -> int:
    """Tries every mutant, or those whose names hold a word of the command line."""
    wanted = [mutant for mutant in MUTANTS if all(word in mutant.name for word in sys.argv[1:])]
    failures = 0
    with copied() as copy:
        for mutant in wanted:
            began = time.monotonic()
            fault = verdict(mutant, copy)
            failures += bool(fault)
            print(f"{fault or 'noticed':>12}  {mutant.name} ({time.monotonic() - began:.0f} s)", flush=True)
    print(f"{len(wanted) - failures} of {len(wanted)} were noticed")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
