"""Units for the solver: its absolute tolerances mean the same whatever the units of the data are.

Rows and columns are scaled by powers of two.

A program in tonnes and one in millions of tonnes are one program. A solver does not see that: its tolerances are absolute,
and in small enough units everything is within them. So every row and column gets a unit of its own in which the numbers
come as near to one as they can (Curtis and Reid 1972): the logarithms of all coefficients and limits are balanced by least
squares. Where the unit of a product changes, the least squares change with it, so what the solver is given stays the same
up to rounding to powers of two. These change no digit of any number, and what comes back is mapped back without loss.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from planner.program import LinearProgram, Matrix, Vector

__all__ = ["Scaling", "scaling_of", "sizes_of", "unscaled"]

STEPS = 30  # of the conjugate gradients; twelve settle the programs shipped here
SETTLED = 0.01  # mean error of a logarithm, in bits, at which they are at rest; powers of two are a whole bit apart
FARTHEST = 300  # bits; beyond, products of two would leave the range of floats


@dataclass(frozen=True, eq=False)
class Scaling:
    """A unit for every row and column, as a power of two.

    Args:
        rows: what each row is multiplied by, shape (rows,).
        columns: size of each column's unit, in its own, shape (columns,): a value of 3 units is ``3 × columns``. One for
            whole-number columns, whose values are counted.
        weighs: whether the objective is scaled too.
    """

    rows: Vector
    columns: Vector
    weighs: bool = True

    def objective(self, program: LinearProgram) -> float:
        """What the objective is multiplied by: the power of two that brings its greatest weight near one."""
        greatest = float(np.abs(program.cost * self.columns).max(initial=0.0)) if self.weighs else 0.0
        return math.ldexp(1.0, -round(math.log2(greatest))) if greatest > 0 else 1.0

    def coefficients(self, program: LinearProgram) -> Vector:
        """The coefficients in these units, in the order of the matrix's own, shape (nonzeros,)."""
        matrix = program.matrix
        return matrix.data * np.repeat(self.rows, np.diff(matrix.indptr)) * self.columns[matrix.indices]

    def scaled(self, program: LinearProgram) -> LinearProgram:
        """The program in these units: same sense, names and pattern.

        >>> program = LinearProgram.plain(cost=[1.0], matrix=[[4e9]], row_upper=[4e9], sense="max")
        >>> small = scaling_of(program).scaled(program)
        >>> small.matrix.data.tolist(), small.row_upper.tolist()
        ([0.9313225746154785], [0.9313225746154785])
        """
        matrix, factor = program.matrix, self.objective(program)
        pattern = (self.coefficients(program), matrix.indices, matrix.indptr)
        return program.with_(
            cost=program.cost * self.columns * factor,
            offset=program.offset * factor,
            matrix=Matrix(pattern, shape=matrix.shape, copy=False),
            row_lower=program.row_lower * self.rows,
            row_upper=program.row_upper * self.rows,
            column_lower=program.column_lower / self.columns,
            column_upper=program.column_upper / self.columns,
        )


def unscaled(program: LinearProgram) -> Scaling:
    """The scaling that leaves everything as it is."""
    rows, columns = program.shape
    return Scaling(np.ones(rows), np.ones(columns), weighs=False)


def scaling_of(program: LinearProgram) -> Scaling:
    """The scaling of a program.

    Args:
        program: any; coefficients of zero have no say.

    >>> one = LinearProgram.plain(cost=[1.0, 1.0], matrix=[[1.0, 2.0], [3.0, 1.0]], row_upper=[4.0, 6.0], sense="max")
    >>> other = one.with_(matrix=one.matrix * 2.0**40, row_upper=one.row_upper * 2.0**40)
    >>> (scaling_of(other).rows * 2.0**40).tolist() == scaling_of(one).rows.tolist()
    True
    """
    rows, columns = (np.exp2(np.rint(logs)) for logs in _logs(program))
    return Scaling(rows, columns)


def sizes_of(program: LinearProgram) -> Vector:
    """How large a usual value of each column is, by what stands in its rows, in its own unit, shape (columns,).

    What has no unit of its own, such as a preference among plans that are equally good, is stated in these.
    """
    return np.exp2(_logs(program)[1])


def _logs(program: LinearProgram) -> tuple[Vector, Vector]:
    """Logarithms of what each row is multiplied by, and of each column's unit.

    The logarithm of what a row is multiplied by is ``r``, that of a column's unit ``c``. Wanted is the least sum of squares
    of ``log |a| + r + c`` over all coefficients, of ``log |limit| + r`` over rows with a limit other than zero, and of
    ``log |bound| − c`` over columns with such a bound. Columns eliminated, conjugate gradients find the rows.
    """
    matrix = program.matrix
    there = matrix.data != 0
    logs = np.log2(np.abs(np.where(there, matrix.data, 1.0)))
    terms, ones = (
        sp.csr_array((values, matrix.indices, matrix.indptr), shape=matrix.shape, copy=False)
        for values in (logs, there.astype(float))
    )
    across, every_row, every_column = ones.T, *(np.ones(size) for size in matrix.shape)
    of_rows, row_count = _logs_of_limits(program.row_lower, program.row_upper)
    of_columns, column_count = _logs_of_limits(program.column_lower, program.column_upper)
    row_weight = np.maximum(1.0, ones @ every_column + row_count)
    column_weight = np.where(program.integer, np.inf, np.maximum(1.0, across @ every_row + column_count))
    rows = -(terms @ every_column + of_rows)
    columns = of_columns - terms.T @ every_row

    def normal(r: Vector) -> Vector:
        return np.asarray(row_weight * r - ones @ ((across @ r) / column_weight))

    r = _conjugate_gradients(normal, rows - ones @ (columns / column_weight), row_weight)
    c = (columns - across @ r) / column_weight
    return np.clip(r, -FARTHEST, FARTHEST), np.clip(c, -FARTHEST, FARTHEST)


def _logs_of_limits(lower: Vector, upper: Vector) -> tuple[Vector, Vector]:
    """Sum of the logarithms of what limits there are other than zero, and how many, each of the length of the limits."""
    limits = np.abs(np.stack([lower, upper]))
    there = (limits > 0) & np.isfinite(limits)
    return np.log2(np.where(there, limits, 1.0)).sum(axis=0), there.sum(axis=0).astype(float)


def _conjugate_gradients(normal: Callable[[Vector], Vector], target: Vector, weight: Vector) -> Vector:
    """The solution of ``normal(r) = target``, the operator being symmetric with the given diagonal, roughly."""
    found, left = np.zeros(len(target)), target
    direction = near = left / weight
    now = float(left @ near)
    for _ in range(STEPS):
        if now <= SETTLED**2 * weight.sum():
            break
        image = normal(direction)
        step = now / float(direction @ image)
        found, left = found + step * direction, left - step * image
        near = left / weight
        now, before = float(left @ near), now
        direction = near + (now / before) * direction
    return found
