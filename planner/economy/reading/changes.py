"""Changes from the command line: each is an overlay of the rows it selects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.economy.findings import Finding, did_you_mean
from planner.economy.periods import keys_meant, labels_of, meant, overlapping
from planner.economy.reading.cells import numbers_in, typed
from planner.economy.reading.files import Cells
from planner.economy.schema import TABLES
from planner.economy.schema.columns import FILE, ROW, Column, Table, range_names

__all__ = ["SET", "changed", "listed"]

SET = "--set"
_FORM = re.compile(
    r"(?P<table>[^:]+):(?:(?P<keys>.*):)?(?P<column>[^:=*+]+?)\s*(?P<sign>\*=|\+=|=)\s*(?P<number>[^:=]*)"
)


class _Change(NamedTuple):
    """One change taken apart; ``end`` is the column it is written to, which may be the end of a range."""

    text: str
    row: int
    table: Table
    keys: dict[str, str]
    column: Column
    end: str
    sign: str
    number: str

    def wrong(self, code: str, sentence: str) -> Finding:
        return Finding(code, SET, (self.row,), "", self.text, sentence)


def listed(sets: Sequence[str]) -> tuple[str, ...]:
    """Changes as a tuple; a text by itself is one change, not one of every letter.

    >>> listed("supply:value*=2"), listed(["supply:value*=2"])
    (('supply:value*=2',), ('supply:value*=2',))
    """
    return (sets,) if isinstance(sets, str) else tuple(sets)


def changed(
    text: str, row: int, tables: Mapping[str, pd.DataFrame], *, base_period: str = "", periods: Sequence[str] = ()
) -> tuple[str, pd.DataFrame | None, list[Finding]]:
    """Rows that a change lays over the tables.

    Args:
        text: ``TABLE:KEY=VALUE[,KEY=VALUE...]:COLUMN=NUMBER``; ``*=`` and ``+=`` change the number and its range by a
            factor or an amount, ``=`` sets it and closes the range.
        row: its number among the changes, from 1, for findings.
        tables: effective tables, ``*`` rows expanded, periods in one spelling.
        base_period: labels of ``economy.toml``, by which periods are understood.
        periods: likewise.

    Returns:
        Name of the table, the rows as they become (none if the change cannot be made), and findings.
    """
    change = _parsed(text, row)
    if isinstance(change, Finding):
        return "", None, [change]
    frame, known = tables[change.table.name], labels_of(change.table, base_period, periods)
    first = periods[0] if periods else ""
    asked = {name: meant(change.table, name, value, known, first) for name, value in change.keys.items()}
    change = change._replace(keys=asked)
    selected, keys = np.ones(len(frame), dtype=bool), keys_meant(change.table, frame, periods)
    for name, value in asked.items():
        if not (value == "*" and name == change.table.starred):
            selected &= _equals(keys[name], value)
    if not selected.any():
        return _added(change, frame, known)
    rows = frame[selected].reset_index(drop=True)
    wrong = _write(change, rows)
    if wrong:
        return "", None, [wrong]
    rows["source"], rows["url"], rows["verified"] = f"{SET} {text}", "", "no"
    rows[FILE], rows[ROW] = SET, row
    return change.table.name, rows, []


def _equals(cells: pd.Series, value: str) -> np.ndarray:
    if pd.api.types.is_numeric_dtype(cells):
        return np.asarray(cells == numbers_in([value])[0], dtype=bool)
    return np.asarray(cells == value, dtype=bool)


def _parsed(text: str, row: int) -> _Change | Finding:
    """Take a change apart, or say what cannot be understood."""

    def wrong(sentence: str) -> Finding:
        return Finding("E164", SET, (row,), "", text, sentence)

    form = _FORM.fullmatch(text.strip())
    if not form:
        return wrong(f'"{text}" does not read TABLE:KEY=VALUE,...:COLUMN=NUMBER (or *=, +=).')
    name = form["table"].strip()
    if name not in TABLES:
        return wrong(f'There is no table "{name}".{did_you_mean(name, TABLES)} The tables are {", ".join(TABLES)}.')
    table, keys = TABLES[name], dict[str, str]()
    for part in filter(None, (form["keys"] or "").split(",")):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals and keys and [*keys][-1] in table.lists:  # a further period of a list
            keys[[*keys][-1]] += f",{key}"
            continue
        if not equals or key not in table.key or key in keys:
            near = did_you_mean(key, table.key)
            return wrong(f'"{part}" selects nothing: the keys of {name} are {", ".join(table.key)}, each once.{near}')
        keys[key] = value
    written = {end: column for column in table.columns if not column.key for end in _ends(column)}
    end = form["column"].strip()
    if end not in written:
        near = did_you_mean(end, written)
        return wrong(f'{name} has no column "{end}" that can be changed; there are {", ".join(written)}.{near}')
    column, number = written[end], form["number"].strip()
    if column.numeric and np.isnan(numbers_in([number])[0]):
        return wrong(f'"{number}" is not a number. Write it plainly, such as 0.045.')
    if not column.numeric and form["sign"] != "=":
        return wrong(f'{end} holds words, so only "=" can change it.')
    return _Change(text, row, table, keys, column, end, form["sign"], number)


def _ends(column: Column) -> tuple[str, ...]:
    return (column.name, *range_names(column.name)[:2]) if column.ranged else (column.name,)


def _write(change: _Change, rows: pd.DataFrame) -> Finding | None:
    """Write the number into the rows, its range along with it."""
    if not change.column.numeric:
        rows[change.end] = change.number
        return None
    number = float(change.number)
    if change.sign != "=" and rows[change.end].isna().any():
        return change.wrong("E165", f'There is no {change.end} to change in every row selected. Set it with "=".')
    for end in _ends(change.column) if change.end == change.column.name else (change.end,):
        old = rows[end]
        rows[end] = number if change.sign == "=" else old * number if change.sign == "*=" else old + number
    return None


def _added(
    change: _Change, frame: pd.DataFrame, known: Sequence[str]
) -> tuple[str, pd.DataFrame | None, list[Finding]]:
    """A new row, if the change says enough for one and its periods do not cut across those of a row that is there."""
    table = change.table
    cut = _cut(change, frame, known)
    if cut:
        said = (
            f"No row of {table.name} is for {change.keys[table.lists[0]]}, but there is one for {', '.join(cut)}. A sum over "
            "periods and the figure of one of them are two facts: name exactly the periods of the row to change."
        )
        return "", None, [change.wrong("E145", said)]
    needed = [column.name for column in table.columns if column.required and column.key]
    lacking = [name for name in needed if name not in change.keys]
    if lacking or change.sign != "=":
        near = "".join(
            did_you_mean(value, frame[name].unique())
            for name, value in change.keys.items()
            if not pd.api.types.is_numeric_dtype(frame[name]) and not (frame[name] == value).any()
        )
        more = f"also name {', '.join(lacking)}" if lacking else 'set it with "="'
        return "", None, [change.wrong("E165", f"No row of {table.name} has these keys.{near} To add a row, {more}.")]
    cells = {**change.keys, change.end: change.number, "source": f"{SET} {change.text}", "verified": "no"}
    absent = [column.name for column in table.columns if column.required and not cells.get(column.name)]
    if absent:
        said = f"No row of {table.name} has these keys, and a new one would need {', '.join(absent)} too."
        return "", None, [change.wrong("E165", f"{said} Add it in a scenario instead.")]
    row = Cells(SET, [change.row], {name: [text] for name, text in cells.items()})
    new, findings = typed(table, row, set())
    return table.name, new, findings


def _cut(change: _Change, frame: pd.DataFrame, known: Sequence[str]) -> list[str]:
    """Periods of the rows that have the other keys of a change and overlap its periods."""
    table = change.table
    [when] = table.lists or ("",)
    if when not in change.keys:
        return []
    same = np.ones(len(frame), dtype=bool)
    for name, value in change.keys.items():
        same &= name == when or _equals(frame[name], value)
    return [text for text in dict.fromkeys(frame[when][same]) if overlapping(text, change.keys[when], known)]
