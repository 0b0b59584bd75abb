"""Figures of a plan over several economies, by year: official, what could be had of each, and what was produced."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from planner.language.counting import capital, listed
from planner.reporting.charts import multiples
from planner.reporting.charts.style import ACCENT, GRID, INK, MAIN, styled
from planner.reporting.run.read import Run, TextTable, as_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

__all__ = ["chain_drawings"]


def chain_drawings(run: Run) -> Iterator[tuple[str, Callable[[], Figure]]]:
    """The chart of a run of `planner join`.

    Args:
        run: of any kind.
    """
    table = run.table("chain_figures")
    if len(table):
        yield "chain_figures", partial(_chart, table, run)


_WAYS = (  # column, what it is, width, dashes, mark: one colour, told apart in grey
    ("joined", "if due then, planned as one from the first year", 1.9, "-", ""),
    ("by_record", "if due then, from what stood on record at the joint", 1.0, "-", "."),
    ("by_run", "if due then, from what the plan before left", 1.0, "--", "x"),
    ("by_bound", "if due then, from the larger of both", 1.0, ":", ""),
)


@styled
def _chart(table: TextTable, run: Run) -> Figure:
    """A panel a figure; joints are upright lines, years after the last that anything is known of grey."""
    items = list(dict.fromkeys(table.column("item")))
    joints = [str(one) for one in run.summary.get("joints") or ()]
    title = f"{capital(run.plan)}: as much of each figure as could be had with the others, and what was produced"
    note = f" Upright lines: ends of {listed(joints)}, where the next economy begins. Grey: years of which nothing is known."
    plan = table.column("plan")[0]
    lines = 2 + sum(not np.isnan(table.numbers(column)).all() for column, *_ in _WAYS)
    lines += 2 if set(table.column("plan")) != {plan} else 0
    chart, every, height = multiples.panels(title, run.source_line() + note, len(items), -(-lines // 2))
    for axes, item in zip(every, items, strict=True):
        rows, others = table.where(item=item, plan=plan), table.where(item=item)
        periods = rows.column("period")
        at = list(range(len(periods)))
        made, official = (np.array(rows.numbers(name)) for name in ("produced", "official"))
        known = [t for t in at if not np.isnan(made[t])]
        if known and known[-1] < at[-1]:
            axes.axvspan(known[-1] + 0.5, at[-1] + 0.5, color=GRID, alpha=0.6, linewidth=0)
        for joint in joints:
            if joint in periods:
                axes.axvline(periods.index(joint) + 0.5, color=INK, linewidth=0.6, linestyle=":")
        axes.plot(at, official, color=INK, linewidth=1.0, linestyle="--", label="official figure")
        begins = [0, *(t + 1 for t, period in enumerate(periods) if period in joints), len(at)]
        shown = [*official, *made]
        for column, label, width, dashes, mark in _WAYS:
            way = np.array(rows.numbers(column))
            shown += list(way)
            if np.isnan(way).all():
                continue
            spans = [(0, len(at))] if column == "joined" else list(pairwise(begins))  # no line leads over a joint
            for first, end in spans:
                axes.plot(
                    at[first:end],
                    way[first:end],
                    color=MAIN,
                    linewidth=width,
                    linestyle=dashes,
                    marker=mark,
                    markersize=4,
                    label=label if first == 0 else None,
                )
        own = [row for row in others.records() if row["plan"] != plan and row["period"] in periods]
        for column, face, label in (
            ("official", "none", "official, in an economy's own plan"),
            ("by_record", MAIN, "of it feasible, from what stood on record"),
        ):
            when, value = [periods.index(row["period"]) for row in own], [as_number(row[column]) for row in own]
            shown += value
            if own:
                axes.scatter(when, value, marker="s", s=16, color=face, edgecolor=INK, linewidth=0.6, label=label)
        axes.scatter(at, made, marker="D", s=12, color=ACCENT, edgecolor=INK, linewidth=0.4, zorder=3, label="produced")
        multiples.panel(axes, capital(run.names.target("output", item)), rows.column("unit")[0], periods, shown)
        ticks = at[:: -(-len(at) // 5)]
        axes.set_xticks(ticks, [periods[t][-2:] for t in ticks])
    multiples.put_legend(chart, every[0], height, 2)
    return chart
