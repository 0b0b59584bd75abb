"""How many can be moved up a skill at once."""

from planner.economy.arrays import Arrays
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Statement


@family(
    "training",
    algebra="w ≤ g(N + trained)",
    index=("training", "period"),
    unit="unit of the labour trained",
    says="Those who start training are at most a share of the skill they train for: places and teachers are limited.",
    reads=("training", "supply"),
    alone=(Stated("training", "periods"),),
    without="nobody is trained",
)
def training(facts: Arrays, plan: Variables) -> Statement:
    """Starts of training against the higher grade, by link and period."""
    grade = facts.trained_grade @ (facts.trained @ plan.training + facts.supply)
    share, limited = facts.training_limit
    return (plan.training.expression() <= grade.scaled(share)).where(limited)
