"""The rows in which uncertain numbers are stated: each with its own low and high, and an economy in which they stand elsewhere.

What is one uncertain number is defined in `planner.economy.uncertain`. A table may state it in several rows, for several
periods; each row of a file is one entry here, for each may be drawn by itself. Where periods are to move one by one too, each
period of a row is an entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy import Economy
from planner.economy.labels import row_labels
from planner.economy.residuals.closing import Closing
from planner.economy.residuals.steps import COLUMNS, marked
from planner.economy.schema import TABLES
from planner.economy.schema.columns import FILE, ROW, Column, Table, range_names
from planner.economy.uncertain import columns_at, ranges, sides
from planner.economy.units import Units
from planner.program import Codes, Vector

__all__ = ["UncertainRows", "uncertain_rows"]


@dataclass(frozen=True, eq=False)
class UncertainRows:
    """Rows of files that state uncertain numbers, and residuals, which follow. A row is one entry, or one for each period.

    Args:
        economy: in which they stand at ``now``.
        table: a row an entry: ``table``, ``number`` (its keys other than periods), ``column``, ``period``, ``unit``,
            ``low``, ``central``, ``high``, ``now``, ``favourable`` (+1 if the high end enlarges the feasible set, -1 if the low
            one does, 0 if it is not known), ``source``, ``verified``, ``file`` and ``row``, ``residual`` (``yes``: not
            drawn, follows the others).
        places: where each stands among the rows of its table.
        at_centre: whether balances stay what they are at the central values; else what they are where the numbers stand.
    """

    economy: Economy
    table: pd.DataFrame
    places: tuple[Codes, ...]
    at_centre: bool = True

    def __len__(self) -> int:
        """How many."""
        return len(self.places)

    @cached_property
    def count(self) -> int:
        """How many uncertain numbers they state: rows of one number for several periods count once, residuals not at all."""
        return len(self.table.loc[self.drawn, ["table", "number", "column"]].drop_duplicates())

    @cached_property
    def now(self) -> Vector:
        """Where each stands, shape (numbers,)."""
        return self.table["now"].to_numpy(dtype=float)

    @cached_property
    def central(self) -> Vector:
        """Central value of each, shape (numbers,)."""
        return self.table["central"].to_numpy(dtype=float)

    @cached_property
    def low(self) -> Vector:
        """Least value of each, shape (numbers,)."""
        return self.table["low"].to_numpy(dtype=float)

    @cached_property
    def high(self) -> Vector:
        """Greatest value of each, shape (numbers,)."""
        return self.table["high"].to_numpy(dtype=float)

    @cached_property
    def favourable(self) -> npt.NDArray[np.int64]:
        """+1, -1 or 0: on which side of a number the feasible set is larger, shape (numbers,)."""
        return self.table["favourable"].to_numpy(dtype=np.int64)

    @cached_property
    def drawn(self) -> npt.NDArray[np.bool_]:
        """Which are drawn; the others are residuals and follow them, shape (numbers,)."""
        return np.asarray(self.table["residual"] != "yes", dtype=bool)

    @cached_property
    def closing(self) -> Closing:
        """How the residuals follow."""
        return Closing.of(self.economy, central=self.at_centre)

    @cached_property
    def step(self) -> Vector:
        """A move of each that is neither much nor little, shape (numbers,)."""
        half = (self.high - self.low) / 2
        return np.where(half > 0, half, np.where(self.central > 0, self.central / 2, 1.0))

    def closed(self, values: Vector) -> tuple[Vector, dict[str, npt.NDArray[np.bool_]]]:
        """Numbers drawn, with every residual where its balance leaves it.

        Args:
            values: shape (states, numbers); those of residuals are not read.

        Returns:
            Values, shape (states, numbers), and by item the states in which what was drawn had to be brought down.
        """
        if self.drawn.all():
            return values, {}
        where = list(zip(self.table["table"], self.table["column"], self.places, strict=True))
        moves = [(*at, values[:, [entry]]) for entry, at in enumerate(where)]
        found = self.closing(columns_at(self.economy.tables, moves, states=len(values), central=self.at_centre))
        result = values.copy()
        for entry, (table, column, places) in enumerate(where):
            if (table, column) in found.numbers:
                result[:, entry] = found.numbers[table, column][:, places[0]]
        return result, found.scaled

    def ends(self, *, favour: bool) -> Vector:
        """Each at its favourable (or unfavourable) end; those of which it is not known where they are."""
        side = self.favourable if favour else -self.favourable
        return np.where(side > 0, self.high, np.where(side < 0, self.low, self.now))

    def some(self, chosen: Codes | npt.NDArray[np.bool_]) -> UncertainRows:
        """Some of the numbers, in the order given."""
        at = np.arange(len(self))[chosen]
        return UncertainRows(
            self.economy, self.table.iloc[at].reset_index(drop=True), tuple(self.places[i] for i in at), self.at_centre
        )

    def economy_at(self, values: Vector) -> Economy:
        """The economy with the numbers at other values.

        Args:
            values: shape (numbers,).
        """
        moves = zip(self.table["table"], self.table["column"], self.places, values, strict=True)
        columns = columns_at(self.economy.tables, moves)
        return self.economy.with_numbers({key: moved[0] for key, moved in columns.items()})


def uncertain_rows(
    economy: Economy, plan: str = "", *, by_period: bool = False, at_centre: bool = True
) -> UncertainRows:
    """Every row that states an uncertain number.

    Args:
        economy: loaded.
        plan: whose figures count among the numbers, where they are given as ranges; ``""`` for none.
        by_period: whether a row for several periods is an entry for each of them.
        at_centre: whether balances stay what they are at the central values; else what they are where the numbers stand.
    """
    parts, places, units = [], [], Units.of(economy)
    follow = [
        (TABLES[name], TABLES[name].by_name[column], np.flatnonzero(marked(economy.tables[name])).astype(np.intp))
        for name, columns in COLUMNS.items()
        for column in columns
    ]
    for chosen, said in ((ranges(economy, plan), "no"), (follow, "yes")):
        for table, column, ranged in chosen:
            told = units.of_rows(table.name, column.name, economy.tables[table.name])
            for part, at in _of_column(table, column, economy.tables[table.name], told, ranged, by_period=by_period):
                parts.append((*part, said))
                places.append(at)
    return UncertainRows(economy, pd.DataFrame(parts, columns=_COLUMNS), tuple(places), at_centre)


_COLUMNS = [
    "table",
    "number",
    "column",
    "period",
    "unit",
    "low",
    "central",
    "high",
    "now",
    "favourable",
    "source",
    "verified",
    "file",
    "row",
    "residual",
]


def _of_column(
    table: Table, column: Column, frame: pd.DataFrame, units: npt.NDArray[np.object_], ranged: Codes, *, by_period: bool
) -> Iterator[tuple[tuple[object, ...], Codes]]:
    """Entries of one column, each with its row of the description and its places."""
    if not len(ranged):
        return
    low, high, central = (frame[name].to_numpy(dtype=float) for name in range_names(column.name))
    now, favours = frame[column.name].to_numpy(dtype=float), sides(table, column, frame)
    stated = [FILE, ROW, *(key for key in table.key if key != table.starred)]
    rows = frame.iloc[ranged].groupby(stated, sort=False, dropna=False).indices.values()
    groups = [found[i : i + 1] for found in rows for i in range(len(found))] if by_period else list(rows)
    names = row_labels(table, frame, table.lasting_key)
    for found in groups:
        at = ranged[found]
        first = frame.iloc[at[0]]
        period = str(first[table.period_key]) if table.period_key else ""
        yield (
            (
                table.name,
                names[at[0]],
                column.name,
                "*" if len(at) > 1 else period,
                str(units[at[0]]),
                low[at[0]],
                central[at[0]],
                high[at[0]],
                now[at[0]],
                favours[at[0]],
                str(first["source"]),
                str(first["verified"]),
                str(first[FILE]),
                int(first[ROW]),
            ),
            at.astype(np.intp),
        )
