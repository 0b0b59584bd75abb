"""Solve a question about an economy: what the command line does, from Python."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.balanced import asking_shares, balanced
from planner.analysis.projects.programme import GAP, Programme, find_programme
from planner.economy import DataError, Economy, Finding, load
from planner.economy.findings import did_you_mean, documents
from planner.economy.opening_position import year_before
from planner.formulation import Formulation, Question, formulate, load_question
from planner.formulation.measures import functional
from planner.formulation.question import USUAL, with_floor
from planner.program import LinearProgram, Vector
from planner.reporting.charts.programme import draw_programme
from planner.reporting.run.manifest import manifest
from planner.reporting.run.write import write_run
from planner.reporting.tables import plan as report
from planner.reporting.tables import programme as works
from planner.reporting.tables.binding import binding_table
from planner.reporting.tables.origins import by_kind, figures_asked, groups_of, together
from planner.reporting.wording.written import plan_written
from planner.solver.highs import Limits, Session
from planner.solver.solution import Solution, Status

__all__ = ["Result", "derived", "pose", "question_about", "solve"]


@dataclass(frozen=True, eq=False)
class Result:
    """An answered question.

    Args:
        formulation: what was asked.
        solution: the solve whose objective and prices are reported.
        plan: the plan reported product by product (``written`` says which); ``None`` where the region is empty or the
            solver stopped.
        shares: balanced share of each target, whatever the objective and the solver; ``nan`` where the question does
            not ask for targets at all.
        shares_by: the solver of the linear programs they come from.
        seconds: what each step took.
        programme: of a question with whole projects, the programme chosen; then ``solution`` has the bound and the status
            of the search, and prices that hold with the projects fixed.
    """

    formulation: Formulation
    solution: Solution
    plan: Solution | None
    shares: Vector
    shares_by: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    programme: Programme | None = None

    @property
    def status(self) -> Status:
        """How the solve ended."""
        return self.solution.status

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a reader of the answer should know: of the data, and of what the question does not read of them."""
        return self.formulation.warnings

    @cached_property
    def feasible(self) -> Vector:
        """The figure of each target at its balanced share, shape (targets,)."""
        figures = self.formulation.targets.figures(self.shares)
        return np.where(np.isnan(self.shares), np.nan, figures)

    @cached_property
    def planned(self) -> Vector:
        """The figure of each target in the plan that is reported, shape (targets,)."""
        if self.plan is None:
            return np.full(len(self.shares), np.nan)
        reader = report.Reader(self.formulation, self.plan)
        return reader.value(functional(reader.facts, reader.plan, self.formulation.targets.terms))

    @cached_property
    def met(self) -> npt.NDArray[np.bool_]:
        """Whether the plan that is reported meets each target in full, shape (targets,)."""
        reached: npt.NDArray[np.bool_] = self.formulation.targets.shares_at(self.planned) >= INSIDE
        return reached

    @cached_property
    def written(self) -> str:
        """Which plan the tables hold, in a sentence."""
        return plan_written(self.formulation, self.shares, self.solution.objective, self.plan is not None)

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the result by name; without a plan, the targets alone."""
        targets = report.targets_table(self.formulation, self.shares, self.feasible, self.planned)
        if self.plan is None:
            return {"targets": targets}
        reader = report.Reader(self.formulation, self.plan)
        tables = {
            "targets": targets,
            "activities": report.activities_table(reader),
            "balances": report.balances_table(reader),
            "capacities": report.capacities_table(reader, self.solution),
            "resources": report.resources_table(reader, self.solution),
            "trade": report.trade_table(reader),
            "prices": report.prices_table(self.solution),
        }
        if not self.formulation.variables.projects.starts.width:
            return tables
        if self.programme is None:  # in parts
            return {**tables, "projects": works.projects_table(self.formulation, self.plan)}
        return {**works.with_projects_fixed(tables), **works.programme_tables(self.programme, self.plan)}

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Official, feasible and actual figures."""
        return self.tables["targets"]

    @cached_property
    def binding(self) -> pd.DataFrame:
        """What binds: each limit with a price, its weight in the whole, heaviest first."""
        if self.programme is None:
            return binding_table(self.solution) if self.solution.optimal else pd.DataFrame()
        priced = binding_table(self.solution) if self.programme.found else pd.DataFrame({"family": []})
        return priced[priced["family"] != "project_start"].reset_index(drop=True)  # a start fixed is no limit

    @property
    def summary(self) -> dict[str, Any]:
        """The answer in a few keys."""
        economy, question = self.formulation.economy, self.formulation.question
        return {
            "economy": economy.name,
            "title": economy.title,
            "model": question.name,
            "question": question.title,
            "plan": self.formulation.plan or None,
            "scenario": economy.scenario,
            "corner": economy.corner,
            "floor": question.floor_in_force,
            "changes": list(economy.sets),
            "caution": economy.caution,
            "status": self.status.value,
            "objective": self.formulation.goal.says,
            "value": self.solution.objective,
            "unit": self.formulation.goal.unit,
            "targets": len(self.shares),
            "figures": figures_asked(self.formulation),
            "figures_together": together(self.formulation),
            "figures_by_kind": by_kind(groups_of(self.formulation), None),
            "targets_met": int(self.met.sum()),
            "worst_target": self._worst(),
            "plan_written": self.written,
            "shares_by": self.shares_by,
            "binding": self.binding.head(10).to_dict("records"),
            "warnings": documents(self.warnings),
            **({} if self.programme is None else works.programme_summary(self.programme)),
        }

    def _worst(self) -> str | None:
        targets = self.formulation.targets
        reached = targets.shares_at(self.planned) if np.isnan(self.shares).all() else self.shares
        if targets.scaled.any():  # what holds in full is not met worse than others
            reached = np.where(targets.scaled, reached, np.nan)
        return None if np.isnan(reached).all() else targets.names[int(np.nanargmin(reached))]

    @property
    def manifest(self) -> dict[str, Any]:
        """How the run was made: versions, options, fingerprints of every input, sizes, ranges, residuals, times."""
        return manifest(self.formulation, self.solution, self.plan, self.seconds)

    def write(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write the run folder, whole or not at all.

        Raises:
            OutputExists: the folder exists and may not be replaced.
        """
        documents = {"summary": self.summary, "manifest": self.manifest}
        return write_run(Path(folder), self.tables, documents, kind="solve", overwrite=overwrite, more=self._draw)

    def _draw(self, folder: Path) -> None:
        """The chart of the programme, where there is one."""
        if self.programme is not None and "projects" in self.tables:
            draw_programme(self.tables["projects"], folder / "charts", **works.chart_words(self.programme))

    def _repr_html_(self) -> str:
        goal = self.formulation.goal
        said = f"{goal.says}: {self.solution.objective:.4g} {goal.unit}"
        table = self.targets.to_html(index=False, float_format=lambda x: f"{x:.4g}")
        title = f"<b>{escape(self.formulation.economy.title)}</b>"
        return f"<p>{title}: {escape(said)}. {escape(self.written)}</p>{table}"


def pose(
    economy: str | Path | Economy = "ussr_1928",
    *,
    model: str | Path | Question | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    corner: str | None = None,
    floor: str | float | None = None,
    sets: Sequence[str] = (),
    figures: str = "official",
) -> Formulation:
    """Load an economy and state a question about it, defaults taken from its ``economy.toml``.

    Args:
        economy: a name, a path, or an economy already loaded, from which scenario, changes and corner are then derived.
        model: name or path of a model file, or a question already read.
        plan: whose targets are tested.
        scenario: ``base`` for the tables without any; ``None`` for the economy's own.
        corner: ``central``, ``optimistic`` or ``pessimistic``; ``None`` for where a loaded economy stands, else central.
        floor: closure of consumption in place of the model's: ``promised``, ``base``, ``subsistence``, ``actual`` or a
            share.
        sets: changes of single rows, as on the command line; they come after those a loaded economy has.
        figures: ``official``, or ``modest`` or ``ambitious`` for an end of targets given as ranges.

    Raises:
        DataError: the data, the model or the question do not fit; with every finding.
    """
    facts = derived(economy, scenario=scenario, corner=corner, sets=sets)
    question = question_about(facts, model, floor)
    chosen = plan or (facts.default_plan if "target" in question.families else "") or ""
    _check_plan(facts, question, chosen)
    if question.annual:
        facts = year_before(facts, chosen)
    return formulate(facts, question, chosen, figures=figures)


def derived(
    economy: str | Path | Economy, *, scenario: str | None = None, corner: str | None = None, sets: Sequence[str] = ()
) -> Economy:
    """The economy of a name, or what follows from one already loaded; its tables checked if they were changed in memory.

    Args:
        economy: a name, a path, or an economy already loaded.
        scenario: as in ``pose``.
        corner: as in ``pose``.
        sets: as in ``pose``.

    Raises:
        DataError: the data are not in order, or a scenario cannot be had of an economy changed in memory.

    >>> derived(load("two_goods"), corner="optimistic") == derived("two_goods", corner="optimistic")
    True
    """
    if not isinstance(economy, Economy):
        return load(economy, scenario=scenario, corner=corner or "central", sets=sets)
    facts = economy if scenario is None else economy.in_scenario(scenario)
    facts = facts.changed(sets).settled()
    return facts if corner is None else facts.at_corner(corner)


def question_about(
    economy: Economy, model: str | Path | Question | None = None, floor: str | float | None = None
) -> Question:
    """The question that is meant where none is named, or only part of it.

    Args:
        economy: whose default holds.
        model: name or path of a model file, or a question already read; ``None`` for the economy's own.
        floor: closure of consumption in place of the model's.

    Raises:
        DataError: there is no such model, or no such floor.
    """
    question = model if isinstance(model, Question) else load_question(model or economy.default_model or USUAL)
    if floor is not None:
        question = with_floor(question, floor)
    if question.floor == "actual":  # whatever is written of the answer says how low that is
        question = replace(question, floor="base" if economy.backtest_floor is None else economy.backtest_floor)
    return question


def _check_plan(economy: Economy, question: Question, plan: str) -> None:
    known = list(dict.fromkeys([*economy.tables["plans"]["plan"], *economy.tables["targets"]["plan"]]))
    if plan and plan not in known:
        sentence = f'There is no plan "{plan}" in {economy.name}.{did_you_mean(plan, known)} Plans: {", ".join(known) or "none"}.'
        raise DataError([Finding("E178", "plans.csv", (), "plan", plan, sentence)], economy.folder)
    if question.wants_targets and not plan:
        sentence = f'The question "{question.name}" is about targets; name a plan. Plans: {", ".join(known) or "none"}.'
        raise DataError([Finding("E178", "plans.csv", (), "plan", "", sentence)], economy.folder)


def solve(
    economy: str | Path | Economy = "ussr_1928",
    *,
    model: str | Path | Question | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    corner: str | None = None,
    floor: str | float | None = None,
    sets: Sequence[str] = (),
    solver: str = "highs",
    seconds: float = float("inf"),
    gap: float = GAP,
    log: Callable[[str], None] | None = None,
) -> Result:
    """Solve a question about an economy.

    Args:
        economy: as in ``pose``.
        model: as in ``pose``.
        plan: as in ``pose``.
        scenario: as in ``pose``.
        corner: as in ``pose``.
        floor: as in ``pose``.
        sets: as in ``pose``.
        solver: ``highs``, or the name of a solver PuLP knows (for one program; the balanced shares always use HiGHS).
        seconds: time limit of the solve, or of the search where whole numbers are sought.
        gap: relative gap at which a search among whole projects may stop.
        log: receives the lines of HiGHS during such a search.

    Returns:
        The result; an empty region is a result too (see its ``status``).

    >>> result = solve("two_goods")
    >>> result.status.value
    'optimal'
    """
    began = time.perf_counter()
    formulation = pose(economy, model=model, plan=plan, scenario=scenario, corner=corner, floor=floor, sets=sets)
    posed = time.perf_counter()
    if formulation.program.integer.any():
        result = _mixed(formulation, solver, Limits(seconds=seconds, gap=gap), log)
    else:
        result = _answer(formulation, solver, seconds)
    result.seconds.update(load_and_formulate=posed - began, solve=time.perf_counter() - posed)
    return result


def _mixed(formulation: Formulation, solver: str, limits: Limits, log: Callable[[str], None] | None) -> Result:
    """Choose a programme of projects; then the question with these projects fixed is answered like any other."""
    other = (
        None if solver.lower() == "highs" else lambda program: _elsewhere(program, solver, limits.seconds, limits.gap)
    )
    programme = find_programme(formulation, limits, log=log, search=other)
    if not programme.found:
        nothing = np.full(len(formulation.targets.frame), np.nan)
        return Result(formulation, programme.failure, None, nothing, programme=programme)
    result = _answer(programme.fixed, "highs", float("inf"))  # linear, and over in no time
    search = programme.search
    solution = replace(
        result.solution, status=search.status, bound=programme.bound, solver=search.solver, detail=search.detail,
        iterations=search.iterations, seconds=search.seconds,
    )  # fmt: skip
    seconds = {**result.seconds, "first_programme": programme.first, "search": search.seconds}
    return replace(result, formulation=formulation, solution=solution, programme=programme, seconds=seconds)


def _answer(formulation: Formulation, solver: str, seconds: float) -> Result:
    """Solve what is asked; and, by HiGHS, the balanced shares of the targets: they are the same by every route.

    A question about the share of targets is answered by the plan of the balanced shares, any other by the plan at its own
    optimum.
    """
    session = Session(Limits(seconds=seconds))
    by_shares = formulation.goal.is_share
    nothing = np.full(len(formulation.targets.frame), np.nan)
    if formulation.question.sought.reading == "balanced" and solver.lower() == "highs":
        steps = balanced(formulation, session)
        return Result(formulation, steps.first, steps.last, steps.shares, steps.first.solver)
    solution = _one(formulation, solver, seconds, session)
    if not solution.optimal:
        return Result(formulation, solution, None, nothing)
    if "target" not in formulation.question.families:
        return Result(formulation, solution, solution, nothing)
    steps = balanced(asking_shares(formulation), session if by_shares else None)
    return Result(formulation, solution, steps.last if by_shares else solution, steps.shares, steps.first.solver)


def _one(formulation: Formulation, solver: str, seconds: float, session: Session) -> Solution:
    if solver.lower() == "highs":
        return session.solve(formulation.program)
    return _elsewhere(formulation.program, solver, seconds)


def _elsewhere(program: LinearProgram, solver: str, seconds: float, gap: float = 0.0) -> Solution:
    """Another solver's answer; PuLP is imported only here."""
    from planner.solver.gateway import solve_with

    return solve_with(program, solver, seconds, gap=gap)
