"""What can be kept."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import STOCKS
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Statement


@family(
    "stock",
    algebra="h ≤ limit",
    index=("product", "period"),
    unit_of="product",
    says="Stocks stay within what can be stored.",
    group=STOCKS,
    one_more="room to store one more {unit} of {item} in {period}",
    reads=("stocks",),
    alone=(Stated("stocks", "limit"),),
    without="nothing limits what can be kept",
)
def stock(facts: Arrays, plan: Variables) -> Statement:
    """Stocks at the end of every period against the room for them."""
    limit = np.full(len(facts.products), np.inf)
    limit[facts.storable] = facts.tables["stocks"]["limit"].fillna(np.inf).to_numpy()
    room = np.repeat(limit, facts.T)
    return (plan.stock <= room).where(np.isfinite(room))
