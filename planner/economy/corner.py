"""Corners of the ranges: the centre, the end that favours feasibility, the end that does not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.economy.findings import Finding, did_you_mean
from planner.economy.schema.columns import By, Column, Table, range_names

__all__ = ["CORNERS", "at_corner", "at_the_centre", "no_corner"]

CORNERS = ("central", "optimistic", "pessimistic")


def at_corner(table: Table, frame: pd.DataFrame, corner: str) -> pd.DataFrame:
    """Choose one number from every range.

    Args:
        table: whose rows they are.
        frame: central values in X, ends in ``X_low`` and ``X_high``.
        corner: ``central``, ``optimistic`` (the end that enlarges the feasible region) or ``pessimistic``.

    Returns:
        A frame with the choice in X, and the ends and ``X_central`` beside it. Targets, actuals and numbers without a
        favourable end keep their central value.
    """
    result = frame.copy(deep=False)
    for column in table.ranged:
        low, high, central = range_names(column.name)
        result[central] = frame[column.name]
        if corner != "central" and column.optimistic and len(frame):
            to_low, to_high = _ends(column, frame, corner)
            chosen = frame[column.name].mask(to_low, frame[low]).mask(to_high, frame[high])
            result[column.name] = chosen
    return result


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
