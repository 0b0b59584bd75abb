"""The chart of a programme: years by projects, with the spending under it; told by shade and hatching, so grey will do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.economy.names import Names
from planner.formulation.named import is_share
from planner.language.numbers import percent
from planner.reporting.charts.style import GRID, INK, MUTED, SHADES, source_lines, styled, title_lines
from planner.reporting.run.read import Run

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FACES = (*SHADES, "white", "white", "white", "white")
_HATCHES = ("", "", "", "", "////", "....", "xxxx", "")
_KINDS = len(_FACES)  # kinds of plant told apart; smaller ones are put together
_LINE, _SPENDING = 0.26, 1.7  # inches: a project, and the panel below


def programme_drawings(run: Run) -> Iterator[tuple[str, Callable[[], Figure]]]:
    """The chart of the projects of a run, by the name of its file; none where no project is started.

    Args:
        run: any run.
    """
    table = run.table("projects").frame("size", "spent")
    if len(table) and (table["start"] != "").any():
        value, title = run.summary.get("value"), run.title
        if is_share(run.summary.get("unit")) and value is not None:
            title = f"{title}: whole projects reach {percent(value)} of all figures at once"
        yield "programme", partial(programme_chart, table, title, run.source_line(), run.names)


@styled
def programme_chart(table: pd.DataFrame, title: str, source: str, names: Names) -> Figure:
    """The figure itself.

    Args:
        table: from ``projects_table``.
        title: the finding.
        source: what it was drawn from.
        names: of the economy.
    """
    from matplotlib.figure import Figure

    shown = table[table["start"] != ""]
    periods = [str(period) for period in table["period"].unique() if period]
    works = shown.drop_duplicates("project").sort_values(["start", "on_stream", "capacity", "project"], kind="stable")
    body = max(1.0, _LINE * len(works))
    chart = Figure(figsize=(8.0, body + _SPENDING + 1.5), layout="constrained")
    chart.set_label(title)
    chart.suptitle("\n".join(title_lines(title)), x=0.015, ha="left", fontsize=12, fontweight="bold")
    upper, lower = chart.subplots(2, 1, sharex=True, height_ratios=[body, _SPENDING])
    _bars(upper, works, periods, names)
    _spending(lower, shown, periods, names)
    chart.supxlabel("\n".join(source_lines(source)), x=0.015, ha="left", fontsize=7.5, color=MUTED)
    return chart


def _bars(axes: Axes, works: pd.DataFrame, periods: list[str], names: Names) -> None:
    """One bar a project: hatched while it is built, dark once it is on stream."""
    at = {period: i for i, period in enumerate(periods)}
    for line, row in enumerate(works.itertuples()):
        begin, end = at[str(row.start)], at.get(str(row.on_stream), len(periods))
        axes.barh(line, end - begin, left=begin, height=0.68, facecolor="white", edgecolor=MUTED, hatch="////")
        axes.barh(line, len(periods) - end, left=end, height=0.68, facecolor=INK, edgecolor=INK, linewidth=0)
    labels = [f"{names(row['project'], 'project')} ({row['size']:g} {row['unit']})" for row in works.to_dict("records")]
    axes.set_yticks(range(len(works)), [text if len(text) <= 52 else f"{text[:24]} … {text[-25:]}" for text in labels])
    axes.invert_yaxis()
    axes.set_xlim(0, len(periods))
    axes.grid(visible=False)
    for line in range(1, len(periods)):
        axes.axvline(line, color=GRID, linewidth=0.8, zorder=0)
    axes.tick_params(axis="x", length=0)
    axes.set_title("hatched: building; dark: on stream")


def _spending(axes: Axes, shown: pd.DataFrame, periods: list[str], names: Names) -> None:
    """What is spent in each period, by kind of plant, the dearest below."""
    spent = shown.groupby(["capacity", "period"])["spent"].sum().unstack().reindex(columns=periods).fillna(0.0)
    spent = spent.loc[spent.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    if len(spent) > _KINDS:
        rest = spent.iloc[_KINDS - 1 :].sum()
        spent = spent.iloc[: _KINDS - 1]
        spent.loc["other kinds"] = rest
    below = np.zeros(len(periods))
    middle = np.arange(len(periods)) + 0.5
    for i, kind in enumerate(spent.index):
        height = spent.loc[kind].to_numpy(dtype=float)
        axes.bar(
            middle,
            height,
            bottom=below,
            width=0.7,
            facecolor=_FACES[i],
            hatch=_HATCHES[i],
            edgecolor=INK,
            linewidth=0.6,
            label=names(str(kind), "capacity"),
        )
        below = below + height
    axes.grid(visible=False)
    axes.set_ylabel(f"spent a period\n({shown['spent_unit'].iloc[0]})")
    axes.set_xticks(middle, periods)
    axes.tick_params(axis="x", length=0)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.05), fontsize=7.5)
