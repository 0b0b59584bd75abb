"""No product is used before it is there, not even before the first period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.economy.arrays import Arrays
from planner.formulation.named import Definition, Group
from planner.formulation.registry import Stated, Tables, family
from planner.formulation.variables import Variables
from planner.program import Statement


def _inputs(tables: Tables, _: str) -> pd.Series[bool]:
    return tables["coefficients"]["role"] == "input"


@family(
    "material_balance",
    algebra="A⁺x + m + (1−σ)h₋₁ ≥ A⁻x₊λ + Rr + Sa + Bu + MK + projects + C + G + e + h",
    index=("product", "period"),
    unit_of="product",
    says="No product is used before it is made, imported or taken from stock.",
    definition=Definition(
        "the balances of products and the final use in them", "nothing can be used that is not there"
    ),
    one_more="one more {unit} of {item} in {period}",
    reads=(
        "products",
        "activities",
        "coefficients",
        "run_inputs",
        "investment",
        "upkeep",
        "consumption",
        "worker_consumption",
        "population",
        "final_use",
        "stocks",
        "trade",
    ),
    alone=(Stated("final_use", "value"), Stated("coefficients", "value", _inputs)),
    without="what is used need come from nowhere",
)
def material_balance(facts: Arrays, plan: Variables) -> Statement:
    """Sources less uses of every product in every period."""
    return plan.balance >= facts.final_use


@family(
    "used_in_full",
    algebra="A⁺x + m + (1−σ)h₋₁ ≤ A⁻x₊λ + Bu + projects + C + G + e + h, where disposal is none",
    index=("product", "period"),
    unit_of="product",
    says="Of a product without disposal nothing is left over.",
    part_of="material_balance",
    group=Group("use in full", "the products of which nothing may be left over"),
    one_more="one more {unit} of {item} that may be left over in {period}",
    reads=("products",),
)
def used_in_full(facts: Arrays, plan: Variables) -> Statement:
    """Sources less uses of the products without disposal, in every period: with their balances, equations."""
    marked = facts.labels("products", "disposal") == "none"
    return (plan.balance <= facts.final_use).where(np.repeat(marked, facts.T))


@family(
    "begun_before",
    algebra="x ≤ begun before, in periods t ≤ λ",
    index=("activity", "period"),
    unit="unit of the activity",
    says="What takes its inputs before the first period runs at no more than was begun by then.",
    always=True,
    group=Group("work begun", "the work that had been begun before the plan"),
    one_more="one more {unit} of {item} begun before the plan, to be finished in {period},",
    reads=("coefficients", "opening"),
)
def begun_before(facts: Arrays, plan: Variables) -> Statement:
    """Levels whose inputs were taken before the horizon against the opening state; the others have no row."""
    return (plan.activity.expression() <= facts.technology.begun_before).where(facts.technology.reaches_back)
