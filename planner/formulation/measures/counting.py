"""How a measure is counted: the register of functions that count, and sums over items and periods of what they count."""

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
from planner.program import Codes, Expression, Matrix, Vector

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
