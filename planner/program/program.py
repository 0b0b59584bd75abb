"""The linear program as arrays and names: the one truth that every solver, report and proof reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Literal

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from planner.program.block import Block, Labels
from planner.program.edit import Edits
from planner.program.expression import Codes, Expression, Matrix, Statement, Variable, Vector

__all__ = ["Block", "Labels", "LinearProgram", "Rows", "assemble"]


@dataclass(frozen=True, eq=False)
class Rows:
    """What a constraint family states: ``lower ≤ body ≤ upper``, one key per row.

    Args:
        body: the affine expression, one row a constraint; its constant is moved to the limits on assembly.
        lower: least values, shape (rows,), ``-inf`` where there is none.
        upper: greatest values, shape (rows,), ``inf`` where there is none.
        keys: one label array per axis of the family's index, each of shape (rows,).
        unit: unit of each row, shape (rows,).
    """

    body: Expression
    lower: Vector
    upper: Vector
    keys: tuple[Labels, ...]
    unit: Labels

    @classmethod
    def of(cls, statement: Statement, keys: tuple[Labels, ...], unit: Labels) -> Rows:
        """A statement, with a key and a unit for each of its rows.

        Args:
            statement: what holds.
            keys: one label array per axis of the family's index, each of shape (rows,).
            unit: unit of each row, shape (rows,).
        """
        return cls(statement.body, statement.lower, statement.upper, keys, unit)

    @classmethod
    def none(cls, axes: int) -> Rows:
        """No rows, over so many axes."""
        labels: Labels = np.zeros(0, object)
        return cls(Expression.zero(0), np.zeros(0), np.zeros(0), (labels,) * axes, labels)


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class LinearProgram(Edits):
    """A linear or mixed-integer program.

    ``sense`` says whether ``cost @ x + offset`` is maximised or minimised; rows read
    ``row_lower ≤ matrix @ x ≤ row_upper``. Frozen: a changed program is a new one (``with_`` and the other
    edits of ``planner.program.edit``, where its arrays are declared), and a solver session works out what changed.

    >>> program = LinearProgram.plain(cost=[1.0, 1.0], matrix=[[1.0, 2.0]], row_upper=[4.0], sense="max")
    >>> program.shape, program.row_names, program.column_names
    ((1, 2), ['r(1)'], ['x(1)', 'x(2)'])
    """

    def __repr__(self) -> str:
        """Size and objective; the arrays are too long to print."""
        rows, columns = self.shape
        return (
            f"LinearProgram({self.sense} {self.objective}: {rows} rows, {columns} columns, {self.matrix.nnz} nonzeros)"
        )

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        return len(self.row_lower), len(self.column_lower)

    @property
    def sign(self) -> float:
        """+1 for a minimisation, −1 for a maximisation."""
        return 1.0 if self.sense == "min" else -1.0

    @cached_property
    def row_names(self) -> list[str]:
        """Name of each row, unique."""
        return _unique([name for block in self.rows for name in block.names()])

    @cached_property
    def column_names(self) -> list[str]:
        """Name of each column, unique."""
        return _unique([name for block in self.columns for name in block.names()])

    @cached_property
    def row_block(self) -> Mapping[str, Block]:
        """Row blocks by name."""
        return {block.name: block for block in self.rows}

    @cached_property
    def column_block(self) -> Mapping[str, Block]:
        """Column blocks by name."""
        return {block.name: block for block in self.columns}

    def body(self, expression: Expression) -> Matrix:
        """Coefficients of an expression in the columns of the program, shape (rows of it, columns); constants are left out."""
        row, column, value = expression.triplets({block.name: block.start for block in self.columns})
        return Matrix((value, (row, column)), shape=(expression.size, self.shape[1]))

    @cached_property
    def row_families(self) -> Labels:
        """Family of each row, shape (rows,)."""
        return np.repeat(np.array([b.name for b in self.rows], object), [len(b.unit) for b in self.rows])

    @cached_property
    def fingerprint(self) -> bytes:
        """A mark of all numbers: programs that have it in common are one program, whatever their rows are called."""
        parts = (self.matrix.data, self.matrix.indices, self.matrix.indptr, self.cost, self.row_lower, self.row_upper)
        mark = sha256(f"{self.sense} {self.offset!r} {self.shape}".encode())
        for part in (*parts, self.column_lower, self.column_upper, self.integer):
            mark.update(np.ascontiguousarray(part).tobytes())
        return mark.digest()

    def same_pattern(self, other: LinearProgram) -> bool:
        """Whether two programs differ in numbers only: shape, places of the nonzeros and whole-number columns agree."""
        mine, theirs = self.matrix, other.matrix
        return (
            self.shape == other.shape
            and (mine.indices is theirs.indices or np.array_equal(mine.indices, theirs.indices))
            and (mine.indptr is theirs.indptr or np.array_equal(mine.indptr, theirs.indptr))
            and np.array_equal(self.integer, other.integer)
        )

    def extends(self, other: LinearProgram) -> bool:
        """Whether the program is another one with rows added at the end, and nothing else changed."""
        count, mine, theirs = other.shape[0], self.matrix, other.matrix
        entries = len(theirs.data)
        pairs = (
            (self.row_lower[:count], other.row_lower),
            (self.row_upper[:count], other.row_upper),
            (mine.indptr[: count + 1], theirs.indptr),
            (mine.indices[:entries], theirs.indices),
            (mine.data[:entries], theirs.data),
            (self.cost, other.cost),
            (self.column_lower, other.column_lower),
            (self.column_upper, other.column_upper),
            (self.integer, other.integer),
        )
        return (
            self.shape[0] > count
            and self.sense == other.sense
            and self.offset == other.offset
            and all(one is two or np.array_equal(one, two) for one, two in pairs)
        )

    def positions(self, rows: Codes, column: int) -> Codes:
        """Where among the nonzeros the coefficients of a column stand, shape (rows,).

        Args:
            rows: of which.
            column: the one.

        Raises:
            KeyError: the pattern has no such coefficient.
        """
        there = np.flatnonzero(self.matrix.indices == column)
        of = np.searchsorted(self.matrix.indptr, there, side="right") - 1
        at = np.minimum(np.searchsorted(of, rows), max(len(of) - 1, 0))
        for row in rows if not len(of) else rows[of[at] != rows]:
            raise KeyError((self.row_names[row], self.column_names[column]))
        return there[at] if len(of) else there

    def bounds_as_rows(self, columns: Codes, name: str = "bound") -> LinearProgram:
        """The program with the greatest values of some columns stated as rows, in their order, and no longer as bounds.

        >>> from planner.program import LinearProgram
        >>> program = LinearProgram.plain(cost=[1.0], matrix=[[1.0]], column_upper=[2.0]).bounds_as_rows(np.array([0]))
        >>> program.row_names, program.row_upper.tolist(), program.column_upper.tolist()
        (['r(1)', 'bound(x(1))'], [inf, 2.0], [inf])
        """
        width, count = len(self.column_upper), len(columns)
        pick = sp.csr_array((np.ones(count), (np.arange(count), columns)), shape=(count, width))
        keys = (np.array([self.column_names[column] for column in columns], object),)
        limits = self.column_upper[columns]
        return self.with_rows(name, pick, upper=limits, index=("column",), keys=keys).bounded(columns, upper=np.inf)

    @staticmethod
    def plain(
        *,
        cost: Sequence[float] | Vector,
        matrix: Sequence[Sequence[float]] | Matrix,
        row_lower: Sequence[float] | Vector | None = None,
        row_upper: Sequence[float] | Vector | None = None,
        column_lower: Sequence[float] | Vector | None = None,
        column_upper: Sequence[float] | Vector | None = None,
        integer: Sequence[bool] | npt.NDArray[np.bool_] | None = None,
        sense: Literal["max", "min"] = "min",
        offset: float = 0.0,
        row_names: Sequence[str] | None = None,
        column_names: Sequence[str] | None = None,
    ) -> LinearProgram:
        """A program without economics, for foreign models and tests; columns are non-negative by default."""
        body = Matrix(Matrix(matrix).astype(float))
        m, n = body.shape
        body.sum_duplicates()

        def block(kind: str, names: Sequence[str] | None, count: int) -> tuple[Block, ...]:
            unit = np.full(count, "", object)
            if names is None:
                names = [f"{kind}({i + 1})" for i in range(count)]
            return (Block("", ("name",), (np.array(names, object),), unit, 0),)

        def full(values: Sequence[float] | Vector | None, default: float, count: int) -> Vector:
            return np.full(count, default) if values is None else np.asarray(values, dtype=float)

        return LinearProgram(
            sense=sense,
            cost=np.asarray(cost, dtype=float),
            offset=offset,
            matrix=body,
            row_lower=full(row_lower, -np.inf, m),
            row_upper=full(row_upper, np.inf, m),
            column_lower=full(column_lower, 0.0, n),
            column_upper=full(column_upper, np.inf, n),
            integer=np.zeros(n, bool) if integer is None else np.asarray(integer, bool),
            rows=block("r", row_names, m),
            columns=block("x", column_names, n),
        )


def assemble(
    sense: Literal["max", "min"],
    objective: Expression,
    families: Mapping[str, tuple[tuple[str, ...], Rows]],
    variables: Sequence[Variable],
    *,
    name: str = "objective",
    unit: str = "",
) -> LinearProgram:
    """One program out of an objective of one row, families of rows and blocks of variables.

    Duplicate coefficients are summed; constants go to the limits. Coefficients that cancel stay in the pattern as zeros,
    so that economies which differ only in numbers give programs which differ only in numbers.
    """
    sizes = [v.size for v in variables]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
    offsets = {v.name: int(s) for v, s in zip(variables, starts, strict=False)}
    width = int(starts[-1])
    r, c, d, lower, upper, blocks, height = [], [], [], [], [], [], 0
    for family, (index, rows) in families.items():
        row, column, value = rows.body.triplets(offsets)
        r.append(row + height)
        c.append(column)
        d.append(value)
        lower.append(rows.lower - rows.body.constant)
        upper.append(rows.upper - rows.body.constant)
        blocks.append(Block(family, index, rows.keys, rows.unit, height))
        height += rows.body.size
    triplets = (
        (np.concatenate(d), (np.concatenate(r), np.concatenate(c))) if r else (np.zeros(0), (np.zeros(0, int),) * 2)
    )
    matrix = Matrix(triplets, shape=(height, width))
    matrix.sum_duplicates()
    _, column, value = objective.triplets(offsets)
    return LinearProgram(
        sense=sense,
        cost=np.bincount(column, weights=value, minlength=width).astype(float),
        offset=float(objective.constant[0]),
        matrix=matrix,
        row_lower=np.concatenate(lower) if lower else np.zeros(0),
        row_upper=np.concatenate(upper) if upper else np.zeros(0),
        column_lower=np.concatenate([v.lower for v in variables]),
        column_upper=np.concatenate([v.upper for v in variables]),
        integer=np.repeat([v.integer for v in variables], sizes),
        rows=tuple(blocks),
        columns=tuple(Block(v.name, v.index, v.keys, v.unit, offsets[v.name]) for v in variables),
        objective=name,
        objective_unit=unit,
    )


def _unique(names: list[str]) -> list[str]:
    """Names made unique by a number behind any that came before."""
    if len(set(names)) == len(names):
        return names
    seen: dict[str, int] = {}
    taken = set(names)
    result = []
    for name in names:
        count = seen.get(name, 0)
        candidate = name
        while count and candidate in taken:
            count += 1
            candidate = f"{name}.{count}"
        seen[name] = max(count, 1)
        taken.add(candidate)
        result.append(candidate)
    return result
