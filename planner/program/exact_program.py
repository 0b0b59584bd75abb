"""A program in exact numbers, as its file states them, with the line that each name stands on.

A float holds 17 digits and no number below 1e-308; a file may hold what it likes. What is proved about a file is proved
about the decimals written in it, so they are kept as fractions. Solvers get floats of them, as advice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from planner.program.expression import Matrix
from planner.program.program import LinearProgram

Limit = Fraction | None  # no limit is None
Terms = Mapping[int, Fraction]  # coefficient by column
Side = Literal["lower", "upper"]


@dataclass(frozen=True, eq=False)
class Places:
    """Where a program's parts stand in its file.

    Args:
        file: its name.
        rows: line of each row.
        columns: line on which each column is first named.
        bounds: line of each bound given.
        assumed: what the format assumes where the file gives no bound, and other readers do not, in a sentence.
    """

    file: str = ""
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    bounds: Mapping[tuple[int, Side], int] = field(default_factory=dict)
    assumed: Mapping[tuple[int, Side], str] = field(default_factory=dict)


class WholeRow(NamedTuple):
    """A row in whole numbers: ``terms / scale`` are its coefficients."""

    scale: int
    terms: tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False, repr=False)
class ExactProgram:
    """A linear or mixed-integer program in fractions.

    Args:
        sense: whether the objective is maximised or minimised.
        cost: of each column that has one.
        offset: the objective's constant.
        rows: terms of each row.
        row_lower: its limits.
        row_upper: likewise.
        column_lower: bounds of each column.
        column_upper: likewise.
        integer: whether a column takes whole numbers only.
        row_names: unique names of each kind.
        column_names: likewise.
        objective: name of the objective.
        places: where in a file all this stands.

    >>> program = ExactProgram.of(LinearProgram.plain(cost=[1.0], matrix=[[0.1]], row_lower=[3.0]))
    >>> program.rows, program.row_lower, program.column_lower, program.column_upper
    (({0: Fraction(1, 10)},), (Fraction(3, 1),), (Fraction(0, 1),), (None,))
    """

    sense: Literal["max", "min"]
    cost: Terms
    offset: Fraction
    rows: tuple[Terms, ...]
    row_lower: tuple[Limit, ...]
    row_upper: tuple[Limit, ...]
    column_lower: tuple[Limit, ...]
    column_upper: tuple[Limit, ...]
    integer: tuple[bool, ...]
    row_names: tuple[str, ...]
    column_names: tuple[str, ...]
    objective: str = "objective"
    places: Places = field(default_factory=Places)

    def __repr__(self) -> str:
        """Size and objective."""
        return f"ExactProgram({self.sense} {self.objective}: {len(self.rows)} rows, {len(self.integer)} columns)"

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        return len(self.rows), len(self.column_lower)

    @staticmethod
    def of(program: LinearProgram) -> ExactProgram:
        """A program of floats, each taken as the number its shortest decimal text says."""
        matrix = program.matrix
        start, column, value = matrix.indptr.tolist(), matrix.indices.tolist(), matrix.data.tolist()
        rows = tuple(
            {column[k]: decimal(value[k]) for k in range(start[i], start[i + 1]) if value[k]}
            for i in range(matrix.shape[0])
        )
        row_lower, row_upper, column_lower, column_upper = (
            tuple(map(_limit, values.tolist()))
            for values in (program.row_lower, program.row_upper, program.column_lower, program.column_upper)
        )
        return ExactProgram(
            program.sense,
            {int(j): decimal(program.cost[j]) for j in np.flatnonzero(program.cost)},
            decimal(program.offset),
            rows,
            row_lower,
            row_upper,
            column_lower,
            column_upper,
            tuple(program.integer.tolist()),
            tuple(program.row_names),
            tuple(program.column_names),
            program.objective,
        )

    def with_(self, **changes: object) -> ExactProgram:
        """A program with some parts replaced; what was worked out about the rest stays."""
        changed: ExactProgram = replace(self, **changes)  # type: ignore[arg-type]
        if "rows" not in changes:
            kept: dict[str, object] = {
                name: self.__dict__[name] for name in ("whole_rows", "by_column") if name in self.__dict__
            }
            changed.__dict__.update(kept)
        if "floats" in self.__dict__ and set(changes) <= _OF_LIMITS:
            arrays: dict[str, object] = {
                name: _floats(getattr(changed, name), -np.inf if name.endswith("lower") else np.inf)
                for name in changes
                if name != "integer"
            }
            if "integer" in changes:
                arrays["integer"] = np.array(changed.integer, dtype=bool)
            changed.__dict__["floats"] = self.floats.with_(**arrays)
        return changed

    @cached_property
    def floats(self) -> LinearProgram:
        """The program in floats, for solvers."""
        at = np.repeat(np.arange(len(self.rows)), [len(row) for row in self.rows])
        column = np.array([j for row in self.rows for j in row], dtype=np.int32)
        value = np.array([float(a) for row in self.rows for a in row.values()], dtype=float)
        cost = np.zeros(self.shape[1])
        for j, price in self.cost.items():
            cost[j] = float(price)
        return LinearProgram.plain(
            cost=cost,
            offset=float(self.offset),
            matrix=Matrix((value, (at, column)), shape=self.shape),
            sense=self.sense,
            row_lower=_floats(self.row_lower, -np.inf),
            row_upper=_floats(self.row_upper, np.inf),
            column_lower=_floats(self.column_lower, -np.inf),
            column_upper=_floats(self.column_upper, np.inf),
            integer=np.array(self.integer, dtype=bool),
            row_names=self.row_names,
            column_names=self.column_names,
        )

    @cached_property
    def whole_rows(self) -> tuple[WholeRow, ...]:
        """Each row multiplied up to whole numbers."""
        return tuple(_whole(row) for row in self.rows)

    @cached_property
    def by_column(self) -> tuple[tuple[int, ...], ...]:
        """The rows in which each column has a term."""
        found: list[list[int]] = [[] for _ in range(self.shape[1])]
        for i, row in enumerate(self.rows):
            for j in row:
                found[j].append(i)
        return tuple(map(tuple, found))

    def limit(self, kind: Literal["row", "column"], position: int, side: Side) -> Limit:
        """A limit of a row or a bound of a column."""
        if kind == "row":
            return (self.row_lower if side == "lower" else self.row_upper)[position]
        return (self.column_lower if side == "lower" else self.column_upper)[position]

    def body(self, row: int, point: Sequence[Fraction]) -> Fraction:
        """What a row comes to at a point."""
        return sum((a * point[j] for j, a in self.rows[row].items()), Fraction(0))

    def violations(self, point: Sequence[Fraction]) -> dict[tuple[str, int], Fraction]:
        """What a point breaks, exactly: by kind (``row``, ``column``, ``whole``) and position, and by how much."""
        found = {}
        for i in range(len(self.rows)):
            if gap := outside(self.body(i, point), self.row_lower[i], self.row_upper[i]):
                found["row", i] = gap
        for j, value in enumerate(point):
            if gap := outside(value, self.column_lower[j], self.column_upper[j]):
                found["column", j] = gap
            if self.integer[j] and value.denominator != 1:
                found["whole", j] = abs(value - round(value))
        return found

    def value(self, point: Sequence[Fraction]) -> Fraction:
        """The objective at a point."""
        return self.offset + sum((price * point[j] for j, price in self.cost.items()), Fraction(0))


_OF_LIMITS = {"row_lower", "row_upper", "column_lower", "column_upper", "integer"}


def decimal(value: float) -> Fraction:
    """A float as the number its shortest decimal text says.

    >>> decimal(0.1), decimal(-2.0)
    (Fraction(1, 10), Fraction(-2, 1))
    """
    return Fraction(int(value)) if value == int(value) and abs(value) < 1e15 else Fraction(repr(float(value)))


def outside(value: Fraction, lower: Limit, upper: Limit) -> Fraction:
    """How far a value lies outside its limits; 0 within them."""
    if lower is not None and value < lower:
        return lower - value
    return value - upper if upper is not None and value > upper else Fraction(0)


def _limit(value: float) -> Limit:
    return None if math.isinf(value) else decimal(value)


def _floats(limits: Sequence[Limit], none: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([none if limit is None else float(limit) for limit in limits], dtype=float)


def _whole(row: Terms) -> WholeRow:
    scale = math.lcm(*(value.denominator for value in row.values()))
    return WholeRow(scale, tuple((j, a.numerator * (scale // a.denominator)) for j, a in row.items()))
