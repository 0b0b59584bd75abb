"""Plant: what it allows, how it grows, and how fast it may."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import PLANT, Group
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Rows, Statement


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
    there = (facts.plant.together @ plan.capacity).scaled(facts.plant.works)
    apart = facts.plant.sites | np.isin(np.arange(len(facts.capacities)), facts.technology.line_plant)
    statement = facts.technology.runs_on @ plan.activity <= there
    return statement.where(np.repeat(~apart, facts.T)) if apart.any() else statement


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
    needs="links",
)
def line(facts: Arrays, plan: Variables) -> Rows:
    """Weight on every line against the plant of its name, which each direction has for itself."""
    T, plant = facts.T, facts.technology.line_plant
    limited = np.flatnonzero(plant >= 0)
    there = (facts.plant.together @ plan.capacity).scaled(facts.plant.works)
    load = (facts.technology.carried @ plan.activity).rows(facts.block(limited))
    statement = load <= there.rows(facts.block(plant[limited]))
    keys = np.repeat(facts.lines[limited], T), np.tile(facts.periods, len(limited))
    unit = np.repeat(facts.units("capacities")[plant[limited]], T)
    return Rows.of(statement, keys, unit)
