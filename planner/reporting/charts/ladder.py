"""The ladder of plans: how much of each can be reached, from the least to the most favourable numbers."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.economy.names import Names
from planner.language.counting import capital, some_of, verb
from planner.reporting.charts.style import (
    ACCENT,
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
from planner.reporting.run.read import TextTable, as_number, is_below_base

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Rung", "drawn", "finding", "ladder_chart", "rungs_legend", "rungs_of", "rungs_panel"]

_LINE = 34  # characters of a label
_DOTS = (0, (1, 2))
_LEFT_OUT = " Floors below the base level are a diagnosis, not an option; they stand in the table only."
_FLOORS = {"base": "as in the base period", "promised": "as promised", "actual": "as it turned out"}


@dataclass(frozen=True)
class Rung:
    """One line: a plan under one scenario and closure, or what else is a share at the numbers and at their ends.

    Args:
        label: its title.
        floor: the closure.
        share: attainment by corner, ``nan`` where the feasible set is empty.
        modest: of the modest figures, optimistic corner.
        verdict: over the ranges of the data.
        annual: tested as one year from the state before it.
    """

    label: str
    floor: str
    share: Mapping[str, float]
    modest: float
    verdict: str
    annual: bool = False


def rungs_of(table: TextTable, scenario: str, names: Names) -> list[Rung]:
    """The rungs of a scenario, in the order of the table."""
    found: dict[tuple[str, ...], dict[tuple[str, str], dict[str, str]]] = {}
    for row in table.where(scenario=scenario).records():
        case = found.setdefault((row["plan"], row["floor"], row.get("annual", "no")), {})
        case[row["corner"], row["figures"]] = row
    rungs = []
    for (plan, floor, as_one_year), case in found.items():
        label = names.plan(plan)
        share = {corner: as_number(row["attainment"]) for (corner, fig), row in case.items() if fig == "official"}
        modest = as_number(case.get(("optimistic", "modest"), {}).get("attainment", ""))
        verdict = next(iter(case.values()))["verdict_over_ranges"]
        annual = as_one_year == "yes"
        rungs.append(Rung(label + " (from the year before)" * annual, floor, share, modest, verdict, annual))
    return rungs


def drawn(rungs: list[Rung]) -> list[Rung]:
    """Those to draw: closures below the base level only if there are no others, none whose feasible set is empty throughout."""
    usual = [rung for rung in rungs if not is_below_base(rung.floor)] or rungs
    alive = {rung.floor for rung in usual if rung.verdict != "empty set"}
    return [rung for rung in usual if rung.floor in alive]


def spoken_of(rungs: list[Rung]) -> str:
    """The closure that a title speaks of."""
    floors = [rung.floor for rung in rungs]
    return "base" if "base" in floors else floors[0]


def finding(rungs: list[Rung]) -> str:
    """What is found of the base closure, else of the first; a plan that is tested twice counts once.

    >>> finding([Rung("a", "base", {}, 1.3, "inside"), Rung("b", "base", {}, 0.6, "certainly outside")])
    '1 of 2 plans fits at the central values; 1 is outside even where every number favours it'
    """
    mine = [rung for rung in rungs if rung.floor == spoken_of(rungs)]
    mine = [rung for rung in mine if not rung.annual] or mine
    verdicts = [rung.verdict for rung in mine]
    if set(verdicts) == {"empty set"}:
        return "No plan keeps the floors and balances, whatever the targets"
    if len(mine) == 1:
        return f"{mine[0].label}: {mine[0].verdict}"
    inside, out = verdicts.count("inside"), verdicts.count("certainly outside")
    said = capital(f"{some_of(inside, len(mine), 'plan')} {verb(inside, 'fits', 'fit')} at the central values")
    one = f"{out or 'none'} is outside even where every number favours it"
    return f"{said}; {one if out <= 1 else f'{out} are outside even where every number favours them'}"


@styled
def ladder_chart(rungs: list[Rung], source: str, scenario: str = "") -> Figure:
    """A line a plan from the pessimistic to the optimistic corner, a point at the central values; a panel a closure.

    Args:
        rungs: of one scenario.
        source: the line below.
        scenario: named in the title where there are several.
    """
    shown = drawn(rungs)
    floors = list(dict.fromkeys(rung.floor for rung in shown))
    plans = list(dict.fromkeys(rung.label for rung in shown))
    named = [f"scenario {scenario.replace('_', ' ')}"] if scenario else []
    named += [f"households get at least {_least(spoken_of(shown))}"] if len(floors) > 1 else []
    title = f"{': '.join([*filter(None, [', '.join(named)]), finding(shown)])}"
    title = title[:1].upper() + title[1:]
    below = _LEFT_OUT if any(is_below_base(rung.floor) for rung in rungs if rung not in shown) else ""
    chart, panels = figure(
        title,
        source + below,
        body=0.37 * len(plans) + 0.1,
        left=2.5,
        right=1.25,
        top=0.62 if len(floors) > 1 else 0.42,
        panels=len(floors),
        gap=1.3,
    )
    reach = max((max(_known([*rung.share.values(), rung.modest])) for rung in shown), default=1.0)
    for axes, floor in zip([panels] if len(floors) == 1 else panels, floors, strict=True):
        mine = {rung.label: rung for rung in shown if rung.floor == floor}
        rungs_panel(axes, [mine.get(plan) for plan in plans], max(1.08, 1.06 * reach), "share of the official figures")
        if len(floors) > 1:
            axes.set_title(f"at least {_least(floor)}", pad=4)
    first = panels if len(floors) == 1 else panels[0]
    first.set_yticks(range(len(plans)), ["\n".join(textwrap.wrap(plan, _LINE)) for plan in plans], fontsize=8)
    rungs_legend(chart, first, shown)
    return chart


def _known(values: list[float]) -> list[float]:
    return [value for value in values if math.isfinite(value)] or [0.0]


def _least(floor: str) -> str:
    """What a closure gives households at least, in few words."""
    return _FLOORS.get(floor) or (f"{floor} of the base level" if floor[:1].isdigit() else f"{floor} level")


def rungs_panel(axes: Any, rungs: list[Rung | None], edge: float, label: str, start: float = 0.0) -> None:
    """Rungs from the top down, with the line at which all is met.

    Args:
        axes: of the panel.
        rungs: a line each; ``None`` leaves one empty.
        edge: right end of the axis.
        label: what the shares are of.
        start: left end of the axis.
    """
    axes.axvline(1.0, color=INK, linewidth=0.9)
    for y, rung in enumerate(rungs):
        if rung is not None:
            _rung(axes, y, rung, edge)
    axes.set_xlim(start, edge)
    axes.set_ylim(len(rungs) - 0.5, -0.5)
    axes.set_yticks([])
    axes.tick_params(axis="y", length=0)
    axes.xaxis.get_major_locator().set_params(nbins=5, steps=[1, 2, 5, 10])
    percent_axis(axes.xaxis, label)


def _rung(axes: Any, y: int, rung: Rung, edge: float) -> None:
    low, middle, high = (rung.share.get(corner, math.nan) for corner in ("pessimistic", "central", "optimistic"))
    known = [share for share in (low, middle, high) if math.isfinite(share)]
    if known:
        axes.plot([known[0], high], [y, y], color=MAIN, linewidth=3.2, solid_capstyle="butt")
        axes.plot(high, y, marker="s", color=MAIN, markersize=4)
    if known and not math.isfinite(low):
        axes.plot([0, known[0]], [y, y], color=MUTED, linewidth=0.9, linestyle=_DOTS)
    if rung.modest > high + 1e-6:
        axes.plot([high, rung.modest], [y, y], color=MAIN, linewidth=0.9)
        axes.plot(rung.modest, y, marker="|", color=MAIN, markersize=9, markeredgewidth=1.6)
    if math.isfinite(middle):
        axes.plot(middle, y, marker="o", color=ACCENT, markeredgecolor=INK, markeredgewidth=0.7, markersize=5.5)
    label_end(axes, edge, y, rung.verdict, fontsize=8)


def rungs_legend(
    chart: Figure,
    axes: Any,
    shown: list[Rung],
    bar_is: str = "every uncertain number against the plan to every one for it",
) -> None:
    """What the marks of rungs mean, of those that are drawn.

    Args:
        chart: of it.
        axes: the first.
        shown: what is drawn.
        bar_is: what the bar goes from and to.
    """
    empty = [not math.isfinite(rung.share.get("pessimistic", math.nan)) for rung in shown]
    modest = any(rung.modest > rung.share.get("optimistic", math.inf) + 1e-6 for rung in shown)
    point: dict[str, Any] = {"color": ACCENT, "marker": "o", "markeredgecolor": INK, "markersize": 5.5, "linestyle": ""}
    bar: dict[str, Any] = {"color": MAIN, "marker": "s", "markersize": 4, "linewidth": 3.2}
    end: dict[str, Any] = {"color": MAIN, "marker": "|", "markersize": 9, "markeredgewidth": 1.6, "linewidth": 0.9}
    dots: dict[str, Any] = {"color": MUTED, "linewidth": 0.9, "linestyle": _DOTS}
    parts = [
        (any(math.isfinite(rung.share.get("central", math.nan)) for rung in shown), "numbers as stated", point),
        (True, bar_is, bar),
        (modest, "and with the figures at their lower ends", end),
        (any(empty), "no plan at all with less favourable numbers", dots),
    ]
    legend_above(
        chart,
        axes,
        [mark(label, **look) for there, label, look in parts if there],
        above=0.27 if axes.get_title("left") else 0.08,
    )
