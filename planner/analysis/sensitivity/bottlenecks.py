"""Bottlenecks: which limit, and then which pair of limits, would buy most if there were more of it.

Every limit (a resource, a kind of plant, credit, room to trade …, or what the question itself limits) is enlarged by the
same share, alone and two at a time. Pairs matter: two limits in a row may be worth nothing one by one and much together.
Every solve bounds all the others from above, the value being concave in its limits; pairs that cannot be among the best
are not solved.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from planner.analysis.feasibility.conflict_groups import limits_where
from planner.analysis.feasibility.relaxation import Growth, growth_between, growth_of_rows, limits_moved
from planner.analysis.sensitivity.selector import Part, Selection
from planner.economy import Economy
from planner.economy.measures import TABLE_OF
from planner.economy.schema import TABLES
from planner.economy.schema.columns import Table
from planner.economy.units import Units
from planner.formulation import FAMILIES, Formulation, formulate
from planner.program import LinearProgram, Vector
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = ["SHARE", "Bottleneck", "bottlenecks", "candidates"]

SHARE = 0.1  # by which every limit is enlarged
MOST_PAIRS = 25  # pairs told
_NOTHING = 1e-9  # of what the objective is made of
_BY_ITSELF = 2  # selections that are stated one by one
_MATCH = 1e-6  # of a part, by which a change may miss it
_LABELS = {table.key[0] for table in TABLES.values() if len(table.key) == 1} - {"period"}
_AXIS_OF = {table: axis for axis, table in TABLE_OF.items()}


@dataclass(frozen=True, eq=False)
class Bottleneck:
    """A limit that can be enlarged.

    Args:
        table: which; a limit that stands in no table has its family in place of one.
        column: likewise.
        item: likewise.
        unit: of its numbers.
        added: what the share comes to, summed over periods.
        cost: what building it would cost, in value units; ``nan`` where it is not built.
        growth: how limits move.
    """

    table: str
    column: str
    item: str
    unit: str
    added: float
    cost: float
    growth: Growth

    @property
    def name(self) -> str:
        """The limit as a selector writes it."""
        return ":".join(part for part in (self.table, self.item, self.column if self.column != "value" else "") if part)


def candidates(formulation: Formulation, share: float = SHARE) -> list[Bottleneck]:
    """Every limit that moves limits of the program and no coefficients; the others cannot be added up.

    Args:
        formulation: linear.
        share: by which each is enlarged.
    """
    economy, found = formulation.economy, []
    told = Units.of(economy)
    for table in TABLES.values():
        for column in table.limits:
            way = -1 if column.optimistic == "low" else 1  # a claim gives way by being smaller
            selections = list(_selections(economy, table, column.name))
            growths = _growths(formulation, [selection for _, selection in selections], way * share)
            for (item, selection), growth in zip(selections, growths, strict=True):
                if growth is None or growth.nothing:
                    continue
                added = share * selection.total(economy, told)
                if np.isnan(added):
                    added = share * _sum(economy, selection)
                cost = added * _cost(formulation, item) if column.built else float("nan")
                unit = selection.unit(economy, told)
                found.append(Bottleneck(table.name, column.name, item, unit, added, cost, growth))
    return [*found, *_own(formulation, share)]


def _growths(formulation: Formulation, selections: list[Selection], by: float) -> list[Growth | None]:
    """How limits move when each of some selections grows by a share; nothing where coefficients move with them.

    All grow in one program, and each by a part more of its own in a second one: what moves by the part of a selection is moved
    by it alone. Where some entry moves by none of these parts, the selections are halved.

    Args:
        formulation: linear.
        selections: numbers of one column, none in two of them.
        by: the share.
    """
    count, base = len(selections), formulation.program
    if count <= _BY_ITSELF:
        programs = (selection.formulated(formulation, 1.0 + by).program for selection in selections)
        return [growth_between(base, program) for program in programs]
    parts = 1.0 + np.arange(count) / count
    once, more = (_grown_at_once(formulation, selections, by * more) for more in (np.ones(count), parts))
    found = _moved_by(base, once, more, count) if base.same_pattern(once) and base.same_pattern(more) else None
    if found is None:
        middle = count // 2
        halves = (selections[:middle], selections[middle:])
        return [growth for half in halves for growth in _growths(formulation, half, by)]
    return found


def _grown_at_once(formulation: Formulation, selections: list[Selection], by: Vector) -> LinearProgram:
    """The program with each selection grown by a share of its own."""
    economy = formulation.economy
    for selection, share in zip(selections, by.tolist(), strict=True):
        economy = selection.scaled(economy, 1.0 + share)
    return formulate(economy, formulation.question, formulation.plan).program


def _moved_by(base: LinearProgram, once: LinearProgram, more: LinearProgram, count: int) -> list[Growth | None] | None:
    """The growth that each selection is behind; nothing at all where that is not clear of some entry."""
    sides = ("row_lower", "row_upper", "column_upper")
    first, second = (
        {side: limits_moved(getattr(base, side), getattr(one, side)) for side in sides} for one in (once, more)
    )
    first["matrix"], second["matrix"] = (one.matrix.data - base.matrix.data for one in (once, more))
    least = 1e-12 * np.abs(base.matrix.data)  # as `growth_between` has it
    for changes in (first, second):
        changes["matrix"] = np.where(np.abs(changes["matrix"]) > least, changes["matrix"], 0.0)
    behind = {}
    for name, change in first.items():
        at = np.flatnonzero((change != 0) | (second[name] != 0))
        with np.errstate(divide="ignore", invalid="ignore"):
            part = (second[name][at] / change[at] - 1.0) * count
        number = np.where(np.isfinite(part), np.rint(part), -1.0)
        if not ((np.abs(part - number) <= _MATCH) & (number >= 0) & (number < count)).all():
            return None
        behind[name] = (at, number.astype(np.intp))
    movers = set(behind["matrix"][1].tolist())
    found: list[Growth | None] = []
    for mover in range(count):
        own = {side: np.zeros(len(first[side])) for side in sides}
        for side in sides:
            at = behind[side][0][behind[side][1] == mover]
            own[side][at] = first[side][at]
        found.append(None if mover in movers else Growth(*own.values()))
    return found


def _own(formulation: Formulation, share: float) -> Iterator[Bottleneck]:
    """Limits that stand in no table but in the question or in the family itself, family by family."""
    for family in FAMILIES.values():
        if not family.grows or family.name not in formulation.program.row_block:
            continue
        block = formulation.program.row_block[family.name]
        for member in limits_where(formulation, partial(operator.is_, family)):
            growth = growth_of_rows(formulation.program, member.rows, share)
            if growth.nothing:
                continue
            units = {str(unit) for unit in block.unit[member.rows - block.start]}
            added = float((np.abs(growth.row_lower) + np.abs(growth.row_upper)).sum())
            item, unit = member.name.partition(":")[2], units.pop() if len(units) == 1 else ""
            yield Bottleneck(family.name, "value", item, unit, added, float("nan"), growth)


def _selections(economy: Economy, table: Table, column: str) -> Iterator[tuple[str, Selection]]:
    """The numbers of a column that are not nothing, put together by what has a table of its own, and by direction."""
    frame = economy.tables[table.name]
    keys = [key for key in table.key if key in _LABELS or table.by_name[key].kind == "choice"]
    values = frame[column].to_numpy(dtype=float)
    named: dict[str, list[int]] = {}
    for place in np.flatnonzero(np.nan_to_num(values) != 0):
        named.setdefault(" ".join(str(frame[key].iloc[place]) for key in keys), []).append(int(place))
    for item, places in named.items():
        yield item, Selection(f"{table.name}:{item}:{column}", (Part(table.name, column, tuple(places)),))


def _sum(economy: Economy, selection: Selection) -> float:
    part = selection.parts[0]
    return float(economy.tables[part.table][part.column].to_numpy(dtype=float)[list(part.places)].sum())


def _cost(formulation: Formulation, capacity: str) -> float:
    facts = formulation.facts
    return float(facts.plant.cost[facts.standing("capacity", capacity)].max())


def bottlenecks(
    formulation: Formulation,
    solution: Solution,
    session: Session,
    *,
    share: float = SHARE,
    tick: Callable[[str], None] = lambda _: None,
) -> pd.DataFrame:
    """What enlarging each limit by a share buys alone, and the best pairs.

    Args:
        formulation: linear.
        solution: its optimum.
        session: warm.
        share: by which a limit is enlarged.
        tick: told what is done.

    Returns:
        rank, way (``one`` or ``two``), first, second, share, added and its unit, gain (of the objective, positive where it
        improves) and its unit, ``alone`` (what the two buy one by one), gain_per_unit, cost (value units, plant only),
        gain_per_cost; ``nan`` where it does not apply. All single limits, and pairs that buy more than the better of the
        two alone.
    """
    tick("limits of the data")
    limits = candidates(formulation, share)
    solved = [solution, *(session.solve(_grown(formulation.program, [limit])) for limit in limits)]
    gain = np.array([_gain(one, solution) for one in solved])
    rows = [
        _row(formulation, (limit,), float(g), float("nan"), share) for limit, g in zip(limits, gain[1:], strict=True)
    ]
    nothing = _NOTHING * solution.magnitude
    for i, j, both in _best_pairs(formulation, limits, solved, gain, session, tick):
        if both > max(gain[i + 1], gain[j + 1]) + nothing:
            rows.append(_row(formulation, (limits[i], limits[j]), both, float(gain[i + 1] + gain[j + 1]), share))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table = table.sort_values(["way", "gain"], ascending=[True, False], kind="stable").reset_index(drop=True)
    table.insert(0, "rank", table.groupby("way").cumcount() + 1)
    return table


def _grown(program: LinearProgram, limits: list[Bottleneck]) -> LinearProgram:
    sides = ("row_lower", "row_upper", "column_upper")
    return program.with_(**{s: getattr(program, s) + sum(getattr(limit.growth, s) for limit in limits) for s in sides})


def _gain(one: Solution, base: Solution) -> float:
    """By how much a solve is better than another, rounding set to nothing."""
    gain = -base.program.sign * (one.value - base.objective)
    return 0.0 if abs(gain) < _NOTHING * base.magnitude else gain


def _best_pairs(
    formulation: Formulation,
    limits: list[Bottleneck],
    solved: list[Solution],
    gain: np.ndarray,
    session: Session,
    tick: Callable[[str], None],
) -> Iterator[tuple[int, int, float]]:
    """Pairs in the order of what they can buy at most, until none left can be among the best."""
    worth = np.array([[_worth(one, limit.growth) for limit in limits] for one in solved])  # solve by limit
    own = np.concatenate([[0.0], np.diagonal(worth[1:])])
    first, second = np.triu_indices(len(limits), 1)
    most = np.full(len(first), np.inf)
    for k in range(len(solved)):
        most = np.minimum(most, gain[k] - own[k] + worth[k, first] + worth[k, second])
    best, nothing = list[float](), _NOTHING * solved[0].magnitude
    for number, pair in enumerate(np.argsort(-most, kind="stable")):
        if most[pair] <= (best[MOST_PAIRS - 1] if len(best) >= MOST_PAIRS else nothing):
            return
        if number % 50 == 0:
            tick(f"{number} pairs of limits")
        i, j = int(first[pair]), int(second[pair])
        one = session.solve(_grown(formulation.program, [limits[i], limits[j]]))
        both = _gain(one, solved[0])
        if both > max(gain[i + 1], gain[j + 1]) + nothing:
            best = sorted([*best, both], reverse=True)
        yield i, j, both


def _worth(solution: Solution, growth: Growth) -> float:
    """Improvement that the prices of a solution promise for a growth of limits; no growth brings more than that."""
    sign = solution.program.sign
    rows, columns = solution.row_prices, solution.column_prices
    moved = np.where(rows * sign > 0, growth.row_lower, growth.row_upper)
    return -sign * float(rows @ moved + np.where(columns * sign < 0, columns, 0.0) @ growth.column_upper)


_COLUMNS = [
    "way",
    "first",
    "second",
    "share",
    "added",
    "unit",
    "gain",
    "alone",
    "gain_unit",
    "gain_per_unit",
    "cost",
    "cost_unit",
    "gain_per_cost",
]


def _row(
    formulation: Formulation, limits: tuple[Bottleneck, ...], gain: float, alone: float, share: float
) -> tuple[object, ...]:
    alike = len(limits) == 1  # amounts of two limits do not add up
    added = limits[0].added if alike else float("nan")
    cost = sum(limit.cost for limit in limits)
    return (
        "one" if len(limits) == 1 else "two",
        limits[0].name,
        limits[1].name if len(limits) > 1 else "",
        share,
        added,
        limits[0].unit if alike else "",
        gain,
        alone,
        formulation.goal.unit,
        gain / added if added else float("nan"),
        cost,
        formulation.economy.value_unit if np.isfinite(cost) else "",
        gain / cost if cost else float("nan"),
    )
