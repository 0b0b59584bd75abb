"""Whether prices prove an optimum: strong duality by our own arithmetic."""

from __future__ import annotations

import numpy as np

from planner.program import LinearProgram, Vector

_CLOSE = 1e-6  # relative gap between the two objectives; solution files of other solvers carry eight digits


def proving_prices(program: LinearProgram, values: Vector, given: Vector) -> tuple[Vector, Vector] | None:
    """Prices of rows and columns in our sign convention, if those given prove that a point is optimal.

    Weak duality: whatever the prices, weighing every row and bound at its own limit gives a bound on the objective.
    Where that bound meets the objective of the point, the point is optimal, and the prices are right. A price on a
    limit that does not exist would make the bound infinite; what rounding leaves there counts against the gap at the
    size the row or the column has in the point.

    Args:
        program: a linear program.
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
    objective = float(program.cost @ values) * program.sign
    scale = 1.0 + np.abs(program.cost * values).sum()
    for rows in (given, -given):
        columns = program.cost - program.matrix.T @ rows
        bound, loose = _bound(program, values, rows * program.sign, columns * program.sign)
        if abs(objective - bound) + loose <= _CLOSE * scale:
            return rows + 0.0, columns + 0.0
    return None


def _bound(program: LinearProgram, values: Vector, rows: Vector, columns: Vector) -> tuple[float, float]:
    """Bound on a minimum from its prices, and what leans on limits that do not exist."""
    total, loose = 0.0, 0.0
    for price, lower, upper, level in (
        (rows, program.row_lower, program.row_upper, program.matrix @ values),
        (columns, program.column_lower, program.column_upper, values),
    ):
        limit = np.where(price > 0, lower, upper)
        there = np.isfinite(limit)
        total += float(price[there] @ limit[there])
        loose += float(np.abs(price[~there]) @ (1.0 + np.abs(level[~there])))
    return total, loose
