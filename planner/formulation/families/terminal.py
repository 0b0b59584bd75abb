"""What must be building, and what must stand, when the plan ends."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Matrix, Rows, Vector

HANDED_ON = Group("what is handed on", "the plant and stocks that must be handed on", rule=True)


@family(
    "terminal",
    algebra="Σ u in progress at T ≥ Σ u in progress at T−1",
    index=("capacity",),
    unit_of="capacity",
    says="As much plant is in building at the end of the plan as a year before, so that growth could go on; of kinds that may "
    "be begun.",
    group=Group("building at the end", "the building that must go on at the end", rule=True),
    one_more="one more {unit} of {item} asked for in building at the end",
    asked=True,
    reads=("capacities", "pipeline"),
)
def terminal(facts: Arrays, plan: Variables) -> Rows:
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
    plant = facts.country.capacities
    coming = plant.sums(1) @ under_way
    begins = (facts.plant.column("growth_limit") != 0.0) | (facts.plant.column("growth_floor") > 0.0)
    asked = (facts.plant.gestation[plant.first] > 0) & ((plant.sums(1) @ begins > 0) | (coming == 0.0))
    return plant.at_least(building, coming, asked, facts.units("capacities"))


@family(
    "keep",
    algebra="K_T ≥ share K₀",
    index=("capacity",),
    unit_of="capacity",
    says="No kind of plant is left smaller than the share asked for of what there was as the plan began.",
    group=HANDED_ON,
    one_more="one more {unit} of {item} asked for at the end",
    asked=True,
    reads=("capacities",),
)
def keep(facts: Arrays, plan: Variables) -> Rows:
    """Plant at the end of the period named against the opening position."""
    plant = facts.country.capacities
    least = plan.keep.share * (plant.sums(1) @ facts.plant.column("initial"))
    at = np.arange(len(facts.capacities)) * facts.T + kept_at(facts, plan)
    return plant.at_least(plan.capacity.expression().rows(at), least, least > 0.0, facts.units("capacities"))


@family(
    "keep_stocks",
    algebra="h_T ≥ h₀",
    index=("product",),
    unit_of="product",
    says="Stocks are not drawn down: each is left at what it was as the plan began.",
    group=HANDED_ON,
    one_more="one more {unit} of {item} asked for in stock at the end",
    part_of="keep",
    asked=True,
    reads=("stocks",),
)
def keep_stocks(facts: Arrays, plan: Variables) -> Rows:
    """Stocks at the end of the period named against those of the base date."""
    each, goods = np.zeros(len(facts.products)), facts.country.products
    each[facts.storable] = facts.numbers("stocks", "initial")
    least = goods.sums(1) @ each
    at = np.arange(len(facts.products)) * facts.T + kept_at(facts, plan)
    return goods.at_least(plan.stock.rows(at), least, least > 0.0, facts.units("products"))


def kept_at(facts: Arrays, plan: Variables) -> int:
    """Position of the period at whose end the plan hands on what it has."""
    return facts.position("period", plan.keep.period) if plan.keep.period else facts.T - 1
