"""Official, feasible and actual figure of every target, in one picture."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.economy.names import Names
from planner.language.counting import all_of, capital, some_of, verb
from planner.language.numbers import number, percent
from planner.reporting.charts.style import ACCENT, INK, MAIN, MUTED, PALE, RIM, figure, percent_axis, styled
from planner.reporting.run.read import Run, TextTable, as_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["finding", "targets_chart"]

MOST = 30  # rows; more cannot be read
_LEGEND = ("official", "feasible together", "actual")
_WIDEST = 1.6  # shares beyond this are drawn at the edge
_SAME = 1e-6
_LINE = 34  # characters of a label
_COLUMNS = ((0.55, "share"), (1.17, "feasible"), (1.79, "official"), (2.38, "actual"))  # right ends, inches from axes


@dataclass(frozen=True)
class Bar:
    """One target.

    Args:
        label: of the row.
        share: feasible as a share of official.
        actual: what happened, as such a share.
        figures: feasible, official, actual in the unit.
        unit: of the target.
    """

    label: str
    share: float
    actual: float
    figures: tuple[float, float, float]
    unit: str


def bars(table: TextTable, names: Names, *, of_shares: bool = True) -> list[Bar]:
    """The targets that a share is asked of, worst first.

    Args:
        table: ``feasibility.csv`` or ``targets.csv``.
        names: of the economy.
        of_shares: whether the balanced shares are shown; else what the plan in the tables makes of each.
    """
    reached_in, figure_in = ("share", "feasible") if of_shares else ("planned_share", "planned")
    periods = Counter(table.column("period"))
    usual = periods.most_common(1)[0][0] if periods else ""
    found = []
    for row in table.records():
        share, official, actual = (as_number(row.get(name, "")) for name in (reached_in, "official", "actual"))
        if math.isnan(share) or row.get("asked", "").startswith("in full"):
            continue
        less = row["sense"] == "at_most"
        reached = (official / actual if less else actual / official) if official and actual else math.nan
        label = names.target(row["measure"], row["item"])
        label += f", {row['period']}" if row["period"] != usual else ""
        found.append(Bar(label, share, reached, (as_number(row.get(figure_in, "")), official, actual), row["unit"]))
    return sorted(found, key=lambda bar: bar.share)


def common_share(run: Run) -> float:
    """The share to which all figures can be reached at once, at the central values; ``nan`` where a run does not say."""
    share = run.summary.get("attainment")
    central = share.get("central") if isinstance(share, dict) else None
    return math.nan if central is None else float(central)


def finding(found: list[Bar], *, of_shares: bool = True, figures: str = "", common: float = math.nan) -> str:
    """What the picture says, in a sentence.

    Args:
        found: worst first.
        of_shares: whether the common share was what was maximised.
        figures: the figures that a share is asked of, as the subject of a sentence; all of them where it is not said.
        common: the share to which all can be reached at once, where it is known; single ones may be settled below it.

    >>> iron, coal = Bar("pig iron", 0.48, 0.4, (8.5, 17.65, 7.1), "Mt"), Bar("coal", 0.6, 0.7, (60, 100, 70), "Mt")
    >>> finding([iron, coal])
    'Pig iron sets the limit: both figures together can be reached to 48.0 %'
    >>> finding([iron], of_shares=False), finding([coal])
    ('The one official figure is not met in full', 'Coal sets the limit: the one figure can be reached to 60.0 %')
    >>> finding([iron, coal], common=0.5)
    'Pig iron falls shortest, at 48.0 %; both figures can be reached together to 50.0 %'
    >>> finding([iron, coal], of_shares=False)
    'Neither of 2 official figures is met in full'
    """
    least, count = found[0].share, len(found)
    if not of_shares:
        met = sum(bar.share >= 1 - _SAME for bar in found)
        if count == 1 and not met:
            return "The one official figure is not met in full"
        return capital(f"{some_of(met, count, 'official figure')} {verb(met, 'is', 'are')} met in full")
    names = [bar.label for bar in found if bar.share <= least + _SAME]
    said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    if len(names) > 3:
        said = f"{len(names)} targets"
    everything = figures or all_of(count, "figure")
    together = " together" if count > 1 else ""
    if least >= 1 - _SAME:
        return capital(f"{everything} can be met; {said} {verb(len(names), 'has', 'have')} least to spare")
    if least < common - _SAME:
        reached = f"{everything} can be reached{together} to {percent(common)}"
        return capital(f"{said} {verb(len(names), 'falls')} shortest, at {percent(least)}; {reached}")
    return capital(
        f"{said} {verb(len(names), 'sets')} the limit: {everything}{together} can be reached to {percent(least)}"
    )


@styled
def targets_chart(
    found: list[Bar], source: str, due: str, *, of_shares: bool = True, figures: str = "", common: float = math.nan
) -> Figure:
    """Bars of the feasible share upon the official figure, a mark for what happened, and the figures in their units.

    Args:
        found: as ``bars`` gives them.
        source: the line below.
        due: as ``due_in`` says.
        of_shares: as for ``finding``.
        figures: as for ``finding``.
        common: as for ``finding``.
    """
    legend = _LEGEND if of_shares else (_LEGEND[0], "in this plan", _LEGEND[2])
    shown = found[:MOST]
    left_out = len(found) - MOST
    hidden = f" The targets with the highest shares, {left_out:,} in number, are left out." if left_out > 0 else ""
    labels = [textwrap.fill(bar.label, _LINE) for bar in shown]
    left = 0.25 + 0.066 * max(len(line) for label in labels for line in label.splitlines())
    chart, axes = figure(
        finding(found, of_shares=of_shares, figures=figures, common=common),
        source + hidden,
        left=left,
        right=3.45,
        top=0.5,
        body=(0.28 if any("\n" in label for label in labels) else 0.25) * len(shown) + 0.1,
    )
    edge = max(1.0, min(_WIDEST, max(max(bar.share, _finite(bar.actual)) for bar in shown))) * 1.04
    asked: dict[str, Any] = {"color": PALE, "edgecolor": RIM, "linewidth": 0.8}
    axes.barh(range(len(shown)), [1.0] * len(shown), height=0.74, label="official", **asked)
    axes.barh(range(len(shown)), [min(bar.share, edge) for bar in shown], height=0.4, color=MAIN, label=legend[1])
    cut = [y for y, bar in enumerate(shown) if bar.share > edge]
    axes.scatter([0.97 * edge] * len(cut), cut, marker=">", s=14, color="white")
    _actual(axes, shown, edge)
    axes.axvline(1.0, color=INK, linewidth=0.9)
    axes.set_xlim(0, edge)
    axes.set_ylim(len(shown) - 0.45, -0.55)
    axes.set_yticks(range(len(shown)), labels, fontsize=8, linespacing=0.95)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.get_major_locator().set_params(nbins=5, steps=[1, 2, 5, 10])
    percent_axis(axes.xaxis, f"share of the official figure, {due}")
    handles = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    order = [label for label in legend if label in handles]
    chart.legend(
        [handles[label] for label in order],
        order,
        loc="lower left",
        ncols=3,
        columnspacing=1.2,
        handlelength=1.2,
        borderpad=0,
        bbox_to_anchor=(0.015, axes.get_position().y1 + 0.1 / chart.get_figheight()),
    )
    _figures(axes, shown, "feasible" if of_shares else "planned")
    return chart


def due_in(table: TextTable) -> str:
    """The period at which most figures are due, in words.

    >>> due_in(TextTable(("period",), (("1933",), ("1933",), ("1932",))))
    '1933 where no other is named'
    """
    periods = Counter(table.column("period")).most_common()
    return periods[0][0] + (" where no other is named" if len(periods) > 1 else "")


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


def _figures(axes: Any, shown: list[Bar], reached: str) -> None:
    """The figures behind the bars, in columns to the right."""
    from matplotlib.transforms import ScaledTranslation

    def write(inches: float, y: float, text: str, *, side: str = "right", color: str = INK) -> None:
        across = axes.get_yaxis_transform() + ScaledTranslation(inches, 0, axes.figure.dpi_scale_trans)
        axes.text(1.0, y, text, transform=across, ha=side, va="center", color=color, fontsize=8, clip_on=False)

    for inches, head in _COLUMNS:
        write(inches, -0.95, reached if head == "feasible" else head, color=MUTED)
    write(_COLUMNS[-1][0] + 0.1, -0.95, "unit", side="left", color=MUTED)
    for i, bar in enumerate(shown):
        cells = (percent(bar.share, 0), *map(number, bar.figures))
        for (inches, _), cell in zip(_COLUMNS, cells, strict=True):
            write(inches, i, cell)
        write(_COLUMNS[-1][0] + 0.1, i, bar.unit, side="left")
