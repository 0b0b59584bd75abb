"""Small multiples: a panel a product, years on the axis; and one that draws a line for each of several plans."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.reporting.charts.style import ACCENT, INK, MAIN, MUTED, figure, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["ACROSS", "LINES", "STYLES", "Lines", "lines_chart", "panel", "panels", "put_legend"]

ACROSS = 4
_LINE = 27  # characters of a name
STYLES: tuple[dict[str, Any], ...] = (
    {"color": MAIN, "linestyle": "-", "linewidth": 2.2},
    {"color": INK, "linestyle": "--"},
    {"color": ACCENT, "linestyle": "-"},
    {"color": MUTED, "linestyle": "-."},
    {"color": INK, "linestyle": ":"},
    {"color": ACCENT, "linestyle": "--"},
    {"color": MAIN, "linestyle": ":"},
    {"color": MUTED, "linestyle": "-"},
)
LINES = len(STYLES)  # that can be told apart


@dataclass(frozen=True)
class Lines:
    """One panel.

    Args:
        name: of what is shown.
        unit: of its values.
        periods: labels of the periods.
        values: by line, ``nan`` where there is none.
        actual: what happened, ``nan`` where it is not known.
        official: the plan's figures, ``nan`` where there are none.
    """

    name: str
    unit: str
    periods: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    actual: tuple[float, ...]
    official: tuple[float, ...]

    @property
    def apart(self) -> float:
        """How far the lines lie apart at most, as a share of the greatest value."""
        by_period = [[value for value in at if not math.isnan(value)] for at in zip(*self.values, strict=True)]
        gaps = [max(some) - min(some) for some in by_period if len(some) > 1]
        top = max((abs(value) for some in by_period for value in some), default=0.0)
        return max(gaps, default=0.0) / top if top else 0.0


def panels(title: str, source: str, count: int, rows_of_legend: int = 1) -> tuple[Figure, list[Axes], float]:
    """A figure of small multiples, the axes of its panels, and the height at which a legend stands above them.

    Args:
        title: the finding.
        source: the line below.
        count: of panels.
        rows_of_legend: lines of the legend.
    """
    down = -(-count // ACROSS)
    top = 0.42 + 0.26 * rows_of_legend
    chart, first = figure(title, source, body=1.55 * down, left=0.45, right=0.15, top=top, bottom=0.4)
    box = first.get_position()
    first.remove()
    grid = chart.add_gridspec(
        down, ACROSS, left=box.x0, right=box.x1, bottom=box.y0, top=box.y1, hspace=0.72, wspace=0.34
    )
    axes = [chart.add_subplot(grid[number // ACROSS, number % ACROSS]) for number in range(count)]
    return chart, axes, box.y1 + 0.22 / chart.get_figheight()


def panel(axes: Axes, name: str, unit: str, periods: Sequence[str], values: Sequence[float]) -> None:
    """Head and axes of a panel.

    Args:
        axes: of it.
        name: of what is shown.
        unit: of its values.
        periods: labels.
        values: all that is drawn, ``nan`` among them.
    """
    top = 1.15 * max((value for value in values if not math.isnan(value)), default=1.0)
    axes.set_ylim(0, top if top > 0 else 1)
    years = [period[-2:] for period in periods] if len(periods[0]) == 4 else list(periods)
    axes.set_xticks(list(range(len(periods))), years)
    axes.set_title("\n".join([*textwrap.wrap(name, _LINE)[:1], unit]), fontsize=7.5, pad=3, linespacing=1.1)
    axes.tick_params(labelsize=7, length=2)
    axes.grid(visible=False)
    axes.locator_params(axis="y", nbins=4)


def put_legend(chart: Figure, axes: Axes, height: float, columns: int = 3) -> None:
    """The legend of one panel above all of them."""
    handles, labels = axes.get_legend_handles_labels()
    chart.legend(
        handles,
        labels,
        loc="lower left",
        ncols=columns,
        columnspacing=1.4,
        handlelength=2.6,
        borderpad=0,
        bbox_to_anchor=(0.015, height),
    )


@styled
def lines_chart(title: str, source: str, shown: Sequence[Lines], labels: Sequence[str]) -> Figure:
    """Small multiples with a line for each plan, official figures as points and what happened as diamonds.

    Args:
        title: the finding.
        source: the line below.
        shown: the panels.
        labels: of the lines.
    """
    columns = 2
    chart, every, height = panels(title, source, len(shown), -(-(len(labels) + 2) // columns))
    for axes, one in zip(every, shown, strict=True):
        at = range(len(one.periods))
        for number, (label, values) in enumerate(zip(labels, one.values, strict=True)):
            axes.plot(at, values, label=textwrap.shorten(label, 52, placeholder="…"), **STYLES[number % LINES])
        axes.scatter(at, one.official, marker="o", s=22, facecolor="white", edgecolor=INK, zorder=4, label="official")
        axes.scatter(
            at, one.actual, marker="D", s=14, color=ACCENT, edgecolor=INK, linewidth=0.5, zorder=3, label="actual"
        )
        panel(
            axes,
            one.name,
            one.unit,
            one.periods,
            [value for some in (*one.values, one.actual, one.official) for value in some],
        )
    put_legend(chart, every[0], height, columns)
    return chart
