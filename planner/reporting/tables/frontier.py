"""The region of two quantities and the room of near-best plans: tables, words and run folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console

from planner.analysis.feasibility.balanced import balanced, least_labour
from planner.analysis.feasibility.target_rows import Shares
from planner.analysis.frontier.feasible_set import (
    Polygon,
    Quantity,
    at_least,
    distance,
    on_ray,
    pareto,
    polygon,
    region,
    row_of,
)
from planner.economy.names import Names
from planner.formulation import Formulation
from planner.language.counting import capital
from planner.language.numbers import number, percent
from planner.program import Vector
from planner.reporting.run.manifest import provenance, times
from planner.reporting.run.write import write_run
from planner.reporting.tables.data import data_table
from planner.reporting.tables.plan import actual_figures
from planner.reporting.tables.sensitivity import about
from planner.reporting.terminal.grid import Column
from planner.reporting.terminal.solve import say, show_head, show_rows
from planner.reporting.wording.numbers import conditions, plan_title
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = [
    "Frontier",
    "frontier",
    "name_of",
    "near_optimal_summary",
    "show_frontier",
    "show_near_optimal",
    "write_frontier",
    "write_near_optimal",
]

Points = dict[str, tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Frontier:
    """Attainable pairs of two quantities and where the plan, its feasible share and what happened lie.

    Args:
        formulation: linear.
        x: the quantities.
        y: likewise.
        hold: share at which the other targets are held, if they are.
        third: the quantity of a family, if any.
        family: polygons by the least amount of it, ``nan`` where there is none.
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
        formulation: linear.
        x: the quantities.
        y: likewise.
        hold: share at which all other targets are held, ``None`` for none.
        third: a third quantity and the amounts of it that are asked for, one polygon each.
        levels: likewise.

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
    if formulation.goal.is_share and len(targets.frame):
        shares, plan = _at_shares(formulation, [i for i in at if i >= 0])
        if plan is not None:
            figures, planned = targets.figures(shares), weights[:2] @ plan.values + constants[:2]
            feasible = [float(figures[i]) if i >= 0 else float(planned[k]) for k, i in enumerate(at)]
    pairs = {"official": official, "feasible": feasible, "actual": actual}
    return {name: (pair[0], pair[1]) for name, pair in pairs.items()}


def _at_shares(formulation: Formulation, own: Sequence[int]) -> tuple[Vector, Solution | None]:
    """Balanced shares, and a plan that reaches those of some targets, the other targets at most in full."""
    steps = balanced(formulation)
    if steps.last is None or not (steps.shares[own] > 1.0).any():
        return steps.shares, steps.last
    handle, wanted = Shares(formulation), np.minimum(steps.shares, 1.0)
    wanted[own] = steps.shares[own]
    held = handle.held(formulation.program, handle.scaled, wanted[handle.scaled])
    return steps.shares, least_labour(formulation, held, Session())


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


def name_of(quantity: Quantity, names: Names) -> str:
    """A quantity as a reader says it.

    >>> names = Names({})
    >>> name_of(Quantity("output", "pig_iron", "1933", "Mt"), names), name_of(Quantity("consumption", "*", "1933", ""), names)
    ('pig iron in 1933', 'consumption per head in 1933')
    """
    return f"{names.target(quantity.measure, quantity.item)} in {quantity.period}"


def frontier_summary(found: Frontier) -> dict[str, Any]:
    """The answer in a few keys."""
    table = frontier_table(found)
    points, names = table[table["kind"] == "point"], Names.of(found.formulation.economy)
    return {
        **about(found.formulation),
        "x": found.x.text,
        "y": found.y.text,
        "x_name": name_of(found.x, names),
        "y_name": name_of(found.y, names),
        "third": found.third.text if found.third else None,
        "third_name": name_of(found.third, names) if found.third else None,
        "hold": found.hold,
        "corners": int((table["kind"] == "corner").sum()),
        "solves": sum(one.solves for one in found.family.values()),
        "points": points[["third", "name", "x", "y", "distance", "share_of_both"]].to_dict("records"),
    }


def show_frontier(found: Frontier, console: Console) -> None:
    """The corners on the upper right edge, and the three points."""
    formulation, names = found.formulation, Names.of(found.formulation.economy)
    held = "targets set aside"
    if found.hold is not None:
        held = f"all other targets of {plan_title(formulation)} at {percent(found.hold)}"
    title = capital(f"{name_of(found.x, names)} against {name_of(found.y, names)}")
    show_head(formulation, console, title, f"{held}; {conditions(formulation)}")
    table = frontier_table(found)
    for level in found.family:
        part = table[(table["third"] == level) | (table["third"].isna() & np.isnan(level))]
        console.print()
        if found.third is not None:
            least = f"{number(level)} of {name_of(found.third, names)} ({found.third.unit or 'no unit'})"
            say(console, f"With at least {least}:", "bold")
        _show_polygon(found, part, names, console)
    say(
        console,
        "outside by: distance to the region, both axes in shares of the point's own figures; share of both: as much of the two "
        "figures as can be had together",
        "dim",
    )


def _show_polygon(found: Frontier, part: pd.DataFrame, names: Names, console: Console) -> None:
    """Corners of one region, and where the points lie."""
    heads = [f"{name_of(q, names)} ({q.unit})" if q.unit else name_of(q, names) for q in (found.x, found.y)]
    edge = part[part["pareto"] == "yes"].sort_values("x", kind="stable")
    rows = [(number(r["x"]), number(r["y"])) for r in edge.to_dict("records")]
    title = "Corners where neither can grow without loss of the other"
    show_rows(
        console, title, [Column(head, "right") for head in heads], rows, none="No plan has so much: there is no corner."
    )
    cells = [
        (str(r["name"]), number(r["x"]), number(r["y"]), percent(r["distance"]), percent(r["share_of_both"]))
        for r in part[part["kind"] == "point"].to_dict("records")
    ]
    columns = [Column("point"), *(Column(name, "right") for name in (*heads, "outside by", "share of both"))]
    show_rows(console, "The plan, what is feasible of it, what happened", columns, cells)


def write_frontier(found: Frontier, folder: Path, *, overwrite: bool) -> Path:
    """Write the run with its chart, whole or not at all."""
    from planner.reporting.charts.sensitivity import draw

    options = {"plan": found.formulation.plan or None, "x": found.x.text, "y": found.y.text,
               "hold": found.hold, "third": found.third.text if found.third else None}  # fmt: skip
    return _write(
        folder, "frontier", found.formulation, {"frontier": frontier_table(found)}, frontier_summary(found), options,
        overwrite, draw,
    )  # fmt: skip


def _write(
    folder: Path, kind: str, formulation: Formulation, tables: dict[str, pd.DataFrame], summary: dict[str, Any],
    options: dict[str, Any], overwrite: bool, draw: Any = None,
) -> Path:  # fmt: skip
    made = {**provenance(formulation.economy, formulation.question, **options), "times": times({})}
    everything = {**tables, "data": data_table(formulation.economy)}
    documents = {"summary": summary, "manifest": made}
    return write_run(folder, everything, documents, kind=kind, overwrite=overwrite, more=draw)


# -- room -------------------------------------------------------------------------------------------------------------


def near_optimal_summary(formulation: Formulation, table: pd.DataFrame, value: float, epsilon: float) -> dict[str, Any]:
    """The answer in a few keys."""
    counts = table["reading"].value_counts()
    return {
        **about(formulation),
        "value": value,
        "epsilon": epsilon,
        **{reading.replace(" ", "_"): int(counts.get(reading, 0)) for reading in ("fixed", "at least", "free", "none")},
    }


def show_near_optimal(
    formulation: Formulation, table: pd.DataFrame, value: float, epsilon: float, console: Console
) -> None:
    """What every near-best plan must do, then where it is free."""
    unit, names = formulation.goal.unit, Names.of(formulation.economy)
    show_head(formulation, console)
    best = percent(value) if formulation.goal.is_share else f"{number(value)} {unit}"
    say(console, f"Plans within {percent(epsilon)} of the best ({best}); totals over the periods named")
    columns = [
        Column("total of"), Column("in"), Column("unit"), Column("least", "right"), Column("greatest", "right"),
        Column("in the best found", "right", drop=1),
    ]  # fmt: skip
    titles = {
        "fixed": "As good as fixed",
        "at least": "Every such plan does at least this",
        "free": "May be left undone",
    }
    for reading, title in titles.items():
        part = table[table["reading"] == reading].sort_values("spread", kind="stable")
        if len(part):
            rows = [
                (capital(names.target(r["measure"], r["item"])), r["period"], r["unit"], number(r["least"]),
                 "no limit" if np.isinf(r["greatest"]) else number(r["greatest"]), number(r["in_best"]))
                for r in part.to_dict("records")
            ]  # fmt: skip
            console.print()
            show_rows(console, f"{title} ({len(part)})", columns, rows, file="near_optimal.csv")


def write_near_optimal(
    formulation: Formulation, table: pd.DataFrame, value: float, epsilon: float, folder: Path, *, overwrite: bool
) -> Path:  # fmt: skip
    """Write the run, whole or not at all."""
    options = {"plan": formulation.plan or None, "epsilon": epsilon}
    summary = near_optimal_summary(formulation, table, value, epsilon)
    return _write(folder, "near_optimal", formulation, {"near_optimal": table}, summary, options, overwrite)
