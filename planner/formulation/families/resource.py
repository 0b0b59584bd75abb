"""Primary resources other than labour: whatever cannot be produced within the horizon."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import RESOURCE
from planner.formulation.registry import Stated, family, of_kind
from planner.formulation.variables import Variables
from planner.program import Statement


@family(
    "resource",
    algebra="Σ use ≤ supply",
    index=("resource", "period"),
    unit_of="resource",
    says="No more of a primary resource is used than there is.",
    group=RESOURCE,
    one_more="one more {unit} of {item} in {period}",
    reads=("resources", "supply", "coefficients", "run_inputs", "investment", "upkeep"),
    alone=(Stated("supply", "value", lambda tables, _: of_kind(tables, labour=False)),),
    without="there is as much of these as is wanted",
)
def resource(facts: Arrays, plan: Variables) -> Statement:
    """Use of every resource that is not labour against its supply."""
    kind = ~np.isin(np.arange(len(facts.resources)), facts.labour)
    there = plan.moved + facts.supply if plan.leave.size else facts.supply
    return (plan.employment <= there).where(np.repeat(kind, facts.T))
