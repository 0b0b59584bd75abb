"""Official, feasible and actual figure of every target, in one picture."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.report.chart_style import ACCENT, INK, MAIN, MUTED, PALE, figure, percent_axis, styled
from planner.report.page_run import Table, as_number
from planner.report.terminal import target_label
from planner.report.words import number, percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["finding", "targets_chart"]

MOST = 30  # rows; more cannot be read
_WIDEST = 1.6  # shares beyond this are drawn at the edge
_SAME = 1e-6
_COLUMNS = ((0.78, "feasible"), (1.42, "official"), (2.06, "actual"))  # right ends, inches from the axes


@dataclass(frozen=True)
class Bar:
    """One target.

    Args:
        label: of the row; share: feasible as a share of official; actual: what happened, as such a share.
        figures: feasible, official, actual in the unit.
    """

    label: str
    share: float
    actual: float
    figures: tuple[float, float, float]
    unit: str


def bars(table: Table) -> list[Bar]:
    """The targets that are scaled, worst first."""
    periods = Counter(table.column("period"))
    usual = periods.most_common(1)[0][0] if periods else ""
    found = []
    for row in table.records():
        share, official, actual = (as_number(row[name]) for name in ("share", "official", "actual"))
        if math.isnan(share):
            continue
        less = row["sense"] == "at_most"
        reached = (official / actual if less else actual / official) if official and actual else math.nan
        label = target_label(row["measure"], row["item"])
        label += f", {row['period']}" if row["period"] != usual else ""
        found.append(Bar(label, share, reached, (as_number(row["feasible"]), official, actual), row["unit"]))
    return sorted(found, key=lambda bar: bar.share)


def finding(found: list[Bar], of_shares: bool = True) -> str:
    """What the picture says, in a sentence.

    Args:
        found: worst first; of_shares: whether the common share was what was maximised.

    >>> iron, coal = Bar("pig iron", 0.48, 0.4, (8.5, 17.65, 7.1), "Mt"), Bar("coal", 0.6, 0.7, (60, 100, 70), "Mt")
    >>> finding([iron, coal])
    'Pig iron sets the limit: all 2 figures together can be reached to 48.0 %'
    >>> finding([iron, coal], of_shares=False)
    '0 of 2 official figures are met in full'
    """
    least, count = found[0].share, len(found)
    if not of_shares:
        return f"{sum(bar.share >= 1 - _SAME for bar in found)} of {count} official figures are met in full"
    names = [bar.label for bar in found if bar.share <= least + _SAME]
    said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    if len(names) > 3:
        said = f"{len(names)} targets"
    said = said[:1].upper() + said[1:]
    one, all_of_them = len(names) == 1, f"all {count} figures" if count > 1 else "the figure"
    if least >= 1 - _SAME:
        return f"{all_of_them[:1].upper()}{all_of_them[1:]} can be met; {said[:1].lower()}{said[1:]} {'has' if one else 'have'} least to spare"
    return f"{said} {'sets' if one else 'set'} the limit: {all_of_them} together can be reached to {percent(least)}"


@styled
def targets_chart(table: Table, source: str, of_shares: bool = True) -> Figure:
    """Bars of the feasible share upon the official figure, a mark for what happened, and the figures in their units.

    Args:
        table: ``feasibility.csv`` or ``targets.csv``; source: the line below; of_shares: as for ``finding``.
    """
    found = bars(table)
    shown = found[:MOST]
    hidden = f" The {len(found) - MOST} targets with the highest shares are left out." if len(found) > MOST else ""
    chart, axes = figure(
        finding(found, of_shares), source + hidden, body=0.25 * len(shown) + 0.1, left=1.95, right=3.15, top=0.5
    )
    edge = max(1.0, min(_WIDEST, max(max(bar.share, _finite(bar.actual)) for bar in shown))) * 1.04
    axes.barh(range(len(shown)), [1.0] * len(shown), height=0.74, color=PALE, label="official")
    axes.barh(range(len(shown)), [min(bar.share, edge) for bar in shown], height=0.4, color=MAIN, label="feasible")
    _actual(axes, shown, edge)
    axes.axvline(1.0, color=INK, linewidth=0.9)
    axes.set_xlim(0, edge)
    axes.set_ylim(len(shown) - 0.45, -0.55)
    axes.set_yticks(range(len(shown)), [bar.label for bar in shown])
    axes.tick_params(axis="y", length=0)
    percent_axis(axes.xaxis, f"share of the official figure{_due(table)}")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, columnspacing=1.0, handlelength=1.2, borderpad=0.2)
    _figures(axes, shown)
    return chart


def _due(table: Table) -> str:
    usual = Counter(table.column("period")).most_common(1)[0][0]
    return f", {usual} where no other is named" if len(set(table.column("period"))) > 1 else f", {usual}"


def _finite(value: float) -> float:
    return 0.0 if math.isnan(value) else value


def _actual(axes: Any, shown: list[Bar], edge: float) -> None:
    """A diamond where what happened is known; an arrow where it lies beyond the edge."""
    style: dict[str, Any] = {"color": ACCENT, "edgecolor": INK, "linewidth": 0.6, "zorder": 3, "clip_on": False}
    inside = [(bar.actual, i) for i, bar in enumerate(shown) if bar.actual <= edge]
    beyond = [i for i, bar in enumerate(shown) if bar.actual > edge]
    if inside:
        axes.scatter(*zip(*inside, strict=True), marker="D", s=26, label="actual", **style)
    if beyond:
        axes.scatter([edge] * len(beyond), beyond, marker=">", s=30, label="" if inside else "actual", **style)


def _figures(axes: Any, shown: list[Bar]) -> None:
    """The figures behind the bars, in columns to the right."""
    from matplotlib.transforms import ScaledTranslation

    def write(inches: float, y: float, text: str, *, side: str = "right", color: str = INK) -> None:
        across = axes.get_yaxis_transform() + ScaledTranslation(inches, 0, axes.figure.dpi_scale_trans)
        axes.text(1.0, y, text, transform=across, ha=side, va="center", color=color, fontsize=8, clip_on=False)

    for inches, head in _COLUMNS:
        write(inches, -0.95, head, color=MUTED)
    write(_COLUMNS[-1][0] + 0.1, -0.95, "unit", side="left", color=MUTED)
    for i, bar in enumerate(shown):
        for (inches, _), value in zip(_COLUMNS, bar.figures, strict=True):
            write(inches, i, number(value))
        write(_COLUMNS[-1][0] + 0.1, i, bar.unit, side="left")
