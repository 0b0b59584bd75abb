"""Measures: what targets and reports count, each a linear functional of the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from planner.economy.arrays import Arrays
from planner.economy.periods import split_periods
from planner.formulation.variables import Variables
from planner.program import Codes, Expression, Matrix


@dataclass(frozen=True)
class Measure:
    """A measure of targets, actuals and a user's own objective.

    Args:
        name: as in the tables.
        says: what is counted, in a sentence.
        axis: whose labels the item is; ``""`` where the item is always ``*``.
        table: the table whose unit column gives the unit.
        block: the whole measure over (item, period).
        everything: whether ``*`` adds up all items.
    """

    name: str
    says: str
    axis: str
    table: str
    block: Callable[[Arrays, Variables], Expression]
    everything: bool = False


def _investment(facts: Arrays, plan: Variables) -> Expression:
    """Building done by capacity and period, at central norms and base-period prices.

    Each good of building year τ of what was started at s counts in period s + τ − 1; goods without a price do not count.
    """
    return facts.plant.investment_value @ plan.start + plan.projects.investment_value @ plan.project_start


def _household(facts: Arrays, plan: Variables) -> Expression:
    """Household use per head by product and period."""
    per_head = np.repeat(
        1.0 / np.where(facts.households.population > 0, facts.households.population, 1.0)[None, :],
        len(facts.products),
        axis=0,
    )
    return plan.households.scaled(per_head.ravel())


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("output", "gross output of all activities together", "product", "products",
                lambda facts, plan: facts.technology.makes @ plan.activity),
        Measure("delivery", "what the balance leaves beyond final use, households, investment, exports and stocks",
                "product", "products", lambda facts, plan: plan.balance - facts.final_use),
        Measure("consumption", "household use of a product per head, or the level of the whole bundle (*)", "product",
                "products", _household),
        Measure("investment", "building done, at central norms and base-period prices", "capacity", "capacities",
                _investment, True),
        Measure("capacity", "plant in existence", "capacity", "capacities",
                lambda facts, plan: plan.capacity.expression(), True),
        Measure("employment", "resource used by production and building; * is all labour", "resource", "resources",
                lambda facts, plan: plan.employment, True),
        Measure("export", "sold abroad", "product", "products", lambda facts, plan: plan.exports),
        Measure("import", "bought abroad", "product", "products", lambda facts, plan: plan.imports),
        Measure("stock", "kept at the end of the period", "product", "products", lambda facts, plan: plan.stock),
        Measure("activity", "level of one technique", "activity", "activities",
                lambda facts, plan: plan.activity.expression()),
        Measure("start", "building begun", "capacity", "capacities",
                lambda facts, plan: plan.projects.starts.begins @ plan.project_start + plan.start, True),
    )
}  # fmt: skip


def periods_of(text: str, periods: Sequence[str]) -> list[int]:
    """Positions named by a period text: ``1933``, ``1929..1933`` or ``1929,1931``; empty where one is unknown.

    >>> periods_of("2..3", ["1", "2", "3"]), periods_of("1,3", ["1", "2", "3"]), periods_of("9", ["1"])
    ([1, 2], [0, 2], [])
    """
    try:
        named = split_periods(text, periods)
    except (LookupError, ValueError):
        return []
    return [list(periods).index(label) for label in named]


def items_of(facts: Arrays, measure: Measure, item: str) -> list[int]:
    """Positions an item stands for: one label, a group of capacities, or ``*`` for all (labour alone for employment)."""
    if item == "*":
        return (
            [int(i) for i in facts.labour]
            if measure.name == "employment"
            else list(range(len(facts.axis(measure.axis))))
        )
    found = facts.positions(measure.axis).get(item)
    if found is None and measure.name == "investment":
        return [int(i) for i in facts.plant.of_group(item)]
    return [] if found is None else [found]


def functional(facts: Arrays, plan: Variables, terms: Sequence[tuple[str, str, str]]) -> Expression:
    """One row for each (measure, item, period text): the sum over the items and periods named.

    Args:
        facts: the economy as arrays.
        plan: its unknowns.
        terms: what to count, shape (rows,).

    Returns:
        An expression of one row a term, in the measure's unit.
    """
    total = Expression.zero(len(terms))
    names = np.array([term[0] for term in terms], object)
    for name in dict.fromkeys(names):
        level = np.array([name == "consumption" and item == "*" for _, item, _ in terms])
        for chosen, block in (
            (np.flatnonzero((names == name) & ~level), MEASURES[name].block),
            (np.flatnonzero((names == name) & level), lambda _, plan: plan.consumption.expression()),
        ):
            if len(chosen):
                body = block(facts, plan)
                total = total + _picker(facts, MEASURES[name], terms, chosen, body.size) @ body
    return total


def _picker(facts: Arrays, measure: Measure, terms: Sequence[tuple[str, str, str]], rows: Codes, width: int) -> Matrix:
    """A matrix that adds up, for each term in ``rows``, the cells of a block it names."""
    row, cell = [], []
    when = {text: periods_of(text, facts.economy.periods) for text in {terms[r][2] for r in rows}}
    for r in rows:
        _, item, text = terms[r]
        items = [0] if measure.name == "consumption" and item == "*" else items_of(facts, measure, item)
        cells = [i * facts.T + t for i in items for t in when[text]]
        row += [r] * len(cells)
        cell += cells
    return Matrix((np.ones(len(row)), (row, cell)), shape=(len(terms), width))
