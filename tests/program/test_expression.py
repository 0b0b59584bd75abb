"""Block algebra against plain matrices: whatever is built out of blocks comes to what numpy makes of the same numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.program import Expression, Matrix, Variable, lag, select

STEADY = settings(max_examples=40, derandomize=True, deadline=None)


def block(name: str, size: int) -> Variable:
    keys = (np.array([str(i) for i in range(size)], object),)
    return Variable(name, ("item",), keys, np.zeros(size), np.full(size, np.inf), np.full(size, "t", object))


def dense(expression: Expression, widths: dict[str, int]) -> np.ndarray:
    """The coefficients of an expression as one dense matrix over blocks side by side."""
    offsets = dict(zip(widths, np.cumsum([0, *widths.values()])[:-1].tolist(), strict=True))
    result = np.zeros((expression.size, sum(widths.values())))
    row, column, value = expression.triplets(offsets)
    np.add.at(result, (row, column), value)
    return result


@STEADY
@given(st.integers(0, 2**32 - 1))
def test_sums_products_and_choices_of_rows(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y, rows = block("x", 4), block("y", 3), 5
    widths = {"x": 4, "y": 3}
    A, B = (rng.integers(-2, 3, (rows, width)).astype(float) for width in (4, 3))
    offset, factors, chosen = rng.normal(size=rows), rng.normal(size=rows), rng.integers(0, rows, 3)
    left = rng.integers(-1, 2, (2, rows)).astype(float)
    expression = (Matrix(A) @ x - Matrix(B) @ y + offset).scaled(factors)
    plain = np.hstack([A, -B]) * factors[:, None]
    assert dense(expression, widths) == pytest.approx(plain)
    assert expression.constant == pytest.approx(offset * factors)
    assert dense(-expression, widths) == pytest.approx(-plain)
    assert dense(expression.rows(chosen), widths) == pytest.approx(plain[chosen])
    assert expression.rows(chosen).constant == pytest.approx((offset * factors)[chosen])
    combined = Matrix(left) @ expression
    assert dense(combined, widths) == pytest.approx(left @ plain)
    assert combined.constant == pytest.approx(left @ (offset * factors))


@STEADY
@given(st.integers(1, 4), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_lag_takes_what_was_there_before(items: int, periods: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    by, factor, values = rng.integers(0, 4, items), rng.normal(size=items), rng.normal(size=(items, periods))
    found = (lag(items, periods, by, factor) @ values.ravel()).reshape(items, periods)
    for i in range(items):
        for t in range(periods):
            assert found[i, t] == pytest.approx(factor[i] * values[i, t - by[i]] if t >= by[i] else 0.0)


def test_select_takes_and_its_transpose_puts_back() -> None:
    taken = select([2, 0], 3, np.array([10.0, 1.0]))
    assert (taken @ np.array([1.0, 2.0, 3.0])).tolist() == [30.0, 1.0]
    assert (taken.T @ np.array([1.0, 2.0])).tolist() == [2.0, 0.0, 10.0]


def test_comparisons_state_limits() -> None:
    x, y = block("x", 2), block("y", 2)
    widths = {"x": 2, "y": 2}
    at_least = x.expression() + 1.0 >= y
    assert dense(at_least.body, widths).tolist() == [[1, 0, -1, 0], [0, 1, 0, -1]]
    assert (at_least.body.constant.tolist(), at_least.lower.tolist(), at_least.upper.tolist()) == (
        [1, 1],
        [0, 0],
        [np.inf] * 2,
    )
    at_most = x.expression() <= np.array([3.0, 4.0])
    assert (at_most.lower.tolist(), at_most.upper.tolist()) == ([-np.inf] * 2, [3.0, 4.0])
    exactly = (x.expression() - y).equals(5.0)
    assert (exactly.lower.tolist(), exactly.upper.tolist()) == ([5.0, 5.0], [5.0, 5.0])


def test_a_statement_on_some_rows_keeps_their_positions() -> None:
    stated = (block("x", 3).expression() >= np.array([1.0, 2.0, 3.0])).where(np.array([True, False, True]))
    assert stated.kept is not None
    assert (stated.kept.tolist(), stated.lower.tolist(), stated.body.size) == ([0, 2], [1.0, 3.0], 2)
    assert dense(stated.body, {"x": 3}).tolist() == [[1, 0, 0], [0, 0, 1]]


def test_a_coefficient_of_zero_keeps_its_place() -> None:
    """So that economies which differ in numbers only give programs which differ in numbers only."""
    matrix = Matrix((np.array([0.0, 2.0]), (np.array([0, 1]), np.array([0, 1]))), shape=(2, 2))
    x = block("x", 2)
    for expression in (
        matrix @ x,
        (matrix @ x).scaled(np.zeros(2)),
        -(matrix @ x),
        (matrix @ x).rows(np.array([0, 1])),
    ):
        assert len(expression.triplets({"x": 0})[0]) == 2


def test_operations_leave_their_operands_alone() -> None:
    matrix = Matrix(np.array([[1.0, 2.0], [0.0, 3.0]]))
    expression = matrix @ block("x", 2) + 1.0
    _ = -expression, expression.scaled(np.array([5.0, 6.0])), expression - 2.0, expression.rows(np.array([1]))
    assert matrix.toarray().tolist() == [[1, 2], [0, 3]]
    assert dense(expression, {"x": 2}).tolist() == [[1, 2], [0, 3]]
    assert expression.constant.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("of", [lambda matrix, x: matrix @ x, lambda matrix, x: matrix @ (select([1, 0], 2) @ x)])
def test_scipy_may_sort_the_entries_of_an_expression(of) -> None:
    """It does so in place, and an expression shares its places with what was made of it."""
    matrix = Matrix((np.array([2.0, 1.0]), np.array([1, 0]), np.array([0, 2])), shape=(1, 2))
    expression = of(matrix, block("x", 2))
    other, before = -expression, dense(expression, {"x": 2})
    for _, own in expression.terms:
        own.sort_indices()
    assert dense(other, {"x": 2}).tolist() == (-before).tolist()


def test_numpy_leaves_the_operators_to_expressions() -> None:
    x = block("x", 2)
    assert isinstance(Matrix(np.eye(2)) @ x, Expression)
    assert isinstance(Matrix(np.eye(2)) @ (x.expression() + np.ones(2)), Expression)
