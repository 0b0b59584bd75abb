"""Rows of a program as a reader writes them down."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from planner.program.program import LinearProgram


def algebra(program: LinearProgram, rows: Iterable[int] | None = None) -> list[str]:
    """Rows as text, one line each: ``name: 2 x + y <= 4``.

    Args:
        program: any program; rows: positions of rows; all by default.

    Returns:
        Lines; coefficients of nothing are left out, numbers are shortest decimals.

    >>> program = LinearProgram.plain(cost=[1.0, 1.0], matrix=[[1.0, -2.5]], row_lower=[-1.0], row_upper=[4.0])
    >>> algebra(program)
    ['r(1): -1 <= x(1) - 2.5 x(2) <= 4']
    """
    chosen = range(program.shape[0]) if rows is None else rows
    return [f"{program.row_names[row]}: {_row(program, row)}" for row in chosen]


def _row(program: LinearProgram, row: int) -> str:
    start, stop = program.matrix.indptr[row], program.matrix.indptr[row + 1]
    names = program.column_names
    terms = [
        (float(value), names[column])
        for value, column in zip(program.matrix.data[start:stop], program.matrix.indices[start:stop], strict=True)
        if value
    ]
    body = " ".join(_term(value, name, first=i == 0) for i, (value, name) in enumerate(terms)) or "0"
    low, high = float(program.row_lower[row]), float(program.row_upper[row])
    if low == high:
        return f"{body} = {_number(low)}"
    if np.isfinite(low) and np.isfinite(high):
        return f"{_number(low)} <= {body} <= {_number(high)}"
    if np.isfinite(low):
        return f"{body} >= {_number(low)}"
    return f"{body} <= {_number(high)}" if np.isfinite(high) else f"{body} is free"


def _term(value: float, name: str, *, first: bool) -> str:
    sign = ("-" if value < 0 else "") if first else ("- " if value < 0 else "+ ")
    size = abs(value)
    return f"{sign}{name}" if size == 1 else f"{sign}{_number(size)} {name}"


def _number(value: float) -> str:
    """A number to ten significant digits, without a tail of rounding."""
    return f"{value + 0.0:.10g}"
