"""What the data leave open, and what more of a thing would bring: tornado, value curve, feasible set of two quantities."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.economy.names import Names
from planner.formulation.named import is_share
from planner.language.counting import capital, listed, lower
from planner.language.numbers import number, percent
from planner.reporting.charts.style import ACCENT, GRID, INK, MAIN, MUTED, PALE, figure, percent_axis, styled
from planner.reporting.run.read import Run, TextTable, as_number
from planner.reporting.tables.sensitivity import number_name
from planner.reporting.wording.data import idle
from planner.reporting.wording.numbers import selector_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["curve_chart", "frontier_chart", "sensitivity_drawings", "tornado_chart"]

MOST = 12  # bars of a tornado, where the run says nothing else
_LINE = 44  # characters of a label
_SEEN = 1e-9  # a swing less than this is none
_TOLD = {"official": "official figures", "feasible": "feasible with all other targets", "actual": "what happened"}


def sensitivity_drawings(run: Run) -> Iterator[tuple[str, Callable[[], Figure]]]:
    """What can be drawn of a run of ``planner sensitivity`` or ``planner frontier``, by the name of its file.

    Args:
        run: any run.
    """
    source, unit = run.source_line(), str(run.summary.get("unit"))
    top = int(run.options.get("top") or MOST)
    swings = run.table("tornado").where(by="number")
    if any(swing > _SEEN for swing in swings.numbers("swing")):
        yield "tornado", partial(tornado_chart, swings, source, unit, top, run.names)
    curves = run.table("curve")
    for selector in dict.fromkeys(curves.column("selector")):
        name = "curve_" + re.sub(r"[^A-Za-z0-9]+", "_", selector).strip("_")
        yield name, partial(curve_chart, curves.where(selector=selector), source, unit, run.names)
    if "frontier" in run.tables:
        yield "frontier", partial(frontier_chart, run.table("frontier"), source, run.summary)


def _axis(axis: Any, unit: str) -> None:
    """An axis of values of the objective."""
    if is_share(unit):
        percent_axis(axis, f"{unit} that can be reached")
    else:
        axis.set_label_text(unit)


def _said(value: float, unit: str) -> str:
    return percent(value) if is_share(unit) else f"{number(value)} {unit}"


def swing_finding(rows: Sequence[Mapping[str, str]], unit: str, idle_numbers: int, uncertain: int, names: Names) -> str:
    """What the tornado says.

    Args:
        rows: numbers that change the value, strongest first.
        unit: of it.
        idle_numbers: how many change nothing alone.
        uncertain: how many there are.
        names: of the economy.

    >>> row = {"table": "supply", "number": "old_sites", "column": "value", "at_low": "0.44", "at_high": "0.52", "value": "0.48"}
    >>> swing_finding([row], "share of the official figures", 547, 554, Names({}))
    'No single number lifts the share above 52.0 %; old sites moves it most. Of the 554 uncertain numbers 547 change nothing
    alone.'
    """
    best = max(as_number(row[end]) for row in rows for end in ("at_low", "at_high", "value"))
    name = lower(names.key(rows[0]["number"], rows[0]["table"]))
    what = "the share" if is_share(unit) else "the value"
    rest = f" {idle(idle_numbers, uncertain)}" if idle_numbers else ""
    return f"No single number lifts {what} above {_said(best, unit)}; {name} moves it most{'.' if rest else ''}{rest}"


@styled
def tornado_chart(table: TextTable, source: str, unit: str, top: int, names: Names) -> Figure:
    """A bar a number from its value at the low end to that at the high end, widest first; light is low, dark is high.

    Args:
        table: single numbers of ``tornado.csv``.
        source: the line below.
        unit: of the objective.
        top: most bars.
        names: of the economy.
    """
    moved = [row for row in table.records() if as_number(row["swing"]) > _SEEN or row["plan"] != "yes"]
    rows = [row for row in moved if as_number(row["swing"]) > _SEEN][:top]
    empty = [lower(names.key(row["number"], row["table"])) for row in moved if row["plan"] != "yes"]
    note = f" No plan at all at one end of {listed(empty, most=4)}; not drawn." if empty else ""
    title = swing_finding(rows, unit, len(table) - len(moved), len(table), names).replace(" %", "\u00a0%")
    chart, axes = figure(title, source + note, body=0.42 * len(rows) + 0.3, left=3.0, right=0.9, top=0.42)
    middle = as_number(rows[0]["value"])
    for line, row in enumerate(rows):
        for end, colour in (("low", PALE), ("high", MAIN)):
            at = as_number(row[f"at_{end}"])
            if abs(at - middle) > _SEEN:
                axes.barh(line, at - middle, left=middle, height=0.6, color=colour, edgecolor=INK, linewidth=0.5)
                outside = at >= middle
                axes.annotate(
                    number(as_number(row[end])),
                    (at, line),
                    xytext=(4 if outside else -4, 0),
                    textcoords="offset points",
                    va="center",
                    ha="left" if outside else "right",
                    fontsize=8,
                    annotation_clip=False,
                )
    axes.axvline(middle, color=INK, linewidth=0.9)
    axes.margins(x=0.14)
    axes.set_yticks(range(len(rows)), [_label(row, names) for row in rows], fontsize=8)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    _axis(axes.xaxis, unit)
    _ends_legend(axes, middle, unit)
    return chart


def _label(row: Mapping[str, str], names: Names) -> str:
    text = capital(number_name(row, names)) + (f", {row['unit']}" if row["unit"] else "")
    return "\n".join(textwrap.wrap(text, _LINE)[:2])


def _ends_legend(axes: Any, middle: float, unit: str) -> None:
    from matplotlib.patches import Patch

    shown = [
        Patch(facecolor=PALE, edgecolor=INK, linewidth=0.5, label="at its low end"),
        Patch(facecolor=MAIN, edgecolor=INK, linewidth=0.5, label="at its high end"),
        Patch(facecolor="white", edgecolor="white", label=f"line: {_said(middle, unit)} as the data stand"),
    ]
    axes.legend(handles=shown, loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, fontsize=8, columnspacing=1.2)


def curve_finding(points: list[tuple[float, float]], name: str, unit: str) -> str:
    """What the curve says.

    >>> curve_finding([(0.5, 0.3), (1.2, 0.6), (2.0, 0.6)], "Labour", "share of the official figures")
    'Labour: more of it helps up to 1.2 times what there is, to 60.0 %, and no further'
    """
    best, least = (choose(value for _, value in points) for choose in (max, min))
    near = _SEEN * max(1.0, abs(best))
    if best - least <= near:
        return f"{name}: between {points[0][0]:g} and {points[-1][0]:g} times what there is nothing changes: {_said(best, unit)}"
    first = next(factor for factor, value in points if value >= best - near)
    if points[-1][1] < best - near and points[0][1] >= best - near:
        return f"{name}: more lowers what can be reached, from {_said(best, unit)} to {_said(points[-1][1], unit)}"
    if first >= points[-1][0]:
        return f"{name}: more of it helps throughout, to {_said(best, unit)} at {first:g} times what there is"
    if first <= 1.0:
        return f"{name}: {number(first)} times what there is would be enough; more of it changes nothing"
    return f"{name}: more of it helps up to {number(first)} times what there is, to {_said(best, unit)}, and no further"


@styled
def curve_chart(table: TextTable, source: str, unit: str, names: Names) -> Figure:
    """The value over a factor: breakpoints as points where the curve is exact.

    Args:
        table: ``curve.csv`` of one selector.
        source: the line below.
        unit: of the objective.
        names: of the economy.
    """
    points = [(f, v) for f, v in zip(table.numbers("factor"), table.numbers("value"), strict=True) if math.isfinite(v)]
    row = next(table.records(), {"selector": "", "how": "", "unit": ""})
    name = selector_name(row["selector"], names)
    exact = row["how"] == "exact"
    note = " Exact: straight between the points marked." if exact else " Sampled, more closely where it bends."
    title = curve_finding(points, name, unit) if points else f"{name}: no plan at any amount"
    title = title.replace(" %", "\u00a0%")
    chart, axes = figure(title, source + note, body=2.8, left=0.8, right=0.4)
    factors, values = [p[0] for p in points], [p[1] for p in points]
    axes.plot(factors, values, color=MAIN, marker="o" if exact else "", markersize=4.5, clip_on=False, zorder=3)
    axes.axvline(1.0, color=MUTED, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.annotate(
        "as the data stand",
        (1.0, 0.0),
        xycoords=("data", "axes fraction"),
        xytext=(4, 5),
        textcoords="offset points",
        fontsize=8,
        color=MUTED,
    )
    top = max(values, default=1.0)
    axes.set_ylim(min(0.0, *values) if values else 0.0, 1.12 * top if top > 0 else 1.0)
    axes.grid(visible=True, axis="y", color=GRID)
    _axis(axes.yaxis, unit)
    axes.yaxis.label.set_text(axes.yaxis.label.get_text().replace(" that can be reached", ""))
    amounts = table.numbers("amount")
    one = amounts[0] / factors[0] if factors and factors[0] and math.isfinite(amounts[0]) else math.nan
    whole = "" if " per " in row["unit"] else " in all"
    per = f"; 1 = {number(one)} {row['unit']}{whole}" if math.isfinite(one) and row["unit"] else ""
    axes.set_xlabel(f"{name}, times what there is{per}")
    return chart


# -- the feasible set of two quantities -------------------------------------------------------------------------------------


def set_finding(summary: Mapping[str, Any]) -> str:
    """What the feasible set says of the official figures.

    >>> point = {"third": None, "name": "official", "distance": 0.4, "share_of_both": 0.58}
    >>> set_finding({"x_name": "steel in 1933", "y_name": "consumption per head in 1933", "points": [point]})
    'The official pair is out of reach: of steel in 1933 and consumption per head in 1933 together, at most 58.0 %'
    """
    pair = f"{summary['x_name']} and {summary['y_name']}"
    official = [point for point in summary["points"] if point["name"] == "official"]
    known = [p for p in official if p.get("distance") is not None and p.get("share_of_both") is not None]
    if not known or len(official) > 1:
        return f"What can be had together of {pair}"
    if known[0]["distance"] > 1e-9:
        return f"The official pair is out of reach: of {pair} together, at most {percent(known[0]['share_of_both'])}"
    return f"The official pair is within reach by itself: {pair}"


@styled
def frontier_chart(table: TextTable, source: str, summary: Mapping[str, Any]) -> Figure:
    """The feasible set of attainable pairs, its outer edge, and the official, feasible and actual points.

    Args:
        table: ``frontier.csv``.
        source: the line below.
        summary: of the run.
    """
    held = summary.get("hold")
    note = " Other targets are set aside." if held is None else f" All other targets held at {percent(float(held))}."
    if any(point["name"] == "actual" and (point["distance"] or 0.0) > _SEEN for point in summary["points"]):
        note += " What happened need not have kept the floor and the conditions assumed here."
    levels = list(dict.fromkeys(table.column("third")))
    title = set_finding(summary).replace(" %", "\u00a0%")
    lines = 1 if len(levels) == 1 else math.ceil((len(levels) + 3) / 2)  # of the legend
    chart, axes = figure(title, source + note, body=3.9, left=0.9, right=0.4, top=0.3 + 0.17 * lines)
    for shade, level in zip(_shades(len(levels)), levels, strict=True):
        corners = [
            (as_number(r["x"]), as_number(r["y"]), r["pareto"])
            for r in table.where(third=level, kind="corner").records()
        ]
        if corners:
            label = f"with {summary['third_name']} ≥ {number(as_number(level))}" if level else "what can be had"
            _set(axes, corners, shade, label)
    _points(axes, table.where(third=levels[0], kind="point"))
    first = next(table.records())
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.margins(x=0.08, y=0.08)
    axes.grid(visible=True, axis="both", color=GRID)
    axes.set_xlabel(f"{summary['x_name']} ({first['x_unit']})")
    axes.set_ylabel(f"{summary['y_name']} ({first['y_unit']})")
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=4 if len(levels) == 1 else 2,
        fontsize=8,
        columnspacing=1.1,
        handletextpad=0.5,
    )
    return chart


def _shades(count: int) -> list[str]:
    """Greys of blue, the first the lightest; each set lies in the one before."""
    from matplotlib.colors import to_hex, to_rgb

    pale, dark = to_rgb(PALE), to_rgb(MAIN)

    def mix(part: int, step: float) -> float:
        return pale[part] + step * (dark[part] - pale[part])

    steps = [0.0] if count == 1 else [0.75 * i / (count - 1) for i in range(count)]
    return [to_hex((mix(0, step), mix(1, step), mix(2, step))) for step in steps]


def _set(axes: Any, corners: list[tuple[float, float, str]], shade: str, label: str) -> None:
    x, y = [c[0] for c in corners], [c[1] for c in corners]
    axes.fill(x, y, facecolor=shade, edgecolor=MAIN, linewidth=0.8, alpha=0.85, label=label, zorder=1)
    for run in _edges(corners):
        axes.plot([p[0] for p in run], [p[1] for p in run], color=MAIN, linewidth=2.4, zorder=2)


def _edges(corners: list[tuple[float, float, str]]) -> Iterator[list[tuple[float, float]]]:
    """Neighbouring corners that are both on the outer edge, as pairs."""
    for one, two in zip(corners, corners[1:] + corners[:1], strict=True):
        if one[2] == two[2] == "yes":
            yield [one[:2], two[:2]]


def _points(axes: Any, points: TextTable) -> None:
    styles = {"official": ("X", INK), "feasible": ("o", MAIN), "actual": ("D", ACCENT)}
    for row in points.records():
        marker, colour = styles[row["name"]]
        x, y = as_number(row["x"]), as_number(row["y"])
        label = _TOLD[row["name"]]
        if math.isfinite(x) and math.isfinite(y):
            axes.plot(
                [x],
                [y],
                marker=marker,
                color=colour,
                markersize=8,
                linestyle="",
                label=label,
                zorder=4,
                markeredgecolor="white",
                clip_on=False,
            )
        elif math.isfinite(x):
            axes.axvline(x, color=colour, linestyle=(0, (4, 3)), linewidth=1.2, label=label, zorder=3)
        elif math.isfinite(y):
            axes.axhline(y, color=colour, linestyle=(0, (4, 3)), linewidth=1.2, label=label, zorder=3)
