"""A program as a reader writes it down: rows, bounds and objective as lines of text."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from planner.program.program import LinearProgram


def algebra(program: LinearProgram, rows: Iterable[int] | None = None) -> list[str]:
    """Rows as text, one line each: ``name: 2 x + y <= 4``.

    Args:
        program: any program.
        rows: positions of rows; all by default.

    Returns:
        Lines; coefficients of nothing are left out, numbers are shortest decimals.

    >>> program = LinearProgram.plain(cost=[1.0, 1.0], matrix=[[1.0, -2.5]], row_lower=[-1.0], row_upper=[4.0])
    >>> algebra(program)
    ['r(1): -1 <= x(1) - 2.5 x(2) <= 4']
    """
    chosen = range(program.shape[0]) if rows is None else rows
    return [f"{program.row_names[row]}: {_row(program, row)}" for row in chosen]


def objective(program: LinearProgram) -> str:
    """The objective as text.

    >>> objective(LinearProgram.plain(cost=[3.0, 0.0, -1.0], matrix=[[1, 1, 1]], sense="max", offset=2.0))
    'max: 3 x(1) - x(3) + 2'
    """
    return f"{program.sense}: {_sum(zip(program.cost, program.column_names, strict=True), program.offset)}"


def bounds(program: LinearProgram, columns: Iterable[int] | None = None) -> list[str]:
    """Bounds of columns as text.

    Args:
        program: any program.
        columns: positions of columns; by default those bounded otherwise than from zero up.

    >>> bounds(LinearProgram.plain(cost=[1.0, 1.0], matrix=[[1, 1]], column_upper=[5.0, np.inf]))
    ['0 <= x(1) <= 5']
    """
    if columns is None:
        columns = np.flatnonzero((program.column_lower != 0.0) | np.isfinite(program.column_upper) | program.integer)
    return [
        _between(program.column_lower[j], program.column_names[j], program.column_upper[j])
        + (" whole" if program.integer[j] else "")
        for j in columns
    ]


def _row(program: LinearProgram, row: int) -> str:
    start, stop = program.matrix.indptr[row], program.matrix.indptr[row + 1]
    names = [program.column_names[column] for column in program.matrix.indices[start:stop]]
    body = _sum(zip(program.matrix.data[start:stop], names, strict=True))
    return _between(program.row_lower[row], body, program.row_upper[row])


def _between(low: float, body: str, high: float) -> str:
    if low == high:
        return f"{body} = {_number(low)}"
    if np.isfinite(low) and np.isfinite(high):
        return f"{_number(low)} <= {body} <= {_number(high)}"
    if np.isfinite(low):
        return f"{body} >= {_number(low)}"
    return f"{body} <= {_number(high)}" if np.isfinite(high) else f"{body} is free"


def _sum(terms: Iterable[tuple[float, str]], constant: float = 0.0) -> str:
    shown = [(float(value), name) for value, name in terms if value]
    if constant:
        shown.append((float(constant), ""))
    return " ".join(_term(value, name, first=i == 0) for i, (value, name) in enumerate(shown)) or "0"


def _term(value: float, name: str, *, first: bool) -> str:
    sign = ("-" if value < 0 else "") if first else ("- " if value < 0 else "+ ")
    size = abs(value)
    return f"{sign}{name}" if size == 1 and name else f"{sign}{_number(size)} {name}".rstrip()


def _number(value: float) -> str:
    """A number to ten significant digits, without a tail of rounding."""
    return f"{value + 0.0:.10g}"
