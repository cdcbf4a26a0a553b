"""How long the contact filter takes to judge a message, on the server and in the browser's engine under Node."""

from __future__ import annotations

import gc
import json
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from app.contact_guard import check
from bench.results import Figure

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "contact_guard" / "cases"
HISTORY = 10
ROUNDS = 3
#: Digits, number words, look-alikes, separators, other scripts, addresses, and phrases that begin again and again.
HOSTILE = (
    *("0812 ", "0 a ", "0", "0 ", "0 8 ", "1 ", "4 5 ", "6 2 8 ", "+62 ", "12.34 ", "08.12 ", "1/2/", "rek 12345 "),
    *("noldelapan", "nol ", "n o l ", f"{'n o l ' * 10}x ", "double 8 ", "dibalik 8 0 "),
    *("o ", "e ", "s s s ", "l0l ", "l1O0", "x1x2", "ab12 ", "\u043e0l", "w\u0430 ", "\u0966"),
    *("- 0 ", "(", "()", " ", "\n"),
    *("@", "@a.b ", "a_b.", "a.b.", "a at b dot ", "http://", "你好", "а б в ", "مرحبا ", "🙂", "1️⃣"),
    *("call me ", "w a ", "wa ", "wa? ", "i n s t a ", "minta nomor wa ", "di app wa ", "don't call me ", "halo kak "),
)
LONG = 100_000
#: A phone that is slowed six times may take 5 ms.
SLOWED = 6


def figures() -> list[Figure]:
    """The slowest hundredth of messages nobody has sent before, behind ten that were judged when they were sent."""
    sent = messages()
    # As the server starts (deploy/gunicorn.conf.py): what is loaded is not looked through for garbage again.
    gc.collect()
    gc.freeze()
    warm = _times(sent, check)
    longest, worst = max((_seconds(partial(check, (piece * LONG)[:LONG])), piece) for piece in HOSTILE)
    cold, node = _node(sent)
    return [
        Figure("contact filter, p99 of a message", _p99(warm), "ms", 1, detail={"median": f"{_median(warm):.3f} ms"}),
        Figure("contact filter, 100,000 hostile characters", longest * 1000, "ms", 50, detail={"slowest": repr(worst)}),
        Figure(
            "contact filter under Node, p99, times 6",
            _p99(node) * SLOWED,
            "ms",
            5,
            detail={"plain": f"{_p99(node):.3f} ms", "before it is compiled": f"{_p99(cold):.3f} ms"},
        ),
    ]


def messages() -> list[str]:
    """Every message of the labelled cases."""
    cases = [json.loads(line) for path in sorted(CASES.glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [text for case in cases for text in case.get("messages", [case.get("text", "")])]


def _times(messages: Sequence[str], judge: Callable[[str, Sequence[str]], object]) -> list[float]:
    times = []
    for turn in range(ROUNDS):
        for place in range(HISTORY, len(messages)):
            recent = messages[place - HISTORY : place]
            for earlier in recent:
                judge(earlier, ())
            # One that was never judged: the filter remembers what it has read.
            text = f"{messages[place]} {'abcdefghij'[turn]}q"
            times.append(_seconds(partial(judge, text, recent)) * 1000)
    return times


def _node(messages: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of the first time round, in which the code is still being compiled, and of a later one."""
    script = ROOT / "client" / "contact-guard" / "cases.mjs"
    answer = subprocess.run(
        ["node", script, "--time"],
        input=json.dumps(list(messages)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    rounds = json.loads(answer.stdout)
    return rounds[0], rounds[-1]


def _seconds(act: Callable[[], object]) -> float:
    began = time.thread_time()
    act()
    return time.thread_time() - began


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _median(times: Sequence[float]) -> float:
    return sorted(times)[len(times) // 2]
