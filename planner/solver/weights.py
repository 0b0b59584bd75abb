"""What each limit weighs in an optimum: its price times its amount, as a share of the whole."""

from __future__ import annotations

import numpy as np

from planner.program import Vector
from planner.solver.solution import Solution

__all__ = ["binding_limit", "weights"]


def binding_limit(lower: Vector, upper: Vector, price_of_minimum: Vector) -> Vector:
    """The limit a price belongs to: the lower one where raising it costs, the upper one where raising it saves."""
    one_sided = np.where(np.isfinite(lower), lower, upper)
    return np.where(np.isfinite(lower) & np.isfinite(upper), np.where(price_of_minimum >= 0, lower, upper), one_sided)


def weights(solution: Solution) -> tuple[Vector, Vector]:
    """Price times limit of every row and bound, as a share of the objective: elasticities, which sum to one."""
    program = solution.program
    total = solution.objective - program.offset
    parts = []
    for lower, upper, price in (
        (program.row_lower, program.row_upper, solution.row_prices),
        (program.column_lower, program.column_upper, solution.column_prices),
    ):
        limit = binding_limit(lower, upper, np.nan_to_num(price) * program.sign)
        product = np.where(np.isfinite(limit), limit, 0.0) * np.nan_to_num(price)
        parts.append(product / total if total else np.full(len(product), np.nan))
    return parts[0], parts[1]
