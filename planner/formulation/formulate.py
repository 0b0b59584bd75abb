"""From an economy and a question to a linear program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from planner.economy import Economy, Finding
from planner.economy.arrays import Arrays, Vector
from planner.economy.extensions import extend
from planner.economy.uncertain import Counts, counts
from planner.formulation.families import (  # noqa: F401  each import registers the families of the file
    bounds,
    capacity,
    capacity_accumulation,
    consumption_floor,
    foreign_exchange,
    growth_limit,
    labour,
    material_balance,
    money_balance,
    project,
    project_room,
    relation,
    resource,
    runs,
    steady,
    stock,
    terminal,
    training,
    whole_country,
)
from planner.formulation.fit import check_accounts, check_fit
from planner.formulation.measures import periods_of
from planner.formulation.objectives import Goal
from planner.formulation.question import Question
from planner.formulation.registry import FAMILIES
from planner.formulation.targets import Targets, targets_of
from planner.formulation.unread import unknown_base, warnings_of
from planner.formulation.variables import Variables
from planner.program import LinearProgram, assemble


@dataclass(frozen=True, eq=False)
class Formulation:
    """A question put to an economy.

    Args:
        economy: the facts.
        question: what is asked.
        plan: name of the plan whose targets are tested (``""`` for none).
        facts: the economy as arrays.
        variables: the unknowns.
        targets: the plan's targets.
        goal: the objective.
        program: the linear program.
    """

    economy: Economy
    question: Question
    plan: str
    facts: Arrays
    variables: Variables
    targets: Targets
    goal: Goal
    program: LinearProgram

    @cached_property
    def counts(self) -> Counts:
        """How many numbers an answer about the plan rests on."""
        return counts(self.economy, self.plan)

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        """What a reader of the answer should know of the data, and of what the question does not read of them."""
        unknown = unknown_base(self.economy, self.targets) if self.question.basis == "growth" else ()
        return (*warnings_of(self.economy, self.question, self.plan), *unknown)


def formulate(
    economy: Economy | Arrays, question: Question, plan: str = "", *, figures: str = "official"
) -> Formulation:
    """State a question about an economy as a linear program.

    Args:
        economy: a loaded economy, or its arrays where several questions are put to the same facts.
        question: a model file, read.
        plan: whose targets; ``""`` where the question has none.
        figures: ``official``, or ``modest`` or ``ambitious`` for an end of targets given as ranges.

    Returns:
        The formulation, its program assembled.

    Raises:
        DataError: the question names what the economy does not have.
    """
    facts = economy if isinstance(economy, Arrays) else Arrays(economy)
    check_fit(facts, question)
    check_accounts(facts, question, question.account or plan)
    targets = targets_of(
        facts, plan, basis=question.basis, groups=question.groups, without=question.without, figures=figures
    )
    extend()  # a process that only works for another has read neither economy nor model itself
    families = question.in_force
    variables = Variables(
        facts,
        families,
        floor_of(facts, question, targets),
        targets,
        with_misses=question.sought.reading in ("missed", "by_period"),
        tied=question.sought.reading == "by_period",
        projects=question.projects,
        steady=question.steady,
        keep=question.keep,
        account=question.account or plan,
    )
    goal = question.sought.goal(facts, variables, question)
    abroad = len(facts.trade.currencies)
    rows = {name: (f.axes(abroad), f.rows(facts, variables)) for name, f in FAMILIES.items() if f.part_of in families}
    program = assemble(goal.sense, goal.body, rows, variables.all, name=question.objective, unit=goal.unit)
    return Formulation(facts.economy, question, plan, facts, variables, targets, goal, program)


def floor_of(facts: Arrays, question: Question, targets: Targets) -> Vector:
    """Least level of household consumption in every period under the question's closure.

    ``base``: the base period's level; ``subsistence``: no more than the part of the bundle that does not move with the
    level; ``promised``: what the plan's own consumption targets say in the periods they name, the base level in the others;
    ``actual``: what the economy says households had as things turned out, the base level where it does not. A period that the
    question gives a floor of its own has that one.
    """
    if question.floor_by_period:
        floor = floor_of(facts, replace(question, floor_by_period={}), targets)
        for text, own in question.floor_by_period.items():
            when = periods_of(text, list(facts.periods))
            floor[when] = floor_of(facts, replace(question, floor=own, floor_by_period={}), targets)[when]
        return floor
    actual = facts.economy.backtest_floor
    if isinstance(question.floor, float) or (question.floor == "actual" and actual is not None):
        return np.full(facts.T, question.floor if isinstance(question.floor, float) else actual)
    floor = np.full(facts.T, 0.0 if question.floor == "subsistence" else 1.0)
    if question.floor == "promised":
        for (measure, item, period), official, is_floor in zip(
            targets.terms, targets.official, targets.floor, strict=True
        ):
            if (measure, item) == ("consumption", "*") and is_floor:  # a cap promises nothing
                floor[facts.periods == period] = official
    return floor
