"""What a question about the share of targets settles: each target's own share by the question's rule, and a plan with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from planner.analysis.shares.balanced import balanced, least_labour
from planner.analysis.shares.handed_on import handing_on
from planner.analysis.shares.path import Path, path_to
from planner.analysis.shares.proportional import Proportional, proportional
from planner.analysis.shares.target_rows import TargetRows
from planner.formulation import Formulation, formulate
from planner.program import Vector
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = ["Settled", "asking_shares", "settle"]


@dataclass(frozen=True, eq=False)
class Settled:
    """Shares of a plan's targets, and a plan that has them.

    Args:
        formulation: of a question about the share of targets.
        first: the solve of max θ.
        shares: of each target, shape (targets,), ``nan`` where there are none.
        proportional: how they were found, where they are proportional; else they are balanced.
        own: the plan of balanced shares, with least labour.
    """

    formulation: Formulation
    first: Solution
    shares: Vector
    proportional: Proportional | None = None
    own: Solution | None = None

    @cached_property
    def path(self) -> Path | None:
        """The steadiest path to proportional shares, of plans that hand on what they must; ``None`` where there are none."""
        if self.proportional is None or np.isnan(self.shares).any():
            return None
        return path_to(self.formulation, self.shares, feasible_set=handing_on(self.formulation, self.shares))

    @cached_property
    def plan(self) -> Solution | None:
        """The plan that is reported: the path, or one with least labour; ``None`` where the feasible set is empty."""
        if self.proportional is None or not self.first.optimal:
            return self.own
        return self.path.plan if self.path is not None else self._at_one_share()

    def _at_one_share(self) -> Solution | None:
        """A plan with every target at the common share, or in full, where that is more."""
        handle = TargetRows(self.formulation)
        held = handle.held(self.formulation.program, handle.scaled, min(self.first.objective, 1.0))
        return least_labour(self.formulation, held, Session())


def settle(formulation: Formulation, session: Session | None = None, *, reasons: bool = True) -> Settled:
    """Settle the shares by the rule of the question: balanced where it says so, else proportional.

    Args:
        formulation: of a question about the share of targets.
        session: a warm solver.
        reasons: whether it is found why targets fall short, where shares are proportional.
    """
    if formulation.question.sought.reading == "balanced":
        steps = balanced(formulation, session)
        return Settled(formulation, steps.first, steps.shares, own=steps.last)
    found = proportional(formulation, session, reasons=reasons)
    return Settled(formulation, found.first, found.shares, found)


def asking_shares(formulation: Formulation) -> Formulation:
    """The same feasible set asked for the shares of its targets, whatever the objective; projects fixed in it stay fixed."""
    if formulation.goal.is_share:
        return formulation
    question = replace(formulation.question, objective="proportional")
    posed = formulate(formulation.facts, question, formulation.plan)
    program, own = posed.program, posed.program.column_block["project_start"].slice
    lower, upper, integer = program.column_lower.copy(), program.column_upper.copy(), program.integer.copy()
    lower[own], upper[own] = formulation.program.column_lower[own], formulation.program.column_upper[own]
    integer[own] = formulation.program.integer[own]
    return replace(posed, program=program.with_(column_lower=lower, column_upper=upper, integer=integer))
