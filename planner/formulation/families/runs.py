"""What comes in whole units: techniques, how far a unit that is on runs and which are switched on, and expansions of plant."""

from __future__ import annotations

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import PLANT, Definition, Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Expression, Rows, Statement, Vector, lag

_AXES = ("activity", "period")
_PLANT = ("capacity", "period")


@family(
    "run_most",
    algebra="x ≤ n⁺r",
    index=_AXES,
    unit="unit of the activity",
    says="A technique runs no further than the units that are on can.",
    group=Group("units", "the units of {item} there are", each=("activity",)),
    one_more="one more {unit} of {item} in {period} than its units can",
    always=True,
    grows=False,
    reads=("runs",),
    needs="runs",
)
def run_most(facts: Arrays, plan: Variables) -> Rows:
    """Levels against the most of the units that are on."""
    return _rows(facts, plan, _level(facts, plan, "most") <= 0.0)


@family(
    "run_least",
    algebra="x ≥ n⁻r",
    index=_AXES,
    unit="unit of the activity",
    says="A technique runs at least as far as the units that are on must.",
    group=Group("least run", "the least level of {item}", each=("activity",), rule=True),
    one_more="one more {unit} of {item} in {period} than its units must",
    asked=True,
    always=True,
    reads=("runs",),
    needs="runs",
)
def run_least(facts: Arrays, plan: Variables) -> Rows:
    """Levels against the least of the units that are on."""
    return _rows(facts, plan, _level(facts, plan, "least") >= 0.0)


@family(
    "run_start",
    algebra="a ≥ r − r₋₁",
    index=_AXES,
    unit="units",
    says="Units that are on and were not on in the period before have been switched on.",
    one_more="one more unit of {item} that was on before {period}",
    definition=Definition("that units are switched on", "no unit is on that was off before and is not switched on"),
    always=True,
    reads=("runs", "opening"),
    needs="runs",
)
def run_start(facts: Arrays, plan: Variables) -> Rows:
    """Units switched on against those that are on and those that were."""
    size = len(facts.technology.in_units)
    before = np.zeros((size, facts.T))
    before[:, 0] = facts.technology.on_before
    change = plan.started.expression() - plan.running + lag(size, facts.T) @ plan.running
    statement = change >= -before.ravel()
    return Rows.of(statement, plan.running.keys, plan.running.unit)


def _level(facts: Arrays, plan: Variables, column: str) -> Expression:
    """Levels of what runs in units, less what a column says of the units that are on."""
    each: Vector = (facts.numbers("runs", column)[:, None] * facts.time.length).ravel()
    return plan.activity.expression().rows(facts.block(facts.technology.in_units)) - plan.running.expression().scaled(
        each
    )


def _rows(facts: Arrays, plan: Variables, statement: Statement) -> Rows:
    units = np.repeat(facts.technology.units[facts.technology.in_units], facts.T)
    return Rows.of(statement, plan.running.keys, units)


@family(
    "expansion_most",
    algebra="u ≤ n⁺k",
    index=_PLANT,
    unit_of="capacity",
    says="No more plant is begun than the expansions that are begun hold.",
    group=PLANT,
    one_more="one more {unit} of {item} begun in {period} than its expansions hold",
    always=True,
    grows=False,
    reads=("expansions",),
    needs="expansions",
)
def expansion_most(facts: Arrays, plan: Variables) -> Rows:
    """Plant begun against the greatest size of the expansions begun."""
    return _of_plant(facts, plan, _beyond(facts, plan, "most") <= 0.0)


@family(
    "expansion_least",
    algebra="u ≥ n⁻k",
    index=_PLANT,
    unit_of="capacity",
    says="An expansion that is begun has at least its least size.",
    group=Group("least expansion", "the least size of an expansion of {item}", each=("capacity",), rule=True),
    one_more="one more {unit} of {item} that expansions begun in {period} must hold",
    asked=True,
    always=True,
    reads=("expansions",),
    needs="expansions",
)
def expansion_least(facts: Arrays, plan: Variables) -> Rows:
    """Plant begun against the least size of the expansions begun."""
    return _of_plant(facts, plan, _beyond(facts, plan, "least") >= 0.0)


def _beyond(facts: Arrays, plan: Variables, column: str) -> Expression:
    """Plant begun by the unit, less what a column says of the expansions begun."""
    each = np.repeat(facts.numbers("expansions", column), facts.T)
    return plan.start.expression().rows(facts.block(facts.plant.expanded)) - plan.expansion.expression().scaled(each)


def _of_plant(facts: Arrays, plan: Variables, statement: Statement) -> Rows:
    units = np.repeat(facts.units("capacities")[facts.plant.expanded], facts.T)
    return Rows.of(statement, plan.expansion.keys, units)
