"""Checks of numbers: finite, in bounds, whole, and inside their ranges."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.economy.findings import Finding, findings_in
from planner.economy.schema.columns import Column, Table, range_names

__all__ = ["magnitudes", "numbers"]


def numbers(table: Table, frame: pd.DataFrame) -> list[Finding]:
    """Numbers that are endless, out of bounds, broken, or outside their own range.

    Args:
        table: whose rows they are.
        frame: typed rows; what could not be read is ``nan`` and is passed over.
    """
    result: list[Finding] = []
    for column in table.columns:
        if column.numeric:
            ends = range_names(column.name)[:2] if column.ranged else ()
            for name in (column.name, *ends):
                result += _bounds(frame, column, name, ends)
            if ends:
                result += _order(frame, column.name, *ends)
    return result


def _bounds(frame: pd.DataFrame, column: Column, name: str, ends: tuple[str, ...]) -> list[Finding]:
    values = frame[name].to_numpy(dtype=np.float64)
    filled = ~np.isnan(values)
    if name in ends:  # an end that only repeats the value has nothing of its own to say
        filled &= values != frame[column.name].to_numpy()
    if not filled.any():
        return []
    endless = filled & np.isinf(values)
    filled &= ~endless
    least = "may not be negative" if column.minimum == 0 else f"counts from {column.minimum:g}"
    most = "is a share of at most 1. Is it in per cent?" if column.maximum == 1 else f"is at most {column.greatest:g}."
    whole = column.kind != "integer" or name in ends
    result: list[Finding] = []
    for code, wrong, said in (
        ("E121", endless, "and too large to hold. Leave the cell empty where there is no limit."),
        ("E122", filled & (values < column.minimum), f"but {least}. Is the sign right?"),
        ("E122", filled & (values > column.greatest), f"but {most}"),
        ("E124", filled & (values != np.round(values)) & (not whole), "but counts wholes."),
    ):
        if wrong.any():
            shown = pd.Series(_plain(values), index=frame.index)
            result += findings_in(frame, wrong, code, name, f"{name} is {{value}} {said}", values=shown)
    return result


def _order(frame: pd.DataFrame, name: str, low: str, high: str) -> list[Finding]:
    central, least, most = (frame[column].to_numpy(dtype=np.float64) for column in (name, low, high))
    result: list[Finding] = []
    for column, ends, wrong, side in ((low, least, least > central, "above"), (high, most, most < central, "below")):
        if wrong.any():
            pairs = [f"{end} ({value})" for end, value in zip(_plain(ends), _plain(central), strict=True)]
            said = f"The {column} end {{value}} is {side} {name}. A range is low <= value <= high."
            result += findings_in(frame, wrong, "E123", column, said, values=pd.Series(pairs, frame.index))
    return result


def _plain(values: np.ndarray) -> list[str]:
    return [f"{value:.15g}" for value in values.tolist()]


def magnitudes(table: Table, frame: pd.DataFrame) -> list[Finding]:
    """Warn of numbers so far from one that they strain the solver's tolerances."""
    result: list[Finding] = []
    for column in table.ranged if len(frame) else ():
        values = frame[column.name].to_numpy(dtype=np.float64)
        far = (values != 0) & ((np.abs(values) < 1e-6) | (np.abs(values) > 1e6))
        if far.any():
            said = f"{column.name} lies outside 1e-6 .. 1e6. Another unit would spare the solver."
            shown = pd.Series([""], dtype=str).reindex(frame.index, fill_value="")
            result += findings_in(frame, far, "W205", column.name, said, values=shown)
    return result
