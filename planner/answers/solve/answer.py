"""The best plan under a question, with all that is told of it."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.shares.path import Path
from planner.analysis.shares.second_objective import Second
from planner.analysis.shares.settled import Settled
from planner.answers.base.about import PosedAnswer
from planner.answers.base.no_plan import NoPlan
from planner.formulation.actual_figures import actual_figures
from planner.language.counting import capital
from planner.language.numbers import number
from planner.program import Vector
from planner.proof.certificate import Certificate
from planner.reporting.run.manifest import manifest
from planner.reporting.run.proofs import write_judgement, write_proofs
from planner.reporting.tables import plan as report
from planner.reporting.tables import programme as works
from planner.reporting.tables.binding import binding_table
from planner.reporting.tables.indices import indices_table
from planner.reporting.tables.origins import by_kind, figures_asked, groups_of, together
from planner.reporting.tables.payments import payments_table
from planner.reporting.tables.settled import left_by, path_tables, reasons
from planner.reporting.wording import searches, sentences
from planner.reporting.wording.numbers import plan_title
from planner.reporting.wording.settled import settled_summary
from planner.reporting.wording.written import plan_written, second_summary, second_written
from planner.solver.solution import Solution, Status

if TYPE_CHECKING:
    from planner.analysis.projects.programme import Programme
    from planner.proof.bracket import Bracket

__all__ = ["SolveAnswer"]


@dataclass(frozen=True, eq=False, repr=False)
class SolveAnswer(PosedAnswer):
    """The best plan under a question.

    Args:
        formulation: what was asked.
        solution: the solve whose objective and prices are reported.
        plan: the plan reported product by product (``written`` says which); ``None`` where no plan keeps floors and
            balances, or the solver stopped.
        shares: share of each target (proportional, or balanced where the question says so), whatever the objective and
            the solver; ``nan`` where the question does not ask for targets at all, or where they would mean nothing.
        shares_by: the solver of the linear programs they come from.
        seconds: what each step took.
        programme: of a question with whole projects, the programme chosen; then ``solution`` has the bound and the status
            of the search, and prices that hold with the projects fixed.
        settled: how the shares were found; ``None`` where there are none.
        second: the plan of the second objective, where the question has one; it is the plan reported.
        bracket: what a first-order method found, where the optimum is not known but lies between two numbers.
        by_size: whether that method was taken because the program is large.
    """

    kind: ClassVar[str] = "solve"
    first: ClassVar[tuple[str, ...]] = ("targets",)
    holds_data: ClassVar[bool] = False

    solution: Solution
    plan: Solution | None
    shares: Vector
    shares_by: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    programme: Programme | None = None
    settled: Settled | None = None
    second: Second | None = None
    bracket: Bracket | None = None
    by_size: bool = False

    @property
    def beside(self) -> Literal["", "charts"]:  # type: ignore[override]  # a chart of the programme, where there is one
        """What a run holds beside its tables."""
        return "charts" if self.programme is not None else ""

    def _beside(self, draft: pathlib.Path) -> None:
        """Where there are whole works, what proves the verdict on them, and charts."""
        if self.programme is not None:
            write_judgement(self.programme, draft)
        if self.proofs:
            write_proofs(self.formulation, list(self.proofs.values()), {"": self.headline}, draft)
        super()._beside(draft)

    @property
    def status(self) -> Status:
        """How the solve ended."""
        return self.solution.status

    @property
    def value(self) -> float | None:
        """Value of the objective; nothing where there is no plan."""
        return self.solution.objective if np.isfinite(self.solution.objective) else None

    @cached_property
    def no_plan(self) -> NoPlan | None:
        """Why there is no plan, where there is none."""
        if self.plan is not None:
            return None
        if self.bracket is not None:
            return NoPlan(searches.bracket_empty(self.bracket.bound, self.bracket.iterations), stopped=True)
        return NoPlan.of(self.solution, self.formulation)

    @property
    def proofs(self) -> Mapping[str, Certificate]:
        """What proves the bound of a bracket, by the name of the claim."""
        found = self.bracket.certificate if self.bracket is not None else None
        return {} if found is None else {found.claim: found}

    @property
    def unproved(self) -> str:
        """What is left open where a search was stopped after it had found a programme."""
        if self.bracket is not None:
            return "" if self.bracket.narrow else searches.bracket_wide(self.bracket.gap, self.bracket.iterations)
        return searches.search_stopped(self.solution, self.solution.bound) if self.plan is not None else ""

    @cached_property
    def feasible(self) -> Vector:
        """The figure of each target at its share, shape (targets,)."""
        figures = self.formulation.targets.figures(self.shares)
        return np.where(np.isnan(self.shares), np.nan, figures)

    @cached_property
    def planned(self) -> Vector:
        """The figure of each target in the plan that is reported, shape (targets,)."""
        if self.plan is None:
            return np.full(len(self.shares), np.nan)
        return report.Reader(self.formulation, self.plan).targets

    @cached_property
    def met(self) -> npt.NDArray[np.bool_]:
        """Whether each target is met in full, shape (targets,): at its share, or in the plan where that is another."""
        of_shares = self.formulation.goal.is_share and not np.isnan(self.shares).all()
        shares = self.shares if of_shares else self.formulation.targets.shares_at(self.planned)
        reached: npt.NDArray[np.bool_] = shares >= INSIDE
        return reached

    @cached_property
    def path(self) -> Path | None:
        """The path to the settled figures, where it is the plan reported."""
        by_shares = self.formulation.goal.is_share and self.plan is not None and self.second is None
        return self.settled.path if by_shares and self.settled is not None else None

    @cached_property
    def written(self) -> str:
        """Which plan the tables hold, in a sentence."""
        if self.bracket is not None:
            return searches.bracket_written(self.formulation.program.matrix.nnz if self.by_size else 0)
        if self.second is not None:
            return second_written(self.second.goal, self.second.solution)
        found, path = self.plan is not None, self.path is not None
        return plan_written(self.formulation, self.shares, self.solution.objective, found=found, path=path)

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        actual = actual_figures(self.formulation.facts, self.formulation.targets.frame)
        why = reasons(self.formulation, self.settled, actual)
        targets = report.targets_table(self.formulation, self.shares, self.feasible, self.planned, why)
        indices = indices_table(self.formulation, self.planned)
        indexed = {"indices": indices} if len(indices) else {}
        if self.plan is None:
            return {"targets": targets, **indexed}
        reader = report.Reader(self.formulation, self.plan)
        asked = self.formulation.facts.T if self.path is None else self.path.reference.last + 1
        priced = reader.facts.tables
        whole = works.whole_units_table(reader)
        tables = {
            "targets": targets,
            **indexed,
            "activities": report.activities_table(reader),
            "balances": report.balances_table(reader),
            "capacities": report.capacities_table(reader, self.solution),
            "resources": report.resources_table(reader, self.solution),
            "trade": report.trade_table(reader),
            **({"whole_units": whole} if len(whole) else {}),
            **(left_by(self.formulation, self.plan, asked) if self.path is None else {}),
            "prices": report.prices_table(self.solution),
            **(
                {"payments": payments_table(reader)} if any(len(priced[name]) for name in ("costs", "exchange")) else {}
            ),
        }
        if self.path is not None:
            last = self.formulation.facts.periods[:asked]
            held = ("activities", "balances", "capacities", "resources", "trade", "whole_units")
            beyond = held if asked < self.formulation.facts.T else ()  # nothing is asked beyond the last figure
            for name in tables.keys() & beyond:
                tables[name] = tables[name][tables[name]["period"].isin(last)].reset_index(drop=True)
            tables |= path_tables(self.path, ends=False)  # `planner feasibility` seeks them
        if not self.formulation.variables.projects.starts.width:
            return tables
        if self.programme is None:  # in parts
            return {**tables, "projects": works.projects_table(self.formulation, self.plan)}
        return {**works.with_projects_fixed(tables), **works.programme_tables(self.programme, self.plan)}

    @property
    def targets(self) -> pd.DataFrame:
        """Official, feasible and actual figures."""
        return self.tables["targets"]

    @cached_property
    def binding(self) -> pd.DataFrame:
        """What binds: each limit with a price, its weight in the whole, heaviest first."""
        if self.programme is None:
            return binding_table(self.solution) if self.solution.optimal else pd.DataFrame()
        priced = binding_table(self.solution) if self.programme.found else pd.DataFrame({"family": []})
        chosen = [block.name for block in self.formulation.variables.all if block.integer]
        return priced[~priced["family"].isin(chosen)].reset_index(drop=True)  # what is fixed as found is no limit

    @cached_property
    def headline(self) -> str:
        """The answer in a sentence."""
        goal, solution, targets = self.formulation.goal, self.solution, self.formulation.targets
        if self.bracket is not None and self.plan is not None:
            who = (plan_title(self.formulation), together(self.formulation)) if goal.is_share else ("", "")
            ends = self.bracket.reached, self.bracket.bound
            return sentences.about(who[0], searches.between(goal.says, goal.unit, *ends, who[1]))
        if not solution.optimal:
            said = sentences.STATUS.get(self.status.value)
            if said == sentences.EMPTY:
                return f"No plan keeps {targets.kept}: the feasible set is empty."
            return said or f"The solver gave no answer ({solution.detail or self.status.value})."
        if not self.formulation.question.wants_targets:
            digits = 10 if self.formulation.question.sought.of_money else 4  # sums of money are told to the last unit
            return sentences.objective(goal.says, number(solution.objective, digits), goal.unit)
        return sentences.about(plan_title(self.formulation), self._of_figures())

    def _of_figures(self) -> str:
        """How far the figures of the plan can be reached."""
        solution, targets = self.solution, self.formulation.targets
        count = len(self.shares)
        if self.formulation.question.sought.reading == "missed":
            return sentences.least_missed(solution.objective, int((~self.met).sum()), count)
        if self.formulation.question.sought.reading == "by_period" and targets.scaled.any():
            return sentences.by_period(self._shares_of_periods())
        if count and not targets.scaled.any():
            return capital(
                f"{sentences.figures(count)} can be met: {'it holds' if count == 1 else 'all hold'} in full."
            )
        return sentences.reached_at(count, {"": solution.objective}, together(self.formulation), targets.kept)

    def _shares_of_periods(self) -> dict[str, float]:
        """To what share all figures of each period are reached, as the objective counts it."""
        targets, missed = self.formulation.targets, self.solution.block("shortfall")
        first = np.unique(targets.first_of_period[targets.scaled])
        return {str(targets.frame["period"].iloc[at]): 1.0 - float(missed[at]) for at in first}

    def _found(self) -> Mapping[str, Any]:
        return {
            "status": self.status.value,
            "objective": self.formulation.goal.says,
            "value": self.value,
            "unit": self.formulation.goal.unit,
            "targets": len(self.shares),
            "figures": figures_asked(self.formulation),
            "figures_together": together(self.formulation),
            "figures_by_kind": by_kind(groups_of(self.formulation), None),
            "targets_met": int(self.met.sum()),
            "worst_target": self._worst(),
            "plan_written": self.written,
            "indices": self.indices,
            "shares_by": self.shares_by,
            **({} if self.bracket is None else {"bracket": _bracket_summary(self.bracket)}),
            **({} if self.second is None else {"then": second_summary(self.second.goal, self.second.solution)}),
            **settled_summary(self.settled, self.path),
            "binding": self.binding.head(10).to_dict("records"),
            **({} if self.programme is None else works.programme_summary(self.programme)),
        }

    def _worst(self) -> str | None:
        targets = self.formulation.targets
        reached = targets.shares_at(self.planned) if np.isnan(self.shares).all() else self.shares
        if targets.scaled.any():  # what holds in full is not met worse than others
            reached = np.where(targets.scaled, reached, np.nan)
        return None if np.isnan(reached).all() else targets.names[int(np.nanargmin(reached))]

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made: versions, options, fingerprints of every input, sizes, ranges, residuals, times."""
        return manifest(self.formulation, self.solution, self.plan, self.seconds)

    def _notes(self) -> Iterator[str]:
        yield self.written
        yield from self.indices


def _bracket_summary(found: Bracket) -> dict[str, Any]:
    return {
        "reached": found.reached,
        "bound": found.bound if np.isfinite(found.bound) else None,
        "gap": found.gap if np.isfinite(found.gap) else None,
        "gap_wanted": found.wanted,
        "iterations": found.iterations,
    }
