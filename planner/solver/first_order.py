"""An approximate optimum by a first-order method, for programs that no simplex or interior-point method gets through."""

from __future__ import annotations

import numpy as np

from planner.program import LinearProgram, Vector
from planner.solver.engine import Engine, SolveOptions
from planner.solver.scaling import scaling_of

__all__ = ["approximate"]

_SCALED = 7  # by all three of HiGHS' ways, after ours: fewer iterations than with its usual two


def approximate(program: LinearProgram, tolerance: float, iterations: int) -> tuple[Vector, Vector, int] | None:
    """A point and prices that come near to an optimum, by HiGHS' primal-dual hybrid gradient; neither is judged here.

    Args:
        program: linear.
        tolerance: relative, of limits, prices and gap.
        iterations: at most.

    Returns:
        Values of the columns, prices of the rows in the convention of `planner.solver.solution.Solution`, and iterations
        taken; nothing where the method found out that there is no optimum, or gave no numbers.

    >>> program = LinearProgram.plain(cost=[3.0, 5.0], matrix=[[1, 0], [0, 2], [3, 2]], row_upper=[4, 12, 18], sense="max")
    >>> values, prices, _ = approximate(program, 1e-6, 10_000)
    >>> values.round(3).tolist(), (prices.round(3) + 0.0).tolist()
    ([2.0, 6.0], [0.0, 1.5, 1.0])
    """
    units = scaling_of(program)
    engine = Engine(SolveOptions(method="hipdlp", rays=False))
    engine.option(kkt_tolerance=tolerance, pdlp_iteration_limit=iterations, pdlp_scaling_mode=_SCALED)
    engine.load(units.scaled(program))
    found = engine.near()
    if found is None:
        return None
    values, prices, taken = found
    factor = units.objective(program) * program.sign
    values, prices = values * units.columns, prices * units.rows / factor
    if not (len(values) and np.isfinite(values).all() and np.isfinite(prices).all()):
        return None
    return np.clip(values, program.column_lower, program.column_upper), prices, taken
