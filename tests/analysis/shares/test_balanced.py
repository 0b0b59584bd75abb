"""Equal shares as high as they go, and the plan with least labour that has them."""

from dataclasses import replace

import numpy as np

import planner
from planner.analysis.shares.balanced import least_labour
from planner.analysis.shares.target_rows import TargetRows
from planner.economy import load
from planner.program import LinearProgram
from planner.solver.highs import Session
from planner.solver.solution import Solution, Status


class Refusing(Session):
    """A solver that finds no plan, and what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[LinearProgram] = []

    def solve(self, program: LinearProgram, **options: object) -> Solution:
        self.asked.append(program)
        return replace(super().solve(program), status=Status.INFEASIBLE)


def test_shares_that_rounding_puts_outside_are_eased_on_both_sides() -> None:
    economy = load("two_goods")
    exactly = economy.with_tables({"targets": economy.tables["targets"].assign(sense="exactly")})
    posed, solver = planner.pose(exactly, plan="ambitious", model="attainment"), Refusing()
    handle = TargetRows(posed)
    assert least_labour(posed, handle.held(posed.program, handle.scaled, 0.9), solver) is None
    first, eased = solver.asked
    for side, sign in (("row_lower", -1.0), ("row_upper", 1.0)):
        before, after = getattr(first, side), getattr(eased, side)
        moved = np.flatnonzero(before != after)
        assert len(moved) == len(handle.scaled) == 2
        np.testing.assert_allclose(after[moved] - before[moved], sign * 1e-9 * np.abs(before[moved]), rtol=1e-3)
