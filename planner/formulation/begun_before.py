"""What was begun before the plan, and can be finished in it."""

from planner.economy.arrays import Arrays
from planner.formulation.named import Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Statement


@family(
    "begun_before",
    algebra="x ≤ begun before, in periods t ≤ λ",
    index=("activity", "period"),
    unit="unit of the activity",
    says="What takes its inputs before the first period runs at no more than was begun by then.",
    part_of="material_balance",
    group=Group("work begun", "the work that had been begun before the plan"),
    one_more="one more {unit} of {item} begun before the plan, to be finished in {period},",
    reads=("coefficients", "opening"),
)
def begun_before(facts: Arrays, plan: Variables) -> Statement:
    """Levels whose inputs were taken before the horizon against the opening state; the others have no row."""
    return (plan.activity.expression() <= facts.begun_before).where(facts.reaches_back)
