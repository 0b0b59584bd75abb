"""How many can be moved up a skill at once."""

from planner.economy.arrays import Arrays
from planner.formulation.named import TRAINING
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Statement


@family(
    "training",
    algebra="w ≤ g(N + trained)",
    index=("training", "period"),
    unit_of="training",
    says="Those who start training are at most a share of the skill they train for: places and teachers are limited.",
    group=TRAINING,
    one_more="a place to train one more {unit}, {item}, in {period}",
    reads=("training", "resources", "supply"),
    alone=(Stated("training", "periods"),),
    without="nobody is trained",
)
def training(facts: Arrays, plan: Variables) -> Statement:
    """Starts of training against the higher grade, by link and period."""
    grade = facts.training.grade @ plan.strength
    share, limited = facts.training.limit
    return (plan.training.expression() <= grade.scaled(share)).where(limited)
