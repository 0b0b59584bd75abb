"""Whether an answer is one: strong duality, and Farkas' lemma, by our own arithmetic.

A solver's word rests on absolute tolerances. Here its point, its prices and its multipliers are weighed against each other
on the program as it is written out; what does not hold there is no answer, whatever the solver calls it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from planner.program import LinearProgram, Vector
from planner.solver.scaling import Scaling, scaling_of, unscaled
from planner.solver.solution import Solution

__all__ = ["CLOSED", "against_itself", "open_gap", "priced_bound", "proves_empty", "proving_prices", "violated"]

CLOSED = (
    1e-9  # relative gap between a point's objective and the bound of its prices: nine digits of the value are right
)
_EIGHT = 1e-6  # the same where solution files of other solvers carry eight digits, and where one more point is sought
_FLOOR = 1e-3  # of the objective's unit in the solver: an optimum of nothing has a gap of nothing but rounding
_ROUNDING = (
    1e-9  # share of the greatest, or of its terms, below which a multiplier, or what is left of a column, is a trace
)
_REACH = 100.0  # units of a column for which a trace of it is made to count against a contradiction
_CLEAR = 1e-11  # share of its terms above which a contradiction is no rounding


def proving_prices(program: LinearProgram, values: Vector, given: Vector) -> tuple[Vector, Vector] | None:
    """Prices of rows and columns in our sign convention, if those given prove that a point is optimal.

    Args:
        program: a linear program, in units in which its numbers are near one (`planner.solver.scaling`).
        values: a point, shape (columns,).
        given: row prices, shape (rows,), in either sign: solvers differ, so both are tried.

    Returns:
        Row prices, shape (rows,), and column prices, shape (columns,): change of the objective per unit of the limit.
        Or nothing where neither sign proves the optimum.

    >>> program = LinearProgram.plain(
    ...     cost=[3.0, 5.0], matrix=[[1, 0], [0, 2], [3, 2]], row_upper=[4, 12, 18], sense="max"
    ... )
    >>> row, column = proving_prices(program, np.array([2.0, 6.0]), np.array([0.0, -1.5, -1.0]))
    >>> row.tolist(), column.tolist()
    ([0.0, 1.5, 1.0], [0.0, 0.0])
    >>> proving_prices(program, np.array([2.0, 5.0]), np.array([0.0, 1.5, 1.0])) is None
    True
    """
    if not np.isfinite(values).all() or not np.isfinite(given).all():
        return None
    for rows in (given, -given):
        if open_gap(program, values, rows) <= _EIGHT:
            return rows + 0.0, program.cost - _across(program, rows)
    return None


def open_gap(
    program: LinearProgram, values: Vector, prices: Vector, units: Scaling | None = None, *, body: Vector | None = None
) -> float:
    """Relative gap between the objective of a point and the bound that prices of the rows set to it.

    Weak duality: whatever the prices, weighing every row and bound at its own limit gives a bound on the objective. Where
    that bound meets the objective of the point, the point is optimal, and the prices are right. A price on a limit that
    does not exist would make the bound infinite; what rounding leaves there counts against the gap at the size the row or
    the column has in the point, or in its unit.

    Args:
        program: a linear program.
        values: a point, shape (columns,).
        prices: of the rows, in our sign, shape (rows,).
        units: in which the point was found.
        body: what its rows come to, if that is known, shape (rows,).

    Returns:
        The gap as a share of all the terms of objective and bound; 0 where they meet.

    >>> program = LinearProgram.plain(cost=[3.0], matrix=[[1e-9]], row_upper=[4e-9], sense="max")
    >>> open_gap(program, np.array([4.0]), np.array([3e9])), open_gap(program, np.array([2.0]), np.array([3e9]))
    (0.0, 0.3333148158435642)
    """
    gap, size = _open(program, values, prices, units or unscaled(program), body)
    return gap / size


def priced_bound(solution: Solution) -> float:
    """The bound that its prices set to the objective of a solution in doubt; infinite where they leave more than 1e-6 open.

    Args:
        solution: of a linear program, with a point.
    """
    program = solution.program
    gap, size = _open(program, solution.values, solution.row_prices, scaling_of(program))
    return solution.objective - program.sign * (gap if gap <= _EIGHT * size else np.inf)


def _open(
    program: LinearProgram, values: Vector, prices: Vector, units: Scaling, body: Vector | None = None
) -> tuple[float, float]:
    """The gap between objective and bound (`open_gap`), and what all the terms of both add up to."""
    left = program.cost - _across(program, prices)
    terms = program.cost * values
    gap, size, loose = (
        float(terms.sum()) * program.sign,
        float(np.abs(terms).sum()) + _FLOOR / units.objective(program),
        0.0,
    )
    for weights, lower, upper, level, unit in (
        (prices * program.sign, program.row_lower, program.row_upper, body, 1.0 / units.rows),
        (left * program.sign, program.column_lower, program.column_upper, values, units.columns),
    ):
        weighed = _weighed(weights, lower, upper)
        if (endless := np.isinf(weighed)).any():
            reached = program.matrix @ values if level is None else level
            loose += float((np.abs(weights) * (unit + np.abs(reached)))[endless].sum())
            weighed[endless] = 0.0
        gap, size = gap - float(weighed.sum()), size + float(np.abs(weighed).sum())
    return abs(gap) + loose, size


def violated(program: LinearProgram, values: Vector, body: Vector, units: Scaling) -> float:
    """The greatest violation of a row or bound by a point, against its terms and one unit of the solver's.

    Args:
        program: the program.
        values: the point, shape (columns,).
        body: what its rows come to, shape (rows,).
        units: in which the point was found.
    """
    rows = np.maximum(program.row_lower - body, body - program.row_upper)
    columns = np.maximum(program.column_lower - values, values - program.column_upper)
    worst = max(float((rows * units.rows).max(initial=0.0)), float((columns / units.columns).max(initial=0.0)))
    if worst <= CLOSED:
        return worst
    terms = abs(program.matrix) @ np.abs(values)
    return max(
        float((rows / (terms + 1.0 / units.rows)).max(initial=0.0)),
        float((columns / (np.abs(values) + units.columns)).max(initial=0.0)),
    )


def _across(program: LinearProgram, prices: Vector) -> Vector:
    """What prices of the rows add up to in each column, shape (columns,)."""
    matrix = program.matrix
    weighed = matrix.data * np.repeat(prices, np.diff(matrix.indptr))
    return np.bincount(matrix.indices, weights=weighed, minlength=matrix.shape[1]).astype(float, copy=False)


def _weighed(weights: Vector, lower: Vector, upper: Vector) -> Vector:
    """Each limit times its weight, the lower one where the weight is positive; nothing where there is no weight."""
    found = np.zeros(len(weights))
    np.multiply(weights, np.where(weights > 0, lower, upper), out=found, where=weights != 0)
    return found


def proves_empty(program: LinearProgram, multipliers: Vector, units: Scaling | None = None) -> bool:
    """Whether multipliers of the rows, in either sign, add them up to a contradiction that is clear of rounding.

    Args:
        program: a linear program.
        multipliers: shape (rows,).
        units: in which they were found.

    >>> program = LinearProgram.plain(cost=[0.0], matrix=[[1.0], [1.0]], row_lower=[3.0, -np.inf], row_upper=[np.inf, 1.0])
    >>> proves_empty(program, np.array([-1.0, 1.0])), proves_empty(program, np.array([1.0, 1.0]))
    (True, False)
    """
    units = units or unscaled(program)
    greatest = float((np.abs(multipliers) / units.rows).max(initial=0.0))
    left = -_across(program, multipliers)
    trace = np.abs(left) <= _ROUNDING * (abs(program.matrix).T @ (np.abs(multipliers) + greatest * units.rows))
    doubtful = _REACH * float((np.abs(left) * units.columns)[trace].sum())
    left[trace] = 0.0
    small = np.abs(multipliers) <= _ROUNDING * greatest * units.rows
    return any(_contradiction(program, s * multipliers, s * left, small) > doubtful for s in (1.0, -1.0))


def _contradiction(program: LinearProgram, rows: Vector, left: Vector, small: npt.NDArray[np.bool_]) -> float:
    """What rows and what they leave of the columns add up to beyond rounding; rows that are small may rest on no limit."""
    weighed = _weighed(rows, program.row_lower, program.row_upper)
    weighed[np.isinf(weighed) & small] = 0.0
    weighed = np.append(weighed, _weighed(left, program.column_lower, program.column_upper))
    return float(weighed.sum()) - _CLEAR * float(np.abs(weighed).sum()) if np.isfinite(weighed).all() else -np.inf


def against_itself(program: LinearProgram) -> Vector | None:
    """A multiplier of one for a row that no values within their bounds satisfy, where there is such a row, shape (rows,).

    >>> program = LinearProgram.plain(cost=[0.0], matrix=[[2.0], [0.0]], row_lower=[1.0, 5.0])
    >>> against_itself(program).tolist()
    [0.0, 1.0]
    """
    matrix = program.matrix
    at, data = matrix.indices, matrix.data
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    ends = []
    for rising, falling in ((program.column_lower, program.column_upper), (program.column_upper, program.column_lower)):
        bound = np.where(data > 0, rising[at], falling[at])
        terms = np.zeros(len(data))
        np.multiply(data, bound, out=terms, where=data != 0)
        ends.append(np.bincount(row, weights=terms, minlength=matrix.shape[0]))
    least, most = ends
    wrong = (program.row_lower > most) | (program.row_upper < least)
    return None if not wrong.any() else np.eye(1, len(wrong), int(wrong.argmax()))[0]
