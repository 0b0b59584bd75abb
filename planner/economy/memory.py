"""Tables that were changed in memory: put in order and checked like those of files, so that one answer has one source."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.cells import finished
from planner.economy.check import check_rows, check_whole
from planner.economy.checks_numbers import magnitudes
from planner.economy.columns import FILE, ROW, Column, Table, range_names
from planner.economy.corner import at_corner
from planner.economy.findings import Finding
from planner.economy.heading import Heading
from planner.economy.schema import PROVENANCE, TABLES

__all__ = ["at_centre_and_checked"]

Frames = dict[str, pd.DataFrame]


def at_centre_and_checked(
    tables: Mapping[str, pd.DataFrame], heading: Heading, corner: str
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
    """One table with every column, of the right kind, at its central values."""
    findings: list[Finding] = []
    columns: dict[str, object] = {}
    for column in (*table.columns, *PROVENANCE):
        given = frame.get(column.name)
        if given is None and column.required:
            said = f'The column "{column.name}" is absent, and it has no default: {column.meaning}.'
            findings.append(Finding("E186", f"{table.name}.csv", (), column.name, "", said))
        elif column.numeric:
            numbers = {column.name: _numbers(table, column, column.name, frame, findings)}
            if column.ranged:
                ends = range_names(column.name)
                numbers |= {end: _numbers(table, column, end, frame, findings) for end in ends}
                findings += _settle(table, column, numbers, frame, corner)
                del numbers[ends[2]]
            columns |= numbers
        else:
            columns[column.name] = _words(column, frame)
    columns[FILE] = frame[FILE].astype(str) if FILE in frame else f"{table.name}.csv"
    columns[ROW] = frame[ROW] if ROW in frame else np.arange(2, len(frame) + 2)
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True), findings


def _words(column: Column, frame: pd.DataFrame) -> pd.Series:
    default = str(column.default or "")
    given = frame.get(column.name, pd.Series(default, index=frame.index, dtype=str))
    return given.where(given.notna(), default).astype(str)


def _numbers(
    table: Table, column: Column, name: str, frame: pd.DataFrame, findings: list[Finding]
) -> npt.NDArray[np.float64]:
    """Numbers of a column; of an end that is absent, those of the column itself, and of an absent column its default."""
    if name not in frame and name != column.name:
        name = column.name
    if name not in frame:
        default = column.default if isinstance(column.default, int | float) else np.nan
        return np.full(len(frame), float(default))
    try:
        return np.array(frame[name], dtype=float)
    except (TypeError, ValueError):
        said = f'The column "{name}" holds something that is no number.'
        findings.append(Finding("E186", f"{table.name}.csv", (), name, "", said))
        return np.full(len(frame), np.nan)


def _settle(
    table: Table, column: Column, numbers: dict[str, npt.NDArray[np.float64]], frame: pd.DataFrame, corner: str
) -> list[Finding]:
    """Let the number, the ends of its range and its central value agree; the number becomes the central one."""
    low, high, central = range_names(column.name)
    here, stated = numbers[column.name], numbers[central]
    plain = _equal(numbers[low], numbers[high])
    ends = {name: numbers[name] for name in (low, high)}
    rule = frame.assign(**ends, **{column.name: stated})
    moved = ~_equal(at_corner(table, rule, corner)[column.name].to_numpy(dtype=float), here)
    for end in (low, high):
        numbers[end] = np.where(plain, here, numbers[end])
    numbers[column.name] = np.where(plain, here, stated if corner != "central" else here)
    lost = np.flatnonzero(moved & ~plain)
    if corner == "central" or not len(lost):
        return []
    said = (
        f"At the {corner} corner {column.name} follows from {low}, {high} and {central}, but here it is another number. "
        f"Change those three too, or change the economy at the central corner and move it afterwards."
    )
    rows = tuple(int(row) for row in frame[ROW].to_numpy()[lost]) if ROW in frame else ()
    return [Finding("E186", f"{table.name}.csv", rows, column.name, f"{here[lost[0]]:g}", said)]


def _equal(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    return np.asarray((one == other) | (np.isnan(one) & np.isnan(other)), dtype=bool)
