"""Households' money against the goods of the plan at its own prices: a plan that pays its way."""

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.named import Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Matrix, Statement


@family(
    "money_balance",
    algebra="Σ wage·employed + other money ≤ prices·trade₀·crowd·c",
    index=("period",),
    unit="money of incomes",
    unit_of=lambda facts: facts.accounts.households.unit,
    says="What households have left for goods after taxes, loans and services buys no more than there is for them at planned "
    "prices, in the periods that the plan's account reaches.",
    group=Group(
        "money",
        "goods for all of households' money at planned prices",
        given_up="with part of households' money left without goods",
    ),
    one_more="one more {unit} of households' money without goods in {period}",
    reads=("incomes", "retail", "price_index", "population"),
)
def money_balance(facts: Arrays, plan: Variables) -> Statement:
    """Wages of those employed and other money of households, against the bundle at the level of the period.

    Money did not stop production where it ran short: it was issued. So this is no limit of any economy but a question, what
    if the plan had to pay its way; no shipped question but `paying_its_way` asks it.
    """
    account = facts.accounts.of(plan.account)
    left = account.wages @ plan.employment - Matrix(np.diag(account.goods)) @ plan.consumption
    return (left <= -account.other).where(account.known)
