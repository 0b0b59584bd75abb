"""Corners of the ranges: the centre, the end that favours feasibility, the end that does not."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.findings import Finding, did_you_mean
from planner.economy.residuals.closing import Closing
from planner.economy.residuals.ends import reach
from planner.economy.schema import TABLES
from planner.economy.schema.columns import By, Column, Table, range_names

__all__ = ["CORNERS", "at_corner", "at_the_centre", "cornered", "no_corner", "number_at"]

CORNERS = ("central", "optimistic", "pessimistic")


def at_corner(table: Table, frame: pd.DataFrame, corner: str) -> pd.DataFrame:
    """Choose one number from every range.

    Args:
        table: whose rows they are.
        frame: central values in X, ends in ``X_low`` and ``X_high``.
        corner: ``central``, ``optimistic`` (the end that enlarges the feasible set) or ``pessimistic``.

    Returns:
        A frame with the choice in X, and the ends and ``X_central`` beside it. Targets, actuals and numbers without a
        favourable end keep their central value.
    """
    result = frame.copy(deep=False)
    for column in table.ranged:
        result[range_names(column.name)[2]] = frame[column.name]
        result[column.name] = number_at(column, frame, corner)
    return result


def number_at(column: Column, frame: pd.DataFrame, corner: str) -> pd.Series:
    """What one column is at a corner.

    Args:
        column: with a range.
        frame: central values in X, ends in ``X_low`` and ``X_high``.
        corner: as in `at_corner`.
    """
    if corner == "central" or not column.optimistic or not len(frame):
        return frame[column.name]
    low, high, _ = range_names(column.name)
    to_low, to_high = _ends(column, frame, corner)
    return frame[column.name].mask(to_low, frame[low]).mask(to_high, frame[high])


def cornered(
    tables: Mapping[str, pd.DataFrame], corner: str, *, base: str, periods: tuple[str, ...], happened: str
) -> dict[str, pd.DataFrame]:
    """Tables with every range at a corner.

    A residual is not drawn, and what it follows takes it out of its own range. So that the optimistic corner holds
    whatever a draw allows, a residual stands there at the better of its good end and the best it can come to: 0 for a use.

    Args:
        tables: at their central values.
        corner: ``central``, ``optimistic`` or ``pessimistic``.
        base: label of the base period.
        periods: the horizon.
        happened: scenario of what happened, or empty.
    """
    result = {name: at_corner(TABLES[name], frame, corner) for name, frame in tables.items()}
    closing = Closing(result, base, periods, happened)
    if corner != "optimistic" or not closing.any:
        return result
    low, high = (
        {(t, c): result[t][range_names(c)[side]].to_numpy(dtype=float)[None, :] for t, c in closing.ledger.read}
        for side in (0, 1)
    )
    good = {at: _good(TABLES[at[0]].by_name[at[1]], result[at[0]]) for at in closing.steps.follows}
    for (table, column), farthest in reach(closing, low, high, good).items():
        frame, side = result[table], good[table, column]
        here = frame[column].to_numpy(dtype=float)
        best = np.zeros(len(here)) if table == "final_use" else farthest
        better = np.where(side > 0, np.maximum(here, best), np.minimum(here, best))
        rows = np.isin(np.arange(len(here)), closing.steps.follows[table, column])
        result[table] = frame.assign(**{column: np.where(rows, better, here)})
    return result


def _good(column: Column, frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """+1 where the high end of a number favours a plan, -1 where the low one does, by row."""
    to_low, to_high = _ends(column, frame, "optimistic")
    return np.where(to_high, 1, np.where(to_low, -1, 0)).astype(np.int64)


def at_the_centre(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """A frame at any corner as it was before one was chosen, but for the columns ``X_central``, which stay.

    Args:
        table: whose rows they are.
        frame: as `at_corner` leaves it.
    """
    return frame.assign(**{column.name: frame[range_names(column.name)[2]] for column in table.ranged})


def _ends(column: Column, frame: pd.DataFrame, corner: str) -> tuple[np.ndarray, np.ndarray]:
    """Which rows go to the low end and which to the high one."""
    rule = column.optimistic
    if isinstance(rule, By):
        ends = frame[rule.column].map({value: end for value, (end,) in rule.of.items()}).to_numpy(dtype=object)
    else:
        ends = np.full(len(frame), rule, dtype=object)
    low, high = ends == "low", ends == "high"
    return (low, high) if corner == "optimistic" else (high, low)


def no_corner(corner: str) -> Finding:
    """That there is no corner of a name.

    Args:
        corner: what was written.
    """
    near = did_you_mean(corner, CORNERS)
    return Finding("E163", "", (), "", corner, f'"{corner}" is no corner; there are {", ".join(CORNERS)}.{near}')
