"""Plant: what it allows, how it grows, and how fast it may."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import PLANT
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Statement


@family(
    "capacity",
    algebra="κx ≤ qK",
    index=("capacity", "period"),
    unit_of="capacity",
    says="No activity runs beyond the plant there is, at its highest utilisation.",
    group=PLANT,
    one_more="one more {unit} of {item} to work with in {period}",
    reads=("capacities", "coefficients"),
    alone=(Stated("capacities", "initial"),),
    without="no activity needs plant",
)
def capacity(facts: Arrays, plan: Variables) -> Statement:
    """Plant used by all activities against plant in existence; plant of sites works in its pool, a line has rows of its own."""
    utilisation = np.repeat(facts.plant.column("utilisation"), facts.T)
    there = (facts.plant.together @ plan.capacity).scaled(utilisation)
    apart = facts.plant.sites | np.isin(np.arange(len(facts.capacities)), facts.technology.line_plant)
    statement = facts.technology.runs_on @ plan.activity <= there
    return statement.where(np.repeat(~apart, facts.T)) if apart.any() else statement
