"""What a scenario found, held against its target."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.machine import description

FOLDER = Path(__file__).parent / "results"


@dataclass
class Figure:
    """One line of the table. `value` is what the target is about; lower is better unless `higher_is_better`."""

    name: str
    value: float
    unit: str
    target: float | None = None
    higher_is_better: bool = False
    detail: dict[str, object] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the target was met; None where there is none."""
        if self.target is None:
            return None
        return self.value >= self.target if self.higher_is_better else self.value <= self.target


def table(figures: Iterable[Figure]) -> str:
    """The figures as text for a terminal."""
    lines = [f"{'':54}{'measured':>12}  {'target':>12}"]
    for figure in figures:
        bound = "" if figure.target is None else f"{'≥' if figure.higher_is_better else '≤'} {figure.target:g}"
        mark = {True: "ok", False: "MISSED", None: ""}[figure.met]
        lines.append(f"{figure.name:54}{figure.value:>12,.1f}  {bound:>12} {figure.unit:8}{mark}")
        if figure.detail:
            lines.append("    " + ", ".join(f"{name} {value}" for name, value in figure.detail.items()))
    return "\n".join(lines)


def write(figures: Iterable[Figure]) -> Path:
    """Writes the figures as JSON; the file's path is returned."""
    FOLDER.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    path = FOLDER / f"{now:%Y%m%dT%H%M%SZ}.json"
    document = {
        "at": now.isoformat(),
        "machine": description(),
        "figures": [{**asdict(figure), "met": figure.met} for figure in figures],
    }
    path.write_text(json.dumps(document, indent=1) + "\n")
    return path
