"""Steadiness: no output falls from one period to the next by more than the question allows."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.measures import COUNTED
from planner.formulation.named import Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Statement, lag


@family(
    "steady",
    algebra="yₜ ≥ (1 − fall) yₜ₋₁",
    index=("product", "period"),
    unit_of="product",
    says="No output falls from one period to the next by more than the share allowed; the first is held to the base period's.",
    group=Group("steadiness", "the rule that no output falls", rule=True),
    one_more="one more {unit} of {item} than the rule of steadiness asks for in {period}",
    asked=True,
    reads=("actuals",),
)
def steady(facts: Arrays, plan: Variables) -> Statement:
    """Output of every product of the groups named against that of the period before, known of the base period or not asked."""
    rule = plan.steady
    kept = 1.0 - rule.fall
    floor = np.zeros((len(facts.products), facts.T))
    floor[:, 0] = kept * facts.base_outputs
    made = COUNTED["output"].block(facts, plan)
    change = made - lag(len(facts.products), facts.T, 1, kept) @ made
    named = np.isin(facts.labels("products", "group").astype(str), rule.groups) | (not rule.groups)
    known = np.ones(floor.shape, dtype=bool)
    known[:, 0] = floor[:, 0] > 0.0
    return (change >= floor.ravel()).where((named[:, None] & known).ravel())
