"""What a plan hands on where it must keep what it found: of all plans at the settled shares, those that raise plant evenly.

Many plans keep every kind of plant, and what each leaves is another beginning for those who come after. So the figures come
first, and then the plant at the end: the kind that is raised least over what there was is raised as far as it goes, then the
next, by which every kind that stood at the beginning has one level.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from planner.analysis.shares.reference import ALLOWED, held_at
from planner.formulation import Formulation
from planner.formulation.families.terminal import kept_at
from planner.program import LinearProgram, Matrix, Vector
from planner.solver.highs import Session

__all__ = ["handing_on"]

_MOST = 1000.0  # times what there was: beyond this nothing is scarce
_PRICED = 1e-7  # of the price of a step, below which a kind is not yet what holds the others back
_EASED = (1e-9, 1e-8, 1e-7, 1e-6)  # of a level that is held, for the rounding at which it was found


def handing_on(formulation: Formulation, shares: Vector) -> LinearProgram | None:
    """The plans that reach the settled figures and leave the plant at the end as even as can be.

    The lexicographic max-min of plant at the end over plant at the beginning, kind by kind: one linear program a kind at most.

    Args:
        formulation: of a question about the share of targets.
        shares: settled, shape (targets,).

    Returns:
        The program of the question with the figures held as on the path, and the plant at the end at its levels; ``None``
        where nothing has to be kept.
    """
    facts, plan = formulation.facts, formulation.variables
    opening = facts.plant.column("initial")
    kinds = np.flatnonzero(opening > 0.0)
    if "keep" not in formulation.question.in_force or not len(kinds):
        return None
    held = held_at(formulation, shares, ALLOWED)
    body = held.body(plan.capacity.expression().rows(kinds * facts.T + kept_at(facts, plan)))
    ends = Matrix(sp.diags_array(1.0 / opening[kinds]) @ body)
    levels, session = np.full(len(kinds), np.nan), Session()
    while np.isnan(levels).any():
        for ease in _EASED:
            solution = session.solve(_raising(held, ends, levels * (1.0 - ease)))
            if solution.optimal:
                break
        else:
            return held
        weight = np.where(np.isnan(levels), np.abs(solution.row_prices[-len(kinds) :]), 0.0)
        settled = np.isnan(levels) & (weight > _PRICED * max(1.0, float(weight.max())))
        if not settled.any() or solution.objective >= _MOST * (1.0 - 1e-9):
            settled = np.isnan(levels)
        levels[settled] = solution.objective
    return held.with_rows("handed_on", ends, lower=levels * (1.0 - _EASED[-1]))


def _raising(held: LinearProgram, ends: Matrix, levels: Vector) -> LinearProgram:
    """Raise together the kinds that have no level, the others held at theirs."""
    open_ = np.isnan(levels)
    program = held.with_rows("handed_on", ends, lower=np.where(open_, 0.0, levels))
    rows = held.shape[0] + np.flatnonzero(open_)
    column = Matrix((-np.ones(len(rows)), (rows, np.zeros(len(rows), np.intp))), shape=(program.shape[0], 1))
    program = program.with_columns("raised", column, upper=_MOST)
    cost = np.zeros(program.shape[1])
    cost[-1] = 1.0
    return program.maximising(cost, "plant handed on, of what there was")
