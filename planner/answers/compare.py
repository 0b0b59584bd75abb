"""Plans under several scenarios and corners in one tidy table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from planner.analysis.feasibility.cases import ordered_plans
from planner.answers.base.about import about
from planner.answers.base.answer import Answer
from planner.answers.pose import derived, question_about
from planner.answers.solve import SolveAnswer, solve
from planner.economy import Economy
from planner.economy.corner import CORNERS
from planner.formulation import Question
from planner.language.counting import counted

__all__ = ["Comparison", "compare"]

Names = str | Sequence[str] | None


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Answer):
    """One question about several plans, scenarios and corners.

    Args:
        economy: as it was given.
        question: what is asked.
        answers: by plan, scenario and corner.
    """

    kind: ClassVar[str] = "compare"
    first: ClassVar[tuple[str, ...]] = ("comparison",)

    economy: Economy
    question: Question
    answers: Mapping[tuple[str, str, str], SolveAnswer]

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked; of several plans, scenarios and corners."""
        return about(self.economy, self.question, scenario=None, corner=None)

    @property
    def headline(self) -> str:
        """How many cases there are, and how many have no plan."""
        none = sum(answer.value is None for answer in self.answers.values())
        return f"{counted(len(self.answers), 'case')}; {none or 'none'} without a plan."

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        cases = [
            (dict(zip(("plan", "scenario", "corner"), case, strict=True)), one) for case, one in self.answers.items()
        ]
        rows = [
            {
                **case,
                "floor": str(one.about["floor"]),
                "model": self.question.name,
                "value": one.value,
                "unit": one.formulation.goal.unit,
                "status": one.status.value,
                "targets": len(one.shares),
                "targets_met": int(one.met.sum()),
                "reason": one.reason.partition("\n")[0],
            }
            for case, one in cases
        ]
        kept = ["measure", "item", "period", "sense", "unit", "official", "feasible", "share", "planned", "actual"]
        targets = [one._tables()["targets"].reindex(columns=kept).assign(**case) for case, one in cases]
        every = pd.concat(targets, ignore_index=True) if targets else pd.DataFrame()
        return {
            "comparison": pd.DataFrame(rows).astype({"value": float}),
            "targets": every.reindex(columns=["plan", "scenario", "corner", *kept]),
        }

    def _found(self) -> Mapping[str, Any]:
        return {"cases": self._tables()["comparison"].to_dict("records")}


def compare(
    economy: str | Path | Economy,
    *,
    model: str | Path | Question | None = None,
    plan: Names = "all",
    scenario: Names = None,
    corner: Names = None,
    floor: str | float | None = None,
    changes: Sequence[str] = (),
    tick: Callable[[str], None] = lambda _: None,
) -> Comparison:
    """Solve one question about several plans, scenarios and corners, side by side.

    Args:
        economy: a name, a path, or an economy.
        model: name or path of a model file, or a question already read.
        plan: a name, several, or ``all``; ``None`` for the economy's own.
        scenario: a name, several, or ``all``; ``None`` for the economy's own.
        corner: a name, several, or ``all``; ``None`` for where a loaded economy stands, else central.
        floor: closure of consumption in place of the model's.
        changes: of single rows, as ``planner.pose`` takes them.
        tick: told each case.

    Raises:
        DataError: the data, the model or the question do not fit.

    >>> compare("two_goods", model="attainment", corner="all").tables["comparison"]["value"].round(3).tolist()
    [1.2, 1.21, 1.157, 0.9, 0.932, 0.868]
    """
    facts = derived(economy, changes=changes)
    question = question_about(facts, model, floor)
    plans = _several(plan, ordered_plans(facts), facts.default_plan)
    scenarios = _several(scenario, ["base", *facts.scenarios], facts.scenario or "base")
    corners = _several(corner, CORNERS, facts.corner)
    answers = {}
    for name in scenarios:
        there = facts.in_scenario(name)
        for at, one in product(corners, plans):
            tick(f"{one or 'no plan'}, {name}, {at}")
            answers[one, name, at] = solve(there, model=question, plan=one or None, corner=at)
    order = {case: rank for rank, case in enumerate(product(plans, scenarios, corners))}
    return Comparison(facts, question, dict(sorted(answers.items(), key=lambda pair: order[pair[0]])))


def _several(asked: Names, every: Sequence[str], usual: str | None) -> list[str]:
    if asked is None:
        return [usual or ""]
    if isinstance(asked, str):
        return list(every) if asked == "all" else [asked]
    return list(asked)
