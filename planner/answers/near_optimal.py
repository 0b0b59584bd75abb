"""What every near-best plan must do, where it is free, and a few whole plans: what ``planner near-optimal`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal, Unpack

import pandas as pd

from planner.analysis.feasibility.attainment import ensure_figures
from planner.analysis.frontier.alternatives import Alternative, alternatives
from planner.analysis.frontier.near_optimal import near_optimal as totals
from planner.analysis.sensitivity.prices import linear
from planner.analysis.shares.settled import settle
from planner.answers.base.about import PosedAnswer
from planner.answers.base.asked import ensure_in_range
from planner.answers.base.no_plan import NoPlan
from planner.answers.pose import Asked, Subject, posed, spelled
from planner.economy import DataError, Finding
from planner.formulation import Formulation
from planner.language.numbers import number, percent
from planner.reporting.run.manifest import provenance, times
from planner.reporting.tables.alternatives import alternatives_table
from planner.reporting.tables.settled import alternative_paths_table
from planner.reporting.wording.numbers import plan_title
from planner.reporting.wording.searches import near_best, whole_plans
from planner.reporting.wording.sentences import STATUS, about
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
        plans: whole plans that reach the settled figures and differ most, the steadiest first; empty where none were asked.
    """

    kind: ClassVar[str] = "near_optimal"
    beside: ClassVar[Literal["", "charts", "page"]] = "page"

    solution: Solution
    epsilon: float
    totals: pd.DataFrame = field(default_factory=pd.DataFrame)
    plans: tuple[Alternative, ...] = ()

    @property
    def first(self) -> tuple[str, ...]:  # type: ignore[override]  # whole plans, where they were asked for
        """Tables that are read first."""
        return (*(("alternatives",) if self.plans else ()), "near_optimal")

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
        return about(plan_title(self.formulation), near_best(self.epsilon, best, self._readings()))

    @cached_property
    def no_plan(self) -> NoPlan | None:
        """Why there is no plan, where there is none."""
        return NoPlan.of(self.solution, self.formulation)

    @property
    def in_words(self) -> list[str]:
        """What the plans are, in sentences."""
        return whole_plans(len(self.plans), self.epsilon) if self.plans else []

    def _readings(self) -> dict[str, int]:
        found = list(self.totals["reading"]) if len(self.totals) else []
        return {reading: found.count(reading) for reading in ("fixed", "at least", "free", "none")}

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        if not self.solution.optimal:
            return {}
        if not self.plans:
            return {"near_optimal": self.totals}
        return {
            "alternatives": alternatives_table(self.plans, self.epsilon),
            "alternative_paths": alternative_paths_table(self.plans),
            "near_optimal": self.totals,
        }

    def _found(self) -> Mapping[str, Any]:
        return {
            "objective": self.formulation.goal.says,
            "unit": self.formulation.goal.unit,
            "value": self.value,
            "epsilon": self.epsilon,
            **{reading.replace(" ", "_"): count for reading, count in self._readings().items()},
            **({"plans": len(self.plans), "shares_in_words": self.in_words} if self.plans else {}),
        }

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made."""
        options = {"plan": self.formulation.plan or None, "epsilon": self.epsilon, "plans": len(self.plans) or None}
        return {**provenance(self.economy, self.formulation.question, **options), "times": times({})}


@spelled
def near_optimal(
    economy: Subject,
    *,
    epsilon: float = EPSILON,
    plans: int = 0,
    tick: Callable[[str], None] = lambda _: None,
    **asked: Unpack[Asked],
) -> NearOptimalAnswer:
    """Find what every plan near the best must do, and where it is free.

    Args:
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one; whole projects are taken in
            parts.
        epsilon: how much of the best may be given up, as a share.
        plans: how many whole plans are sought that reach every settled figure to within that share, or to half a per cent
            where that is more, and differ most from one another; for questions about the share of figures.
        tick: told what is being measured.
        asked: model, plan, scenario, corner, floor and changes, as ``planner.pose`` takes them.

    Raises:
        DataError: the data, the model or the question do not fit, or a share is asked of no figure; or whole plans are asked of
            a question without figures, or of one whose figures cannot be told apart so near the highest floor.

    >>> near_optimal("two_goods", plan="ambitious", plans=2).tables["alternatives"]["apart"].round(2).tolist()
    [nan, 0.36]
    """
    ensure_in_range(epsilon=epsilon, plans=plans or None)
    formulation = linear(posed(economy, asked))
    if formulation.goal.is_share:
        ensure_figures(formulation)
    solution = Session().solve(formulation.program)
    if not solution.optimal:
        return NearOptimalAnswer(formulation, solution, epsilon)
    table = totals(formulation, solution, epsilon, tick=tick)
    return NearOptimalAnswer(formulation, solution, epsilon, table, _whole(formulation, plans, epsilon, tick))


def _whole(
    formulation: Formulation, count: int, epsilon: float, tick: Callable[[str], None]
) -> tuple[Alternative, ...]:
    """The steadiest plan and those that differ most from it and from one another."""
    if count <= 0:
        return ()
    settled = settle(formulation, reasons=False) if formulation.goal.is_share else None
    if settled is None or settled.path is None:
        said = f'Whole plans are sought where figures have shares that can be told; "{formulation.question.name}" has none here.'
        raise DataError([Finding("E178", "", (), "plans", str(count), said)], formulation.economy.folder)
    return tuple(alternatives(formulation, settled.shares, settled.path, count, epsilon, tick=tick))
