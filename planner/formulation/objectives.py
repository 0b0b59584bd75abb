"""The six objectives: what the plan is asked to do best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.measures import functional
from planner.formulation.variables import Variables
from planner.program import Expression, Matrix

if TYPE_CHECKING:
    from planner.formulation.question import Question


@dataclass(frozen=True)
class Goal:
    """What is optimised: sense, an expression of one row, its unit and the sentence that says it."""

    sense: Literal["max", "min"]
    body: Expression
    unit: str
    says: str


def _row(values: np.ndarray) -> Matrix:
    return Matrix(np.asarray(values, dtype=float)[None, :])


def attainment(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """The greatest share θ to which every target is reached at once."""
    return Goal(
        "max",
        plan.targets.share.expression(),
        question.share_unit,
        "the share of all targets reached at once",
    )


def shortfall(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """The least weighted sum of shortfalls, each as a share of its target; single targets may be given up wholly."""
    targets = plan.targets
    weights = targets.frame["weight"].to_numpy(dtype=float) * targets.scaled
    return Goal(
        "min",
        _row(weights) @ plan.missed,
        "sum of shares",
        "the weighted sum of shortfalls, each as a share of its target",
    )


def consumption(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """Discounted household consumption, or its level in one period."""
    if question.consumption_period:
        weights = (facts.periods == question.consumption_period).astype(float)
    else:
        weights = (1.0 + question.discount) ** -np.arange(facts.T)
        weights = weights / weights.sum()
    return Goal(
        "max",
        _row(weights) @ plan.consumption,
        "level per head, base period = 1",
        "the level of household consumption per head",
    )


def terminal_capital(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """Plant in existence in the last period, at given weights or at what it costs to build."""
    weights = np.zeros((len(facts.capacities), facts.T))
    if question.capital_weights:
        for capacity, weight in question.capital_weights.items():
            weights[facts.position("capacity", capacity), -1] = weight
        unit = "weighted units"
    else:
        weights[:, -1] = facts.cost_of_capacity
        unit = facts.economy.value_unit
    return Goal("max", _row(weights.ravel()) @ plan.capacity, unit, "plant in existence at the end")


def own(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """A user's weights on any measures."""
    terms = [(term.measure, term.item, term.period) for term in question.terms]
    weights = np.array([term.weight for term in question.terms])
    return Goal(question.sense, _row(weights) @ functional(facts, plan, terms), "weighted units", question.title)


OBJECTIVES: dict[str, Callable[[Arrays, Variables, Question], Goal]] = {
    "attainment": attainment,
    "balanced": attainment,  # the first step of the lexicographic max-min; the rest is done by re-solving
    "shortfall": shortfall,
    "consumption": consumption,
    "terminal_capital": terminal_capital,
    "own": own,
}
