"""Measures: what targets and reports count, each a linear functional of the plan.

The row of a measure, its name, item and unit, stands in ``planner.economy.measures``, for the tables ask about it; the function
decorated with its name here says how it is counted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.measures.counting import functional, measure, standing
from planner.formulation.variables import Variables
from planner.program import Codes, Expression, Matrix, select


@measure("output")
def output(facts: Arrays, plan: Variables) -> Expression:
    """What all activities make, by product and period."""
    return facts.technology.outputs @ plan.activity


@measure("value", groups=Arrays.of_aggregate)
def value(facts: Arrays, plan: Variables) -> Expression:
    """Gross output at base-period prices, by product and period."""
    return output(facts, plan).scaled(np.repeat(np.nan_to_num(facts.prices), facts.T))


def _base_value(facts: Arrays, items: Sequence[int]) -> float:
    """Value of what was made of some products in the base period, at least what cannot be divided by."""
    return float((np.nan_to_num(facts.prices) * facts.base_outputs)[list(items)].sum()) or np.inf


@measure("value_index", groups=Arrays.of_aggregate, one=_base_value)
def value_index(facts: Arrays, plan: Variables) -> Expression:
    """The same where the output of the base period is known, by product and period; that of the base period counts as one."""
    return value(facts, plan).scaled(np.repeat(facts.base_outputs > 0.0, facts.T).astype(float))


@measure("delivery")
def delivery(facts: Arrays, plan: Variables) -> Expression:
    """What the balance leaves over after final use, by product and period."""
    return plan.balance - facts.final_use


@measure("consumption", level=lambda _, plan: plan.consumption.expression())
def consumption(facts: Arrays, plan: Variables) -> Expression:
    """Household use per head by product and period."""
    persons = np.where(facts.households.population > 0, facts.households.population, 1.0)
    return plan.households.scaled(np.tile(1.0 / persons, len(facts.products)))


@measure("investment", groups=lambda facts, group: facts.plant.of_group(group))
def investment(facts: Arrays, plan: Variables) -> Expression:
    """Building done by capacity and period, at central norms and base-period prices.

    Each good of building year τ of what was started at s counts in period s + τ − 1; goods without a price do not count.
    """
    return facts.plant.investment_value @ plan.start + plan.projects.investment_value @ plan.project_start


@measure("capacity")
def capacity(facts: Arrays, plan: Variables) -> Expression:
    """Plant in existence, by capacity and period."""
    return plan.capacity.expression()


@measure("employment", everything=lambda facts: facts.labour)
def employment(facts: Arrays, plan: Variables) -> Expression:
    """Resources used by production and building, by resource and period."""
    return plan.employment


@measure("idle")
def idle(facts: Arrays, plan: Variables) -> Expression:
    """What is left of resources after every use, by resource and period."""
    return plan.idle


@measure("trained")
def trained(facts: Arrays, plan: Variables) -> Expression:
    """Those who start training for a grade, by resource and period."""
    return Matrix(facts.training.grade.T) @ plan.training


@measure("recruited")
def recruited(facts: Arrays, plan: Variables) -> Expression:
    """Those recruited from outside, by resource and period."""
    return _of_resources(facts, facts.training.recruits) @ plan.recruiting


@measure("dismissed")
def dismissed(facts: Arrays, plan: Variables) -> Expression:
    """Those dismissed, by resource and period."""
    return _of_resources(facts, facts.training.dismissals) @ plan.dismissal


@measure("downgraded")
def downgraded(facts: Arrays, plan: Variables) -> Expression:
    """Those moved down for good, by the grade they leave and period."""
    links = Matrix(select(facts.block(facts.training.down_for_good), len(facts.links) * facts.T).T)
    return Matrix(facts.training.grade.T) @ (links @ plan.downgrading)


def _of_resources(facts: Arrays, some: Codes) -> Matrix:
    """Resource-period by a block over some of the resources."""
    return Matrix(select(facts.block(some), len(facts.resources) * facts.T).T)


@measure("export")
def export(facts: Arrays, plan: Variables) -> Expression:
    """Sold abroad, by product and period."""
    return plan.exports


@measure("import")
def imported(facts: Arrays, plan: Variables) -> Expression:
    """Bought abroad, by product and period."""
    return plan.imports


@measure("sent")
def sent(facts: Arrays, plan: Variables) -> Expression:
    """Moved out of a place less moved into it, by product and period; what a haul itself takes does not count."""
    return facts.technology.sent @ plan.activity


@measure("stock")
def stock(facts: Arrays, plan: Variables) -> Expression:
    """Kept at the end of the period, by product and period."""
    return plan.stock


def _of_group(facts: Arrays, group: str) -> Codes:
    """Techniques of a group."""
    return np.flatnonzero(facts.labels("activities", "group") == group)


@measure("activity", groups=_of_group)
def activity(facts: Arrays, plan: Variables) -> Expression:
    """Level of techniques, by activity and period."""
    return plan.activity.expression()


@measure("start")
def start(facts: Arrays, plan: Variables) -> Expression:
    """Building begun, by the unit and in projects, by capacity and period."""
    return plan.projects.starts.begins @ plan.project_start + plan.start


@measure("expansion")
def expansion(facts: Arrays, plan: Variables) -> Expression:
    """Expansions begun, by capacity and period."""
    return Matrix(select(facts.block(facts.plant.expanded), len(facts.capacities) * facts.T).T) @ plan.expansion


@measure("running", groups=_of_group)
def running(facts: Arrays, plan: Variables) -> Expression:
    """Units that are on, by activity and period."""
    return _in_units(facts) @ plan.running


@measure("started", groups=_of_group)
def started(facts: Arrays, plan: Variables) -> Expression:
    """Units that are switched on, by activity and period."""
    return _in_units(facts) @ plan.started


def _in_units(facts: Arrays) -> Matrix:
    """Activity-period by the blocks of those that run in units."""
    return Matrix(select(facts.block(facts.technology.in_units), len(facts.activities) * facts.T).T)


@measure("trade_balance")
def trade_balance(facts: Arrays, plan: Variables) -> Expression:
    """Value of exports less that of imports, by product and period."""
    balance = plan.exports.scaled(facts.trade.prices("export")) - plan.imports.scaled(facts.trade.prices("import"))
    return balance + facts.money.steps_of_trade @ plan.price_step if plan.price_step.size else balance


@measure("exchange")
def exchange(facts: Arrays, plan: Variables) -> Expression:
    """What is given of a currency for others, by currency and period."""
    return facts.money.exchanged("cost", facts.T) @ plan.exchanged


@measure("cost")
def cost(facts: Arrays, plan: Variables) -> Expression:
    """What is paid, by currency and period: the rows of costs, and imports at their prices."""
    return money(facts, plan, "cost", facts.T)


@measure("revenue")
def revenue(facts: Arrays, plan: Variables) -> Expression:
    """What is earned, by currency and period: the rows of revenue, and exports at their prices."""
    return money(facts, plan, "revenue", facts.T)


@measure("net_revenue")
def net_revenue(facts: Arrays, plan: Variables) -> Expression:
    """Revenue less cost, by currency and period."""
    return revenue(facts, plan) - cost(facts, plan)


def money(facts: Arrays, plan: Variables, kind: str, periods: int, rate: float = 0.0) -> Expression:
    """What is paid or earned, by currency and period.

    Args:
        facts: the economy as arrays.
        plan: its unknowns.
        kind: ``cost``, with imports at their prices, or ``revenue``, with exports at theirs.
        periods: from the first of the plan; what is due after its last is beyond the first ``facts.T``.
        rate: by which what is paid a part of a period later counts for less.
    """
    rows = facts.money.rows(kind)
    terms = facts.money.terms(rows)
    counted = functional(facts, plan, terms)
    if not facts.time.even:
        stands, length = standing(facts, terms)
        counted = counted.scaled(np.where(stands, length, 1.0))
    paid = facts.money.paid(rows, periods, rate=rate) @ counted
    if plan.price_step.size:
        stepped = facts.money.steps.frame
        stands, length = standing(facts, list(zip(stepped["measure"], stepped["item"], stepped["period"], strict=True)))
        beyond = plan.price_step.expression().scaled(np.where(stands, length, 1.0))
        paid = paid + facts.money.stepped(kind, periods, rate) @ beyond
    if plan.exchanged.size:
        paid = paid + facts.money.exchanged(kind, periods) @ plan.exchanged
    if not len(facts.tables["trade"]):
        return paid
    ways = {"import": (plan.imported, plan.import_codes), "export": (plan.exported, plan.export_codes)}
    way = "import" if kind == "cost" else "export"
    traded, codes = ways[way]
    return paid + facts.money.abroad(facts.trade.currencies, periods) @ (facts.trade.value(way, codes) @ traded)
