"""What the country can pay abroad."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import ABROAD
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Statement


@family(
    "foreign_exchange",
    algebra="πᵉe + d + other receipts ≥ πᵐm + other payments",
    index=("period",),
    unit="foreign currency",
    says="Imports and old obligations are paid out of exports, other receipts and credit of the same period.",
    group=ABROAD,
    one_more="one more {unit} of foreign exchange in {period}",
    reads=("trade", "finance"),
    alone=(Stated("trade", "price"), Stated("finance", "credit")),
    without="imports cost nothing and need not be paid for",
)
def foreign_exchange(facts: Arrays, plan: Variables) -> Statement:
    """Receipts less payments of every period, at the prices of the trade table."""
    receipts = facts.trade.value("export", plan.export_codes) @ plan.exported + plan.borrowing
    payments = facts.trade.value("import", plan.import_codes) @ plan.imported
    due = facts.period_column("finance", "other_payments") - facts.period_column("finance", "other_receipts")
    return receipts - payments >= due


@family(
    "debt_limit",
    algebra="owed before + Σ d ≤ limit",
    index=("period",),
    unit="foreign currency",
    says="What was owed as the plan began and what has been borrowed since stay within the limit.",
    group=ABROAD,
    one_more="a debt limit one {unit} higher in {period}",
    part_of="foreign_exchange",
    reads=("finance", "opening"),
)
def debt_limit(facts: Arrays, plan: Variables) -> Statement:
    """What was owed, and credit taken so far, against the limit."""
    limit = facts.period_column("finance", "debt_limit", np.inf)
    limit = np.where(np.isnan(limit), np.inf, limit)
    return (facts.trade.so_far @ plan.borrowing <= limit - facts.trade.owed_before).where(np.isfinite(limit))
