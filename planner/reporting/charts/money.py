"""Money on charts: prices that would sell the goods against those asked, and prices and notes over time."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from planner.economy.schema.accounts import HAPPENED
from planner.reporting.charts.style import ACCENT, INK, MAIN, MUTED, figure, label_end, legend_above, mark, styled
from planner.reporting.run.read import Run, TextTable, as_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["clearing_chart", "money_drawings", "prices_chart"]

_YEAR = re.compile(r"(\d+)(?:-(\d\d)-\d\d)?")
_DATED = ("notes", "other money")  # kinds that are amounts of a day
_COLOURS = (MAIN, ACCENT, MUTED, INK)


def money_drawings(run: Run) -> Iterator[tuple[str, Callable[[], Figure]]]:
    """Charts of a run about money."""
    if "clearing" in run.tables and _cleared(run.table("clearing")):
        yield "clearing", partial(clearing_chart, run.table("clearing"), run.source_line())
    if "price_levels" in run.tables and len(lines_of(run.table("price_levels"))) > 1:
        yield "price_levels", partial(prices_chart, run.table("price_levels"), run.source_line())


@styled
def clearing_chart(table: TextTable, source: str) -> Figure:
    """A line a case: the price that would sell the goods with its range, and the price asked; none where money is not known.

    Args:
        table: ``clearing.csv``.
        source: the line below.
    """
    rows = _cleared(table)
    title = "The price at which households' money would just have bought their goods, and the price asked"
    chart, axes = figure(title, source, body=0.27 * len(rows) + 0.2, left=3.1, top=0.45)
    for y, row in enumerate(rows):
        low, middle, high, asked = (
            as_number(row[key]) for key in ("clearing_low", "clearing", "clearing_high", "price")
        )
        axes.plot([low, high], [y, y], color=MAIN, linewidth=3.2, solid_capstyle="butt")
        axes.plot(middle, y, marker="o", color=MAIN, markersize=5)
        if math.isfinite(asked):
            axes.plot(asked, y, marker="|", color=ACCENT, markersize=12, markeredgewidth=2.4)
        label_end(axes, high, y, f"{middle:.2f}", fontsize=8)
    axes.set_yticks(range(len(rows)), [_case(row) for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, 1.1 * max(as_number(row["clearing_high"]) for row in rows))
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("price level (base period = 1)")
    point = mark("would sell the goods (5 to 95 of 100 draws)", color=MAIN, marker="o", markersize=5, linewidth=3.2)
    tick = mark("planned or asked", color=ACCENT, marker="|", markersize=12, markeredgewidth=2.4, linestyle="")
    legend_above(chart, axes, [point, tick])
    return chart


def _cleared(table: TextTable) -> list[Mapping[str, str]]:
    """Cases of which it is known what price would sell the goods."""
    return [row for row in table.records() if math.isfinite(as_number(row["clearing_high"]))]


def _case(row: Mapping[str, str]) -> str:
    """What a line is about."""
    more = ""
    if row["case"] == "at a level":
        more = f" of {as_number(row['level']):.2f}" + (
            ", hands there were" if row["hands"].startswith("as they were") else ""
        )
    elif row["case"] == "as it was" and row["goods_by"] != "trade":
        more = ", official volume" if row["goods_by"].startswith("official") else ", by level"
    return f"{row['case']}{more}, {row['period']}"


def lines_of(table: TextTable) -> dict[str, list[tuple[float, float]]]:
    """Series that begin in the base period, as multiples of it; notes count from its end, a plan from 1.

    Money of a day stands at that day, money of a period at the end of it.

    Args:
        table: ``price_levels.csv``.
    """
    rows = [(row, at, as_number(row["value"])) for row in table.records() if (at := _time(row["at"])) is not None]
    first = min((at for row, at, _ in rows if row["kind"] == "index asked of households"), default=-math.inf)
    found: dict[str, list[tuple[float, float]]] = {}
    for row, at, value in rows:
        if value <= 0:
            continue
        if row["account"] != HAPPENED and row["kind"] == "index asked of households":
            found.setdefault(f"planned: {row['series']}", [(first, 100.0)]).append((at, value))
        elif row["account"] == HAPPENED and at >= first + (row["kind"] in _DATED and "-" in row["at"]):
            found.setdefault(row["series"], []).append((at, value))
    several = {name: sorted(points) for name, points in found.items() if len(points) > 1}
    begun = {name: points for name, points in several.items() if points[0][0] <= first + 1}
    return {name: [(at, value / points[0][1]) for at, value in points] for name, points in begun.items()}


def _time(text: str) -> float | None:
    found = _YEAR.fullmatch(text)
    return None if found is None else int(found[1]) + (int(found[2] or 1) - 1) / 12


@styled
def prices_chart(table: TextTable, source: str) -> Figure:
    """Indices of prices and money in existence on one scale of ratios.

    Args:
        table: ``price_levels.csv``.
        source: the line below.
    """
    from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

    shown = dict(sorted(lines_of(table).items(), key=lambda line: line[1][-1][1])[-7:])
    title = "Prices and money as found in texts, those of the base period 1, notes of its end"
    chart, axes = figure(title, source, body=3.2, left=0.7, right=2.9)
    styles = ("-", "--", ":")
    ends: list[float] = []
    for at, (name, points) in enumerate(shown.items()):
        colour, dash = _COLOURS[at % len(_COLOURS)], styles[at // len(_COLOURS)]
        axes.plot(*zip(*points, strict=True), color=colour, linestyle=dash, marker="o", markersize=3.5)
        height = math.log(points[-1][1])
        height = max(height, ends[-1] + 0.15) if ends else height
        ends.append(height)
        right = max(other[-1][0] for other in shown.values())
        label_end(axes, right, math.exp(height), f"{name} {points[-1][1]:.2f}", fontsize=7.5)
    axes.set_yscale("log")
    values = [value for points in shown.values() for _, value in points]
    steps = (0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8, 12, 20, 50)
    axes.set_yticks([step for step in steps if min(values) * 0.9 <= step <= max(values) * 1.1])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    axes.set_ylabel("multiple (log scale)")
    return chart
