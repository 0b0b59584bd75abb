"""The least sum of shortfalls, and how many targets can be met in full (measures c′ and c″)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.analysis.shares.target_rows import TargetRows
from planner.formulation import Formulation, formulate
from planner.program import Vector
from planner.solver.highs import Session, SolveOptions


def least_shortfall(formulation: Formulation) -> Vector:
    """Shortfall of each target, as a share of it, where the weighted sum is least; it gives single targets up wholly.

    Args:
        formulation: of any objective about targets; posed anew with the objective ``shortfall``.

    Returns:
        Shares missed, shape (targets,); ``nan`` where the feasible set is empty.
    """
    question = replace(formulation.question, objective="shortfall", annual=False)
    posed = formulate(formulation.economy, question, formulation.plan)
    solution = Session().solve(posed.program)
    return solution.block("shortfall") if solution.optimal else np.full(len(posed.targets.frame), np.nan)


NODES = 20_000  # of the search: far more than a plan of some dozens of figures takes


@dataclass(frozen=True, eq=False)
class MostMet:
    """The most targets that can be met in full at once.

    Args:
        met: whether each target is, shape (targets,); one choice of possibly many.
        bound: no more than this many can be, proven by the solver's bound; -1 where the feasible set is empty.
        exact: whether the number met equals the bound.
    """

    met: Vector
    bound: int
    exact: bool


def most_met(formulation: Formulation) -> MostMet:
    """Choose targets to meet in full, as many as go together; the others may be missed by any amount.

    A target is scaled by a 0/1 variable of its own in place of θ: Mx ≥ base + z(official − base), so a target given up
    asks no more than the base.
    """
    handle = TargetRows(formulation)
    targets = formulation.targets
    program = formulation.program
    columns = program.shape[1]
    chosen = handle.scaled
    if not len(chosen):
        return MostMet(np.ones(len(targets.frame)), len(targets.frame), exact=True)
    keys = tuple(targets.frame[axis].to_numpy(dtype=object)[chosen] for axis in ("measure", "item", "period"))
    index = "measure", "item", "period"
    mixed = handle.apart(program, "met", upper=1.0, integer=True, index=index, keys=keys, unit="0 or 1")
    cost = np.concatenate([np.zeros(columns), np.ones(len(chosen))])
    mixed = mixed.maximising(cost, "targets met in full", "targets")
    solution = Session(SolveOptions(nodes=NODES)).solve(mixed)
    met = np.where(targets.scaled, 0.0, 1.0)
    if not np.isfinite(solution.values).all():
        return MostMet(met, -1, exact=False)
    met[chosen] = np.round(solution.block("met")) + 0.0
    bound = int(np.floor(solution.bound + 1e-6))
    return MostMet(met, bound, bool(solution.optimal and int(met[chosen].sum()) == bound))
