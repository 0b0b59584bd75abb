"""What every near-best plan must do, and where it is free: what ``planner near-optimal`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Unpack

import pandas as pd

from planner.analysis.feasibility.attainment import ensure_figures
from planner.analysis.frontier.near_optimal import near_optimal as totals
from planner.analysis.sensitivity.prices import linear
from planner.answers.base.about import PosedAnswer
from planner.answers.base.no_plan import NoPlan
from planner.answers.pose import Asked, Subject, posed, spelled
from planner.language.numbers import number, percent
from planner.reporting.run.manifest import provenance, times
from planner.reporting.wording.sentences import STATUS, near_best
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = ["EPSILON", "NearOptimalAnswer", "near_optimal"]

EPSILON = 0.01  # how much of the best may be given up


@dataclass(frozen=True, eq=False, repr=False)
class NearOptimalAnswer(PosedAnswer):
    """Least and greatest totals among plans near the best.

    Args:
        formulation: what was asked, linear.
        solution: its optimum.
        epsilon: share of the objective given up.
        totals: least and greatest of each; empty where there is no plan.
    """

    kind: ClassVar[str] = "near_optimal"
    first: ClassVar[tuple[str, ...]] = ("near_optimal",)

    solution: Solution
    epsilon: float
    totals: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def value(self) -> float | None:
        """The best value; nothing where there is no plan."""
        return self.solution.objective if self.solution.optimal else None

    @property
    def headline(self) -> str:
        """How many totals are as good as fixed, and how many free."""
        if self.value is None:
            return STATUS.get(self.solution.status.value, "The solver gave no answer.")
        goal = self.formulation.goal
        best = percent(self.value) if goal.is_share else f"{number(self.value)} {goal.unit}"
        return near_best(self.epsilon, best, self._readings())

    @cached_property
    def no_plan(self) -> NoPlan | None:
        """Why there is no plan, where there is none."""
        return NoPlan.of(self.solution, self.formulation)

    def _readings(self) -> dict[str, int]:
        found = list(self.totals["reading"]) if len(self.totals) else []
        return {reading: found.count(reading) for reading in ("fixed", "at least", "free", "none")}

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        return {"near_optimal": self.totals} if self.solution.optimal else {}

    def _found(self) -> Mapping[str, Any]:
        return {
            "objective": self.formulation.goal.says,
            "unit": self.formulation.goal.unit,
            "value": self.value,
            "epsilon": self.epsilon,
            **{reading.replace(" ", "_"): count for reading, count in self._readings().items()},
        }

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made."""
        options = {"plan": self.formulation.plan or None, "epsilon": self.epsilon}
        return {**provenance(self.economy, self.formulation.question, **options), "times": times({})}


@spelled
def near_optimal(
    economy: Subject,
    *,
    epsilon: float = EPSILON,
    tick: Callable[[str], None] = lambda _: None,
    **asked: Unpack[Asked],
) -> NearOptimalAnswer:
    """Find what every plan near the best must do, and where it is free.

    Args:
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one; whole projects are taken in
            parts.
        epsilon: how much of the best may be given up, as a share.
        tick: told what is being measured.
        asked: model, plan, scenario, corner, floor and changes, as ``planner.pose`` takes them.

    Raises:
        DataError: the data, the model or the question do not fit, or a share is asked of no figure.
    """
    formulation, session = linear(posed(economy, asked)), Session()
    if formulation.goal.is_share:
        ensure_figures(formulation)
    solution = session.solve(formulation.program)
    if not solution.optimal:
        return NearOptimalAnswer(formulation, solution, epsilon)
    return NearOptimalAnswer(formulation, solution, epsilon, totals(formulation, solution, session, epsilon, tick=tick))
