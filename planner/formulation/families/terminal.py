"""What must be building when the plan ends."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Matrix, Statement, Vector


@family(
    "terminal",
    algebra="Σ u in progress at T ≥ Σ u in progress at T−1",
    index=("capacity",),
    unit_of="capacity",
    says="As much plant is in building at the end of the plan as a year before, so that growth could go on.",
    group=Group("building at the end", "the building that must go on at the end", rule=True),
    one_more="one more {unit} of {item} asked for in building at the end",
    asked=True,
    reads=("capacities", "pipeline"),
)
def terminal(facts: Arrays, plan: Variables) -> Statement:
    """Work in progress at the end against that of the last period but one, in units of capacity."""
    k, start = (axis.ravel() for axis in np.indices((len(facts.capacities), facts.T)))
    last = int(np.flatnonzero(facts.time.opens)[-1])
    ends = facts.plant.arrival.ravel()
    at_end = (ends >= facts.T).astype(float)
    before = ((start < last) & (ends >= last)).astype(float)
    change = at_end - before
    counts = change != 0.0  # what is in progress at both dates tells nothing
    cells = (k[counts], (k * facts.T + start)[counts])
    progress = Matrix((change[counts], cells), shape=(len(facts.capacities), len(k)))
    building = progress @ plan.start + plan.projects.starts.in_progress @ plan.project_start
    under_way: Vector = facts.plant.pipeline.reshape(-1, facts.T)[:, last:].sum(axis=1)
    return (building >= under_way).where(facts.plant.gestation > 0)
