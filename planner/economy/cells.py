"""From the text of cells to typed columns: numbers, ranges and defaults."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.columns import Column, Table, range_names
from planner.economy.findings import Finding, findings_in

__all__ = ["finished", "numbers_in", "typed"]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_SIGNS = frozenset("0123456789+-.eE")
_NOT_FINITE = re.compile(r"[+-]?(inf|infinity|nan|na|n/a|null|none)", re.IGNORECASE)


def numbers_in(cells: pd.Series[str]) -> npt.NDArray[np.float64]:
    """Numbers in cells of text, each the double nearest to its decimal text; ``nan`` where there is none.

    >>> numbers_in(pd.Series(["0.35", "", "1e3", "1,5"])).tolist()
    [0.35, nan, 1000.0, nan]
    """
    texts = cells.tolist()
    if _SIGNS.issuperset("".join(texts)):
        try:
            return np.array([float(text) if text else np.nan for text in texts], dtype=np.float64)
        except ValueError:
            pass
    return np.array([float(text) if _NUMBER.fullmatch(text) else np.nan for text in texts], dtype=np.float64)


def typed(table: Table, text: pd.DataFrame, absent: set[tuple[str, str]]) -> tuple[pd.DataFrame, list[Finding]]:
    """Turn a frame of text into one of numbers and words, defaults filled.

    Args:
        table: whose rows they are.
        text: every column as text, with ``file`` and ``row``.
        absent: required columns that are reported already, as pairs of file and column.

    Returns:
        The frame, where a ranged column X has its central value in X and its ends in ``X_low`` and ``X_high``;
        cells that could not be read are ``nan``. And the findings about them.
    """
    result, findings = text.copy(deep=False), list[Finding]()
    for column in table.columns:
        cells = text[column.name]
        empty = (cells == "").to_numpy()
        if column.required:
            known = np.array([(file, column.name) in absent for file in text["file"]]) if absent else False
            wrong = f"Every row of {table.name} needs {column.name}: {column.meaning}."
            findings += findings_in(text, empty & ~np.asarray(known, dtype=bool), "E111", column.name, wrong)
        if column.numeric:
            result[column.name] = _numbers(text, column.name, findings)
            if isinstance(column.default, int | float):
                result[column.name] = result[column.name].mask(empty, float(column.default))
        elif isinstance(column.default, str) and column.default:
            result[column.name] = cells.mask(empty, column.default)
        if column.ranged:
            _ranges(text, result, column, empty, findings)
    return result, findings


def _numbers(text: pd.DataFrame, name: str, findings: list[Finding]) -> pd.Series[float]:
    cells = text[name]
    values = numbers_in(cells)
    wrong = np.isnan(values) & (cells != "").to_numpy()
    if wrong.any():
        sentences = {value: _why_not(value) for value in cells[wrong].unique()}
        endless = np.array([bool(_NOT_FINITE.fullmatch(value)) for value in cells])
        findings += findings_in(text, wrong & ~endless, "E120", name, sentences)
        findings += findings_in(text, wrong & endless, "E121", name, sentences)
    return pd.Series(values, index=text.index)


def _why_not(value: str) -> str:
    said = f'"{value[:60]}" is not a number.'
    if _NOT_FINITE.fullmatch(value):
        return f"{said} Leave the cell empty where there is no limit."
    if re.fullmatch(r"[+-]?\d+,\d+", value):
        return f"{said} The decimal sign is a point."
    return f"{said} Write it plainly, such as 1234.5, with no unit and no separators."


def _ranges(
    text: pd.DataFrame, result: pd.DataFrame, column: Column, empty: npt.NDArray[np.bool_], findings: list[Finding]
) -> None:
    central = result[column.name]
    for end in range_names(column.name)[:2]:
        given = _numbers(text, end, findings)
        alone = empty & given.notna().to_numpy() & central.isna().to_numpy() & (not column.required)
        wrong = f"There is a {end} but no {column.name}. Give the value that the range surrounds."
        findings += findings_in(text, alone, "E123", end, wrong)
        result[end] = given.where(text[end] != "", central)


def finished(table: Table, frame: pd.DataFrame, periods: tuple[str, ...]) -> pd.DataFrame:
    """Fill the defaults that depend on the row or the horizon, and make whole numbers of key columns."""
    result = frame.copy(deep=False)
    for column in table.columns:
        name = column.name
        if name in ("name", "title"):
            result[name] = frame[name].where(frame[name] != "", frame[table.key[0]])
        elif name in ("earliest", "latest") and periods:
            result[name] = frame[name].mask(frame[name] == "", periods[0 if name == "earliest" else -1])
        elif column.key and column.numeric:
            result[name] = frame[name].astype(np.int64)
    return result
