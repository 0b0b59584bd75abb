"""Mixed-integer programs: what a linear solve can say of them, and a whole point to start from."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from planner.program import LinearProgram, Vector
from planner.solver.highs import Session
from planner.solver.solution import Solution

WHOLE = 1e-6  # how near to a whole number counts as one


def in_parts(program: LinearProgram) -> LinearProgram:
    """The program without its whole numbers: its optimum bounds the one sought, whatever choice is made."""
    return program.with_(integer=np.zeros(len(program.integer), bool))


def with_fixed(program: LinearProgram, values: Vector) -> LinearProgram:
    """The linear program that is left when every whole number stands as in a point.

    Args:
        program: with whole-number columns.
        values: a point, shape (columns,); rounded where it counts.
    """
    whole = np.where(program.integer, np.round(values), 0.0)
    lower = np.where(program.integer, whole, program.column_lower)
    upper = np.where(program.integer, whole, program.column_upper)
    return in_parts(program).with_(column_lower=lower, column_upper=upper)


def broken(program: LinearProgram, values: Vector) -> npt.NDArray[np.intp]:
    """Columns that should be whole and are not, the most undecided first."""
    away = np.abs(values - np.round(values)) * program.integer
    order = np.argsort(-away, kind="stable")
    return order[away[order] > WHOLE]


def rounded(
    program: LinearProgram, session: Session | None = None, *, relaxed: Solution | None = None, most: int = 500
) -> Vector | None:
    """A whole point near the relaxed optimum, for a search to start from.

    The rule: solve in parts; of the columns that are broken put the largest at the next whole number up; solve again.
    Where no point is left, the column put up last is put down instead. What is nothing in parts is never put up, so the
    point does little beyond what the relaxed one does. Each step is a warm linear solve.

    Args:
        program: with whole-number columns.
        session: a warm solver, of the relaxed program's pattern.
        relaxed: the relaxed optimum, if it is known.
        most: steps after which the rule gives up.

    Returns:
        A point, shape (columns,), or nothing where the rule led to none.

    >>> program = LinearProgram.plain(
    ...     cost=[5.0, 4.0], matrix=[[3.0, 2.0]], row_upper=[4.0], column_upper=[1.0, 1.0], integer=[True, True], sense="max"
    ... )
    >>> rounded(program).tolist()
    [1.0, 0.0]
    """
    session = session or Session()
    now = in_parts(program)
    solution = relaxed or session.solve(now)
    put_up: list[tuple[LinearProgram, int, float]] = []
    for _ in range(most):
        if solution.optimal:
            open_columns = broken(program, solution.values)
            if not len(open_columns):
                return np.where(program.integer, np.round(solution.values), solution.values)
            column = int(open_columns[np.argmax(solution.values[open_columns] % 1.0)])
            value = float(solution.values[column])
            put_up.append((now, column, float(np.floor(value))))
            now = _at(now, column, float(np.ceil(value)))
        elif put_up:
            before, column, down = put_up.pop()
            now = _at(before, column, down)
        else:
            return None
        solution = session.solve(now)
    return None


def _at(program: LinearProgram, column: int, value: float) -> LinearProgram:
    lower, upper = program.column_lower.copy(), program.column_upper.copy()
    lower[column] = upper[column] = value
    return program.with_(column_lower=lower, column_upper=upper)
