"""What the lines between regions carry."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Rows


@family(
    "line",
    algebra="Σ weight s ≤ qK, each way",
    index=("line", "period"),
    unit="unit of the line",
    says="No more moves over a line than it carries, in each direction by itself.",
    part_of="capacity",
    group=Group("lines", "what the lines between regions carried"),
    one_more="room for one more {unit} on the line {item} in {period}",
    reads=("links", "carriage", "capacities"),
)
def line(facts: Arrays, plan: Variables) -> Rows:
    """Weight on every line against the plant of its name, which each direction has for itself."""
    T, plant = facts.T, facts.technology.line_plant
    limited = np.flatnonzero(plant >= 0)
    there = (facts.plant.together @ plan.capacity).scaled(np.repeat(facts.plant.column("utilisation"), T))
    load = (facts.technology.carried @ plan.activity).rows(facts.block(limited))
    statement = load <= there.rows(facts.block(plant[limited]))
    keys = np.repeat(facts.lines[limited], T), np.tile(facts.periods, len(limited))
    unit = np.repeat(facts.units("capacities")[plant[limited]], T)
    return Rows(statement.body, statement.lower, statement.upper, keys, unit)
