"""Labour by skill, with training up and free transfer down."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import Group
from planner.formulation.registry import Stated, family, of_kind
from planner.formulation.variables import Variables
from planner.program import Statement


@family(
    "labour",
    algebra="lx + building labour + trainers ≤ N + trained − left to train + stepped down + recruited − dismissed − downgraded",
    index=("resource", "period"),
    unit_of="resource",
    says="No more hands of a skill are used than there are, have been trained or recruited and have not left, or step down from "
    "the skill above.",
    group=Group("labour", "the labour there was"),
    one_more="one more {unit} of {item} labour in {period}",
    reads=("resources", "supply", "coefficients", "investment", "upkeep", "training"),
    alone=(Stated("supply", "value", lambda tables, _: of_kind(tables, labour=True)),),
    without="there are as many hands as are wanted",
)
def labour(facts: Arrays, plan: Variables) -> Statement:
    """Persons used against persons there are, for every kind of labour."""
    used = plan.employment + facts.training.trainers @ plan.training
    kind = np.isin(np.arange(len(facts.resources)), facts.labour)
    return (used <= plan.hands).where(np.repeat(kind, facts.T))
