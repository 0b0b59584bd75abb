"""How plant comes into existence and leaves it."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import Definition
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Statement, lag


@family(
    "capacity_accumulation",
    algebra="K = (1−δ)K₋₁ + pipeline + u₋L + projects on stream − what has lived its life",
    index=("capacity", "period"),
    unit_of="capacity",
    says="Plant is what was there, less what is retired or has lived its life, plus what was already building, plus what was "
    "started long enough ago.",
    definition=Definition("the accumulation of plant", "no plant stands that was neither there before nor built"),
    one_more="one more {unit} of {item} standing from {period} on",
    reads=("capacities", "pipeline", "opening"),
    alone=(Stated("capacities", "initial"), Stated("pipeline", "value")),
    without="there is as much plant as is wanted",
)
def capacity_accumulation(facts: Arrays, plan: Variables) -> Statement:
    """Plant in existence in every period; the opening position enters the first."""
    opening = np.zeros((len(facts.capacities), facts.T))
    opening[:, 0] = facts.plant.stays[:: facts.T] * facts.plant.column("initial")
    before = (lag(len(facts.capacities), facts.T) @ plan.capacity).scaled(facts.plant.stays)
    known = facts.plant.pipeline - plan.projects.starts.already_counted
    lasting = before + plan.begun - facts.plant.ends @ plan.begun
    return (plan.capacity.expression() - lasting).equals(
        opening.ravel() + known - facts.plant.ends @ known - facts.plant.retiring
    )
