"""The program as arrays and names."""

import pickle
import re

import numpy as np
import pytest

from planner.answers.pose import pose
from planner.program import Expression, LinearProgram, Matrix, Rows, Variable, assemble
from planner.program.program import Block


def small() -> LinearProgram:
    """max x + 2 y - 3, with two families and blocks of different axes."""
    cells = (np.array(["a", "a", "b", "b"], object), np.array(["1", "2", "1", "2"], object))
    x = Variable("x", ("item", "period"), cells, np.zeros(4), np.full(4, 9.0), np.full(4, "t", object))
    y = Variable("y", (), (), np.full(1, -np.inf), np.full(1, np.inf), np.array(["share"], object), integer=True)
    first = (
        Matrix(np.array([[1.0, 0, 0, 1.0], [0, 1.0, 0, 0]])) @ x
        + Matrix(np.array([[1.0], [0.0]])) @ y
        + np.array([2.0, 0.0])
    )
    twice = Matrix(np.array([[2.0, 0, 0, 0]])) @ x - Matrix(np.array([[2.0, 0, 1.0, 0]])) @ x
    rows = {
        "first": (
            ("item",),
            Rows(
                first,
                np.array([1.0, 0.0]),
                np.array([5.0, np.inf]),
                (np.array(["a", "b"], object),),
                np.full(2, "t", object),
            ),
        ),
        "second": ((), Rows(twice, np.full(1, -np.inf), np.zeros(1), (), np.array(["t"], object))),
    }
    goal = Matrix(np.array([[1.0, 0, 0, 0]])) @ x + Matrix(np.array([[2.0]])) @ y - 3.0
    return assemble("max", goal, rows, [x, y], name="most", unit="t")


def test_assembly() -> None:
    program = small()
    assert program.shape == (3, 5)
    assert program.cost.tolist() == [1, 0, 0, 0, 2]
    assert program.offset == -3.0
    assert program.matrix.toarray().tolist() == [[1, 0, 0, 1, 1], [0, 1, 0, 0, 0], [0, 0, -1, 0, 0]]
    assert program.row_lower.tolist() == [-1.0, 0.0, -np.inf]  # the constant of a row moves to its limits
    assert program.row_upper.tolist() == [3.0, np.inf, 0.0]
    assert program.column_upper.tolist() == [9, 9, 9, 9, np.inf]
    assert program.integer.tolist() == [False] * 4 + [True]
    assert (program.objective, program.objective_unit, program.sign) == ("most", "t", -1.0)


def test_what_cancels_keeps_its_place() -> None:
    program = small()
    assert program.matrix.nnz == 6
    place = program.positions(np.array([2]), 0)[0]
    assert program.matrix.data[place] == 0.0
    with pytest.raises(KeyError, match="second"):
        program.positions(np.array([2]), 1)


def test_names_and_blocks() -> None:
    program = small()
    assert program.row_names == ["first(a)", "first(b)", "second"]
    assert program.column_names == ["x(a,1)", "x(a,2)", "x(b,1)", "x(b,2)", "y"]
    assert program.row_families.tolist() == ["first", "first", "second"]
    assert program.column_block["x"].positions["b", "1"] == 2
    assert program.column_block["y"].positions[()] == 4
    assert program.row_block["second"].slice == slice(2, 3)


def test_names_are_unique_and_keep_to_the_grammar() -> None:
    labels = np.array(["a-b", "a_b", "a b", "a_b.2"], object)
    block = Block("made", ("item",), (labels,), np.full(4, "", object), 0)
    program = LinearProgram.plain(cost=np.zeros(4), matrix=np.zeros((0, 4)), column_names=None)
    program = program.with_(columns=(block,))
    assert len(set(program.column_names)) == 4
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_.(),]*", name) for name in program.column_names)
    shipped = pose("ussr_1928", model="attainment").program
    for names in (shipped.row_names, shipped.column_names):
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_.(),]*", name) for name in names)


def test_changes_make_new_programs() -> None:
    program = small()
    moved = program.with_coefficients(program.positions(np.array([0]), 3), np.array([7.0]))
    assert moved.matrix.toarray()[0, 3] == 7.0
    assert program.matrix.toarray()[0, 3] == 1.0
    assert moved.same_pattern(program)
    lower = program.with_(row_lower=np.zeros(3))
    assert (lower.row_lower.tolist(), program.row_lower[0]) == ([0, 0, 0], -1.0)
    assert lower.row_names == program.row_names


def test_numbers_are_floats_however_they_are_written() -> None:
    program = LinearProgram.plain(cost=[1, 2], matrix=[[1, 2]], row_upper=[4], column_upper=[3, 5])
    arrays = (program.cost, program.matrix.data, program.row_upper, program.column_upper)
    assert {array.dtype for array in arrays} == {np.dtype(float)}
    assert program.with_coefficients(np.array([0]), np.array([0.5])).matrix.toarray().tolist() == [[0.5, 2.0]]


def test_patterns() -> None:
    program = small()
    wider = Matrix(np.ones((3, 5)))
    assert not program.same_pattern(program.with_(matrix=wider))
    assert not program.same_pattern(program.with_(integer=np.zeros(5, bool)))
    assert program.same_pattern(small())


def test_an_expression_of_nothing_assembles() -> None:
    x = Variable("x", (), (), np.zeros(1), np.ones(1), np.array(["t"], object))
    nothing = Rows(Expression.zero(1), np.zeros(1), np.ones(1), (), np.array(["t"], object))
    program = assemble("min", Expression.zero(1), {"empty": ((), nothing)}, [x])
    assert (program.shape, program.matrix.nnz, program.cost.tolist()) == ((1, 1), 0, [0.0])
    assert assemble("min", Expression.zero(1), {}, [x]).shape == (0, 1)


def test_a_program_travels_between_processes() -> None:
    program = small()
    there = pickle.loads(pickle.dumps(program))
    assert there.same_pattern(program)
    assert there.row_names == program.row_names
    assert np.array_equal(there.matrix.data, program.matrix.data)


def test_economies_that_differ_in_numbers_give_programs_that_do() -> None:
    corners = [
        pose("ussr_1928", model="attainment", corner=corner).program
        for corner in ("central", "optimistic", "pessimistic")
    ]
    assert corners[0].same_pattern(corners[1])
    assert corners[0].same_pattern(corners[2])
