"""Alternatives near the best: a few whole plans that reach the settled figures and differ most from one another.

Plans that reach the same figures may share little else. The corners of what they can be are found one total after the
other: the plan with the least of it, and the one with the greatest. To the corners that lie farthest from every plan chosen so
far the steadiest path is found that comes near their end, and of these paths the farthest is taken (Gonzalez 1985); then the
next. Energy models know the idea as
modelling to generate alternatives, or SPORES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.analysis.frontier.feasible_set import Quantity, at_least, row_of
from planner.analysis.frontier.near_optimal import groups
from planner.analysis.shares.path import Path, path_to
from planner.analysis.shares.reference import ALLOWED, held_at
from planner.formulation import Formulation
from planner.program import LinearProgram, Matrix, Vector
from planner.solver.highs import Session
from planner.solver.solution import SolverError

__all__ = ["Alternative", "alternatives"]

_BACK = 0.05  # of the way back from a corner to the first plan: at the corner itself a path has no choice left
_TRIED = 6  # corners, the farthest first, to which a path is sought before one is chosen
_NONE = 1e-6  # of a distance: a plan that is nearer than that is no other plan
_SAME = 1e-6  # of what a total is, by which corners must differ for it to count


@dataclass(frozen=True, eq=False)
class Alternative:
    """One whole plan.

    Args:
        path: that leads to the settled figures.
        totals: of the groups, shape (groups,).
        seeks: the total that was taken to an end; nothing of the first plan, which is the steadiest of all.
        greatest: which end.
        total: what it comes to in this plan.
        in_first: what it comes to in the first plan.
        furthest: how far it can be taken.
        apart: distance to the nearest of the plans before it: the mean over all totals of how far they lie apart, as a
            share of how far they can.
    """

    path: Path
    totals: Vector
    seeks: Quantity | None = None
    greatest: bool = True
    total: float = float("nan")
    in_first: float = float("nan")
    furthest: float = float("nan")
    apart: float = float("nan")


@dataclass(frozen=True, eq=False)
class _Corner:
    """A plan with the least or the greatest of a total."""

    group: int
    sense: float
    totals: Vector


def alternatives(
    formulation: Formulation,
    shares: Vector,
    first: Path,
    count: int,
    epsilon: float,
    *,
    tick: Callable[[str], None] = lambda _: None,
) -> list[Alternative]:
    """A few plans that reach every settled figure to within ε and differ most from one another.

    Args:
        formulation: of a question about the share of targets.
        shares: settled, shape (targets,).
        first: the steadiest path to them.
        count: how many plans, the first among them; fewer come back where no other differs.
        epsilon: share of its settled figure that each may miss, no less than that of the path.
        tick: told what is sought.

    Raises:
        SolverError: a path could not be found.
    """
    wanted = groups(formulation)
    weights, constants = row_of(formulation, [q.term for q in wanted])
    feasible_set = held_at(formulation, shares, max(epsilon, ALLOWED))

    rows = Matrix(weights)  # which are added up in one order on every processor, as dense ones are not

    def totals(values: Vector) -> Vector:
        return np.asarray(rows @ values + constants)

    found = [Alternative(first, totals(first.plan.values))]
    corners = list(_corners(feasible_set, weights, totals, tick))
    every = np.array([found[0].totals, *(corner.totals for corner in corners)])
    spread = np.ptp(every, axis=0)
    counts = spread > _SAME * np.abs(every).max(axis=0, initial=0.0)

    def apart(one: Vector) -> float:
        """Distance to the nearest of the plans chosen."""
        gaps = [np.abs(one - other.totals)[counts] / spread[counts] for other in found]
        return float(min(gap.mean() for gap in gaps)) if counts.any() else 0.0

    def led_to(corner: _Corner) -> Alternative:
        """The steadiest path on which a total is as good as at its end."""
        at, start = corner.group, found[0].totals[corner.group]
        level = corner.totals[at] + _BACK * (start - corner.totals[at])
        held = at_least(feasible_set, corner.sense * weights[at], corner.sense * (level - constants[at]))
        path = path_to(formulation, shares, feasible_set=held)
        own = totals(path.plan.values)
        here, there, end = float(own[at]), float(start), float(corner.totals[at])
        return Alternative(path, own, wanted[at], corner.sense > 0, here, there, end)

    led: dict[int, Alternative] = {}
    while len(found) < count:
        tick(f"plan {len(found) + 1} of {count}")
        gaps = np.array([apart(corner.totals) for corner in corners])
        for number in np.argsort(-gaps, kind="stable")[:_TRIED].tolist():
            if number not in led:
                led[number] = led_to(corners[number])
        reached = {number: apart(one.totals) for number, one in led.items()}
        best = max(reached, key=lambda number: reached[number], default=-1)
        if best < 0 or reached[best] <= _NONE:
            break
        found.append(replace(led[best], apart=reached[best]))
    return found


def _corners(
    feasible_set: LinearProgram, weights: Vector, totals: Callable[[Vector], Vector], tick: Callable[[str], None]
) -> Iterator[_Corner]:
    """Plans with the least and the greatest of each total; none where there is no end."""
    session = Session()
    for group, weight in enumerate(weights):
        if group % 20 == 0:
            tick(f"ends of {group} of {len(weights)} totals")
        for sense in (-1.0, 1.0) if weight.any() else ():
            solution = session.solve(feasible_set.maximising(sense * weight, "a total"))
            if solution.optimal:
                yield _Corner(group, sense, totals(solution.values))
            elif solution.status.value != "unbounded":
                raise SolverError(f"the end of a total: {solution.status.value} {solution.detail}".rstrip())
