"""When the figures could be reached, and what stands in their way."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.economy.names import Names
from planner.language.counting import capital, counted, listed, lower
from planner.language.numbers import percent
from planner.reporting.charts.style import ACCENT, GRID, INK, MAIN, figure, label_end, percent_axis, styled
from planner.reporting.run.read import TextTable, as_number
from planner.reporting.tables.binding import TARGETS
from planner.reporting.wording.numbers import limit_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["binding_chart", "horizon_chart", "weights_of"]

MOST = 10  # bars
_LINE = 60  # characters of a limit's name on a line
_NOTHING = 5e-4  # weights below this are not drawn one by one
_LABELS = 18  # dates that fit below the axis


def horizon_finding(due: list[str], share: list[float]) -> str:
    """What the curve says.

    >>> horizon_finding(["1933", "1934"], [0.5, 1.1])
    'Due in 1933, 50.0 % of the figures can be reached; all of them first if due in 1934'
    """
    start = f"Due in {due[0]}, {percent(share[0])} of the figures can be reached"
    if share[-1] >= 1 - 1e-6:
        return f"{start}; all of them first if due in {due[-1]}"
    best = max(value for value in share if math.isfinite(value))
    return f"{start}; even if due as late as {due[-1]}, not more than {percent(best)}"


@styled
def horizon_chart(table: TextTable, source: str) -> Figure:
    """The share that can be reached, by the date at which the figures are due.

    Args:
        table: ``horizon.csv`` with two dates or more.
        source: the line below.
    """
    due, share = table.column("due"), table.numbers("attainment")
    note = f" Conditions after {due[0]} held as in {due[0]}, the last year of the data."
    note += (
        " Where even in one place they are out of reach, the share is that."
        if "nowhere" in table.column("reached")
        else ""
    )
    chart, axes = figure(horizon_finding(due, share), source + note, body=2.5, left=0.75)
    axes.axhline(1.0, color=INK, linewidth=0.9)
    axes.annotate("all figures in full", (0, 1.0), xytext=(0, 3), textcoords="offset points", fontsize=8)
    axes.plot(range(len(due)), share, color=MAIN, marker="o", markersize=4)
    for at in (0, len(due) - 1):
        axes.annotate(percent(share[at]), (at, share[at]), xytext=(0, -13), textcoords="offset points", ha="center")
    axes.grid(visible=True, axis="y", color=GRID)
    axes.grid(visible=False, axis="x")
    axes.set_ylim(0, max(1.15, 1.1 * max(value for value in share if math.isfinite(value))))
    step = math.ceil(len(due) / _LABELS)
    axes.set_xticks(range(0, len(due), step), due[::step])
    axes.set_xlabel("figures due in")
    percent_axis(axes.yaxis, "share of the figures")
    return chart


def weights_of(name: str, table: TextTable, names: Names) -> list[tuple[str, float]]:
    """Weight of every limit that carries the result, heaviest first, the periods of one limit together.

    Args:
        name: of the table: ``binding``, ``prices`` or ``certificate``.
        table: itself.
        names: of the economy.

    >>> rows = (("resource", "sites", "1932", "0.25"), ("resource", "sites", "1933", "0.5"), ("labour", "all", "1", "0.25"))
    >>> weights_of("binding", TextTable(("family", "item", "period", "weight"), rows), Names({}))
    [('Sites, 1932 and 1933', 0.75), ('Labour: all, 1', 0.25)]
    """
    parts = _certified(table) if name == "certificate" else _priced(table)
    total: dict[tuple[str, str], tuple[float, list[str]]] = {}
    asked = () if name == "binding" else TARGETS  # of binding limits the targets are left out already
    for family, item, period, weight in parts:
        if family not in asked and math.isfinite(weight) and abs(weight) > 1e-9:
            sum_of, periods = total.setdefault((family, item), (0.0, []))
            total[family, item] = (sum_of + weight, [*periods, *([period] if period else [])])
    found = [
        (_limit(family, limit_of(names, family, item), periods), weight)
        for (family, item), (weight, periods) in total.items()
    ]
    return sorted(found, key=lambda limit: -abs(limit[1]))


def _priced(table: TextTable) -> Iterator[tuple[str, str, str, float]]:
    for row in table.records():
        yield row["family"], row["item"], row["period"], as_number(row["weight"])


def _certified(table: TextTable) -> Iterator[tuple[str, str, str, float]]:
    claims = dict.fromkeys(table.column("claim"))
    for row in table.records():
        if row["claim"] == next(iter(claims)) and row["part"] in ("row", "column"):
            keys = re.sub(r"^[^(]*\(?|\)$", "", row["name"]).split(",")
            yield row["family"], "/".join(keys[:-1]), keys[-1], as_number(row["share"])


def _limit(family: str, item: str, periods: list[str]) -> str:
    said = list(dict.fromkeys(periods))
    when = listed(said) if len(said) < 4 else f"{said[0]} to {said[-1]}"
    text = item if family == "resource" and item else f"{family.replace('_', ' ')}: {lower(item)}" if item else family
    return capital(text.replace("_", " ")) + (f", {when}" if when else "")


@styled
def binding_chart(weights: list[tuple[str, float]], source: str) -> Figure:
    """Limits by the weight they carry.

    Args:
        weights: as ``weights_of`` gives them.
        source: the line below.
    """
    shown = [limit for limit in weights[:MOST] if abs(limit[1]) > _NOTHING] or weights[:1]
    rest = sum(weight for _, weight in weights[len(shown) :])
    if abs(rest) > _NOTHING:
        shown = [*shown, (counted(len(weights) - len(shown), "other limit"), rest)]
    name = shown[0][0]
    title = f"Most hangs on {name[:1].lower()}{name[1:]}: {percent(shown[0][1], 0)} of the result".replace("-", "−")
    note = " Where several answers hold this is one of them."
    labels = [textwrap.fill(name, _LINE) for name, _ in shown]
    left = min(3.8, 0.25 + 0.07 * max(len(line) for label in labels for line in label.splitlines()))
    chart, axes = figure(title, source + note, body=0.3 * len(shown) + 0.1, left=left, right=0.7)
    values = [weight for _, weight in shown]
    axes.barh(range(len(shown)), values, height=0.6, color=[MAIN if value > 0 else ACCENT for value in values])
    for y, value in enumerate(values):
        label_end(axes, max(value, 0.0), y, percent(value).replace("-", "−"))
    axes.axvline(0.0, color=INK, linewidth=0.9)
    axes.set_yticks(range(len(shown)), labels, fontsize=8)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    percent_axis(axes.xaxis, "weight: how much of the result hangs on the limit")
    return chart
