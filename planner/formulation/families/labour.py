"""Labour by skill, with training up and free transfer down."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.economy.places import base
from planner.formulation.named import Definition, Group
from planner.formulation.registry import Stated, family, of_kind
from planner.formulation.variables import Variables
from planner.program import Rows, Statement


@family(
    "labour",
    algebra="lx + building labour + trainers ≤ N + trained − left to train + stepped down + recruited − dismissed − downgraded",
    index=("resource", "period"),
    unit_of="resource",
    says="No more hands of a skill are used than there are, have been trained or recruited and have not left, or step down from "
    "the skill above.",
    group=Group("labour", "the labour there was"),
    one_more="one more {unit} of {item} labour in {period}",
    reads=("resources", "supply", "coefficients", "run_inputs", "investment", "upkeep", "training", "migration"),
    alone=(Stated("supply", "value", lambda tables, _: of_kind(tables, labour=True)),),
    without="there are as many hands as are wanted",
)
def labour(facts: Arrays, plan: Variables) -> Statement:
    """Persons used against persons there are, for every kind of labour."""
    used = plan.employment + facts.training.trainers @ plan.training
    kind = np.isin(np.arange(len(facts.resources)), facts.labour)
    return (used <= plan.hands).where(np.repeat(kind, facts.T))


@family(
    "migration",
    algebra="Σ leave = Σ join",
    index=("resource", "period"),
    unit_of="resource",
    says="Whoever leaves a region comes to another in the same period.",
    part_of="labour",
    definition=Definition("that nobody is lost on the way", "there are no people who are in no region"),
    one_more="one more {unit} of {item} lost between regions in {period}",
    reads=("migration", "supply"),
    needs="migration",
)
def migration(facts: Arrays, plan: Variables) -> Rows:
    """One pool of movers for each kind of labour and period."""
    country = facts.country
    statement = (country.pooled @ (plan.leave.expression() - plan.join)).equals(0.0)
    first = {base(label): at for at, label in reversed(list(enumerate(facts.resources)))}
    unit = np.array([facts.units("resources")[first[name]] for name in country.pools], object)
    keys = np.repeat(np.array(country.pools, object), facts.T), np.tile(facts.periods, len(country.pools))
    return Rows.of(statement, keys, np.repeat(unit, facts.T))
