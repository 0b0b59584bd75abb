"""A second objective: among all plans at the optimum of a question, the one that does best by another measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.analysis.shares.reference import held_at
from planner.analysis.shares.target_rows import TargetRows
from planner.formulation import Formulation
from planner.formulation.objectives import OBJECTIVES, Goal
from planner.program import LinearProgram, Matrix, Vector
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = ["Second", "best_among", "second_program"]

_EASE = 1e-7  # of what is held, for the rounding at which it was found


@dataclass(frozen=True, eq=False)
class Second:
    """The best plan by a second objective.

    Args:
        goal: of it.
        solution: the plan; where it is no optimum, there is none (it may be without limit).
    """

    goal: Goal
    solution: Solution

    @property
    def plan(self) -> Solution | None:
        """The plan, if there is one."""
        return self.solution if self.solution.optimal else None


def best_among(formulation: Formulation, first: Solution, shares: Vector) -> Second:
    """Of all plans at the optimum, the best by the second objective of the question.

    Args:
        formulation: of a question with ``then``.
        first: the solve of its own objective.
        shares: settled, shape (targets,); ``nan`` where none are, or not of this question's targets.
    """
    goal, program = second_program(formulation, first, shares)
    return Second(goal, Session().solve(program))


def second_program(formulation: Formulation, first: Solution, shares: Vector) -> tuple[Goal, LinearProgram]:
    """The second objective, and the program of it: what the first has reached is held.

    A question about the share of targets holds each at its settled share (or the common one, where none are settled), any other
    the value of its objective.

    Args:
        formulation: as in ``best_among``.
        first: as in ``best_among``.
        shares: as in ``best_among``.
    """
    question, program = formulation.question, formulation.program
    goal = OBJECTIVES[question.then].goal(formulation.facts, formulation.variables, question)
    weights = program.body(goal.body).toarray().ravel()
    if formulation.goal.is_share:
        handle = TargetRows(formulation)
        settled = np.where(np.isnan(shares), first.objective, shares)
        held = held_at(formulation, np.minimum(settled, 1.0), _EASE) if len(handle.scaled) else program
    else:
        reached = first.objective - program.offset + program.sign * _EASE * abs(first.objective)
        least, most = (reached, np.inf) if program.sense == "max" else (-np.inf, reached)
        row = Matrix(program.cost[None, :])
        held = program.with_rows("first_objective", row, lower=least, upper=most, unit=program.objective_unit)
    posed = held.maximising if goal.sense == "max" else held.minimising
    return goal, posed(weights, question.then, goal.unit)
