"""Blocks of variables and affine expressions over whole blocks.

A variable is a block: one name, an index (such as product by period) and a run of columns. An expression is a sum of
``matrix @ variable`` plus a constant vector. Sums only collect terms; the one conversion to a sparse matrix happens when
the program is assembled, so an expression costs what its matrices cost and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Vector: TypeAlias = npt.NDArray[np.float64]
Codes: TypeAlias = npt.NDArray[np.intp]
Matrix: TypeAlias = sp.csr_array


@dataclass(frozen=True, eq=False)
class Variable:
    """A block of columns.

    Args:
        name: what the block is called in names and reports.
        index: names of the axes, such as ``("product", "period")``.
        keys: one label array per axis, each of shape (size,).
        lower: least values, shape (size,).
        upper: greatest values, shape (size,); ``inf`` where there is none.
        unit: unit of each column, shape (size,).
        integer: whether every column must be a whole number.
    """

    name: str
    index: tuple[str, ...]
    keys: tuple[npt.NDArray[np.object_], ...]
    lower: Vector
    upper: Vector
    unit: npt.NDArray[np.object_]
    integer: bool = False
    __array_ufunc__ = None  # numpy and scipy leave the operators to us

    @property
    def size(self) -> int:
        """Number of columns."""
        return len(self.lower)

    def __rmatmul__(self, matrix: Matrix) -> Expression:
        """``matrix @ self`` as an expression; a matrix with no entries adds no term."""
        return Expression(((self, _sorted(matrix)),) if matrix.nnz else (), np.zeros(matrix.shape[0]))

    def expression(self) -> Expression:
        """The block itself, one row a column."""
        return _each(self.size) @ self


@dataclass(frozen=True, eq=False)
class Expression:
    """An affine map of variables to rows: ``Σ matrix @ variable + constant``.

    >>> x = Variable("x", ("i",), (np.array(["a", "b"], object),), np.zeros(2), np.full(2, np.inf), np.array(["t", "t"]))
    >>> rows = select([0, 0], 2) @ x.expression() + 3.0
    >>> rows.size, rows.constant.tolist(), len(rows.terms)
    (2, [3.0, 3.0], 1)
    """

    terms: tuple[tuple[Variable, Matrix], ...]
    constant: Vector = field(repr=False)
    __array_ufunc__ = None

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.constant)

    @staticmethod
    def zero(size: int) -> Expression:
        """The expression that is nothing on every row."""
        return Expression((), np.zeros(size))

    def __add__(self, other: Expression | Variable | Vector | float) -> Expression:
        """Sum by rows; vectors and numbers join the constant."""
        if isinstance(other, Variable):
            other = other.expression()
        if isinstance(other, Expression):
            return Expression(self.terms + other.terms, self.constant + other.constant)
        return Expression(self.terms, self.constant + other)

    def __neg__(self) -> Expression:
        """The same rows with the other sign."""
        return Expression(tuple((v, _same_places(m, -m.data)) for v, m in self.terms), -self.constant)

    def __sub__(self, other: Expression | Variable | Vector | float) -> Expression:
        """Difference by rows."""
        if isinstance(other, Variable):
            other = other.expression()
        return self + (-other)

    def __rmatmul__(self, matrix: Matrix) -> Expression:
        """Rows combined by a matrix."""
        terms = tuple((v, _sorted(matrix if m is _each(v.size) else matrix @ m)) for v, m in self.terms)
        return Expression(terms, matrix @ self.constant)

    def __ge__(self, limit: Expression | Variable | Vector | float) -> Statement:
        """Every row at least its limit."""
        if isinstance(limit, Expression | Variable):
            return (self - limit) >= 0.0
        return Statement(self, np.broadcast_to(limit, self.size).astype(float), np.full(self.size, np.inf))

    def __le__(self, limit: Expression | Variable | Vector | float) -> Statement:
        """Every row at most its limit."""
        if isinstance(limit, Expression | Variable):
            return (self - limit) <= 0.0
        return Statement(self, np.full(self.size, -np.inf), np.broadcast_to(limit, self.size).astype(float))

    def equals(self, limit: Expression | Variable | Vector | float) -> Statement:
        """Every row exactly its limit."""
        if isinstance(limit, Expression | Variable):
            return (self - limit).equals(0.0)
        exact = np.broadcast_to(limit, self.size).astype(float)
        return Statement(self, exact, exact)

    def scaled(self, factors: Vector) -> Expression:
        """Each row multiplied by its factor."""
        terms = tuple((v, _same_places(m, m.data * np.repeat(factors, np.diff(m.indptr)))) for v, m in self.terms)
        return Expression(terms, self.constant * factors)

    def rows(self, kept: Codes) -> Expression:
        """Some of the rows, in the order given."""
        if not len(kept):
            return Expression.zero(0)
        terms = []
        for variable, matrix in self.terms:
            lengths = np.diff(matrix.indptr)[kept]
            starts = np.concatenate([[0], np.cumsum(lengths)])
            entries = np.repeat(matrix.indptr[kept] - starts[:-1], lengths) + np.arange(starts[-1])
            part = (matrix.data[entries], matrix.indices[entries], starts)
            terms.append((variable, sp.csr_array(part, shape=(len(kept), variable.size))))
        return Expression(tuple(terms), self.constant[kept])

    def triplets(self, offsets: dict[str, int]) -> tuple[Codes, Codes, Vector]:
        """Row, column and value of every coefficient, given where each block of columns begins."""
        rows, columns, values = [], [], []
        for variable, matrix in self.terms:
            rows.append(np.repeat(np.arange(self.size), np.diff(matrix.indptr)))
            columns.append(matrix.indices + offsets[variable.name])
            values.append(matrix.data)
        if not rows:
            empty = np.zeros(0, dtype=np.intp)
            return empty, empty, np.zeros(0)
        return np.concatenate(rows), np.concatenate(columns), np.concatenate(values)


@dataclass(frozen=True, eq=False)
class Statement:
    """``lower ≤ body ≤ upper`` on the rows of ``kept`` (all of them where it is ``None``)."""

    body: Expression
    lower: Vector
    upper: Vector
    kept: Codes | None = None

    def where(self, mask: npt.NDArray[np.bool_]) -> Statement:
        """The statement on the rows of a mask, shape (rows,), alone."""
        kept = np.flatnonzero(mask)
        return Statement(self.body.rows(kept), self.lower[kept], self.upper[kept], kept)


def _sorted(matrix: Matrix) -> Matrix:
    """The matrix with its entries in order: scipy puts them so in place, wherever it wants to, and the places are shared."""
    matrix.sum_duplicates()
    return matrix


def _same_places(matrix: Matrix, values: Vector) -> Matrix:
    """Other coefficients in the places of a matrix, whose index arrays are shared."""
    other = copy(matrix)  # scipy would look through the indices again
    other.data = values
    return other


@lru_cache(maxsize=64)
def _each(size: int) -> Matrix:
    """The matrix that takes every column of a block once."""
    return select(np.arange(size), size)


def select(codes: Sequence[int] | Codes, size: int, values: Vector | None = None) -> Matrix:
    """A matrix whose row r takes element ``codes[r]`` (times ``values[r]``); its transpose scatters.

    Args:
        codes: positions to take, shape (rows,).
        size: number of elements to choose from.
        values: factors, shape (rows,); ones by default.

    >>> (select([2, 0], 3) @ np.array([1.0, 2.0, 3.0])).tolist()
    [3.0, 1.0]
    """
    codes = np.asarray(codes, dtype=np.intp)
    data = np.ones(len(codes)) if values is None else values
    return sp.csr_array((data, codes, np.arange(len(codes) + 1)), shape=(len(codes), size))


def lag(items: int, periods: int, by: int | Codes = 1, factor: float | Vector = 1.0) -> Matrix:
    """The matrix that takes a block indexed (item, period) to its values ``by`` periods before.

    Args:
        items: number of items.
        periods: number of periods.
        by: how many periods back, one for all or one an item; what lies before the horizon is dropped.
        factor: what is left after the wait, one for all or one an item.

    >>> (lag(1, 3) @ np.array([5.0, 6.0, 7.0])).tolist()
    [0.0, 5.0, 6.0]
    """
    back = np.repeat(np.broadcast_to(np.asarray(by, dtype=np.intp), (items,)), periods)
    keep = np.repeat(np.broadcast_to(np.asarray(factor, dtype=float), (items,)), periods)
    position = np.arange(items * periods)
    inside = position % periods >= back
    starts = np.concatenate([[0], np.cumsum(inside)])
    return sp.csr_array((keep[inside], (position - back)[inside], starts), shape=(items * periods, items * periods))


def powers(base: Vector, times: Codes) -> Vector:
    """Each number multiplied by itself so many times, one multiplication after the other, so that it rounds alike everywhere.

    Args:
        base: numbers.
        times: how many times, of the same shape; 0 gives 1.

    >>> powers(np.array([0.5, 2.0, 3.0]), np.array([2, 3, 0])).tolist()
    [0.25, 8.0, 1.0]
    """
    found: Vector = np.ones(len(base))
    for step in range(int(times.max(initial=0))):
        found = np.where(step < times, found * base, found)
    return found


def to_the(base: Vector, times: Vector) -> Vector:
    """Each number to the power of a time; of whole times it rounds alike everywhere.

    Args:
        base: numbers.
        times: of the same shape.

    >>> to_the(np.array([0.5, 4.0]), np.array([2.0, 0.0])).tolist(), to_the(np.array([4.0]), np.array([0.5])).tolist()
    ([0.25, 1.0], [2.0])
    """
    whole = np.rint(times)
    if (np.abs(times - whole) < 1e-9).all():
        return powers(base, whole.astype(np.intp))
    return np.asarray(np.power(base, times), dtype=float)


def total(values: Vector) -> float:
    """The sum of numbers, one after the other, so that it rounds alike everywhere.

    >>> total(np.array([0.1, 0.2, 0.3]))
    0.6000000000000001
    """
    found = 0.0
    for value in values.tolist():
        found += value
    return found
