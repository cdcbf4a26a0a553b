"""Make the two sounds of static/sounds: `python tools/artwork/sounds.py [folder]`.

`request.wav` rings twice on two notes a fourth apart, like a struck bar, and carries through a noisy room on a small
speaker, which gives little below 500 Hz. `message.wav` is a short, soft blip on the same two notes.
"""

import math
import struct
import sys
import wave
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RATE = 22_050  # samples a second
MAX_BYTES = 60 * 1024
E5, A5 = 659.26, 880.0  # Hz

# Overtone, loudness, and how much faster than the ground note it fades. 3.9 and 9.2 are roughly those of a wooden bar.
BAR = ((1.0, 1.0, 1.0), (2.0, 0.55, 1.4), (3.9, 0.30, 2.6), (9.2, 0.06, 7.0))
SOFT = ((1.0, 1.0, 1.0), (2.0, 0.18, 1.8))

Timbre = tuple[tuple[float, float, float], ...]


def note(frequency: float, start: float, half_life: float, timbre: Timbre) -> Callable[[float], float]:
    """Return the loudness at a time in seconds of a note struck at `start`, halving every `half_life` seconds."""

    def at(time: float) -> float:
        since = time - start
        if since < 0:
            return 0.0
        attack = min(1.0, since / 0.004)  # 4 ms, short enough to sound struck, long enough not to click
        return attack * math.fsum(
            loudness * 0.5 ** (since * fading / half_life) * math.sin(2 * math.pi * frequency * overtone * since)
            for overtone, loudness, fading in timbre
        )

    return at


def render(notes: list[Callable[[float], float]], seconds: float, peak: float) -> bytes:
    """Return the notes as 16-bit samples whose loudest one is `peak` of full scale, faded out over the last 60 ms."""
    times = [index / RATE for index in range(int(seconds * RATE))]
    # tanh presses the peaks down, so that the whole ring comes out louder at the same height.
    mixed = [math.tanh(1.3 * sum(play(time) for play in notes)) * min(1.0, (seconds - time) / 0.06) for time in times]
    scale = 32_767 * peak / max(abs(value) for value in mixed)
    return struct.pack(f"<{len(mixed)}h", *(round(value * scale) for value in mixed))


def write(target: Path, samples: bytes) -> None:
    """Write one mono file; stop when it outgrew its limit."""
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples)
    if target.stat().st_size > MAX_BYTES:
        raise SystemExit(f"{target.name} is {target.stat().st_size} bytes, more than {MAX_BYTES}.")


def main() -> None:
    """Write both sounds."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "static" / "sounds"
    folder.mkdir(parents=True, exist_ok=True)
    ring = [note(E5, 0, 0.16, BAR), note(A5, 0.2, 0.18, BAR), note(E5, 0.56, 0.16, BAR), note(A5, 0.76, 0.2, BAR)]
    write(folder / "request.wav", render(ring, 1.2, 0.95))
    write(folder / "message.wav", render([note(E5, 0, 0.05, SOFT), note(A5, 0.055, 0.05, SOFT)], 0.26, 0.4))


if __name__ == "__main__":
    main()
