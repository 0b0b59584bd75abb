"""Each figure of a plan in one draw: its share with the others, and by itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.analysis.shares.balanced import balanced
from planner.analysis.shares.proportional import proportional
from planner.analysis.shares.target_rows import TargetRows
from planner.formulation import Formulation
from planner.program import Vector
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = ["MET", "Figures", "figures"]

MET = 1.0 - 1e-4  # a share from which on a figure counts as met


class Figures(NamedTuple):
    """What became of the figures of a plan.

    Args:
        first: the solve of max θ.
        shares: of each figure, all together, shape (targets,); ``nan`` where there is no plan.
        alone: greatest share of each with all others given up, at most 1; never below its share with the others.
    """

    first: Solution
    shares: Vector
    alone: Vector


def figures(formulation: Formulation, session: Session) -> Figures:
    """Settle the shares of a plan's figures, and ask for each that is short what it could be by itself.

    Shares are proportional, or worst first where the question asks for balanced ones.

    Args:
        formulation: of a question about shares.
        session: a warm solver.
    """
    if formulation.question.sought.reading == "balanced":
        worst_first = balanced(formulation, session)
        first, shares = worst_first.first, worst_first.shares
    else:
        settled = proportional(formulation, session, reasons=False)
        first, shares = settled.first, settled.shares
    alone = np.minimum(shares, 1.0)
    if first.optimal:
        handle = TargetRows(formulation)
        for at in handle.scaled[~(shares[handle.scaled] >= MET)]:
            free = handle.free(formulation.program, np.setdiff1d(handle.scaled, [at])).bounded(handle.theta, upper=1.0)
            solution = session.solve(free)
            own = solution.objective if solution.optimal else np.nan
            alone[at] = np.fmax(alone[at], own)
    return Figures(first, shares, alone)
