"""Balanced shares: the lexicographic max-min, which raises no share at the cost of a worse one.

It has a trap: where many products take a little of what is scarce, none of them may take a hair's breadth more of it for any
gain elsewhere, so that all are settled low for the sake of the worst. Proportional shares weigh the one against the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.analysis.shares.target_rows import TargetRows
from planner.formulation import Formulation
from planner.program import Codes, LinearProgram, Vector
from planner.solver.highs import Session
from planner.solver.scaling import sizes_of
from planner.solver.solution import Solution

MOST = 1000.0  # a target reached a thousand times over is not scarce; its share is reported as this
_PRICED = 1e-7  # share of a step's whole price below which a target is not yet what holds the others back
_TRIFLE = 1e-6  # of the labour of a usual activity
_EASED = (
    0.0,
    1e-9,
    1e-8,
    1e-7,
    1e-6,
)  # settled shares sit at the edge of the feasible set, where rounding may leave nothing of it


@dataclass(frozen=True, eq=False)
class Balanced:
    """Balanced shares of a plan's targets.

    Args:
        first: the attainment solve that everything starts from; its prices say what binds.
        shares: share of each target, shape (targets,); 1 for hard ones; ``nan`` if the feasible set is empty.
        step: at which step each target was settled, shape (targets,); -1 for those θ does not scale.
        last: a plan with every target met in full, or at its share where that is less, using least labour; ``None`` if
            the feasible set is empty.
    """

    first: Solution
    shares: Vector
    step: Vector
    last: Solution | None


def balanced(formulation: Formulation, session: Session | None = None) -> Balanced:
    """Raise the worst share as far as it goes, settle the targets whose price is positive, and go on with the rest.

    The shares are unique though the plans that reach them are not. Of those plans the one with least labour is kept, so
    that nothing is made for show.

    Args:
        formulation: of the objective ``attainment`` or ``balanced``.
        session: a warm solver.

    Returns:
        Shares and plans; at most one linear program a target, and one more.
    """
    session = session or Session()
    handle = TargetRows(formulation)
    program = capped(handle, formulation.program)
    first = solution = session.solve(program)
    shares = np.where(formulation.targets.scaled, np.nan, 1.0)
    step = np.full(len(shares), -1.0)
    if not first.optimal:
        return Balanced(first, np.full(len(shares), np.nan), step, None)
    steps = Session(session.limits.primal)  # each step's plan is a plan of the next
    open_targets = handle.scaled
    number = 0
    while len(open_targets):
        level = float(solution.values[handle.theta])
        weights = handle.prices(solution)[open_targets]
        settled = open_targets[weights > _PRICED * max(1.0, weights.max(initial=0.0))]
        if not len(settled) or level >= MOST * (1 - 1e-9):
            settled = open_targets
        shares[settled], step[settled] = level, number
        open_targets = np.setdiff1d(open_targets, settled)
        number += 1
        if len(open_targets):
            solution = _next(handle, program, shares, np.setdiff1d(handle.scaled, open_targets), steps)
            if not solution.optimal:  # what is settled stands, the rest is unknown
                break
    enough = np.minimum(np.nan_to_num(shares[handle.scaled]), 1.0)
    plan = least_labour(formulation, handle.held(formulation.program, handle.scaled, enough), session)
    return Balanced(first, shares, step, plan)


def _next(handle: TargetRows, program: LinearProgram, shares: Vector, settled: Codes, session: Session) -> Solution:
    """Raise the other shares with the settled ones held, eased by no more than it takes to find a plan."""
    for ease in _EASED:
        solution = session.solve(handle.held(program, settled, shares[settled] - ease))
        if solution.optimal:
            break
    return solution


def capped(handle: TargetRows, program: LinearProgram) -> LinearProgram:
    """The program with the common share at no more than what is reported."""
    return program.bounded(handle.theta, upper=min(program.column_upper[handle.theta], MOST))


def least_labour(formulation: Formulation, program: LinearProgram, session: Session) -> Solution | None:
    """Of all plans of a program, one that uses least labour (or least activity where there is no labour).

    Of those that use equally little, one that does little of what takes none: a millionth of the labour of a usual activity
    is put on a usual amount of building, trade or training, a tenth of that on stocks. Shares sit at the edge of the feasible
    set; where rounding puts them outside it, they are eased by 1e-9 of a share.
    """
    cost, block = least_labour_weights(formulation, program), program.column_block
    calm = program.bounded(block["attainment"].start, lower=0.0, upper=1.0)
    calm = calm.minimising(cost, "least labour", program.objective_unit)
    solution = session.solve(calm)
    if solution.optimal:
        return solution
    sides = (program.row_block[name] for name in ("target", "target_ceiling"))
    rows = np.concatenate([np.arange(side.start, side.stop) for side in sides])
    low, high = calm.row_lower[rows], calm.row_upper[rows]
    eased = calm.limited(
        rows,
        lower=low - 1e-9 * np.abs(np.where(np.isfinite(low), low, 0.0)),
        upper=high + 1e-9 * np.abs(np.where(np.isfinite(high), high, 0.0)),
    )
    solution = session.solve(eased)
    return solution if solution.optimal else None


def least_labour_weights(formulation: Formulation, program: LinearProgram) -> Vector:
    """What each column of a program weighs where least labour is sought, shape (columns,)."""
    facts, variables = formulation.facts, formulation.variables
    cost = np.zeros(program.shape[1])
    headcount = facts.households.headcount
    persons = (
        (headcount @ facts.technology.employs).sum(axis=0) if len(facts.labour) else np.zeros(variables.activity.size)
    )
    block, usual = program.column_block, sizes_of(program)
    activity = block["activity"].slice
    cost[activity] = persons if np.any(persons) else 1.0 / usual[activity]
    trifle = _TRIFLE * float((cost[activity] * usual[activity]).max(initial=0.0))
    for name in ("construction_start", "export", "import", "training", "transfer"):
        cost[block[name].slice] = trifle / usual[block[name].slice]
    cost[block["construction_start"].slice] += (headcount @ facts.plant.employs).sum(axis=0)
    cost[block["stock"].slice] = 0.1 * trifle / usual[block["stock"].slice]
    return cost
