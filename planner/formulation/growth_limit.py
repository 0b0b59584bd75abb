"""Absorptive capacity: how fast a branch can take on new plant."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import PLANT
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Statement, lag


@family(
    "growth_limit",
    algebra="u₋L ≤ gK₋₁ + g₀",
    index=("capacity", "period"),
    unit_of="capacity",
    says="What is begun under the plan and comes on stream in a period is at most a share of the plant before it, plus a floor.",
    group=PLANT,
    one_more="room for one more {unit} of {item} to come on stream in {period}",
    reads=("capacities",),
    alone=(Stated("capacities", "growth_limit", also=("project",)),),
    without="a branch takes on new plant as fast as it can be built",
)
def growth_limit(facts: Arrays, plan: Variables) -> Statement:
    """New plant against plant of the period before; the first period looks at the opening position."""
    share = facts.capacity_column("growth_limit")
    limited = ~np.isnan(share)
    share = np.where(limited, share, 0.0)
    allowed = np.zeros((len(share), facts.T))
    allowed[:, 0] = share * facts.capacity_column("initial")
    allowed += plan.works.growth_floor[:, None]
    begun = facts.commissions @ plan.start - lag(len(share), facts.T, 1, share) @ plan.capacity
    can_start = np.arange(facts.T) >= facts.gestation[:, None]  # nothing begun under the plan can be on stream before
    return (begun <= allowed.ravel()).where((limited[:, None] & can_start).ravel())
