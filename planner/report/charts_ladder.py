"""The ladder of plans: how much of each can be reached, from the least to the most favourable numbers."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.report.chart_style import ACCENT, INK, MAIN, MUTED, figure, percent_axis, styled
from planner.report.page_run import Table, as_number, is_below_base

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["ladder_chart", "rungs_of"]

_LINE = 34  # characters of a label
_LEFT_OUT = " Closures below the base level are a diagnosis, not an option; they stand in the table only."


@dataclass(frozen=True)
class Rung:
    """One plan under one scenario and closure.

    Args:
        label: its title; model: five_year or annual; floor: the closure.
        share: attainment by corner, ``nan`` where the region is empty; modest: of the modest figures, optimistic corner.
        verdict: over the ranges of the data.
    """

    label: str
    floor: str
    share: Mapping[str, float]
    modest: float
    verdict: str


def rungs_of(table: Table, scenario: str, titles: Mapping[str, str]) -> list[Rung]:
    """The rungs of a scenario, in the order of the table."""
    found: dict[tuple[str, ...], dict[tuple[str, str], dict[str, str]]] = {}
    for row in table.where(scenario=scenario).records():
        case = found.setdefault((row["plan"], row["floor"], row["model"]), {})
        case[row["corner"], row["figures"]] = row
    rungs = []
    for (plan, floor, model), case in found.items():
        label = titles.get(plan) or plan.replace("_", " ")
        share = {corner: as_number(row["attainment"]) for (corner, figures), row in case.items() if figures == "official"}
        modest = as_number(case.get(("optimistic", "modest"), {}).get("attainment", ""))
        verdict = next(iter(case.values()))["verdict_over_ranges"]
        rungs.append(Rung(label + (" (from the year before)" if model == "annual" else ""), floor, share, modest, verdict))
    return rungs


def drawn(rungs: list[Rung]) -> list[Rung]:
    """Those to draw: closures below the base level only where there are no others."""
    usual = [rung for rung in rungs if not is_below_base(rung.floor)]
    return usual or rungs


def finding(rungs: list[Rung]) -> str:
    """What the picture says, of the first closure drawn.

    >>> finding([Rung("a", "base", {}, 1.3, "inside"), Rung("b", "base", {}, 0.6, "certainly outside")])
    '1 of 2 plans fits at the central values; 1 is outside even where every number favours it'
    """
    mine = [rung for rung in rungs if rung.floor == rungs[0].floor]
    count = {verdict: sum(rung.verdict == verdict for rung in mine) for verdict in {rung.verdict for rung in mine}}
    if count.get("region empty", 0) == len(mine):
        return "No plan keeps the floors and balances, whatever the targets"
    if len(mine) == 1:
        return f"{mine[0].label}: {mine[0].verdict}"
    inside, out = count.get("inside", 0), count.get("certainly outside", 0)
    said = f"{inside or 'None'} of {len(mine)} plans {'fits' if inside <= 1 else 'fit'} at the central values"
    return f"{said}; {out or 'none'} {'is' if out <= 1 else 'are'} outside even where every number favours {'it' if out <= 1 else 'them'}"


@styled
def ladder_chart(rungs: list[Rung], source: str, scenario: str = "") -> Figure:
    """A line a plan from the pessimistic to the optimistic corner, a point at the central values; a panel a closure.

    Args:
        rungs: of one scenario; source: the line below; scenario: named in the title where there are several.
    """
    shown = drawn(rungs)
    floors = list(dict.fromkeys(rung.floor for rung in shown))
    plans = list(dict.fromkeys(rung.label for rung in shown))
    title = (f"Scenario {scenario.replace('_', ' ')}: " if scenario else "") + finding(shown)
    below = _LEFT_OUT if len(shown) < len(rungs) else ""
    chart, panels = figure(
        title, source + below, body=0.37 * len(plans) + 0.1, left=2.5, right=1.25, top=0.62, panels=len(floors), gap=1.3
    )
    reach = max((max(_known([*rung.share.values(), rung.modest])) for rung in shown), default=1.0)
    for axes, floor in zip([panels] if len(floors) == 1 else panels, floors, strict=True):
        mine = {rung.label: rung for rung in shown if rung.floor == floor}
        _panel(axes, [mine.get(plan) for plan in plans], max(1.08, 1.06 * reach))
        axes.set_title(f"consumption floor: {floor}", pad=4)
    first = panels if len(floors) == 1 else panels[0]
    first.set_yticks(range(len(plans)), ["\n".join(textwrap.wrap(plan, _LINE)) for plan in plans], fontsize=8)
    _legend(chart, first)
    return chart


def _known(values: list[float]) -> list[float]:
    return [value for value in values if math.isfinite(value)] or [0.0]


def _panel(axes: Any, rungs: list[Rung | None], edge: float) -> None:
    axes.axvline(1.0, color=INK, linewidth=0.9)
    for y, rung in enumerate(rungs):
        if rung is not None:
            _rung(axes, y, rung, edge)
    axes.set_xlim(0, edge)
    axes.set_ylim(len(rungs) - 0.5, -0.5)
    axes.set_yticks([])
    axes.tick_params(axis="y", length=0)
    percent_axis(axes.xaxis, "share of the official figures")


def _rung(axes: Any, y: int, rung: Rung, edge: float) -> None:
    low, middle, high = (rung.share.get(corner, math.nan) for corner in ("pessimistic", "central", "optimistic"))
    if math.isfinite(high):
        start = low if math.isfinite(low) else middle
        if math.isfinite(start):
            axes.plot([start, high], [y, y], color=MAIN, linewidth=3.2, solid_capstyle="butt")
        if not math.isfinite(low):
            axes.plot([0, start if math.isfinite(start) else high], [y, y], color=MUTED, linewidth=0.9, linestyle=(0, (1, 2)))
    if math.isfinite(rung.modest) and rung.modest > high + 1e-6:
        axes.plot(rung.modest, y, marker="|", color=MAIN, markersize=9, markeredgewidth=1.6)
        axes.plot([high, rung.modest], [y, y], color=MAIN, linewidth=0.9)
    if math.isfinite(middle):
        axes.plot(middle, y, marker="o", color=ACCENT, markeredgecolor=INK, markeredgewidth=0.7, markersize=7)
    axes.annotate(
        rung.verdict, (edge, y), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8, annotation_clip=False
    )


def _legend(chart: Figure, axes: Any) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color=ACCENT, marker="o", markeredgecolor=INK, linestyle="", label="central values"),
        Line2D([], [], color=MAIN, linewidth=3.2, label="to the optimistic corner"),
        Line2D([], [], color=MAIN, marker="|", linewidth=0.9, markersize=9, markeredgewidth=1.6, label="modest end of the figures"),
        Line2D([], [], color=MUTED, linewidth=0.9, linestyle=(0, (1, 2)), label="region empty at the pessimistic corner"),
    ]
    width, height = chart.get_size_inches()
    top = axes.get_position().y1 + 0.27 / height
    chart.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0.06 / width, top), ncols=4, fontsize=8, borderpad=0,
        columnspacing=1.2, handlelength=1.6,
    )  # fmt: skip
