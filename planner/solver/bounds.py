"""Limits that contradict themselves, and limits declared for a proof."""

from __future__ import annotations

from typing import Literal

import numpy as np

from planner.program import LinearProgram, Vector

BOUND = 1e6


def clashing(program: LinearProgram) -> tuple[Literal["row", "column"], int] | None:
    """The first column or row whose lower limit is above its upper one."""
    columns = np.flatnonzero(program.column_lower > program.column_upper)
    rows = np.flatnonzero(program.row_lower > program.row_upper)
    if len(columns):
        return "column", int(columns[0])
    return ("row", int(rows[0])) if len(rows) else None


def boxed(program: LinearProgram, bound: float = BOUND, columns: Vector | None = None) -> LinearProgram:
    """The program with a declared, generous bound in place of each missing one.

    Args:
        program: the program.
        bound: the size no column may exceed; columns whose own bounds lie beyond it are left without.
        columns: positions of the columns to bound; all by default.

    >>> boxed(LinearProgram.plain(cost=[1.0], matrix=[[1.0]])).column_upper.tolist()
    [1000000.0]
    """
    chosen = np.ones(program.shape[1], bool)
    if columns is not None:
        chosen = np.isin(np.arange(program.shape[1]), columns)
    low, high = program.column_lower, program.column_upper
    return program.with_(
        column_lower=np.where(chosen & np.isinf(low) & (high > -bound), -bound, low),
        column_upper=np.where(chosen & np.isinf(high) & (low < bound), bound, high),
    )
