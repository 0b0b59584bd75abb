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
from planner.reporting.run.read import Run, TextTable

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


@styled
def _chart(table: TextTable, run: Run) -> Figure:
    """A panel a figure; joints are upright lines, years after the last that anything is known of grey."""
    items = list(dict.fromkeys(table.column("item")))
    joints = [str(one) for one in run.summary.get("joints") or ()]
    title = f"{capital(run.plan)}: as much of each figure as could be had with the others, and what was produced"
    note = f" Upright lines: ends of {listed(joints)}, where the next economy begins. Grey: years of which nothing is known."
    chart, every, height = multiples.panels(title, run.source_line() + note, len(items), 2)
    for axes, item in zip(every, items, strict=True):
        rows = table.where(item=item)
        periods = rows.column("period")
        at = list(range(len(periods)))
        joined, record, made, official = (
            np.array(rows.numbers(name)) for name in ("joined", "by_record", "produced", "official")
        )
        known = [t for t in at if not np.isnan(made[t])]
        if known and known[-1] < at[-1]:
            axes.axvspan(known[-1] + 0.5, at[-1] + 0.5, color=GRID, alpha=0.6, linewidth=0)
        for joint in joints:
            if joint in periods:
                axes.axvline(periods.index(joint) + 0.5, color=INK, linewidth=0.6, linestyle=":")
        axes.plot(at, official, color=INK, linewidth=1.0, linestyle="--", label="official figure")
        axes.plot(at, joined, color=MAIN, linewidth=1.9, label="if due then, planned as one from the first year")
        begins = [0, *(t + 1 for t, period in enumerate(periods) if period in joints), len(at)]
        for first, end in pairwise(begins):  # each economy's record is its own: no line leads from one to the next
            axes.plot(
                at[first:end],
                record[first:end],
                color=MAIN,
                linewidth=1.0,
                marker=".",
                label="if due then, from what stood on record at the joint" if first == 0 else None,
            )
        axes.scatter(at, made, marker="D", s=12, color=ACCENT, edgecolor=INK, linewidth=0.4, zorder=3, label="produced")
        multiples.panel(
            axes,
            run.names.target("output", item),
            rows.column("unit")[0],
            periods,
            [*joined, *record, *made, *official],
        )
        shown = at[:: -(-len(at) // 5)]
        axes.set_xticks(shown, [periods[t][-2:] for t in shown])
    multiples.put_legend(chart, every[0], height, 2)
    return chart
