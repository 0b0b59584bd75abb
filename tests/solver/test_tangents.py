"""Sums of curves, maximised by tangents, where the solver is in doubt."""

from dataclasses import replace

import numpy as np
import pytest

from planner.program import LinearProgram
from planner.solver.highs import Session
from planner.solver.solution import Solution, Status
from planner.solver.tangents import PARABOLA, maximise

LINE = LinearProgram.plain(cost=[0.0, 0.0], matrix=[[1.0, 2.0]], row_lower=[1.0], column_lower=[-9.0, -9.0])


class InDoubt(Session):
    """In doubt of every answer that is not sought in every way, by a price that is wrong by so much; counts those that are."""

    def __init__(self, wrong: float) -> None:
        super().__init__()
        self.wrong, self.sure = wrong, 0

    def solve(self, program: LinearProgram, **options: bool) -> Solution:  # type: ignore[override]
        solution = super().solve(program)
        if options.get("again", True):
            self.sure += 1
            return solution
        return replace(
            solution, status=Status.STOPPED, bound=np.nan, row_prices=solution.row_prices * (1.0 + self.wrong)
        )


@pytest.mark.parametrize("wrong", [1e-8, 1e-3])
def test_points_in_doubt_serve_for_tangents_and_an_end_is_sought_in_every_way(wrong: float) -> None:
    """The point of x + 2y ≥ 1 nearest to nothing is (1/5, 2/5), by the normal of the line."""
    session = InDoubt(wrong)
    points = np.array([[-1.0, -1.0], [1.0, 1.0]])
    found = maximise(LINE, np.arange(2), np.ones(2), PARABOLA, points, session, relative=1e-6)
    assert found.optimal
    assert 1 <= session.sure < found.steps
    assert found.values == pytest.approx([0.2, 0.4], abs=1e-2)
    assert found.bound == pytest.approx(-0.2, abs=1e-6)
    assert found.gap <= 1e-6
