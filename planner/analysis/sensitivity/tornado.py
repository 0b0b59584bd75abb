"""The tornado: every number to its own low and high end with all others where they are, and groups of numbers alike.

Both ends are solved, so that asymmetry is kept. Room never hurts: where a whole set of numbers moved at once to its good
(or bad) end leaves the value as it is, so does each of them alone. Halving the set therefore finds the few numbers that
matter in few solves. The programs are those of the question as a function of its numbers (`planner.formulation.parametric`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from planner.economy import Economy
from planner.economy.labels import row_labels
from planner.economy.schema import TABLES
from planner.economy.schema.columns import Column
from planner.economy.uncertain import Number, UncertainNumbers, at_end, followed
from planner.economy.units import Units
from planner.formulation import Formulation
from planner.formulation.parametric.program import ParametricProgram, parametrise
from planner.formulation.parametric.rows import UncertainRows, uncertain_rows
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = ["GROUPINGS", "Tornado"]

GROUPINGS = ("table", "item", "period", "source", "verified")
SAME = 1e-9  # of what the objective is made of: less is no change
_ITEM = ("item", "product", "resource", "to_resource", "capacity", "activity", "project")


@dataclass(eq=False)
class Tornado:
    """The value of a question at the ends of numbers and of groups of them.

    Args:
        formulation: linear.
        solution: its optimum.
        session: warm.
        solves: how many linear programs it took so far.
    """

    formulation: Formulation
    solution: Solution
    session: Session
    solves: int = 0

    def __post_init__(self) -> None:
        """Set every end out once."""
        economy = self.formulation.economy
        self.ends = (at_end(economy, "low"), at_end(economy, "high"))
        self.corners = (economy.at_corner("pessimistic"), economy.at_corner("optimistic"))

    @property
    def value(self) -> float:
        """The optimum with every number where it stands."""
        return self.solution.objective

    @cached_property
    def rows(self) -> UncertainRows:
        """Rows in which they stand, each period by itself; balances stay what they are where the numbers stand."""
        return uncertain_rows(self.formulation.economy, self.formulation.plan, by_period=True, at_centre=False)

    @cached_property
    def programs(self) -> ParametricProgram:
        """The question as a function of them."""
        return parametrise(self.formulation, self.rows)

    @cached_property
    def _entries(self) -> dict[tuple[str, str, int], int]:
        """Where each number stands among the entries of `rows`."""
        where = zip(self.rows.table["table"], self.rows.table["column"], self.rows.places, strict=True)
        return {(table, column, int(places[0])): entry for entry, (table, column, places) in enumerate(where)}

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Every uncertain number, figures of the plan included."""
        return UncertainNumbers.of(self.formulation.economy, self.formulation.plan).all

    def at(self, moves: Sequence[tuple[Sequence[Number], Economy]]) -> list[float]:
        """The value with some numbers as in another economy, for each of several such moves; ``nan`` where no plan is left."""
        self.solves += len(moves)
        values = np.repeat(self.rows.now[None, :], len(moves), axis=0)
        for state, (numbers, end) in enumerate(moves):
            for number in numbers:
                at = [self._entries[number.table, number.column, place] for place in number.places]
                values[state, at] = _values(end, number)
        closed, _ = self.rows.closed(values)
        return [self.session.solve(self.programs.at(state)).value for state in closed]

    def singles(self, tick: Callable[[str], None] = lambda _: None) -> pd.DataFrame:
        """Every number at its own low and high, strongest first; ``tick`` is told how many are open."""
        values = np.full((len(self.numbers), 2), self.value)
        tied = followed(self.numbers, self.rows.closing)
        with_end = [i for i, number in enumerate(self.numbers) if _column(number).optimistic and number not in tied]
        # where no good end is known, or a residual takes back what a good end gives, each is solved
        others = sorted(set(range(len(self.numbers))) - set(with_end))
        for side, end in enumerate(self.ends):
            tick(f"{len(others)} numbers to the {'low' if side == 0 else 'high'} end")
            values[others, side] = self.at([([self.numbers[i]], end) for i in others])
        for corner in self.corners:
            for i, value in self._halved(with_end, corner, tick):
                mine, lowest = (_values(end, self.numbers[i]) for end in (corner, self.ends[0]))
                values[i, 0 if np.array_equal(mine, lowest, equal_nan=True) else 1] = value
        economy = self.formulation.economy
        units = Units.of(economy)
        rows = [_single(economy, units, n, self.ends) for n in self.numbers]
        table = pd.DataFrame(rows, columns=_SINGLE_COLUMNS).assign(at_low=values[:, 0], at_high=values[:, 1])
        return self._ranked(table)

    def _halved(self, chosen: list[int], corner: Economy, tick: Callable[[str], None]) -> Iterator[tuple[int, float]]:
        """Numbers of a set that alone change the value when moved to a corner's end, and the value then."""
        open_sets = [chosen] if chosen else []
        while open_sets:
            tick(f"{sum(map(len, open_sets))} numbers to the {corner.corner} end")
            found = self.at([([self.numbers[i] for i in some], corner) for some in open_sets])
            matter = [
                (some, value)
                for some, value in zip(open_sets, found, strict=True)
                if not abs(value - self.value) <= SAME * self.solution.magnitude
            ]
            yield from ((some[0], value) for some, value in matter if len(some) == 1)
            several = [some for some, _ in matter if len(some) > 1]
            open_sets = [half for some in several for half in (some[: len(some) // 2], some[len(some) // 2 :])]

    def groups(
        self, tick: Callable[[str], None] = lambda _: None, groupings: Sequence[str] = GROUPINGS
    ) -> pd.DataFrame:
        """Groups of numbers at the end that favours the plan least and at the one that favours it most, strongest first.

        ``at_low`` is the value at the pessimistic ends, ``at_high`` at the optimistic ones; numbers without a favourable
        end stay where they are.
        """
        found = list(self._grouped(groupings))
        tick(f"{len(found)} groups of numbers")
        low, high = (self.at([(numbers, corner) for _, _, numbers in found]) for corner in self.corners)
        rows = [
            (grouping, name, "", "", "", sum(len(number.places) for number in numbers), *ends)
            for (grouping, name, numbers), *ends in zip(found, low, high, strict=True)
        ]
        columns = ["by", "number", "column", "periods", "unit", "numbers", "at_low", "at_high"]
        return self._ranked(pd.DataFrame(rows, columns=columns).assign(ends="pessimistic, optimistic"))

    def _grouped(self, groupings: Sequence[str]) -> Iterator[tuple[str, str, list[Number]]]:
        movable = [number for number in self.numbers if _column(number).optimistic]
        for grouping in groupings:
            parts: dict[str, list[Number]] = {}
            for number in movable:
                for label, places in _labels(self.formulation.economy, number, grouping).items():
                    parts.setdefault(label, []).append(Number(number.table, number.column, tuple(places)))
            if len(parts) > 1 or grouping == "table":
                yield from ((grouping, label, parts[label]) for label in sorted(parts))

    def _ranked(self, table: pd.DataFrame) -> pd.DataFrame:
        """Changes against the value as it stands, and the widest swing first."""
        ends = table[["at_low", "at_high"]]
        ends = ends.mask((ends - self.value).abs() <= SAME * self.solution.magnitude, self.value)
        table = table.assign(at_low=ends["at_low"], at_high=ends["at_high"])
        table = table.assign(
            value=self.value, change_low=ends["at_low"] - self.value, change_high=ends["at_high"] - self.value
        )
        table["swing"] = ends.assign(value=self.value).max(axis=1) - ends.assign(value=self.value).min(axis=1)
        table["plan"] = np.where(ends.isna().any(axis=1), "none at one end", "yes")
        table["unit_of_value"] = self.formulation.goal.unit
        order = table["swing"].where(table["plan"] == "yes", np.inf)
        return table.iloc[np.argsort(-order.to_numpy(), kind="stable")].reset_index(drop=True)


def _column(number: Number) -> Column:
    return TABLES[number.table].by_name[number.column]


def _values(economy: Economy, number: Number) -> np.ndarray:
    return economy.tables[number.table][number.column].to_numpy(dtype=float)[list(number.places)]


def _labels(economy: Economy, number: Number, grouping: str) -> dict[str, list[int]]:
    """Labels of a number's rows under a grouping, and the rows of each."""
    frame = economy.tables[number.table]
    if grouping == "table":
        return {number.table: list(number.places)}
    key = grouping
    if grouping == "item":
        key = next((k for k in _ITEM if k in TABLES[number.table].key), "")
    elif grouping == "period":
        key = TABLES[number.table].period_key
    if key not in frame:
        return {}
    found: dict[str, list[int]] = {}
    for place in number.places:
        found.setdefault(str(frame[key].iloc[place]) or ("all" if grouping == "period" else "not said"), []).append(
            place
        )
    return found


_SINGLE_COLUMNS = [
    "by",
    "number",
    "column",
    "periods",
    "unit",
    "numbers",
    "table",
    "central",
    "low",
    "high",
    "source",
    "verified",
    "ends",
]


def _single(economy: Economy, units: Units, number: Number, ends: tuple[Economy, Economy]) -> tuple[object, ...]:
    frame = economy.tables[number.table].iloc[list(number.places)]
    row = frame.iloc[-1]
    table = TABLES[number.table]
    [name] = row_labels(table, frame.iloc[-1:], table.lasting_key)
    key = table.period_key
    periods = ",".join(dict.fromkeys(str(label) for label in frame[key] if label)) if key else ""
    low, high = (float(_values(end, number)[-1]) for end in ends)
    return (
        "number",
        name,
        number.column,
        periods,
        units.of_rows(number.table, number.column, frame)[-1],
        len(frame),
        number.table,
        float(row[number.column]),
        low,
        high,
        str(row.get("source", "")),
        str(row.get("verified", "")),
        "low, high",
    )
