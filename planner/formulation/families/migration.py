"""Who moves from one region to another."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import Definition
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Rows


@family(
    "migration",
    algebra="Σ leave = Σ join",
    index=("resource", "period"),
    unit_of="resource",
    says="Whoever leaves a region comes to another in the same period.",
    part_of="labour",
    definition=Definition("that nobody is lost on the way", "there are no people who are in no region"),
    one_more="one more {unit} of {item} coming from nowhere in {period}",
    reads=("migration", "supply"),
)
def migration(facts: Arrays, plan: Variables) -> Rows:
    """One pool of movers for each kind of labour and period."""
    country = facts.country
    statement = (country.pooled @ (plan.leave.expression() - plan.join)).equals(0.0)
    first = {label.partition("@")[0]: at for at, label in reversed(list(enumerate(facts.resources)))}
    unit = np.array([facts.units("resources")[first[name]] for name in country.pools], object)
    keys = np.repeat(np.array(country.pools, object), facts.T), np.tile(facts.periods, len(country.pools))
    return Rows(statement.body, statement.lower, statement.upper, keys, np.repeat(unit, facts.T))
