"""From a solver's basis to an exact point: the corner at which its rows and bounds hold exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from planner.program.exact_program import ExactProgram, Limit
from planner.proof.rational import Row, solve_exactly
from planner.proof.work import Work
from planner.solver.basis import Basis

Point = tuple[Fraction, ...]
ZERO = Fraction(0)
_BASIC, _UPPER = 1, 2  # HiGHS' numbers for the states of a row or column in a basis


def corner(program: ExactProgram, basis: Basis, work: Work) -> Point | None:
    """The point at which the rows and bounds that a basis names hold exactly.

    Args:
        program: the program.
        basis: of its floats.
        work: steps to spend.

    Returns:
        The point, feasible or not; ``None`` where the basis names none, or its numbers would be too long.
    """
    columns, rows = basis.columns.tolist(), basis.rows.tolist()
    if len(columns) != program.shape[1] or len(rows) != program.shape[0]:
        return None
    point = [
        ZERO if state == _BASIC else _resting(program.column_lower[j], program.column_upper[j], state)
        for j, state in enumerate(columns)
    ]
    basic = {j for j, state in enumerate(columns) if state == _BASIC}
    tight = [i for i, state in enumerate(rows) if state != _BASIC]
    if len(basic) != len(tight):
        return None
    equations: list[Row] = []
    sums: list[Fraction] = []
    for i in tight:
        scale, terms = program.whole_rows[i]
        equations.append({j: a for j, a in terms if j in basic})
        value = scale * _resting(program.row_lower[i], program.row_upper[i], rows[i])
        sums.append(value - sum((a * point[j] for j, a in terms if j not in basic and point[j]), ZERO))
    common = math.lcm(*(total.denominator for total in sums))
    right = [total.numerator * (common // total.denominator) for total in sums]
    found = solve_exactly(equations, right, work)
    if found is None or len(found) < len(basic):
        return None
    for j, value in found.items():
        point[j] = value / common
    return tuple(point)


def clipped(program: ExactProgram, values: Sequence[float]) -> Point:
    """A solver's point as fractions of few digits, within its bounds."""
    found = []
    for j, value in enumerate(values):
        exact = Fraction(float(value))
        near = exact.limit_denominator(10**6)
        exact = near if abs(near - exact) <= abs(exact) / 10**15 else exact
        low, high = program.column_lower[j], program.column_upper[j]
        if low is not None and exact < low:
            exact = low
        found.append(high if high is not None and exact > high else exact)
    return tuple(found)


def holds(program: ExactProgram, point: Sequence[Fraction], work: Work, *, whole: bool = False) -> bool:
    """Whether a point meets every row and bound exactly; with ``whole`` also that whole numbers are whole."""
    common = math.lcm(*(value.denominator for value in point))
    work.spend((1 + common.bit_length() // 500) * (len(point) + sum(len(row.terms) for row in program.whole_rows)))
    for value, low, high in zip(point, program.column_lower, program.column_upper, strict=True):
        if (low is not None and value < low) or (high is not None and value > high):
            return False
    if whole and any(integer and value.denominator != 1 for integer, value in zip(program.integer, point, strict=True)):
        return False
    scaled = [value.numerator * (common // value.denominator) for value in point]
    for (scale, terms), low, high in zip(program.whole_rows, program.row_lower, program.row_upper, strict=True):
        body = Fraction(sum(a * scaled[j] for j, a in terms), scale * common)
        if (low is not None and body < low) or (high is not None and body > high):
            return False
    return True


def _resting(low: Limit, high: Limit, state: int) -> Fraction:
    """The limit at which a row or column outside the basis rests."""
    if state == _UPPER and high is not None:
        return high
    return low if low is not None else high if high is not None else ZERO
