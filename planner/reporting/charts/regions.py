"""What moves between regions: on a map, and as a matrix."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from planner.economy.names import Names
from planner.language.counting import counted
from planner.language.numbers import number, percent
from planner.reporting.charts.style import ACCENT, INK, MAIN, MUTED, PALE, PAPER, RIM, figure, styled
from planner.reporting.run.read import Run, TextTable, as_number
from planner.reporting.tables.regions import FULL

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

__all__ = ["flow_map", "flow_matrix", "regions_drawings"]

_WIDEST = 7.0  # points
_FAINTEST = 0.35  # depth of colour of a line that is nearly empty, or has no limit


def regions_drawings(run: Run) -> Iterator[tuple[str, Callable[[], Figure]]]:
    """The map, where it is known where regions are, and the matrix, of a run about regions.

    Args:
        run: any.
    """
    if not {"flows", "lines", "regions"} <= set(run.tables) or not run.table("flows").rows:
        return
    regions, source = run.table("regions"), f"{run.source_line()} {_plan(run)}"
    if all(row["longitude"] and row["latitude"] for row in regions.records()):
        yield "flow_map", partial(flow_map, regions, run.table("flows"), run.table("lines"), source)
    yield "flow_matrix", partial(flow_matrix, regions, run.table("flows"), run.table("lines"), source, run.names)


def _plan(run: Run) -> str:
    """Of which plan the drawings are."""
    share = run.summary.get("both") or (run.summary.get("attainment") or {}).get("central")
    return f"Of all plans with {percent(share)} of all figures, one that hauls least." if share else ""


def _last(flows: TextTable) -> tuple[str, list[dict[str, str]]]:
    """The last period in which something moves, and what moves then."""
    last = max(flows.column("period"))
    return last, [row for row in flows.records() if row["period"] == last]


@styled
def flow_map(regions: TextTable, flows: TextTable, lines: TextTable, source: str) -> Figure:
    """Regions at their centres, loads of links as widths, how full they are as depth of colour, full ones in another.

    Args:
        regions: ``regions.csv``.
        flows: ``flows.csv``.
        lines: ``lines.csv``.
        source: the line below.
    """
    last, moved = _last(flows)
    at = {row["region"]: (as_number(row["longitude"]), as_number(row["latitude"])) for row in regions.records()}
    own = [row for row in lines.records() if row["period"] == last]
    load = {row["way"]: as_number(row["load"]) for row in own}
    used = {row["way"]: as_number(row["share_used"] or "0") for row in own}
    full, limited = {way for way, share in used.items() if share >= FULL}, set(load)
    for row in moved:
        if row["way"] not in limited:  # a link that nothing limits has no row among the lines
            load[row["way"]] = load.get(row["way"], 0.0) + as_number(row["load"])
    most = max(load.values(), default=0.0) or 1.0
    carrying = sum(value > 0 for value in load.values())
    of_them = f"{len(full)} of them full" if full else "none of them full"
    title = f"In {last} something moves over {counted(carrying, 'line')}, {of_them}"
    chart, axes = figure(title, source, body=3.0)
    from matplotlib.colors import LinearSegmentedColormap

    depth = LinearSegmentedColormap.from_list("full", [PALE, MAIN])
    for way, value in load.items():
        start, end = way.partition(":")[0].split(">")
        if value > 0 and start in at and end in at:
            a, b = np.array(at[start]), np.array(at[end])
            side = np.array([-(b - a)[1], (b - a)[0]]) * 0.02  # the two directions of a line stand side by side
            axes.annotate(
                "",
                xy=tuple(b + side),
                xytext=tuple(a + side),
                arrowprops={
                    "arrowstyle": "-|>",
                    "color": ACCENT if way in full else depth(_FAINTEST + (1.0 - _FAINTEST) * used.get(way, 0.0)),
                    "linewidth": max(0.4, _WIDEST * value / most),
                    "shrinkA": 6,
                    "shrinkB": 6,
                },
            )
    clear = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.6}  # a name is read where an arrow passes under it
    for region, (x, y) in at.items():
        axes.plot([x], [y], "o", color=INK, markersize=5, zorder=4)
        axes.annotate(
            region, (x, y), xytext=(4, 5), textcoords="offset points", fontsize=8, color=INK, zorder=5, bbox=clear
        )
    xs, ys = zip(*at.values(), strict=True)
    wide, high = (max(xs) - min(xs)) or 1.0, (max(ys) - min(ys)) or 1.0
    axes.set_xlim(min(xs) - 0.08 * wide, max(xs) + 0.08 * wide)
    axes.set_ylim(min(ys) - 0.15 * high, max(ys) + 0.15 * high)
    axes.set_aspect(1.0 / np.cos(np.radians(np.mean(ys))), adjustable="box")
    widest = " ".join([number(most), *dict.fromkeys(row["unit"] for row in own)])
    axes.set_xlabel(
        f"degrees east. Widths: load, the widest {widest}; the darker, the fuller; orange: full", color=MUTED
    )
    axes.set_ylabel("degrees north", color=MUTED)
    return chart


@styled
def flow_matrix(regions: TextTable, flows: TextTable, lines: TextTable, source: str, names: Names) -> Figure:
    """How much moves from each region to each other, weighed as lines count it.

    Args:
        regions: ``regions.csv``.
        flows: ``flows.csv``.
        lines: ``lines.csv``, for the unit of loads.
        source: the line below.
        names: of the economy.
    """
    last, moved = _last(flows)
    labels = regions.column("region")
    called = [names(label, "region") for label in labels]
    grid = np.zeros((len(labels), len(labels)))
    for row in moved:
        grid[labels.index(row["from"]), labels.index(row["to"])] += as_number(row["load"])
    pairs = len({(row["from"], row["to"]) for row in moved})
    start, end = np.unravel_index(int(grid.argmax()), grid.shape)
    title = f"In {last} something moves between {counted(pairs, 'pair')} of regions"
    title += f", most from {called[start]} to {called[end]}" if grid.any() else ""
    units = " and ".join(dict.fromkeys(lines.column("unit")))
    both = [
        name if name.lower() == label.lower() else f"{name}  {label}"
        for name, label in zip(called, labels, strict=True)
    ]
    chart, axes = figure(
        title,
        f"{source} Numbers: load{f' in {units}' if units else ''}, weighed as lines count it.",
        body=0.28 * len(labels) + 0.6,
        left=0.6 + 0.066 * max(map(len, both)),
    )
    for i, j in zip(*np.nonzero(grid), strict=True):
        dark = bool(grid[i, j] > 0.7 * grid.max())
        axes.barh(i, 0.96, left=j - 0.48, height=0.96, color=MAIN if dark else PALE, edgecolor=RIM, linewidth=0.8)
        axes.text(
            j, i, number(float(grid[i, j]), 2), ha="center", va="center", fontsize=8, color=PAPER if dark else INK
        )
    axes.set_xlim(-0.5, len(labels) - 0.5)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_xticks(range(len(labels)), labels, fontsize=8, rotation=0 if len(max(labels, key=len)) < 5 else 45)
    axes.set_yticks(range(len(labels)), both, fontsize=8)
    axes.grid(visible=False)
    axes.set_xlabel("to")
    axes.set_ylabel("from")
    return chart
