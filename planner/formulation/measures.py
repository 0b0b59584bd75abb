"""Measures: what targets and reports count, each a linear functional of the plan.

The row of a measure, its name, item and unit, stands in ``planner.economy.measures``, for the tables ask about it; the function
decorated with its name here says how it is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.economy.arrays import Arrays
from planner.economy.measures import MEASURES, Measure, declare
from planner.economy.periods import split_periods
from planner.economy.places import base, place, regions_of
from planner.formulation.variables import Variables
from planner.program import Codes, Expression, Matrix, Vector, select

Block = Callable[[Arrays, Variables], Expression]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Counting:
    """How a measure is counted.

    Args:
        block: the whole measure over (item, period).
        level: what ``*`` is in each period, where it is a level of its own.
        everything: positions that ``*`` adds up, where these are not all items.
        groups: positions that a group stands for.
        one: how much of the sum over some positions counts as one, where it is an index.
    """

    block: Block
    level: Block | None = None
    everything: Callable[[Arrays], Codes] | None = None
    groups: Callable[[Arrays, str], Codes] | None = None
    one: Callable[[Arrays, Sequence[int]], float] | None = None


COUNTED: dict[str, Counting] = {}


def measure(
    row: Measure | str,
    *,
    level: Block | None = None,
    everything: Callable[[Arrays], Codes] | None = None,
    groups: Callable[[Arrays, str], Codes] | None = None,
    one: Callable[[Arrays, Sequence[int]], float] | None = None,
) -> Callable[[Block], Block]:
    """Register a function as the count of a measure.

    Args:
        row: the measure, or the name of one that is declared.
        level: as in ``Counting``.
        everything: as in ``Counting``.
        groups: as in ``Counting``.
        one: as in ``Counting``.

    Raises:
        ValueError: there is no such measure, it is counted by another function, or its row says otherwise.
    """
    if isinstance(row, Measure):
        declare(row)
        name = row.name
    else:
        name = row
    if name not in MEASURES:
        raise ValueError(f'There is no measure "{name}"; there are {", ".join(MEASURES)}.')
    declared = MEASURES[name]
    if (declared.star == "level") != (level is not None) or declared.groups != (groups is not None):
        raise ValueError(
            f'The measure "{name}" needs level= where * is a level, groups= where groups are items, and only there.'
        )

    def register(block: Block) -> Block:
        there = COUNTED.get(name)
        if there is not None and _home(there.block) != _home(block):
            raise ValueError(f'The measure "{name}" is counted already, in {there.block.__module__}.')
        COUNTED[name] = Counting(block, level, everything, groups, one)
        return block

    return register


def _home(block: Block) -> tuple[str, str]:
    return block.__module__, block.__qualname__


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
    if not len(facts.tables["trade"]):
        return paid
    ways = {"import": (plan.imported, plan.import_codes), "export": (plan.exported, plan.export_codes)}
    way = "import" if kind == "cost" else "export"
    traded, codes = ways[way]
    return paid + facts.money.abroad(facts.trade.currency, periods) @ (facts.trade.value(way, codes) @ traded)


def standing(facts: Arrays, terms: Sequence[tuple[str, str, str]]) -> tuple[Mask, Vector]:
    """Which terms are of what stands, and how long the period of each is.

    Args:
        facts: the economy as arrays.
        terms: each of one period, shape (rows,).
    """
    lasts = dict(zip(facts.economy.periods, facts.time.length.tolist(), strict=True))
    level = [is_level(measure, item) for measure, item, _ in terms]
    return np.array(level, dtype=bool), np.array([lasts[period] for *_, period in terms], dtype=float)


def is_level(measure: str, item: str) -> bool:
    """Whether something counted stands, or is a level of its own, and so no amount of a period."""
    row = MEASURES[measure]
    return row.stands or (row.star == "level" and item == "*")


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
    """Positions an item stands for: one label, a group, or ``*`` for all that it adds up; none where it is a level."""
    counted = COUNTED[measure.name]
    if item == "*":
        if measure.star in ("", "level"):
            return []
        return [
            int(i) for i in (counted.everything(facts) if counted.everything else range(len(facts.axis(measure.axis))))
        ]
    found = facts.positions(measure.axis).get(item)
    if found is not None:
        return [found]
    groups = [int(i) for i in counted.groups(facts, item)] if counted.groups else []
    return groups or facts.places(measure.axis, item) or _pool(facts, measure, item)


def _pool(facts: Arrays, measure: Measure, item: str) -> list[int]:
    """The pool of which an item of a measure of output is the part that is made in some regions; none for all else."""
    own = facts.positions("product").get(base(item)) if measure.name == "output" and place(item) else None
    return [] if own is None else [own]


def _made_at(facts: Arrays, item: str) -> Matrix:
    """What the activities of some regions make of a pool, period by activity-period."""
    there = set(regions_of(place(item)))
    columns = np.repeat([place(label) in there for label in facts.activities], facts.T)
    cells = facts.technology.outputs[facts.block(np.array(_pool(facts, MEASURES["output"], item)))].tocoo()
    kept = columns[cells.col]
    return Matrix((cells.data[kept], (cells.row[kept], cells.col[kept])), shape=cells.shape)


def unit_of(facts: Arrays, measure: Measure, item: str) -> str:
    """Unit in which an item is counted; empty where what ``*`` or a group adds up has several."""
    if item == "*" and measure.star == "level":
        return "base period = 1"
    if measure.unit == "level":
        return "base period = 1"
    if measure.unit == "value":
        return facts.economy.value_unit
    if measure.unit == "units":
        return "units"
    if measure.unit == "foreign":
        return facts.trade.currency
    units = {str(unit) for unit in facts.units_of(measure.axis)[items_of(facts, measure, item)]}
    unit = units.pop() if len(units) == 1 else ""
    return f"{unit} per head" if measure.unit == "per head" else unit


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
    for name in dict.fromkeys(term[0] for term in terms):
        counted = COUNTED[name]
        level = np.array([counted.level is not None and item == "*" for _, item, _ in terms])
        of_name = np.array([term[0] == name for term in terms])
        for row in [int(r) for r in np.flatnonzero(of_name) if _in_pool(facts, name, terms[int(r)][1])]:
            when = periods_of(terms[row][2], facts.economy.periods)
            sums = Matrix((np.ones(len(when)), ([row] * len(when), when)), shape=(len(terms), facts.T))
            total = total + sums @ (_made_at(facts, terms[row][1]) @ plan.activity)
            of_name[row] = False
        for rows, block in ((of_name & ~level, counted.block), (of_name & level, counted.level)):
            if block is not None and rows.any():
                body = block(facts, plan)
                total = total + _picker(facts, MEASURES[name], terms, np.flatnonzero(rows), body.size) @ body
    return total


def _of_each_whole(facts: Arrays, when: Sequence[int], measure: Measure, item: str) -> list[tuple[int, float]]:
    """Periods to be added up, each with its weight: of what stands the last part named of each whole, of a level their mean."""
    if not facts.time.parted or not is_level(measure.name, item):
        return [(t, 1.0) for t in when]
    of, length = facts.time.of, facts.time.length
    if measure.stands:
        return [
            (t, 1.0)
            for t, following in zip(when, (*when[1:], -1), strict=True)
            if following < 0 or of[following] != of[t]
        ]
    return [(t, float(length[t] / sum(length[s] for s in when if of[s] == of[t]))) for t in when]


def _in_pool(facts: Arrays, measure: str, item: str) -> bool:
    """Whether an item is what some regions make of a pool."""
    row = MEASURES[measure]
    return bool(place(item)) and not facts.standing(row.axis, item) and bool(_pool(facts, row, item))


def _picker(facts: Arrays, measure: Measure, terms: Sequence[tuple[str, str, str]], rows: Codes, width: int) -> Matrix:
    """A matrix that adds up, for each term in ``rows``, the cells of a block it names."""
    row, cell, weight = [], [], list[float]()
    one = COUNTED[measure.name].one
    when = {text: periods_of(text, facts.economy.periods) for text in {terms[r][2] for r in rows}}
    for r in rows:
        _, item, text = terms[r]
        items = [0] if item == "*" and measure.star == "level" else items_of(facts, measure, item)
        times = _of_each_whole(facts, when[text], measure, item)
        cells = [i * facts.T + t for i in items for t, _ in times]
        row += [r] * len(cells)
        cell += cells
        each = 1.0 / one(facts, items) if one else 1.0
        weight += [each * part for _ in items for _, part in times]
    return Matrix((np.array(weight), (row, cell)), shape=(len(terms), width))
