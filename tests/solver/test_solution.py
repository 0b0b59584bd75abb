"""What a solution says of itself, by our own arithmetic."""

import numpy as np
import pytest

from planner.program import LinearProgram
from planner.solver.highs import Session
from planner.solver.solution import Solution, Status
from planner.solver.weights import binding_limit, weights


def program(**changes: object) -> LinearProgram:
    """max 3 x + 5 y, y at most 6; x <= 4, 3 x + 2 y <= 18, and a row that binds nothing."""
    plain = LinearProgram.plain(
        cost=[3.0, 5.0],
        matrix=[[1, 0], [3, 2], [1, 1]],
        row_lower=[-np.inf, -np.inf, 1.0],
        row_upper=[4.0, 18.0, np.inf],
        column_upper=[np.inf, 6.0],
        sense="max",
        integer=[False, True],
    )
    return plain.with_(**changes)


def point(*values: float) -> Solution:
    none = np.full(3, np.nan)
    return Solution(program(), Status.STOPPED, np.nan, np.array(values), none, np.full(2, np.nan), np.nan, "by hand")


def test_slacks_and_residuals() -> None:
    found = point(5.0, 6.5)
    assert found.row_values.tolist() == [5.0, 28.0, 11.5]
    assert found.slacks.tolist() == [-1.0, -10.0, 10.5]
    assert (found.residuals.rows, found.residuals.bounds, found.residuals.integrality) == (10.0, 0.5, 0.5)
    assert found.residuals.worst == 10.0
    assert found.residuals.relative == pytest.approx(10.0 / 46.0, rel=1e-4)  # 28 against a limit of 18
    assert not found.optimal


def test_a_good_point_has_none() -> None:
    residuals = point(2.0, 6.0).residuals
    assert (residuals.worst, residuals.relative) == (0.0, 0.0)


def test_a_row_without_limits_has_no_end_of_room() -> None:
    free = program(row_lower=np.full(3, -np.inf), row_upper=np.full(3, np.inf))
    found = Solution(free, Status.OPTIMAL, 0.0, np.zeros(2), np.zeros(3), np.zeros(2), 0.0, "by hand")
    assert np.isinf(found.slacks).all()
    assert found.residuals.worst == 0.0


def test_blocks_and_prices_by_name() -> None:
    from planner.answers.pose import pose

    posed = pose("two_goods", model="attainment", plan="ambitious").program
    found = Session().solve(posed)
    assert found.block("attainment").tolist() == pytest.approx([0.9])
    assert found.prices("target").size == 2
    with pytest.raises(KeyError):
        found.block("nothing")


def test_weights_add_up_where_bounds_and_both_sides_of_rows_bind() -> None:
    linear = program(integer=np.zeros(2, bool))
    for changes in (
        {},
        {"column_upper": np.array([1.0, 3.0])},
        {"row_lower": np.array([-np.inf, -np.inf, 8.0])},
        {"sense": "min"},
        {"sense": "min", "row_lower": np.array([2.0, 7.0, 1.0])},
        {"row_lower": np.array([1.0, 18.0, 1.0])},
    ):
        found = Session().solve(linear.with_(**changes))
        rows, bounds = weights(found)
        assert found.optimal
        assert rows.sum() + bounds.sum() == pytest.approx(1.0)


def test_a_price_belongs_to_the_limit_that_binds() -> None:
    lower, upper = np.array([1.0, 1.0, -np.inf, 1.0]), np.array([2.0, 2.0, 2.0, np.inf])
    assert binding_limit(lower, upper, np.array([3.0, -3.0, -3.0, 3.0])).tolist() == [1.0, 2.0, 2.0, 1.0]
