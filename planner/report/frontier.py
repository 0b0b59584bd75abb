"""The region of two quantities and the room of near-best plans: tables, words and run folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console

from planner.feasibility.balanced import balanced
from planner.feasibility.share import Shares
from planner.formulation import Formulation
from planner.report.data import data_table
from planner.report.manifest import provenance, times
from planner.report.sensitivity import about
from planner.report.tables import actual_figures
from planner.report.terminal import show_rows, target_label
from planner.report.words import conditions, is_share, number, percent, plan_title
from planner.report.write import write_run
from planner.sensitivity.frontier import (
    Polygon,
    Quantity,
    at_least,
    distance,
    on_ray,
    pareto,
    polygon,
    region,
    row_of,
)  # fmt: skip
from planner.solver.highs import Session

__all__ = [
    "Frontier",
    "frontier",
    "name_of",
    "room_summary",
    "show_frontier",
    "show_room",
    "write_frontier",
    "write_room",
]

Points = dict[str, tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Frontier:
    """Attainable pairs of two quantities and where the plan, its feasible share and what happened lie.

    Args:
        formulation: linear; x, y: the quantities; hold: share at which the other targets are held, if they are.
        third: the quantity of a family, if any; family: polygons by the least amount of it, ``nan`` where there is none.
        points: official, feasible, actual; ``nan`` where a figure is not known.
    """

    formulation: Formulation
    x: Quantity
    y: Quantity
    hold: float | None
    third: Quantity | None
    family: Mapping[float, Polygon]
    points: Points


def frontier(
    formulation: Formulation, x: Quantity, y: Quantity, *, hold: float | None = None, third: Quantity | None = None,
    levels: Sequence[float] = (),
) -> Frontier:  # fmt: skip
    """Trace the region of two quantities.

    Args:
        formulation: linear; x, y: the quantities; hold: share at which all other targets are held, ``None`` for none.
        third, levels: a third quantity and the amounts of it that are asked for, one polygon each.

    Raises:
        NothingLimitsError: a quantity can be had in any amount.
    """
    session = Session()
    wanted = [q for q in (x, y, third) if q is not None]
    weights, constants = row_of(formulation, [q.term for q in wanted])
    program = region(formulation, wanted, hold)
    points = _points(formulation, x, y, weights, constants)
    official = np.array(points["official"])
    sizes = official if np.isfinite(official).all() and (official > 0).all() else None
    family: dict[float, Polygon] = {}
    for level in levels if third is not None else ():
        asked = at_least(program, weights[2], level - float(constants[2]))
        family[float(level)] = polygon(asked, weights[:2], constants[:2], session, sizes=sizes)
    if not family:
        family[float("nan")] = polygon(program, weights[:2], constants[:2], session, sizes=sizes)
    return Frontier(formulation, x, y, hold, third, family, points)


def _points(
    formulation: Formulation, x: Quantity, y: Quantity, weights: np.ndarray, constants: np.ndarray
) -> Points:  # fmt: skip
    """Official, feasible (balanced) and actual figures of both quantities."""
    terms, targets = [x.term, y.term], formulation.targets
    at = [targets.terms.index(term) if term in targets.terms else -1 for term in terms]
    official = [float(targets.official[i]) if i >= 0 else float("nan") for i in at]
    frame = pd.DataFrame(terms, columns=["measure", "item", "period"])
    actual = [float(figure) for figure in actual_figures(formulation.facts, frame)]
    feasible = [float("nan")] * 2
    if formulation.question.objective in ("attainment", "balanced") and len(targets.frame):
        steps = balanced(formulation)
        if steps.last is not None:
            figures = Shares(formulation).figures(np.minimum(steps.shares, 1.0))
            planned = weights[:2] @ steps.last.values + constants[:2]
            feasible = [float(figures[i]) if i >= 0 else float(planned[k]) for k, i in enumerate(at)]
    pairs = {"official": official, "feasible": feasible, "actual": actual}
    return {name: (pair[0], pair[1]) for name, pair in pairs.items()}


def frontier_table(found: Frontier) -> pd.DataFrame:
    """``frontier.csv``: corners of each polygon in order, and the three points with their distance to each polygon."""
    rows: list[tuple[object, ...]] = []
    nothing = float("nan")
    for level, one in found.family.items():
        for order, (corner, best) in enumerate(zip(one.corners, pareto(one.corners), strict=True), start=1):
            rows.append(
                (level, "corner", "", order, *corner, "yes" if best else "no", nothing, nothing, nothing, nothing)
            )
        for name, point in found.points.items():
            known = bool(np.isfinite(point).all()) and bool(one.corners)
            far, near = distance(one.corners, point) if known else (nothing, (nothing, nothing))
            ray = on_ray(one.corners, point) if known and min(point) > 0 else nothing
            rows.append((level, "point", name, 0, *point, "", far, *near, ray))
    columns = [
        "third",
        "kind",
        "name",
        "order",
        "x",
        "y",
        "pareto",
        "distance",
        "nearest_x",
        "nearest_y",
        "share_of_both",
    ]
    table = pd.DataFrame(rows, columns=columns)
    third = found.third
    return table.assign(
        x_quantity=found.x.text, x_unit=found.x.unit, y_quantity=found.y.text, y_unit=found.y.unit,
        third_quantity=third.text if third else "", third_unit=third.unit if third else "",
        distance_unit="share of the point's own figures",
    )  # fmt: skip


def name_of(quantity: Quantity) -> str:
    """A quantity as a reader says it.

    >>> name_of(Quantity("output", "pig_iron", "1933", "Mt")), name_of(Quantity("consumption", "*", "1933", ""))
    ('pig iron in 1933', 'consumption per head in 1933')
    """
    if (quantity.measure, quantity.item) == ("consumption", "*"):
        return f"consumption per head in {quantity.period}"
    return f"{target_label(quantity.measure, quantity.item)} in {quantity.period}"


def frontier_summary(found: Frontier) -> dict[str, Any]:
    """The answer in a few keys."""
    table = frontier_table(found)
    points = table[table["kind"] == "point"]
    return {
        **about(found.formulation),
        "x": found.x.text,
        "y": found.y.text,
        "x_name": name_of(found.x),
        "y_name": name_of(found.y),
        "third": found.third.text if found.third else None,
        "third_name": name_of(found.third) if found.third else None,
        "hold": found.hold,
        "corners": int((table["kind"] == "corner").sum()),
        "solves": sum(one.solves for one in found.family.values()),
        "points": points[["third", "name", "x", "y", "distance", "share_of_both"]].to_dict("records"),
    }


def show_frontier(found: Frontier, console: Console) -> None:
    """The corners on the upper right edge, and the three points."""
    formulation = found.formulation
    console.print(f"[bold]{name_of(found.x)} against {name_of(found.y)}[/bold]  ({formulation.economy.title})")
    held = "targets set aside"
    if found.hold is not None:
        held = f"all other targets of {plan_title(formulation)} at {percent(found.hold)}"
    console.print(f"{held}; {conditions(formulation)}", style="dim")
    table = frontier_table(found)
    for level in found.family:
        part = table[(table["third"] == level) | (table["third"].isna() & np.isnan(level))]
        title = f"with at least {number(level)} {found.third.unit} of {name_of(found.third)}: " if found.third else ""
        edge = part[part["pareto"] == "yes"].sort_values("x", kind="stable")
        columns = [(f"{name_of(q)} ({q.unit})", "right") for q in (found.x, found.y)]
        rows = [(number(r["x"]), number(r["y"])) for r in edge.to_dict("records")]
        none = "" if (part["kind"] == "corner").any() else "no plan"
        console.print()
        show_rows(
            console, f"{title}corners where neither can grow without loss of the other {none}".rstrip(), columns, rows
        )
        points = part[part["kind"] == "point"].to_dict("records")
        cells = [(str(r["name"]), number(r["x"]), number(r["y"]), percent(r["distance"]), percent(r["share_of_both"]))
                 for r in points]  # fmt: skip
        names = [("point", "left"), *columns, ("outside by", "right"), ("share of both", "right")]
        show_rows(console, "The plan, what is feasible of it, what happened", names, cells)
    console.print(
        "outside by: distance to the region, both axes in shares of the point's own figures; share of both: as much of the "
        "two figures as can be had together", style="dim",
    )  # fmt: skip


def write_frontier(found: Frontier, folder: Path, *, overwrite: bool) -> Path:
    """Write the run with its chart, whole or not at all."""
    from planner.report.charts_sensitivity import draw

    options = {"plan": found.formulation.plan or None, "kind": "frontier", "x": found.x.text, "y": found.y.text,
               "hold": found.hold, "third": found.third.text if found.third else None}  # fmt: skip
    return _write(
        folder, found.formulation, {"frontier": frontier_table(found)}, frontier_summary(found), options, overwrite,
        draw,
    )  # fmt: skip


def _write(
    folder: Path, formulation: Formulation, tables: dict[str, pd.DataFrame], summary: dict[str, Any],
    options: dict[str, Any], overwrite: bool, draw: Any = None,
) -> Path:  # fmt: skip
    made = {**provenance(formulation.economy, formulation.question, **options), "times": times({})}
    everything = {**tables, "data": data_table(formulation.economy)}
    return write_run(folder, everything, {"summary": summary, "manifest": made}, overwrite=overwrite, more=draw)


# -- room -------------------------------------------------------------------------------------------------------------


def room_summary(formulation: Formulation, table: pd.DataFrame, value: float, epsilon: float) -> dict[str, Any]:
    """The answer in a few keys."""
    counts = table["reading"].value_counts()
    return {
        **about(formulation),
        "value": value,
        "epsilon": epsilon,
        **{reading.replace(" ", "_"): int(counts.get(reading, 0)) for reading in ("fixed", "at least", "free", "none")},
    }


def show_room(formulation: Formulation, table: pd.DataFrame, value: float, epsilon: float, console: Console) -> None:
    """What every near-best plan must do, then where it is free."""
    console.print(f"[bold]{plan_title(formulation)}[/bold]  ({formulation.economy.title})")
    console.print(conditions(formulation), style="dim")
    best = percent(value) if is_share(formulation.goal.unit) else f"{number(value)} {formulation.goal.unit}"
    console.print(f"Plans within {percent(epsilon)} of the best ({best}); totals over the periods named")
    columns = [("total of", "left"), ("in", "left"), ("unit", "left"), ("least", "right"), ("greatest", "right"),
               ("in the best found", "right")]  # fmt: skip
    titles = {
        "fixed": "As good as fixed",
        "at least": "Every such plan does at least this",
        "free": "May be left undone",
    }
    for reading, title in titles.items():
        part = table[table["reading"] == reading].sort_values("spread", kind="stable")
        if len(part):
            rows = [
                (target_label(r["measure"], r["item"]), r["period"], r["unit"], number(r["least"]),
                 "no limit" if np.isinf(r["greatest"]) else number(r["greatest"]), number(r["in_best"]))
                for r in part.head(40).to_dict("records")
            ]  # fmt: skip
            console.print()
            show_rows(console, f"{title} ({len(part)})", columns, rows)


def write_room(
    formulation: Formulation, table: pd.DataFrame, value: float, epsilon: float, folder: Path, *, overwrite: bool
) -> Path:  # fmt: skip
    """Write the run, whole or not at all."""
    options = {"plan": formulation.plan or None, "kind": "room", "epsilon": epsilon}
    summary = room_summary(formulation, table, value, epsilon)
    return _write(folder, formulation, {"room": table}, summary, options, overwrite)
