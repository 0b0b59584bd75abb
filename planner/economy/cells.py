"""From the text of cells to typed columns: numbers, ranges and defaults."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.columns import FILE, Column, Table, range_names
from planner.economy.findings import Finding, findings_in
from planner.economy.read import empty_table

__all__ = ["finished", "no_rows", "numbers_in", "typed"]

Mask = npt.NDArray[np.bool_]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_SIGNS = frozenset("0123456789+-.eE")
_NOT_FINITE = re.compile(r"[+-]?(inf|infinity|nan|na|n/a|null|none)", re.IGNORECASE)


def numbers_in(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Numbers that texts stand for, each the double nearest to its decimal text; ``nan`` where there is none.

    >>> numbers_in(["0.35", "", "1e3", "1,5"]).tolist()
    [0.35, nan, 1000.0, nan]
    """
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
    findings, columns = list[Finding](), dict[str, pd.Series]()
    for column in table.columns:
        cells = text[column.name]
        empty = np.asarray(cells == "", dtype=bool)
        if column.required and empty.any():
            known = np.array([(file, column.name) in absent for file in text[FILE].tolist()], dtype=bool)
            wrong = f"Every row of {table.name} needs {column.name}: {column.meaning}."
            findings += findings_in(text, empty & ~known, "E111", column.name, wrong)
        if column.numeric:
            values = _numbers(text, column.name, empty, findings)
            if isinstance(column.default, int | float):
                values[empty] = float(column.default)
            columns[column.name] = pd.Series(values)
            if column.ranged:
                columns |= _ends(text, column, values, findings)
        elif isinstance(column.default, str) and column.default:
            columns[column.name] = cells.mask(empty, column.default)
    return text.assign(**columns), findings


def _numbers(text: pd.DataFrame, name: str, empty: Mask, findings: list[Finding]) -> npt.NDArray[np.float64]:
    if empty.all():
        return np.full(len(text), np.nan)
    texts = text[name].tolist()
    values = numbers_in(texts)
    wrong = np.isnan(values) & ~empty
    if wrong.any():
        endless = np.array([bool(_NOT_FINITE.fullmatch(value)) for value in texts])
        findings += findings_in(text, wrong & ~endless, "E120", name, _why_not)
        findings += findings_in(text, wrong & endless, "E121", name, _why_not)
    return values


def _ends(
    text: pd.DataFrame, column: Column, central: npt.NDArray[np.float64], findings: list[Finding]
) -> dict[str, pd.Series]:
    """Both ends of a range; an end that is not given is the value itself."""
    result = {}
    for end in range_names(column.name)[:2]:
        empty = np.asarray(text[end] == "", dtype=bool)
        given = _numbers(text, end, empty, findings)
        alone = np.asarray(text[column.name] == "", dtype=bool) & ~np.isnan(given) & np.isnan(central)
        wrong = f"There is a {end} but no {column.name}. Give the value that the range surrounds."
        findings += findings_in(text, alone & (not column.required), "E123", end, wrong)
        result[end] = pd.Series(np.where(empty, central, given))
    return result


def _why_not(value: str) -> str:
    said = f'"{value[:60]}" is not a number.'
    if _NOT_FINITE.fullmatch(value):
        return f"{said} Leave the cell empty where there is no limit."
    if re.fullmatch(r"[+-]?\d+,\d+", value):
        return f"{said} The decimal sign is a point."
    return f"{said} Write it plainly, such as 1234.5, with no unit and no separators."


@cache
def no_rows(table: Table) -> pd.DataFrame:
    """The table without rows, for an economy that has nothing of the kind."""
    return typed(table, empty_table(table), set())[0]


def finished(table: Table, frame: pd.DataFrame, periods: tuple[str, ...]) -> pd.DataFrame:
    """Fill the defaults that depend on the row or the horizon, and make whole numbers of key columns."""
    result = frame.copy(deep=False)
    for column in table.columns if len(frame) else ():
        name = column.name
        if name in ("name", "title"):
            result[name] = frame[name].where(frame[name] != "", frame[table.key[0]])
        elif name in ("earliest", "latest") and periods:
            result[name] = frame[name].mask(frame[name] == "", periods[0 if name == "earliest" else -1])
        elif column.key and column.numeric:  # only reached when every one is a whole number
            result[name] = frame[name].astype(np.int64)
    return result
