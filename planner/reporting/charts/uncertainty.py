"""What draws say, in pictures: the ladder of shares of draws, the spread of each target's share, what the spread hangs on."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from planner.economy.names import Names
from planner.language.counting import capital, counted, lower, some_of, verb
from planner.language.numbers import percent
from planner.reporting.charts.style import (
    ACCENT,
    GRID,
    INK,
    MAIN,
    MUTED,
    figure,
    label_end,
    legend_above,
    mark,
    percent_axis,
    styled,
)
from planner.reporting.run.read import Run
from planner.reporting.tables.uncertainty import factor_name
from planner.reporting.wording.data import interval, share_met

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["indices_chart", "met_chart", "spread_chart", "uncertainty_drawings"]

MOST = 15  # factors in a chart of indices; more cannot be read
_SEEN = 0.01  # bars shorter than this part of the longest are left out
_LINE = 36  # characters of a label
_QUANTILES = ("p05", "p25", "p50", "p75", "p95")
_DOTS = (0, (1, 2))
_HEIGHT = 0.37  # inches of a row
_SHARES = "share of the official figure"
_SAYS = {
    "total": "share of the variance that stays while this alone is unknown",
    "first": "share that goes when this alone is known",
    "mean_absolute": "mean change of the value over the whole range, without sign",
}


def uncertainty_drawings(run: Run) -> Iterator[tuple[str, Callable[[], Figure]]]:
    """What can be drawn of a run of ``planner uncertainty``, by the name of its file.

    Args:
        run: any run.
    """
    if "met" not in run.tables:
        return
    names, source = run.names, f"{run.source_line().rstrip('.')}; numbers drawn from their ranges."
    chances = run.table("met").frame("draws", "feasible", "share", "low", "high", "empty", *_QUANTILES)
    independent = bool((chances["design"] == "random").all())  # draws of a design say nothing about how often
    if independent and chances["share"].notna().all():
        yield "met", partial(met_chart, chances, names, source)
    quantiles = run.table("quantiles").frame(*_QUANTILES)
    indices = run.table("indices").frame("value", "confidence")
    for plan in chances["plan"]:
        title, ending = names.plan(str(plan)), "" if len(chances) == 1 else f"-{plan}"
        spread = quantiles[(quantiles["plan"] == plan) & (quantiles["measure"] != "value")]
        if len(spread):
            yield f"targets{ending}", partial(spread_chart, spread, title, source, names)
        mine = indices[indices["plan"] == plan] if len(indices) else indices
        if len(mine) and mine["value"].abs().sum() > 0:
            yield f"indices{ending}", partial(indices_chart, mine, title, source, names)


# -- quantiles in rows ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class IntervalRow:
    """Quantiles of one share: label, the five of them (``nan`` where draws have no plan at all), words at the right."""

    label: str
    quantiles: tuple[float, ...]
    says: str = ""

    @property
    def known(self) -> list[float]:
        """Quantiles that are numbers."""
        return [value for value in self.quantiles if math.isfinite(value)]


def _rows_of(table: pd.DataFrame, labels: Sequence[str], says: Sequence[str]) -> list[IntervalRow]:
    values = table[list(_QUANTILES)].itertuples(index=False, name=None)
    return [
        IntervalRow(label, tuple(map(float, five)), said)
        for label, five, said in zip(labels, values, says, strict=True)
    ]


def _draw_rows(chart: Figure, axes: Any, rows: Sequence[IntervalRow], says: float) -> None:
    """A line from the 5th to the 95th of a hundred draws, a bar over the middle half, a point at the median."""
    widest = 1.06 * max([1.0, *(value for row in rows for value in row.known)])
    least = min([1.0, *(value for row in rows for value in row.known)])
    empty = any(len(row.known) < len(row.quantiles) for row in rows)
    start = 0.0 if empty or least < widest / 2 else least - 0.15 * (widest - least)
    axes.axvline(1.0, color=INK, linewidth=0.9)
    for y, row in enumerate(rows):
        low, first, middle, third, high = row.quantiles
        if row.known and row.known[0] != low:
            axes.plot([start, row.known[0]], [y, y], color=MUTED, linewidth=0.9, linestyle=_DOTS)
        if row.known:
            axes.plot([row.known[0], high], [y, y], color=MAIN, linewidth=1.2, solid_capstyle="butt")
        if math.isfinite(first):
            axes.plot([first, third], [y, y], color=MAIN, linewidth=5.5, solid_capstyle="butt")
        if math.isfinite(middle):
            axes.plot(middle, y, marker="o", color=ACCENT, markeredgecolor=INK, markeredgewidth=0.7, markersize=5.5)
        label_end(axes, widest, y, row.says if row.known else f"{row.says} (no plan at all)", fontsize=8)
    axes.set_xlim(start, widest)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), ["\n".join(textwrap.wrap(row.label, _LINE)[:2]) for row in rows], fontsize=8)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.get_major_locator().set_params(nbins=7, steps=[1, 2, 2.5, 5, 10])
    if says:
        axes.annotate(
            "share of draws",
            (widest, -0.5),
            xytext=(4, 5),
            textcoords="offset points",
            fontsize=7.5,
            color=MUTED,
            annotation_clip=False,
        )
    _legend(chart, axes, empty=empty)


def _legend(chart: Figure, axes: Any, *, empty: bool) -> None:
    point: dict[str, Any] = {"color": ACCENT, "marker": "o", "markeredgecolor": INK, "markersize": 5.5, "linestyle": ""}
    parts: list[tuple[bool, str, dict[str, Any]]] = [
        (True, "median", point),
        (True, "half of the draws", {"color": MAIN, "linewidth": 5.5}),
        (True, "nine in ten", {"color": MAIN, "linewidth": 1.2}),
        (empty, "the rest: less, or no plan at all", {"color": MUTED, "linewidth": 0.9, "linestyle": _DOTS}),
    ]
    legend_above(chart, axes, [mark(label, **look) for there, label, look in parts if there])


# -- shares of draws ---------------------------------------------------------------------------------------------------


def told(row: Mapping[Hashable, Any]) -> str:
    """The share of draws that meet a plan with its interval, as a label; where it is a bound, that says both.

    >>> told({"draws": 2000, "feasible": 0, "share": 0.0, "low": 0.0, "high": 0.0019})
    'none (less than 0.2 %)'
    >>> told({"draws": 2000, "feasible": 1200, "share": 0.6, "low": 0.578, "high": 0.621})
    '60.0 % (57.8 – 62.1 %)'
    """
    bound = not row["draws"] or row["feasible"] in (0, row["draws"])
    return share_met(row) if bound else f"{share_met(row)} ({interval(row)})"


def finding(table: pd.DataFrame, names: Names) -> str:
    """What the ladder says.

    >>> row = {"plan": "a", "draws": 10, "feasible": 0, "share": 0.0}
    >>> finding(pd.DataFrame([row]), Names({})), finding(pd.DataFrame([row | {"feasible": 10}]), Names({}))
    ('a: none of 10 draws meets it in full', 'a: all 10 draws meet it in full')
    >>> finding(pd.DataFrame([row, row | {"feasible": 9, "share": 0.9}]), Names({}))
    '1 of 2 plans fits in more than half of 10 draws; 1 fits in none'
    >>> finding(pd.DataFrame([row, row]), Names({}))
    'Neither of 2 plans fits in any of 10 draws'
    """
    rows: list[dict[Hashable, Any]] = table.to_dict("records")
    draws = counted(max(int(row["draws"]) for row in rows), "draw")
    if len(rows) == 1:
        met = int(rows[0]["feasible"])
        said = some_of(met, int(rows[0]["draws"]), "draw")
        return f"{names.plan(str(rows[0]['plan']))}: {said} {verb(met, 'meets', 'meet')} it in full"
    never = sum(not row["feasible"] for row in rows)
    likely = sum(row["share"] > 0.5 for row in rows)
    if never == len(rows):
        return capital(f"{some_of(0, never, 'plan')} fits in any of {draws}")
    said = f"{some_of(likely, len(rows), 'plan')} {verb(likely, 'fits', 'fit')} in more than half of {draws}"
    return capital(said + (f"; {never} {verb(never, 'fits', 'fit')} in none" if never else ""))


@styled
def met_chart(table: pd.DataFrame, names: Names, source: str) -> Figure:
    """The ladder: quantiles of the share of each plan, against 1, and the share of draws in which all of it is met.

    Args:
        table: ``met.csv``, of a question about shares.
        names: of the economy.
        source: the line below.
    """
    labels = [names.plan(str(plan)) for plan in table["plan"]]
    rows = _rows_of(table, labels, [told(row) for row in table.to_dict("records")])
    chart, axes = figure(
        finding(table, names).replace(" %", "\u00a0%"),
        _noted(source, _empty_note(table)),
        body=_HEIGHT * len(rows) + 0.1,
        left=2.5,
        right=1.55,
        top=0.42,
    )
    _draw_rows(chart, axes, rows, says=True)
    percent_axis(axes.xaxis, f"{table['unit'].iloc[0]} that can be reached")
    return chart


def _noted(source: str, note: str) -> str:
    """The line below with a note behind it; no figure is parted from its per cent sign."""
    return f"{source.rstrip('.')}.{note}".replace(" %", "\u00a0%") if note else source


def _empty_note(table: pd.DataFrame) -> str:
    share = (table["empty"] / table["draws"].clip(lower=1)).max()
    note = f" In up to {percent(share, 0)} of the draws no plan at all keeps floors and balances." if share > 0 else ""
    return note + " In brackets: 95 % interval; plans are compared on the same draws." * (len(table) > 1)


@styled
def spread_chart(table: pd.DataFrame, title: str, source: str, names: Names) -> Figure:
    """Quantiles of the balanced share of each target, least first.

    Args:
        table: rows of ``quantiles.csv`` about targets of one plan.
        title: of it.
        source: the line below.
        names: of the economy.
    """
    table = table.sort_values("p50", kind="stable", na_position="first").head(30)
    periods = table["period"].nunique() > 1
    keys = table[["measure", "item", "period"]].itertuples(index=False, name=None)
    labels = [names.target(measure, item) + (f", {period}" if periods else "") for measure, item, period in keys]
    rows = _rows_of(table, labels, [percent(value, 0) for value in table["p50"]])
    short = int((table["p95"] < 1.0).sum())
    said = f"{some_of(short, len(table), 'target')} {verb(short, 'stays', 'stay')} short in 95\u00a0% of the draws"
    chart, axes = figure(f"{title}: {said}", source, body=0.25 * len(rows) + 0.1, left=2.3, right=0.7, top=0.42)
    _draw_rows(chart, axes, rows, says=False)
    percent_axis(axes.xaxis, f"balanced {_SHARES}")
    return chart


# -- indices ----------------------------------------------------------------------------------------------------------


@styled
def indices_chart(table: pd.DataFrame, title: str, source: str, names: Names, most: int = MOST) -> Figure:
    """What the spread of the value hangs on: a bar a factor with its interval, and a point for its effect alone.

    Args:
        table: rows of ``indices.csv`` about one plan.
        title: of it.
        source: the line below.
        names: of the economy.
        most: bars.
    """
    sobol = "total" in set(table["index"])
    main = "total" if sobol else "mean_absolute"
    bars = table[table["index"] == main].head(most)
    bars = bars[bars["value"] > _SEEN * bars["value"].max()]
    points = table[table["index"] == ("first" if sobol else "")].set_index("factor")["value"]
    labels = [factor_name(str(name), names) for name in bars["factor"]]
    said = f"{title}: the outcome hangs most on {lower(labels[0])}"
    note = " Draws without any plan count as a value of zero. Lines: 95 % intervals."
    top = 0.40 if sobol else 0.14  # room for a legend
    chart, axes = figure(said, _noted(source, note), body=0.30 * len(bars) + 0.2, left=3.0, right=0.5, top=top)
    y = list(range(len(bars)))
    axes.barh(y, bars["value"], height=0.6, color=GRID, edgecolor=MUTED, linewidth=0.6, label=_SAYS[main])
    spread = bars["confidence"].fillna(0.0)
    axes.hlines(y, (bars["value"] - spread).clip(lower=0.0), bars["value"] + spread, color=INK, linewidth=0.9)
    if sobol:
        alone = [max(0.0, float(points[name])) for name in bars["factor"]]
        axes.plot(
            alone, y, linestyle="", marker="o", color=ACCENT, markeredgecolor=INK, markersize=5.5, label=_SAYS["first"]
        )
        legend_above(chart, axes, axes.get_legend_handles_labels()[0], columns=2)
    axes.set_yticks(y, ["\n".join(textwrap.wrap(name, 44)[:2]) for name in labels], fontsize=8)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_xlim(left=0.0)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("share of the variance" if sobol else _SAYS[main])
    return chart
