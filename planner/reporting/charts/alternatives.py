"""Whole plans near the best, drawn side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from planner.language.counting import capital
from planner.reporting.charts.multiples import Lines, lines_chart
from planner.reporting.run.read import Run, as_number
from planner.reporting.tables.alternatives import called

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["alternatives_drawings", "most_apart"]

MOST = 12  # panels


def alternatives_drawings(run: Run) -> Iterator[tuple[str, Callable[[], Figure]]]:
    """What can be drawn of a run of ``planner near-optimal --plans``, by the name of its file.

    Args:
        run: any run.
    """
    if "alternative_paths" not in run.tables:
        return
    plans = list(run.table("alternatives").records())
    labels = [
        f"{row['number']} {called(row['measure'], row['item'], row['period'], row['end'], run.names)}" for row in plans
    ]
    title = f"{len(plans)} plans to the same figures; shown are the outputs in which they differ most"
    yield "alternatives", partial(lines_chart, title, run.source_line(), most_apart(run, MOST), labels)


def most_apart(run: Run, count: int) -> list[Lines]:
    """Outputs in which the plans of a run lie farthest apart.

    Args:
        run: of ``planner near-optimal --plans``.
        count: how many.
    """
    found = []
    table = run.table("alternative_paths")
    numbers = list(dict.fromkeys(table.column("number")))
    for product in dict.fromkeys(table.column("product")):
        own = table.where(product=product)
        by_plan = [own.where(number=number).numbers("feasible") for number in numbers]
        first = list(own.where(number=numbers[0]).records())
        name = capital(run.names.target("consumption" if product == "*" else "output", product))
        actual, official = (tuple(as_number(row[key]) for row in first) for key in ("actual", "official"))
        periods = tuple(row["period"] for row in first)
        unit = first[0]["unit"].replace("level, base period = 1", "base = 1")
        found.append(Lines(name, unit, periods, tuple(map(tuple, by_plan)), actual, official))
    return sorted(found, key=lambda line: -line.apart)[:count]
