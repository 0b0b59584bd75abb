"""From the text of cells to typed columns: numbers, ranges and defaults."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.findings import Finding, findings_in
from planner.economy.places import at
from planner.economy.reading.files import Cells
from planner.economy.schema.columns import FILE, ROW, Column, Table, range_names

__all__ = ["finished", "no_rows", "numbers_in", "typed"]

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_SIGNS = frozenset("0123456789+-.eE")
_NOT_FINITE = re.compile(r"[+-]?(inf|infinity|nan|na|n/a|null|none)", re.IGNORECASE)


def numbers_in(texts: Sequence[str]) -> Numbers:
    """Numbers that texts stand for, each the double nearest to its decimal text; ``nan`` where there is none.

    >>> numbers_in(["0.35", "", "1e3", "1,5"]).tolist()
    [0.35, nan, 1000.0, nan]
    """
    if _SIGNS.issuperset("".join(texts)):
        try:
            return np.array([float(text or "nan") for text in texts] if "" in texts else list(map(float, texts)))
        except ValueError:
            pass
    return np.array([float(text) if _NUMBER.fullmatch(text) else np.nan for text in texts], dtype=np.float64)


def typed(table: Table, cells: Cells, absent: set[tuple[str, str]]) -> tuple[pd.DataFrame, list[Finding]]:
    """Turn text into a frame of numbers and words, defaults filled.

    Args:
        table: whose rows they are.
        cells: text of the columns that the file has.
        absent: required columns that are reported already, as pairs of file and column.

    Returns:
        A frame with every column of the table, provenance, file and row. A ranged column X has its central value in X
        and its ends in ``X_low`` and ``X_high``; cells that could not be read are ``nan``. And the findings about them.
    """
    cells = _placed(table, cells)
    findings, count = list[Finding](), len(cells.rows)
    columns: dict[str, str | list[str] | Numbers] = {}  # one word for all rows, or one each
    for column in table.written:
        filler = str(column.default or "")
        texts = cells.columns.get(column.name, [""] * count)
        if column.required and "" in texts and (cells.file, column.name) not in absent:
            wrong = f"Every row of {table.name} needs {column.name}: {column.meaning}."
            findings += _report(cells, texts, [not text for text in texts], "E111", column.name, wrong)
        if column.numeric:
            values = _numbers(cells, column.name, column.default, findings)
            columns[column.name] = values
            if column.ranged:
                columns |= _ends(cells, column, values, findings)
        elif column.name in cells.columns:
            columns[column.name] = [text or filler for text in texts] if filler else texts
        else:
            columns[column.name] = filler
    words = [name for name, column in columns.items() if isinstance(column, str | list)]
    frame = pd.DataFrame(columns | {FILE: cells.file, ROW: np.array(cells.rows, dtype=np.int64)})
    return frame if count else frame.astype(dict.fromkeys([*words, FILE], str)), findings


def _placed(table: Table, cells: Cells) -> Cells:
    """Cells with every place said as part of the name of what is there."""
    columns = dict(cells.columns)
    for column in table.places:
        where = columns.pop(column.name, None)
        if where is not None and column.of in columns:
            pairs = zip(columns[column.of], where, strict=True)
            columns[column.of] = [at(item, place) if item else "" for item, place in pairs]
    return Cells(cells.file, cells.rows, columns)


def _report(
    cells: Cells,
    texts: list[str],
    wrong: Sequence[bool] | Mask,
    code: str,
    column: str,
    said: str | Callable[[str], str],
) -> list[Finding]:
    return findings_in(cells.places, np.asarray(wrong, dtype=bool), code, column, said, values=pd.Series(texts))


def _numbers(cells: Cells, name: str, default: object, findings: list[Finding]) -> Numbers:
    texts = cells.columns.get(name)
    filler = float(default) if isinstance(default, int | float) else np.nan
    if texts is None:
        return np.full(len(cells.rows), filler)
    values = numbers_in(texts)
    if not np.isnan(values).any():
        return values
    empty = np.array([not text for text in texts], dtype=bool)
    wrong = np.isnan(values) & ~empty
    if wrong.any():
        endless = np.array([bool(_NOT_FINITE.fullmatch(text)) for text in texts])
        findings += _report(cells, texts, wrong & ~endless, "E120", name, _why_not)
        findings += _report(cells, texts, wrong & endless, "E121", name, _why_not)
    values[empty] = filler
    return values


def _ends(cells: Cells, column: Column, central: Numbers, findings: list[Finding]) -> dict[str, Numbers]:
    """Both ends of a range; an end that is not given is the value itself."""
    result = {}
    for end in range_names(column.name)[:2]:
        texts = cells.columns.get(end)
        result[end] = central if texts is None else _numbers(cells, end, None, findings)
        if texts is not None:
            empty = np.array([not text for text in texts], dtype=bool)
            alone = ~np.isnan(result[end]) & np.isnan(central) & (not column.required)
            unread = np.array([bool(text) for text in cells.columns.get(column.name, [""] * len(texts))], dtype=bool)
            wrong = f"There is a {end} but no {column.name}. Give the value that the range surrounds."
            findings += _report(cells, texts, alone & ~unread, "E123", end, wrong)
            result[end] = np.where(empty, central, result[end])
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
    return typed(table, Cells("", [], {}), set())[0]


def finished(table: Table, frame: pd.DataFrame, periods: tuple[str, ...]) -> pd.DataFrame:
    """Fill the defaults that depend on the row or the horizon, and make whole numbers of key columns."""
    result = frame.copy(deep=False)
    for column in table.columns if len(frame) else ():
        name = column.name
        if name in ("name", "title"):
            result[name] = frame[name].where(frame[name] != "", frame[table.key[0]])
        elif name in ("earliest", "latest") and periods:
            result[name] = frame[name].mask(frame[name] == "", periods[0 if name == "earliest" else -1])
        elif column.key and column.kind == "integer":  # only reached when every one is a whole number
            result[name] = frame[name].astype(np.int64)
    return result
