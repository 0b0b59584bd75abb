"""How far residuals can come, and which numbers they follow."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from planner.economy.residuals.accounts import Columns
from planner.economy.residuals.closing import Closing, fixed

__all__ = ["reach", "tied"]

_EXACT = 1e-12  # a residual that moves by less does not move
_STEP = 0.25  # of its range, by which a number is moved to see which way a residual follows


def tied(closing: Closing) -> dict[tuple[str, str], set[int]]:
    """Rows of numbers that some residual follows, by column: what they give is taken back, at least in part.

    Args:
        closing: the residuals.
    """
    moved = [
        (at, row)
        for at, values in closing.reference.items()
        for row in np.flatnonzero(~fixed(closing.tables, at[0]) & np.isfinite(values[0])).tolist()
    ]
    several = {at: np.repeat(values, len(moved) + 1, axis=0) for at, values in closing.reference.items()}
    for place, (at, row) in enumerate(moved, 1):
        several[at][place, row] += _STEP * (abs(several[at][place, row]) or 1.0)
    seen = closing(several, kept_positive=False).numbers
    found: dict[tuple[str, str], set[int]] = {}
    changed = np.zeros(len(moved), dtype=bool)
    for at, rows in closing.steps.follows.items():
        before = seen[at][:1, rows]
        changed |= (np.abs(seen[at][1:, rows] - before) > _EXACT * (1.0 + np.abs(before))).any(1)
    for place in np.flatnonzero(changed).tolist():
        at, row = moved[place]
        found.setdefault(at, set()).add(row)
    return found


def reach(
    closing: Closing, low: Columns, high: Columns, favour: Mapping[tuple[str, str], npt.NDArray[np.int64]]
) -> Columns:
    """The farthest that each residual can come while the drawn numbers stay between two ends.

    A residual rises or falls with a number throughout, for levels and what is divided by are not negative; so it is
    farthest where every number stands at the end that takes it there. Which end that is, is seen by moving each
    number a little. No number is brought down here: what it is brought down to lies between the ends too.

    Args:
        closing: the residuals.
        low: columns with the drawn numbers at one end, shape (1, rows).
        high: at the other.
        favour: +1 where the most is wanted, -1 where the least, by column; shape (rows,).

    Returns:
        Columns of the residuals, shape (rows,); other rows as at the reference.
    """
    reference, follows = closing.reference, closing.steps.follows
    moved = [
        (at, int(row))
        for at in reference
        for row in np.flatnonzero((low[at][0] < high[at][0]) & ~fixed(closing.tables, at[0]))
        if not (np.isnan(low[at][0, row]) or np.isnan(high[at][0, row]))
    ]
    result = {at: reference[at][0].copy() for at in follows}
    if not moved:
        return result
    middle = {at: np.clip(reference[at], low[at], high[at]) for at in reference}
    states = {at: np.repeat(values, len(moved) + 1, axis=0) for at, values in middle.items()}
    for place, (at, row) in enumerate(moved, 1):
        up = high[at][0, row] - middle[at][0, row] >= middle[at][0, row] - low[at][0, row]
        end = (high if up else low)[at][0, row]
        states[at][place, row] += _STEP * (end - middle[at][0, row])
    seen = closing(states, kept_positive=False).numbers
    steps = np.array([states[key][place, row] - middle[key][0, row] for place, (key, row) in enumerate(moved, 1)])
    corners = {
        at: np.concatenate([np.repeat(middle[at], len(rows), axis=0) for rows in follows.values()]) for at in middle
    }
    residuals = [(at, row) for at, rows in follows.items() for row in rows.tolist()]
    for state, (at, row) in enumerate(residuals):
        ways = np.sign(seen[at][1:, row] - seen[at][0, row]) * np.sign(steps) * favour[at][row]
        for (key, number), way in zip(moved, ways, strict=True):
            if way:
                corners[key][state, number] = (high if way > 0 else low)[key][0, number]
    ends = closing(corners, kept_positive=False).numbers
    for state, (at, row) in enumerate(residuals):
        result[at][row] = max(0.0, float(ends[at][state, row]))
    return result
