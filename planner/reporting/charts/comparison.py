"""Runs side by side, drawn as small multiples."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from planner.language.counting import capital
from planner.reporting.charts.multiples import LINES, Lines, lines_chart
from planner.reporting.run.read import Run, as_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["comparison_drawings", "runs_apart"]

MOST = 12  # panels


def comparison_drawings(run: Run) -> Iterator[tuple[str, Callable[[], Figure]]]:
    """What can be drawn of a run of ``planner compare``, by the name of its file; a diagnosis is left out.

    Args:
        run: any run.
    """
    if "paths" not in run.tables or "runs" not in run.tables:
        return
    rows = list(run.table("runs").records())
    shown = [row["run"] for row in rows if row["diagnosis"] != "yes" and row["value"]][:LINES]
    panels = [one for one in runs_apart(run, MOST, shown) if len(one.periods) > 1]
    if shown and panels:
        below = sum(row["diagnosis"] == "yes" for row in rows)
        left = f"; {below} with households below the base level are diagnoses and left out" if below else ""
        title = f"Runs side by side{left}; shown is where they differ most"
        yield "comparison", partial(lines_chart, title, run.source_line(), panels, shown)


def runs_apart(run: Run, count: int, names: list[str] | None = None) -> list[Lines]:
    """What is followed and lies farthest apart between runs.

    Args:
        run: of ``planner compare``.
        count: how many.
        names: of the runs; ``None`` for all.
    """
    names = run.table("runs").column("run") if names is None else names
    rows = list(run.table("paths").records())
    value = {
        (row["run"], row["kind"], row["measure"], row["item"], row["period"]): as_number(row["value"]) for row in rows
    }
    played = {row["run"] for row in rows if row["kind"] == "executed"}  # and drawn as it is played
    units = {(row["measure"], row["item"]): row["unit"] for row in rows if row["run"] in names}
    periods = sorted({row["period"] for row in rows})
    found = []
    for (measure, item), unit in units.items():

        def series(kind: str, among: list[str], cell: tuple[str, str] = (measure, item)) -> tuple[float, ...]:
            seen = [[value.get((name, kind, *cell, period), math.nan) for name in among] for period in periods]
            return tuple(next((at for at in some if not math.isnan(at)), math.nan) for some in seen)

        found.append(
            Lines(
                capital(run.names.target(measure, item)),
                unit.replace("level, base period = 1", "base = 1"),
                tuple(periods),
                tuple(series("executed" if name in played else "feasible", [name]) for name in names),
                series("produced", names),
                series("official", names),
            )
        )
    return sorted(found, key=lambda line: -line.apart)[:count]
