"""What can be had of two quantities together, and where the plan, its feasible share and what happened lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.analysis.frontier.feasible_set import Polygon, Quantity, at_least, feasible_set, polygon, row_of
from planner.analysis.shares.balanced import least_labour
from planner.analysis.shares.settled import settle
from planner.analysis.shares.target_rows import TargetRows
from planner.formulation import Formulation
from planner.formulation.actual_figures import actual_figures
from planner.program import Vector
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = ["Frontier", "frontier"]

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
    formulation: Formulation,
    x: Quantity,
    y: Quantity,
    *,
    hold: float | None = None,
    third: Quantity | None = None,
    levels: Sequence[float] = (),
) -> Frontier:
    """Trace the feasible set of two quantities.

    Args:
        formulation: linear.
        x: the one quantity.
        y: the other.
        hold: share at which all other targets are held, ``None`` for none.
        third: a third quantity, of which amounts are asked for.
        levels: the amounts, one polygon each.

    Raises:
        NothingLimitsError: a quantity can be had in any amount.
    """
    session = Session()
    wanted = [q for q in (x, y, third) if q is not None]
    weights, constants = row_of(formulation, [q.term for q in wanted])
    program = feasible_set(formulation, wanted, hold)
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


def _points(formulation: Formulation, x: Quantity, y: Quantity, weights: np.ndarray, constants: np.ndarray) -> Points:
    """Official, feasible and actual figures of both quantities."""
    terms, targets = [x.term, y.term], formulation.targets
    at = [targets.terms.index(term) if term in targets.terms else -1 for term in terms]
    official = [float(targets.official[i]) if i >= 0 else float("nan") for i in at]
    frame = pd.DataFrame(terms, columns=["measure", "item", "period"])
    actual = [float(figure) for figure in actual_figures(formulation.facts, frame)]
    feasible = [float("nan")] * 2
    if formulation.goal.is_share and len(targets.frame):
        shares, plan = _at_shares(formulation)
        if plan is not None:
            figures, planned = targets.figures(shares), weights[:2] @ plan.values + constants[:2]
            feasible = [float(figures[i]) if i >= 0 else float(planned[k]) for k, i in enumerate(at)]
    pairs = {"official": official, "feasible": feasible, "actual": actual}
    return {name: (pair[0], pair[1]) for name, pair in pairs.items()}


def _at_shares(formulation: Formulation) -> tuple[Vector, Solution | None]:
    """The settled shares, and a plan that reaches them with least labour; none where there are none."""
    settled, handle = settle(formulation, reasons=False), TargetRows(formulation)
    if np.isnan(settled.shares).any():
        return settled.shares, None
    held = handle.held(formulation.program, handle.scaled, settled.shares[handle.scaled].clip(max=1.0))
    return settled.shares, least_labour(formulation, held, Session())
