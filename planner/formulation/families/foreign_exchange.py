"""What the country can pay abroad, and prices that change with the amount."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.economy.measures import MEASURES
from planner.economy.prices.price_steps import PRICED_BY
from planner.formulation.measures import functional, unit_of
from planner.formulation.named import ABROAD, PRICE_STEPS
from planner.formulation.registry import Stated, family
from planner.formulation.variables import Variables
from planner.program import Matrix, Rows


@family(
    "foreign_exchange",
    algebra="πᵉe + d + exchange had + other receipts ≥ πᵐm + exchange given + other payments + interest on what was owed",
    index=("foreign_currency", "period"),
    unit="foreign currency",
    says="Imports, old obligations and interest are paid out of exports, other receipts and credit of the same period, each "
    "currency by itself but for what is changed at a stated rate.",
    group=ABROAD,
    one_more="one more {unit} of foreign exchange in {period}",
    reads=("trade", "finance", "exchange", "opening"),
    alone=(Stated("trade", "price"), Stated("finance", "credit")),
    without="imports cost nothing and need not be paid for",
)
def foreign_exchange(facts: Arrays, plan: Variables) -> Rows:
    """Receipts less payments of every currency and period, at the prices of the trade table."""
    receipts, payments = plan.earned_abroad + plan.borrowing, plan.paid_abroad
    if facts.trade.interest.any():
        payments = payments + plan.interest
    if plan.exchanged.size:
        receipts = receipts + facts.trade.changed @ plan.exchanged
    due = facts.trade.of_accounts("other_payments") - facts.trade.of_accounts("other_receipts")
    return Rows.of(receipts - payments >= due, facts.trade.accounts[1], facts.trade.units)


@family(
    "debt_limit",
    algebra="owed before + Σ d ≤ limit",
    index=("foreign_currency", "period"),
    unit="foreign currency",
    says="What was owed as the plan began and what has been borrowed since stay within the limit.",
    group=ABROAD,
    one_more="a debt limit one {unit} higher in {period}",
    part_of="foreign_exchange",
    reads=("finance", "opening"),
)
def debt_limit(facts: Arrays, plan: Variables) -> Rows:
    """What was owed, and credit taken so far, against the limit."""
    limit = facts.trade.of_accounts("debt_limit", np.inf)
    limited = np.flatnonzero(np.isfinite(limit))
    owed = facts.trade.so_far @ plan.borrowing
    statement = owed.rows(limited) <= (limit - facts.trade.owed_before.repeat(facts.T))[limited]
    return Rows.of(statement, tuple(key[limited] for key in facts.trade.accounts[1]), facts.trade.units[limited])


@family(
    "price_step",
    algebra="0 ≤ Mx − Σ p ≤ first step",
    index=PRICED_BY,
    unit="unit of the measure",
    says="Paid at the first price is all but what lies beyond its steps, no further than the first of them.",
    definition=PRICE_STEPS,
    one_more="one more {unit} of {item} at the first price in {period}",
    always=True,
    reads=("price_steps", "costs", "trade"),
    needs="price_steps",
)
def price_step(facts: Arrays, plan: Variables) -> Rows:
    """One row a price that has steps: the amount it is of, less what lies beyond each."""
    steps = facts.money.steps
    _, at = np.unique(steps.of, return_index=True)
    heads = steps.frame.iloc[at]
    terms = list(zip(heads["measure"], heads["item"], heads["period"], strict=True))
    beyond = Matrix((np.ones(len(steps.of)), (steps.of, np.arange(len(steps.of)))), shape=(len(at), len(steps.of)))
    body = functional(facts, plan, terms) - beyond @ plan.price_step
    units = np.array([unit_of(facts, MEASURES[measure], item) for measure, item, _ in terms], object)
    keys = tuple(heads[axis].to_numpy(dtype=object) for axis in PRICED_BY)
    return Rows(body, np.zeros(len(at)), steps.least[at], keys, units)
