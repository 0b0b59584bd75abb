"""A basis, taken from one solve and given to another, and the intervals over which it stays optimal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.program import Vector

Statuses = npt.NDArray[np.int8]

LOWER, BASIC, UPPER = 0, 1, 2  # where a column or a row's value stands, by HiGHS' numbers


@dataclass(frozen=True, eq=False)
class Basis:
    """Where an optimal vertex stands; plain arrays, so that it can be sent to another process.

    Args:
        columns: status of each column (at its ``LOWER`` or ``UPPER`` bound, or ``BASIC``), shape (columns,).
        rows: the same for each row's value, shape (rows,).
    """

    columns: Statuses
    rows: Statuses


@dataclass(frozen=True, eq=False)
class Ranging:
    """Intervals over which one optimal basis stays optimal, one number changed at a time.

    The ends are absolute, in the sense of the program as it was written.

    Args:
        basis: the basis; with a degenerate optimum it is one of several and its intervals are too narrow.
        row_from: limit of each row that stands at one (not basic), shape (rows,); of the others nothing is said.
        row_to: likewise.
        bound_from: bound of each column that stands at one, shape (columns,).
        bound_to: likewise.
        cost_from: objective coefficient of each column, shape (columns,).
        cost_to: likewise.
    """

    basis: Basis
    row_from: Vector
    row_to: Vector
    bound_from: Vector
    bound_to: Vector
    cost_from: Vector
    cost_to: Vector
