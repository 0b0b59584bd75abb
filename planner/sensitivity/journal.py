"""Draws written down as they come, so that a run that was broken off goes on where it stopped."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from planner.sensitivity.draws import Draw

__all__ = ["Journal"]


@dataclass(frozen=True)
class Journal:
    """A file of draws beside the run folder: a line of JSON for each draw of each question.

    Args:
        path: where it lies. key: fingerprint of what is drawn; a file with another key is begun anew.
    """

    path: Path
    key: str

    def read(self) -> dict[tuple[str, int], Draw]:
        """Draws known, by plan and number. A line cut short, the last one of a run broken off, is left out."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except OSError:
            return {}
        if not lines or _parsed(lines[0]) != [self.key]:
            return {}
        known = {}
        for line in lines[1:]:
            cells = _parsed(line)
            if cells is not None and len(cells) == 5:
                plan, number, status, value, shares = cells
                known[plan, number] = Draw(number, status, _number(value), tuple(map(_number, shares)))
        return known

    def begin(self, known: dict[tuple[str, int], Draw]) -> None:
        """Start the file with what is known already, without a torn end; there is none before the first draw."""
        self.path.unlink(missing_ok=True)
        for plan in dict.fromkeys(plan for plan, _ in known):
            self.add(plan, [draw for (of, _), draw in known.items() if of == plan])

    def add(self, plan: str, draws: Iterable[Draw]) -> None:
        """Write draws of a plan behind what is there."""
        lines = [
            json.dumps([plan, draw.number, draw.status, _cell(draw.value), [_cell(share) for share in draw.shares]])
            for draw in draws
        ]
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lines.insert(0, json.dumps([self.key]))
        with self.path.open("a", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))


def _parsed(line: str) -> list | None:  # type: ignore[type-arg]
    try:
        cells = json.loads(line)
    except ValueError:
        return None
    return cells if isinstance(cells, list) else None


def _cell(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _number(cell: float | None) -> float:
    return float("nan") if cell is None else float(cell)
