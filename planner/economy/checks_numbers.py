"""Checks of numbers: finite, in bounds, whole, and inside their ranges."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.economy.columns import Column, Table, range_names
from planner.economy.findings import Finding, findings_in

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
    shown = pd.Series(_plain(values), index=frame.index)
    endless = filled & np.isinf(values)
    result = findings_in(frame, endless, "E121", name, "The number is too large to hold.", values=shown)
    filled &= ~endless
    low = filled & (values < column.minimum)
    least = "may not be negative" if column.minimum == 0 else f"counts from {column.minimum:g}"
    result += findings_in(frame, low, "E122", name, f"{name} is {{value}} but {least}. Is the sign right?", values=shown)
    high = filled & (values > column.maximum)
    said = f"{name} is {{value}} but is a share of at most {column.maximum:g}. Is it in per cent?"
    result += findings_in(frame, high, "E122", name, said, values=shown)
    if column.kind == "integer" and name not in ends:
        broken = filled & (values != np.round(values))
        said = f"{name} is {{value}} but counts whole periods. Put an uncertain one into its range."
        result += findings_in(frame, broken, "E124", name, said, values=shown)
    return result


def _order(frame: pd.DataFrame, name: str, low: str, high: str) -> list[Finding]:
    central, least, most = (frame[column].to_numpy(dtype=np.float64) for column in (name, low, high))
    shown = pd.Series([""], dtype=str).reindex(frame.index, fill_value="")
    result: list[Finding] = []
    for column, wrong, said in (
        (low, least > central, f"The low end {{value}} is above {name}"),
        (high, most < central, f"The high end {{value}} is below {name}"),
    ):
        if wrong.any():
            ends = frame[column].to_numpy()
            shown = pd.Series([f"{end:.15g} ({value:.15g})" for end, value in zip(ends, central, strict=True)], frame.index)
            result += findings_in(frame, wrong, "E123", column, f"{said}. A range is low <= value <= high.", values=shown)
    return result


def _plain(values: np.ndarray) -> list[str]:
    return [f"{value:.15g}" for value in values.tolist()]


def magnitudes(table: Table, frame: pd.DataFrame) -> list[Finding]:
    """Warn of numbers so far from one that they strain the solver's tolerances."""
    result: list[Finding] = []
    for column in table.ranged:
        values = frame[column.name].to_numpy(dtype=np.float64)
        far = (values != 0) & ((values < 1e-6) | (values > 1e6))
        if far.any():
            shown = pd.Series(_plain(values), index=frame.index)
            said = f"{column.name} is {{value}}, far from one. Another unit would spare the solver."
            result += findings_in(frame, far, "W205", column.name, said, values=shown)
    return result
