"""Plant that is built by expansions: how large one that is begun may be, and how large it must be."""

from __future__ import annotations

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import PLANT, Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Expression, Rows, Statement

_AXES = ("capacity", "period")


@family(
    "expansion_most",
    algebra="u ≤ n⁺k",
    index=_AXES,
    unit_of="capacity",
    says="No more plant is begun than the expansions that are begun hold.",
    group=PLANT,
    one_more="one more {unit} of {item} begun in {period} than its expansions hold",
    always=True,
    grows=False,
    reads=("expansions",),
)
def expansion_most(facts: Arrays, plan: Variables) -> Rows:
    """Plant begun against the greatest size of the expansions begun."""
    return _rows(facts, plan, _beyond(facts, plan, "most") <= 0.0)


@family(
    "expansion_least",
    algebra="u ≥ n⁻k",
    index=_AXES,
    unit_of="capacity",
    says="An expansion that is begun has at least its least size.",
    group=Group("least expansion", "the least size of an expansion of {item}", each=("capacity",), rule=True),
    one_more="one more {unit} of {item} that expansions begun in {period} must hold",
    asked=True,
    always=True,
    reads=("expansions",),
)
def expansion_least(facts: Arrays, plan: Variables) -> Rows:
    """Plant begun against the least size of the expansions begun."""
    return _rows(facts, plan, _beyond(facts, plan, "least") >= 0.0)


def _beyond(facts: Arrays, plan: Variables, column: str) -> Expression:
    """Plant begun by the unit, less what a column says of the expansions begun."""
    each = np.repeat(facts.numbers("expansions", column), facts.T)
    return plan.start.expression().rows(facts.block(facts.plant.expanded)) - plan.expansion.expression().scaled(each)


def _rows(facts: Arrays, plan: Variables, statement: Statement) -> Rows:
    units = np.repeat(facts.units("capacities")[facts.plant.expanded], facts.T)
    return Rows(statement.body, statement.lower, statement.upper, plan.expansion.keys, units)
