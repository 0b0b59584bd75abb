"""Tables that were changed in memory: put in order and checked like those of files, so that one answer has one source."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.checks.all import check_rows, check_whole
from planner.economy.checks.numbers import magnitudes
from planner.economy.corner import number_at
from planner.economy.findings import Finding, did_you_mean, findings_in
from planner.economy.reading.cells import finished
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.residuals.steps import marked
from planner.economy.schema import TABLES
from planner.economy.schema.columns import FILE, ROW, Column, Table, range_names

__all__ = ["at_centre_and_checked"]

Frames = dict[str, pd.DataFrame]
Numbers = npt.NDArray[np.float64]


def at_centre_and_checked(
    tables: Mapping[str, pd.DataFrame], heading: EconomyFile, corner: str
) -> tuple[Frames, list[Finding]]:
    """Tables changed in memory, as a reader of files would leave them, with central values; and what is to be said of them.

    A number without a range that was changed alone is a number without a range again. A number with a range that was
    changed alone is its new central value, at the corner ``central``; at another corner nobody can tell what it is, and
    a finding says so. Everything is then checked by the rules for files.

    Args:
        tables: at a corner of their ranges.
        heading: what ``economy.toml`` says.
        corner: which.
    """
    findings = [_no_table(name) for name in TABLES if name not in tables]
    findings += [_unknown(name) for name in tables if name not in TABLES]
    result: Frames = {}
    for name, table in TABLES.items():
        if name in tables:
            result[name], found = _in_order(table, tables[name], corner)
            findings += found
    if findings:
        return result, findings
    for name, frame in result.items():
        findings += check_rows(TABLES[name], frame)
    findings += check_whole(result, heading, (), findings)
    for name, frame in result.items():
        findings += magnitudes(TABLES[name], frame)
    if not any(finding.severity == "error" for finding in findings):
        result = {name: finished(TABLES[name], frame, heading.periods) for name, frame in result.items()}
    return result, findings


def _no_table(name: str) -> Finding:
    said = f'There is no table "{name}" any more. Keep it, without rows if the economy has nothing of the kind.'
    return Finding("E186", f"{name}.csv", (), "", "", said)


def _unknown(name: str) -> Finding:
    return Finding("E186", f"{name}.csv", (), "", "", f"An economy has no such table; there are {', '.join(TABLES)}.")


def _in_order(table: Table, frame: pd.DataFrame, corner: str) -> tuple[pd.DataFrame, list[Finding]]:
    """One table with every column, of the right kind, at its central values; empty cells mean what they do in a file."""
    findings: list[Finding] = []
    columns: dict[str, object] = {}
    where = frame.assign(
        **{FILE: frame.get(FILE, f"{table.name}.csv"), ROW: frame.get(ROW, np.arange(2, len(frame) + 2))}
    ).fillna({FILE: "in memory", ROW: 0})
    for column in table.columns:
        if column.name not in frame and column.required:
            said = f'The column "{column.name}" is absent, and it has no default: {column.meaning}.'
            findings.append(Finding("E186", f"{table.name}.csv", (), column.name, "", said))
    ends = (end for one in table.ranged for end in range_names(one.name))
    known = {*(column.name for column in table.written), *ends, FILE, ROW}
    for name in frame.columns.difference([*known]):
        said = f'{table.name} has no column "{name}".{did_you_mean(str(name), table.by_name)}'
        findings.append(Finding("E105", f"{table.name}.csv", (), str(name), "", said))
    if findings:
        return frame, findings
    for column in table.written:
        filled, found = _numbers(table, column, frame, corner) if column.numeric else (_words(column, frame), [])
        columns |= filled
        findings += found
        empty = np.asarray(pd.isna(filled[column.name]) | (filled[column.name] == ""), dtype=bool)
        if column.required and empty.any() and not found:
            said = f"Every row of {table.name} needs {column.name}: {column.meaning}."
            nothing = pd.Series("", index=where.index)
            findings += findings_in(where, empty, "E111", column.name, said, values=nothing)
    columns |= {FILE: where[FILE].astype(str), ROW: where[ROW].astype(np.int64)}
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True), findings


def _words(column: Column, frame: pd.DataFrame) -> dict[str, pd.Series]:
    default = str(column.default or "")
    given = frame.get(column.name, pd.Series(default, index=frame.index, dtype=str))
    return {column.name: given.where(given.notna() & (given != ""), default).astype(str)}


def _numbers(
    table: Table, column: Column, frame: pd.DataFrame, corner: str
) -> tuple[dict[str, Numbers], list[Finding]]:
    """The numbers of a column, central, and those of its ends."""
    names = (column.name, *range_names(column.name)) if column.ranged else (column.name,)
    default = float(column.default) if isinstance(column.default, int | float) else np.nan
    numbers: dict[str, Numbers] = {}
    for name in names:
        try:
            given = np.array(frame.get(name, np.full(len(frame), np.nan)), dtype=float)
        except (TypeError, ValueError):
            said = f'The column "{name}" holds something that is no number.'
            wrong = [Finding("E186", f"{table.name}.csv", (), name, "", said)]
            return {name: np.full(len(frame), np.nan) for name in names[:3]}, wrong
        numbers[name] = np.where(np.isnan(given), numbers.get(column.name, default), given)
    return _settled(table, column, numbers, frame, corner) if column.ranged else (numbers, [])


def _settled(
    table: Table, column: Column, numbers: dict[str, Numbers], frame: pd.DataFrame, corner: str
) -> tuple[dict[str, Numbers], list[Finding]]:
    """The number, the ends of its range and its central value brought to agree; the central one takes its place."""
    low, high, central = range_names(column.name)
    here = numbers[column.name]
    plain = _equal(numbers[low], numbers[high])
    follows = number_at(column, frame.assign(**{**numbers, column.name: numbers[central]}), corner)
    follows_others = marked(frame)  # a residual stands where what it follows takes it, not at an end of its own
    lost = np.flatnonzero(~_equal(follows.to_numpy(dtype=float), here) & ~plain & ~follows_others)
    centre = np.where(plain & ~follows_others, here, numbers[central]) if corner != "central" else here
    settled = {
        column.name: centre,
        low: np.where(plain, centre, numbers[low]),
        high: np.where(plain, centre, numbers[high]),
    }
    if corner == "central" or not len(lost):
        return settled, []
    said = (
        f"At the {corner} corner {column.name} follows from {low}, {high} and {central}, but here it is another number. "
        "Change those three too, or change the economy at the central corner and move it afterwards."
    )
    rows = tuple(int(row) for row in frame[ROW].to_numpy()[lost]) if ROW in frame else ()
    return settled, [Finding("E186", f"{table.name}.csv", rows, column.name, f"{here[lost[0]]:g}", said)]


def _equal(one: Numbers, other: Numbers) -> npt.NDArray[np.bool_]:
    return np.asarray((one == other) | (np.isnan(one) & np.isnan(other)), dtype=bool)
