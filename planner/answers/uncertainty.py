"""In how many draws from the ranges of the data a plan can be met: what ``planner uncertainty`` does."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Literal

import pandas as pd

from planner.analysis.feasibility.attainment import ensure_figures
from planner.analysis.feasibility.cases import measured_plans
from planner.analysis.uncertainty.given import posed
from planner.analysis.uncertainty.sampling import Cluster, Sampling
from planner.analysis.uncertainty.statistics import tables
from planner.analysis.uncertainty.uncertainty import Uncertainty, explore
from planner.answers.base.about import about
from planner.answers.base.answer import Answer
from planner.answers.base.asked import ensure_in_range
from planner.answers.pose import derived, pose, question_about
from planner.economy import Economy, Finding
from planner.economy.names import Names
from planner.formulation import Formulation, Question
from planner.reporting.run.manifest import provenance, times
from planner.reporting.tables.data import data_tables
from planner.reporting.tables.uncertainty import counts_met
from planner.reporting.wording.data import drawn_values, met_in_draws
from planner.reporting.wording.draws import called_met, carried, history

__all__ = ["UncertaintyAnswer", "questions_of", "uncertainty"]

_ASKS = "In how many draws from the ranges of the data can all figures be met?"


@dataclass(frozen=True, eq=False, repr=False)
class UncertaintyAnswer(Answer):
    """What many draws of all uncertain numbers give.

    Args:
        found: the draws.
        seconds: what each step took.
    """

    kind: ClassVar[str] = "uncertainty"
    first: ClassVar[tuple[str, ...]] = ("met",)
    beside: ClassVar[Literal["", "charts", "page"]] = "page"

    found: Uncertainty
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def formulation(self) -> Formulation:
        """The question about the first plan, at the central values."""
        return self.found.outcomes[0].formulation

    @property
    def economy(self) -> Economy:
        """The facts, at the central values."""
        return self.formulation.economy

    @property
    def plans(self) -> list[str]:
        """Names of the plans that were tested on the same draws."""
        return [outcome.formulation.plan for outcome in self.found.outcomes]

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked; not at a corner of the ranges, but over them."""
        plan = self.plans[0] if len(self.plans) == 1 else ""
        return about(self.economy, self.formulation.question, plan, corner=None, question=_ASKS)

    @cached_property
    def answers(self) -> list[str]:
        """What the draws say of each plan, in a sentence, where they can be counted."""
        names, rows = Names.of(self.economy), self._made["met"].to_dict("records")
        if not counts_met(self.found):
            return []
        told = [f"{names.plan(str(row['plan']))}: {met_in_draws(row)}" for row in rows]
        return [
            *told,
            *called_met(self._made, names),
            *carried(self._made, names),
            *history(self.found.options, self._made, names),
        ]

    @property
    def headline(self) -> str:
        """What the draws say of the first plan, or how the value spreads over them."""
        first = next(iter(self.answers), "")
        return f"{first}." if first else drawn_values(self._made["met"].to_dict("records")[0])

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a reader should know of the data and the question."""
        return self.formulation.warnings

    @property
    def holds(self) -> bool:
        """Whether any draw is done."""
        return bool(len(self.found.numbers))

    @property
    def interrupted(self) -> str:
        """What is missing, where the user broke off."""
        done = len(self.found.numbers)
        again = "The same command with --overwrite goes on from there." if done else "The same command goes on."
        return f"Interrupted after {done:,} draws, which are kept. {again}" if self.found.interrupted else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """How many groups were drawn, where not all were."""
        screening = self.found.screening
        if screening is None:
            return ()
        kept = (screening["kept"] == "yes").groupby(screening["group"]).any()
        return (f"{kept.sum():,} of {len(kept):,} groups drawn, the rest at their central values (screening.csv).",)

    @cached_property
    def _made(self) -> Mapping[str, pd.DataFrame]:
        return tables(self.found)

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        return self._made

    @property
    def _facts(self) -> Mapping[str, pd.DataFrame]:
        return data_tables(self.economy)

    def _found(self) -> Mapping[str, Any]:
        found = self.found
        return {
            "objective": self.formulation.goal.says,
            "unit": self.formulation.goal.unit,
            **found.options,
            "draws_done": len(found.numbers),
            "interrupted": found.interrupted,
            "uncertain_numbers": found.factors[0].numbers.count,
            "independent_factors": len(found.design.names),
            "answers": self.answers,
            "plans": self._made["met"].to_dict("records"),
        }

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the draws were made."""
        plan = self.plans[0] if len(self.plans) == 1 else self.plans
        options = {**self.found.options, "draws_done": len(self.found.numbers)}
        made = provenance(self.economy, self.formulation.question, plan=plan, **options)
        return {**made, "times": times(self.seconds)}

    def write(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write the run folder, whole or not at all; draws kept beside it are then removed, unless some are missing.

        Args:
            folder: where to.
            overwrite: whether an earlier run may be replaced.

        Raises:
            OutputExists: the folder exists and may not be replaced.
        """
        written = super().write(folder, overwrite=overwrite)
        if not self.found.interrupted and self.found.journal is not None:
            self.found.journal.unlink(missing_ok=True)
        return written


def uncertainty(
    economy: str | Path | Economy | Sequence[Formulation],
    *,
    model: str | Path | Question | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    floor: str | float | None = None,
    changes: Sequence[str] = (),
    sampling: Sampling | None = None,
    cluster: Cluster | None = None,
    beside: str | Path | None = None,
    tick: Callable[[int, int], None] = lambda _done, _of: None,
) -> UncertaintyAnswer:
    """Draw every uncertain number from its own range, and solve the question again, many times.

    Args:
        economy: a name, a path, an economy, or one question a plan, as ``planner.pose`` puts them to the same economy.
        model: name or path of a model file, or a question already read.
        plan: whose targets are tested; ``all`` for every plan on the same draws.
        scenario: ``base`` for the tables without any; ``None`` for the economy's own.
        floor: closure of consumption in place of the model's.
        changes: of single rows, as ``planner.pose`` takes them.
        sampling: what is drawn, and how.
        cluster: where draws are solved; the same draws give the same answer anywhere.
        beside: folder of the run, beside which draws are kept as they come, so that the same call goes on from there.
        tick: told how many solves are done, and of how many.

    Raises:
        DataError: the data, the model or the question do not fit, a plan has no figure, or no number has a range.
        ValueError: a design that cannot be laid out.

    >>> uncertainty("two_goods", plan="cautious", sampling=Sampling(samples=40), cluster=Cluster(workers=1)).answers[0]
    'Half as much iron again: all figures can be met in all 40 draws (of all draws in more than 91.2 %); half of them reach
    119.4 % or more, nine of ten between 117.1 % and 121.0 %'
    """
    began, sampling = time.perf_counter(), sampling or Sampling()
    ensure_in_range(samples=sampling.samples or None, seed=sampling.seed, keep=sampling.keep)
    if isinstance(economy, str | Path | Economy):
        facts = derived(economy, scenario=scenario, changes=changes)
        economy = questions_of(facts, question_about(facts, model), plan, floor)
    found = explore(
        economy,
        sampling,
        cluster or Cluster(),
        given=happened(economy[0].economy) if sampling.condition is not None else (),
        beside=Path(beside) if beside is not None else None,
        tick=tick,
    )
    return UncertaintyAnswer(found, {"draws": time.perf_counter() - began})


def happened(facts: Economy) -> list[Formulation]:
    """What happened as questions, under the conditions as they turned out.

    Args:
        facts: the economy under any scenario.

    Raises:
        DataError: no output figure of the horizon is known.
    """
    under = facts.in_scenario(facts.backtest_scenario) if facts.backtest_scenario else facts
    return posed(under, question_about(under, "backtest", None))


def questions_of(facts: Economy, question: Question, plan: str | None, floor: str | float | None) -> list[Formulation]:
    """The question about a plan, or about each.

    Args:
        facts: the economy.
        question: what is asked.
        plan: its name, ``all`` for every one, ``None`` for the economy's own.
        floor: closure of consumption in place of the question's.

    Raises:
        DataError: there is no such plan, or it has no figure where a share of figures is asked for.
    """
    plans = measured_plans(facts, question) if plan == "all" else [plan]
    asked = [pose(facts, model=question, plan=one, floor=floor) for one in plans]
    for one in asked:
        if one.goal.is_share and not len(one.targets.frame):
            ensure_figures(one)
    return asked
