"""Which plan the tables of a run hold: a reader of ``balances.csv`` must not take one plan for another."""

from __future__ import annotations

import numpy as np

from planner.analysis.feasibility.attainment import INSIDE
from planner.formulation import Formulation
from planner.formulation.objectives import Goal
from planner.language.numbers import number, percent
from planner.program import Vector
from planner.solver.solution import Solution

__all__ = ["plan_written", "second_summary", "second_written"]

_MORE = 1e-6  # of a share: what is above one by more is more than in full


def plan_written(formulation: Formulation, shares: Vector, value: float, *, found: bool, path: bool = False) -> str:
    """The plan in the tables, in a sentence.

    Args:
        formulation: what was asked.
        shares: share of each target, ``nan`` where there are none.
        value: of the objective.
        found: whether there is a plan at all.
        path: whether it is the path to the settled figures.
    """
    if not found:
        return "The tables hold no plan."
    fixed = " with the projects of this programme" if formulation.program.integer.any() else ""
    if not formulation.goal.is_share:
        settled = formulation.targets.scaled.any() and not np.isnan(shares).all()
        other = "; feasible and share are of another plan, that of the settled shares" if settled else ""
        return f"The tables hold the plan{fixed} at the optimum of this question{other}."
    if path and not formulation.targets.scaled.any():
        kept = " on which every figure holds in full" if len(shares) else ""
        return f"The tables hold the steadiest path{fixed}{kept}; it is one of many."
    if path:
        whole = ", at 100 % of each and no more" if (shares >= INSIDE).all() else ""
        return (
            f"The tables hold the steadiest path{fixed} to the settled figures{whole}; it is one of many, and may end "
            "half a per cent under them."
        )
    least = "labour" if len(formulation.facts.labour) else "activity"
    return f"The tables hold the plan{fixed} that {_reaches(formulation, shares, value)}, with least {least}."


def second_written(goal: Goal, solution: Solution) -> str:
    """The plan in the tables where a second objective chose it, in a sentence.

    Args:
        goal: of the second objective.
        solution: of it.
    """
    best = "most" if goal.sense == "max" else "least"
    if not solution.optimal:
        why = f"among those at the optimum none has the {best} of this: {goal.says} ({solution.status.value})"
        return f"The tables hold no plan: {why}."
    value = f"{number(solution.objective)} {goal.unit}".rstrip()
    return f"The tables hold, of all plans at the optimum, one with the {best} of this: {goal.says.rstrip('?:.')} ({value})."


def second_summary(goal: Goal, solution: Solution) -> dict[str, object]:
    """The same in a few keys: what was sought, its value, the unit."""
    value = solution.objective if solution.optimal else None
    return {"objective": goal.says, "value": value, "unit": goal.unit}


def _reaches(formulation: Formulation, shares: Vector, share: float) -> str:
    scaled = shares[formulation.targets.scaled]
    if np.isnan(scaled).any():
        return "reaches every figure to the common share"
    if not len(scaled):
        return "meets every figure in full"
    more = bool((scaled > 1.0 + _MORE).any())
    if (scaled >= INSIDE).all():
        beyond = f" (not the plan at {percent(share)})" if share > 1.0 + _MORE else ""
        return f"meets every figure in full{' and aims at no more' if more else ''}{beyond}"
    return "reaches each figure to its share" + (", or in full where the share is more than that" if more else "")
