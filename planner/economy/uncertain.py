"""Which numbers of an economy are uncertain: one definition, and one count, for everybody who moves, draws or tells them.

An uncertain number is one that the data state with a range, a low end below a high one, and that is not a residual: what a
balance leaves follows from others (`planner.economy.residuals`). What a table states period by
period for one key (the land there is, hands per tonne of coal) is one number, for it is one fact. Figures of the plan that
is asked about count where they are ranges, figures of other plans do not; what happened is compared with, not planned with,
and does not count either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.economy import Economy
from planner.economy.residuals.accounts import Columns
from planner.economy.residuals.closing import Closing
from planner.economy.residuals.ends import tied
from planner.economy.residuals.steps import marked
from planner.economy.schema import TABLES
from planner.economy.schema.columns import By, Column, Table, range_names

__all__ = [
    "Counts",
    "Number",
    "UncertainNumbers",
    "at_end",
    "columns_at",
    "counts",
    "followed",
    "mixed",
    "ranges",
    "stated_in",
]

FIGURES = "targets"  # the table that holds a plan's own figures
NOT_PLANNED_WITH = ("actuals", "stylised_facts", *(table.name for table in TABLES.values() if table.account))
_ENDS = {"low": -1, "high": 1}
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Number:
    """One number of the data: its table and column, and its positions among the rows of the table, one for each period."""

    table: str
    column: str
    places: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class UncertainNumbers:
    """The uncertain numbers of an economy, in the order of tables, columns and rows.

    Args:
        economy: that holds them.
        all: one by one.

    >>> from planner.economy import load
    >>> numbers = UncertainNumbers.of(load("two_goods"), "ambitious")
    >>> len(numbers), numbers.figures, [number.table for number in numbers.all]
    (1, 0, ['coefficients'])
    """

    economy: Economy
    all: tuple[Number, ...]

    @classmethod
    def of(cls, economy: Economy, plan: str = "") -> UncertainNumbers:
        """Every uncertain number.

        Args:
            economy: loaded.
            plan: whose figures count among them, ``""`` for none.
        """
        found = [
            Number(table.name, column.name, places)
            for table, column, ranged in ranges(economy, plan)
            for places in _by_key(table, economy.tables[table.name], ranged)
        ]
        return cls(economy, tuple(found))

    def __len__(self) -> int:
        """How many."""
        return len(self.all)

    @property
    def figures(self) -> int:
        """How many of them are figures of the plan; the others are conditions under which it is tested."""
        return sum(number.table == FIGURES for number in self.all)


@dataclass(frozen=True)
class Counts:
    """How many numbers the data state, each counted once whatever the periods it is stated for.

    Args:
        stated: all.
        verified: seen in their source, in every row.
        uncertain: with a range, figures of the plan included.
        figures: those of them that are figures of the plan.
    """

    stated: int
    verified: int
    uncertain: int
    figures: int


def counts(economy: Economy, plan: str = "") -> Counts:
    """Count the numbers that an answer about a plan rests on.

    Args:
        economy: loaded.
        plan: whose figures count, ``""`` for none.

    >>> from planner.economy import load
    >>> counts(load("two_goods"), "ambitious")
    Counts(stated=26, verified=0, uncertain=1, figures=0)
    """
    each = [stated_in(table, frame, kept) for table, frame, kept in _relevant(economy, plan)]
    uncertain = UncertainNumbers.of(economy, plan)
    return Counts(sum(one for one, _ in each), sum(seen for _, seen in each), len(uncertain), uncertain.figures)


def stated_in(table: Table, frame: pd.DataFrame, kept: npt.NDArray[np.bool_] | None = None) -> tuple[int, int]:
    """How many numbers one table states, each counted once whatever the periods, and how many were seen in their source.

    Args:
        table: which.
        frame: its rows.
        kept: which of them count; ``None`` for all.
    """
    stated = verified = 0
    if not table.ranged:
        return 0, 0
    seen, every = (frame["verified"] == "yes").to_numpy(), np.ones(len(frame), bool)
    for column in table.ranged:
        numbers = list(
            _by_key(table, frame, np.flatnonzero((every if kept is None else kept) & _stated(column, frame)))
        )
        stated += len(numbers)
        verified += sum(bool(seen[list(places)].all()) for places in numbers)
    return stated, verified


def _stated(column: Column, frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Rows in which a number is stated: there is one, and it is not just what an empty cell would mean."""
    low, high, _ = range_names(column.name)
    values = frame[column.name]
    return np.asarray(values.notna() & ((values != column.default) | (frame[low] < frame[high])), dtype=bool)


def ranges(economy: Economy, plan: str = "") -> Iterator[tuple[Table, Column, Places]]:
    """Positions of the rows with a range, column by column; columns without any are left out."""
    for table, frame, kept in _relevant(economy, plan):
        for column in table.ranged:
            low, high, _ = range_names(column.name)
            ranged = np.flatnonzero(kept & ~marked(frame) & (frame[low] < frame[high]).to_numpy())
            if len(ranged):
                yield table, column, ranged


def _relevant(economy: Economy, plan: str) -> Iterator[tuple[Table, pd.DataFrame, npt.NDArray[np.bool_]]]:
    """Tables that a plan is tested with, and which of their rows count."""
    for name, frame in economy.tables.items():
        if name not in NOT_PLANNED_WITH and len(frame):
            kept = (frame["plan"] == plan).to_numpy() if name == FIGURES else np.ones(len(frame), bool)
            yield TABLES[name], frame, kept


def _by_key(table: Table, frame: pd.DataFrame, rows: Places) -> Iterator[tuple[int, ...]]:
    """Positions put together by their keys other than periods, in the order in which keys first appear."""
    keys = [frame[key].to_numpy()[rows] for key in table.lasting_key]
    stated: dict[tuple[object, ...], list[int]] = {}
    for place, key in zip(rows.tolist(), zip(*keys, strict=True) if keys else [()] * len(rows), strict=True):
        stated.setdefault(key, []).append(place)
    return (tuple(places) for places in stated.values())


def sides(table: Table, column: Column, frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """On which side of each number the feasible set is larger, as the corners have it; of targets, by their sense.

    Args:
        table: of the schema.
        column: of it.
        frame: its rows.

    Returns:
        +1 for the high side, -1 for the low one, 0 where it is not known; shape (rows,).
    """
    if table.name == FIGURES and column.name == "value":
        return np.asarray(frame["sense"].map({"at_least": -1, "at_most": 1}).fillna(0), dtype=np.int64)
    rule = column.optimistic
    if isinstance(rule, By):
        ends = frame[rule.column].map({value: end for value, (end,) in rule.of.items()})
        return np.asarray(ends.map(_ENDS).fillna(0), dtype=np.int64)
    return np.full(len(frame), _ENDS.get(rule, 0), dtype=np.int64)


# -- moved ------------------------------------------------------------------------------------------------------------


def at_end(economy: Economy, end: str) -> Economy:
    """The economy with every number that has a range at its ``low`` or ``high`` end, whichever end favours a plan."""
    side = ("low", "high").index(end)
    ranged = [(name, column.name) for name in economy.tables for column in TABLES[name].ranged]
    return economy.with_numbers(
        {(name, column): economy.tables[name][range_names(column)[side]].to_numpy() for name, column in ranged}
    )


def followed(numbers: Sequence[Number], closing: Closing) -> set[Number]:
    """Those of some numbers that a residual follows: what they give is taken back, at least in part.

    Args:
        numbers: uncertain ones.
        closing: by which residuals follow.
    """
    rows = tied(closing) if closing.any else {}
    return {
        number for number in numbers if not rows.get((number.table, number.column), set()).isdisjoint(number.places)
    }


def columns_at(
    tables: Mapping[str, pd.DataFrame],
    moves: Iterable[tuple[str, str, Places, npt.ArrayLike]],
    *,
    states: int = 1,
    central: bool = False,
) -> Columns:
    """Columns with some of their numbers at other values, shape (states, rows).

    Args:
        tables: of an economy.
        moves: table, column, positions of the rows, and the values: one, one a row, or one a state, shape (states, 1).
        states: how many.
        central: whether all other numbers of these columns are at their central values; else where they stand.
    """
    columns: Columns = {}
    for table, column, places, values in moves:
        key = (table, column)
        if key not in columns:
            before = tables[table][range_names(column)[2] if central else column].to_numpy(dtype=float)
            columns[key] = np.repeat(before[None, :], states, axis=0)
        columns[key][:, places] = values
    return columns


def mixed(central: Economy, other: Economy, chosen: Sequence[Number], closing: Closing | None = None) -> Economy:
    """An economy with some numbers as in another.

    Args:
        central: the economy.
        other: where some of its numbers stand elsewhere.
        chosen: which.
        closing: by which its residuals follow; ``None`` leaves them where they stand.
    """
    there = [(n.table, n.column, np.array(n.places, np.intp)) for n in chosen]
    moves = [(table, column, at, other.tables[table][column].to_numpy()[at]) for table, column, at in there]
    columns = columns_at(central.tables, moves)
    if closing is not None and closing.any and not columns.keys().isdisjoint(closing.ledger.read):
        moved = closing(columns).numbers
        columns |= {key: values for key, values in moved.items() if key in columns or key in closing.steps.follows}
    return central.with_numbers({key: values[0] for key, values in columns.items()})
