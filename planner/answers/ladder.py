"""Plans side by side under several scenarios and floors: what ``planner feasibility --plan all`` does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

import pandas as pd

from planner.analysis.feasibility.cases import ordered_plans, rungs
from planner.analysis.feasibility.verdicts import VerdictRow, in_one_place_table, judged, verdict_table
from planner.answers.base.about import about
from planner.answers.base.answer import Answer
from planner.answers.pose import derived, question_about
from planner.economy import Economy, Finding
from planner.economy.names import Names
from planner.formulation import Question
from planner.formulation.unread import warnings_of
from planner.language.counting import listed
from planner.reporting.run.manifest import provenance, times
from planner.reporting.run.proofs import write_written
from planner.reporting.wording.claims import ladder_statement
from planner.reporting.wording.sure import verdicts_counted

__all__ = ["LadderAnswer", "ladder"]

_CASE = ["plan", "scenario", "floor", "model", "annual"]


@dataclass(frozen=True, eq=False, repr=False)
class LadderAnswer(Answer):
    """Plans side by side.

    Args:
        economy: whose plans.
        question: whose families and targets.
        verdicts: every case at every corner of the ranges.
        asked: plan, scenario and floor as they were asked for, ``all`` for all.
        rows: what stands behind the verdicts.
    """

    kind: ClassVar[str] = "ladder"
    first: ClassVar[tuple[str, ...]] = ("verdicts",)
    beside: ClassVar[Literal["", "charts", "page"]] = "page"

    economy: Economy
    question: Question
    verdicts: pd.DataFrame
    asked: Mapping[str, Any]
    rows: tuple[VerdictRow, ...]

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked; of several plans, scenarios and floors, at every corner of the ranges."""
        return about(self.economy, self.question, scenario=None, corner=None, floor=None, question=None, caution="")

    @property
    def headline(self) -> str:
        """How many cases have which verdict."""
        cases, names = self._cases(), Names.of(self.economy)
        plans = [names.plan(str(case["plan"])) for case in cases]
        apart = len(set(plans)) == len(plans)
        return verdicts_counted([str(case["verdict"]) for case in cases], plans if apart else ())

    @property
    def notes(self) -> tuple[str, ...]:
        """Which plans are left out, where all were asked for."""
        told = set(self.verdicts["plan"]) if self.asked["plan"] == "all" else {*ordered_plans(self.economy)}
        left = [Names.of(self.economy).plan(plan) for plan in ordered_plans(self.economy) if plan not in told]
        return (f"Left out, since no figure of theirs can be reached in part: {listed(left)}.",) if left else ()

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a reader should know of the data and the question."""
        return tuple(warnings_of(self.economy, self.question))

    def _cases(self) -> list[dict[str, Any]]:
        rows = self.verdicts.drop_duplicates(_CASE).to_dict("records")
        return [{**{key: row[key] for key in _CASE}, "verdict": row["verdict_over_ranges"]} for row in rows]

    def _found(self) -> Mapping[str, Any]:
        return {"cases": self._cases()}

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        found = {"verdicts": self.verdicts, "in_one_place": in_one_place_table(self.question, self.rows)}
        return {name: table for name, table in found.items() if len(table.columns)}

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the ladder was made."""
        scenarios = dict.fromkeys(str(name) for name in self.verdicts["scenario"])
        return {**provenance(self.economy, self.question, *scenarios, **self.asked), "times": times({})}

    def _beside(self, draft: Path) -> None:
        """The program of every case that is called outside, with its certificate, and the page."""
        proofs = [proof for row in self.rows for proof in row.proofs]
        write_written(proofs, ladder_statement(self.economy, self.question, self.rows), draft)
        super()._beside(draft)


def ladder(
    economy: str | Path | Economy,
    *,
    model: str | Path | Question | None = None,
    plan: str | None = "all",
    scenario: str | None = None,
    floor: str | float | None = None,
    changes: Sequence[str] = (),
    tick: Callable[[str], None] = lambda _: None,
) -> LadderAnswer:
    """Test many plans, each at every corner of the ranges, by level and by growth.

    Args:
        economy: a name, a path, or an economy.
        model: name or path of a model file, or a question already read.
        plan: whose targets; ``all`` for every plan.
        scenario: facts laid over the base tables; ``all`` for each in turn.
        floor: closure of consumption; ``all`` for promised, base and subsistence.
        changes: of single rows, as ``planner.pose`` takes them.
        tick: told each scenario and corner that is done.

    Raises:
        DataError: the data, the model or the question do not fit.

    >>> ladder("two_goods")
    <ladder: Of 2 plans 1 is inside (Half as much iron again) and 1 certainly outside (Twice as much iron).>
    """
    facts = derived(economy, scenario=None if scenario == "all" else scenario, changes=changes)
    question = question_about(facts, model)
    every = rungs(facts, question, plan, scenario, floor)
    rows = judged(facts, question, every, written=True, tick=tick)
    asked = {"plan": plan, "scenario": scenario, "floor": floor}
    return LadderAnswer(facts, question, verdict_table(question, every, rows), asked, tuple(rows))
