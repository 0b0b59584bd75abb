"""The level of household consumption below which no plan is accepted."""

from planner.economy.arrays import Arrays
from planner.formulation.named import Group
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Statement


@family(
    "consumption_floor",
    algebra="c ≥ floor",
    index=("period",),
    unit="level, base period = 1",
    says="Household consumption per head does not fall below the floor of the question.",
    group=Group(
        "floor", "the floor under household consumption", given_up="with household consumption below its floor"
    ),
    one_more="a consumption floor higher by the whole base level in {period}",
    asked=True,
    alone=(Stated("consumption", "per_head", lambda tables, _: tables["consumption"]["flexible"] > 0),),
    without="households need get no more than the part that does not move with the level",
)
def consumption_floor(facts: Arrays, plan: Variables) -> Statement:
    """The level of the household bundle against the closure chosen."""
    return plan.consumption.expression() >= plan.floor
