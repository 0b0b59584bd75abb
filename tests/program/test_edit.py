"""Edits of a program, against the arrays written out by hand."""

import dataclasses

import numpy as np
import pytest

from planner.program import LinearProgram, Matrix
from planner.solver.highs import Session

NAMES = (np.array(["p", "q"], object),)


def small() -> LinearProgram:
    """min x + 2 y, 1 <= x + y, x - y <= 3, y <= 5."""
    return LinearProgram.plain(
        cost=[1.0, 2.0],
        matrix=[[1.0, 1.0], [1.0, -1.0]],
        row_lower=[1.0, -np.inf],
        row_upper=[np.inf, 3.0],
        column_upper=[np.inf, 5.0],
        offset=7.0,
    )


def arrays(program: LinearProgram) -> dict[str, list[object]]:
    names = ("cost", "row_lower", "row_upper", "column_lower", "column_upper", "integer")
    return {"matrix": program.matrix.toarray().tolist(), **{name: getattr(program, name).tolist() for name in names}}


def test_rows_and_columns_are_added_at_the_end_with_their_blocks() -> None:
    program = small()
    wider = program.with_rows(
        "more",
        Matrix(np.array([[0.0, 2.0], [3.0, 0.0]])),
        lower=np.array([4.0, 5.0]),
        index=("name",),
        keys=NAMES,
        unit="t",
    ).with_columns(
        "new", Matrix(np.array([[0.0], [0.0], [1.0], [-1.0]])), cost=9.0, upper=1.0, integer=True, unit="starts"
    )
    assert arrays(wider) == {
        "matrix": [[1, 1, 0], [1, -1, 0], [0, 2, 1], [3, 0, -1]],
        "cost": [1, 2, 9],
        "integer": [False, False, True],
        "row_lower": [1, -np.inf, 4, 5],
        "row_upper": [np.inf, 3, np.inf, np.inf],
        "column_lower": [0, 0, 0],
        "column_upper": [np.inf, 5, 1],
    }
    assert wider.row_names == ["r(1)", "r(2)", "more(p)", "more(q)"]
    assert wider.column_names == ["x(1)", "x(2)", "new"]
    assert (wider.row_block["more"].unit.tolist(), wider.column_block["new"].unit.tolist()) == (["t", "t"], ["starts"])
    assert (wider.offset, wider.sense) == (7.0, "min")
    assert arrays(program) == arrays(small())  # the program itself stays as it was


def test_bounds_and_limits_move_on_the_sides_that_are_named() -> None:
    program = small()
    assert program.bounded(np.array([0, 1]), lower=np.array([1.0, 2.0])).column_lower.tolist() == [1, 2]
    assert program.bounded(slice(0, 1), upper=4.0).column_upper.tolist() == [4, 5]
    moved = program.limited(0, lower=2.0, upper=2.0)
    assert (moved.row_lower.tolist(), moved.row_upper.tolist()) == ([2, -np.inf], [2, 3])
    free = program.relaxed(np.array([0, 1]))
    assert np.isinf(free.row_lower).all()
    assert np.isinf(free.row_upper).all()
    assert free.matrix is program.matrix


def test_bounds_as_rows_are_the_same_program() -> None:
    program = small().maximising(np.array([0.0, 1.0]), "most", "t")
    wider = program.bounds_as_rows(np.array([1]))
    assert wider.row_names[-1] == "bound(x(2))"
    assert wider.column_upper.tolist() == [np.inf, np.inf]
    assert Session().solve(wider).objective == Session().solve(program).objective == 5.0
    assert arrays(small().bounds_as_rows(np.zeros(0, dtype=np.intp))) == arrays(small())


def test_another_objective_leaves_the_rest() -> None:
    least = small().minimising(np.array([3.0, 0.0]), "effort", "hours")
    assert (least.sense, least.offset, least.objective, least.objective_unit) == ("min", 0.0, "effort", "hours")
    most = small().maximising(np.array([3.0, 0.0]), "effort")
    assert (most.sense, most.cost.tolist()) == ("max", [3.0, 0.0])
    assert arrays(least) | {"cost": None} == arrays(small()) | {"cost": None}


def test_a_program_is_made_by_naming_its_arrays() -> None:
    values = [getattr(small(), field.name) for field in dataclasses.fields(LinearProgram)]
    with pytest.raises(TypeError):
        LinearProgram(*values)  # type: ignore[misc]
