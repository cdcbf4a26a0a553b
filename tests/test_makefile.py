"""What make builds anew: the client, after a change of anything that it is built from."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def make_variable(name: str) -> set[str]:
    """The words of a variable, as make itself sees them."""
    done = subprocess.run(
        ["make", "--no-print-directory", "--eval", f"show:;@echo $({name})", "show"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.split())


def test_the_client_is_built_anew_after_a_change_of_any_file_that_its_build_reads() -> None:
    """# R43"""
    config = (ROOT / "vite.config.ts").read_text()
    named = {word for word in re.findall(r'"([\w./-]+)"', config) if (ROOT / word).is_file()}
    assert "templates/shell.html" in named
    assert named <= make_variable("CLIENT_SOURCES")
