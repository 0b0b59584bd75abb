"""A plan played forward: output over tautness, and small multiples of what was feasible, made in the play, and produced."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from planner.economy.names import Names
from planner.language.counting import capital
from planner.language.numbers import percent
from planner.reporting.charts import multiples
from planner.reporting.charts.multiples import STYLES
from planner.reporting.charts.path import KNOWN, MOST
from planner.reporting.charts.style import (
    ACCENT,
    GRID,
    INK,
    MAIN,
    MUTED,
    figure,
    legend_above,
    mark,
    percent_axis,
    styled,
)
from planner.reporting.run.read import Run, TextTable, as_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["execution_chart", "execution_drawings", "tautness_chart"]

_LINE = 26  # characters of a plan's title beside its mark
_GAP = 0.05  # of the width of a panel, by which such titles lie apart


def execution_drawings(run: Run) -> Iterator[tuple[str, Callable[[], Figure]]]:
    """What can be drawn of a run of ``planner execute``, by the name of its file.

    Args:
        run: any run.
    """
    if "execution_years" not in run.tables:
        return
    if "tautness" in run.tables:
        marks = {run.names.plan(plan): float(at) for plan, at in (run.summary.get("adopted") or {}).items()}
        by = run.table("tautness").column("benchmark")[0]  # that of the play itself comes first
        table, maxima = (run.table(name).where(benchmark=by) for name in ("tautness", "maxima"))
        yield "tautness", partial(tautness_chart, table, maxima, run.source_line(), marks)
    table = run.table("execution")
    if len(set(table.column("period"))) > 1:
        yield "execution", partial(execution_chart, table, run.source_line(), run.names)


@styled
def tautness_chart(table: TextTable, maxima: TextTable, source: str, marks: Mapping[str, float]) -> Figure:
    """Output and what households get over tautness, a line for each set of rules, plans as adopted marked.

    Args:
        table: ``tautness.csv``.
        maxima: ``maxima.csv``.
        source: the line below.
        marks: tautness of plans as they are, by title.
    """
    best = [as_number(value) for value in maxima.column("best_tautness")]
    most = max(as_number(value) for value in maxima.column("best_output"))
    where = f"{min(best):.2f}" if max(best) - min(best) < 0.005 else f"{min(best):.2f} to {max(best):.2f}"
    title = (
        f"Most is made where {where} times the feasible plan is asked; at the most that was asked {_ends(maxima)} of it"
    )
    title = title.replace(" %", "\u00a0%")
    chart, axes = figure(title, source, body=3.1, left=0.75, right=0.2, top=0.75, panels=2, gap=0.75)
    sets = list(dict.fromkeys((row["allocation"], row["sites"]) for row in table.records()))
    taut = [as_number(value) for value in table.column("tautness")]
    for number, (allocation, sites) in enumerate(sets):
        rows = table.where(allocation=allocation, sites=sites)
        x = [as_number(value) for value in rows.column("tautness")]
        for panel, column in zip(axes, ("output", "households"), strict=True):
            y = [as_number(value) for value in rows.column(column)]
            panel.plot(x, y, marker="o", markersize=2.5, **STYLES[number % len(STYLES)])
    lines = [
        mark(f"{one.replace('_', ' ')}, works {two.replace('_', ' ')}", **STYLES[at % len(STYLES)])
        for at, (one, two) in enumerate(sets)
    ]
    legend_above(chart, axes[0], lines, columns=3)
    for panel, label in zip(axes, ("output, feasible plan = 100", "what households got, promised = 100"), strict=True):
        panel.grid(visible=True, axis="y", color=GRID)
        panel.set_xlabel("asked, as a multiple of the feasible plan")
        panel.set_ylim(0, 1.12 * max(most, 1.0))
        percent_axis(panel.yaxis, label)
        panel.yaxis.label.set_text(label)
        for at in marks.values():
            if min(taut) <= at <= max(taut):
                panel.axvline(at, color=MUTED, linewidth=0.9, linestyle=(0, (4, 3)))
    told = sorted((at, name) for name, at in marks.items() if min(taut) <= at <= max(taut))
    places = _spread([at for at, _ in told], _GAP * (max(taut) - min(taut)), max(taut))
    for place, (at, name) in zip(places, told, strict=True):
        axes[0].annotate(
            f"{name[:_LINE]}{'…' * (len(name) > _LINE)} {at:.2f}",
            (place, 0.02),
            xycoords=("data", "axes fraction"),
            xytext=(3, 0),
            textcoords="offset points",
            rotation=90,
            va="bottom",
            fontsize=7,
            color=MUTED,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
        )
    return chart


def _spread(at: Sequence[float], gap: float, last: float) -> list[float]:
    """Places for what is written at points in order: a gap apart, none to the right of its point or of the last place.

    >>> [round(place, 2) for place in _spread([1.0, 1.9, 1.95, 2.0], 0.1, 2.0)]
    [1.0, 1.8, 1.9, 2.0]
    """
    found: list[float] = []
    for point in reversed(at):
        found.append(min(point, found[-1] - gap if found else last))
    return found[::-1]


def _ends(maxima: TextTable) -> str:
    """Output at the tautest, least and greatest over rules."""
    ends = [as_number(value) for value in maxima.column("output_at_tautest")]
    low, high = percent(min(ends), 0), percent(max(ends), 0)
    return f"output is {low}" if low == high else f"it is {low} to {high}"


@styled
def execution_chart(table: TextTable, source: str, names: Names) -> Figure:
    """Small multiples: the feasible plan, what the play makes of it and reports, and what was produced.

    Args:
        table: ``execution.csv``.
        source: the line below.
        names: of the economy.
    """
    made = list(dict.fromkeys(table.column("product")))
    shown = [*(one for one in KNOWN if one in made), *(one for one in made if one not in KNOWN)][:MOST]
    title = "What could be had, what a play of the plan makes of it, and what was produced; nothing is fitted"
    chart, every, height = multiples.panels(title, source, len(shown))
    for axes, product in zip(every, shown, strict=True):
        rows = list(table.where(product=product).records())
        periods = [row["period"] for row in rows]
        series = {
            key: [as_number(row[key]) for row in rows] for key in ("asked", "feasible", "made", "reported", "produced")
        }
        at = range(len(periods))
        axes.plot(at, series["asked"], color=MUTED, linewidth=0.9, linestyle=":", label="asked")
        axes.plot(at, series["feasible"], color=INK, linestyle="--", linewidth=1.2, label="feasible")
        axes.plot(at, series["made"], color=MAIN, linewidth=2.0, label="made in the play")
        axes.plot(at, series["reported"], color=MAIN, linewidth=0.9, linestyle="-.", label="reported in it")
        axes.scatter(
            at,
            series["produced"],
            marker="D",
            s=16,
            color=ACCENT,
            edgecolor=INK,
            linewidth=0.5,
            zorder=4,
            label="produced",
        )
        values = [value for some in series.values() for value in some if not math.isnan(value)]
        multiples.panel(axes, capital(names.target("output", product)), rows[0]["unit"], periods, values)
    multiples.put_legend(chart, every[0], height, 5)
    return chart
