"""Reading files: bytes to text to rows, with every flaw reported and nothing guessed."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from planner.economy.findings import Finding, did_you_mean
from planner.economy.reading.snapshot import FREE, MODELS, SCENARIOS, Snapshot, Unread
from planner.economy.schema import TABLES
from planner.economy.schema.columns import FILE, ROW, Table
from planner.language.counting import counted

__all__ = ["Cells", "Files", "read_table", "tables_in"]

_LINE, _RETURN, _BLANK, _QUOTE, _COMMA, _BEYOND_ASCII = 10, 13, 32, 34, 44, 128
_LONGEST = 100_000  # bytes of a line; csv refuses cells somewhat longer
_KNOWN = {"economy.toml", "datapackage.json"}


@dataclass(frozen=True)
class Cells:
    """Text of one table, column by column.

    Args:
        file: path relative to the folder of the economy.
        rows: row of each line as a spreadsheet counts, the header being row 1.
        columns: stripped cells of each column that the file has.
    """

    file: str
    rows: list[int]
    columns: dict[str, list[str]]

    @cached_property
    def places(self) -> pd.DataFrame:
        """File and row of each line, for findings."""
        return pd.DataFrame({FILE: [self.file] * len(self.rows), ROW: self.rows})


@dataclass
class Files:
    """Reads the files of one folder, keeps their fingerprints and what is wrong with them.

    Args:
        snapshot: the folder as it stood when it was read.
        digests: SHA-256 by file read.
        findings: what is wrong.
        broken: tables with a file that could not be used.
        absent: required columns that a file lacks, with its table.
    """

    snapshot: Snapshot
    digests: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    absent: set[tuple[str, str]] = field(default_factory=set)

    @property
    def folder(self) -> Path:
        """Folder of the economy."""
        return self.snapshot.folder

    def report(self, code: str, file: str, sentence: str, *, row: int = 0, column: str = "", value: str = "") -> None:
        """Note a finding."""
        self.findings.append(Finding(code, file, (row,) if row else (), column, value, sentence))

    def text(self, file: str) -> str | None:
        """Text of a file, or nothing (and a finding) if it cannot be had.

        Args:
            file: path relative to the folder.
        """
        data = self.snapshot.files[file]
        if isinstance(data, Unread):
            self.report(data.code, file, data.sentence, value=data.value)
            return None
        self.digests[file] = hashlib.sha256(data).hexdigest()
        return self._decoded(file, data)

    def _decoded(self, file: str, data: bytes) -> str | None:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            self.report("E102", file, "The file is in UTF-16. Save it as CSV in UTF-8.", row=1)
            return None
        if b"\0" in data:
            row = data[: data.index(b"\0")].count(b"\n") + 1
            wrong = "The file has a NUL byte, so it is not text. Was it cut off, or saved as a workbook?"
            self.report("E102", file, wrong, row=row)
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            row, byte = data[: error.start].count(b"\n") + 1, f"0x{data[error.start]:02x}"
            self.report("E102", file, f"Byte {byte} is not UTF-8. Save the file in UTF-8.", row=row, value=byte)
            return None
        if text.startswith("\ufeff"):
            self.report("W201", file, "The file starts with a byte order mark, which was skipped.", row=1)
        return text.removeprefix("\ufeff")


def tables_in(files: Files, sub: str = "") -> list[str]:
    """Names of the tables in a folder; whatever else is there becomes a finding.

    Args:
        files: reader of the economy.
        sub: folder relative to that of the economy (``"scenarios/dry"``).
    """
    found: list[str] = []
    below = SCENARIOS in sub.split("/")
    known = {"scenario.toml"} if below else _KNOWN
    for entry in files.snapshot.folders.get(sub, ()):
        file = f"{sub}/{entry.name}" if sub else entry.name
        if entry.name in known or (entry.suffix in FREE and entry.is_file):
            continue
        if entry.suffix == ".csv" and entry.stem in TABLES:
            found.append(entry.stem)
        elif not (entry.is_folder and entry.name in (SCENARIOS, MODELS) and not below):
            kind = "folder" if entry.is_folder else "table" if entry.suffix == ".csv" else "file"
            near = did_you_mean(entry.name, [*(f"{name}.csv" for name in TABLES), *known])
            name = entry.name.encode(errors="replace").decode()  # names of files need not be text
            wrong = f'"{name}" is no {kind} of an economy, so it would be ignored.{near}'
            files.report("E106", file.replace(entry.name, name), wrong, value=name)
    return [name for name in TABLES if name in found]


def read_table(files: Files, table: Table, sub: str = "") -> Cells | None:
    """Cells of one table as text, with the row of each.

    Args:
        files: reader of the economy.
        table: which.
        sub: folder of the scenario, empty for the base.

    Returns:
        Stripped text, or nothing if the file is no table at all. Rows of the wrong length are reported and filled up
        or cut; empty lines are passed over.
    """
    file = f"{sub}/{table.name}.csv" if sub else f"{table.name}.csv"
    cells = _read(files, table, file)
    if cells is None:
        files.broken.add(table.name)
    return cells


def _read(files: Files, table: Table, file: str) -> Cells | None:
    text = files.text(file)
    if text is None:
        return None
    plain = _plain_columns(text)
    if plain is not None:
        header = [column[0] for column in plain]
        cells = Cells(
            file,
            list(range(2, len(plain[0]) + 1)),
            {name: column[1:] for name, column in zip(header, plain, strict=True)},
        )
        return cells if _header_holds(files, file, table, header) else None
    rows = _rows(files, file, text)
    if not rows or not any(cell.strip() for cell in rows[0]):
        wrong = "The file has no header row. Delete it if the economy has nothing of this kind."
        files.report("E103", file, wrong, row=1)
        return None
    header = [cell.strip() for cell in rows[0]]
    if not _header_holds(files, file, table, header):
        return None
    _same_length(files, file, rows, len(header))
    return _cells(file, header, rows[1:])


def _plain_columns(text: str) -> list[list[str]] | None:
    """Cells column by column, header first, of a text with nothing odd in it; nothing where a careful reader is needed.

    Odd are quotes, returns, cells that begin or end with a blank or a letter beyond ASCII (which may be one), rows of
    different lengths, without cells or very long ones, and tables of one column.
    """
    body = text.removesuffix("\n")
    signs = np.frombuffer(f"\n{body}\n".encode(), dtype=np.uint8)
    line = signs == _LINE
    apart = line | (signs == _COMMA)
    odd = (signs >= _BEYOND_ASCII) | ((signs <= _BLANK) & ~line)
    ends = np.flatnonzero(line)
    width = body.partition("\n")[0].count(",") + 1
    cells = np.diff(np.flatnonzero(line[apart]))
    if (
        width < 2
        or ((signs == _QUOTE) | (signs == _RETURN)).any()
        or (odd[1:] & apart[:-1]).any()
        or (odd[:-1] & apart[1:]).any()
        or (cells != width).any()
        or (np.diff(ends) <= width).any()
        or np.diff(ends).max() > _LONGEST
    ):
        return None
    flat = body.replace("\n", ",").split(",")
    return [flat[at::width] for at in range(width)]


def _same_length(files: Files, file: str, rows: list[list[str]], width: int) -> None:
    """Fill up or cut rows to the width of the header, reporting each that is not empty."""
    for at in [at for at, row in enumerate(rows) if len(row) != width]:
        if any(cell.strip() for cell in rows[at]):
            has = counted(len(rows[at]), "cell")
            wrong = f"The row has {has}, the header {width}. Is a comma missing, or text not in quotes?"
            files.report("E103", file, wrong, row=at + 1)
        rows[at] = (rows[at] + [""] * width)[:width]


def _rows(files: Files, file: str, text: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        wrong = f"The row cannot be read ({error}). Is a quote not closed or not doubled?"
        files.report("E103", file, wrong, row=len(rows) + 1)
    return rows


def _header_holds(files: Files, file: str, table: Table, header: list[str]) -> bool:
    """Report unknown, repeated and missing columns; the table can be used if the missing ones are not needed."""
    allowed = [*table.header, *(column.name for column in table.written if column.name not in table.header)]
    if len(header) == 1 and any(sign in header[0] for sign in ";\t"):
        files.report("E103", file, "The header has one column. Cells are separated by commas, not `;` or tabs.", row=1)
        return False
    for at, name in enumerate(header):
        if name not in allowed:
            known = f"Its columns are {', '.join(table.header)}."
            wrong = f'{table.name} has no column "{name}".{did_you_mean(name, allowed)} {known}'
            files.report("E105", file, wrong, row=1, column=name, value=name)
        elif name in header[:at]:
            wrong = f'The column "{name}" stands twice. Which one holds?'
            files.report("E105", file, wrong, row=1, column=name, value=name)
    missing = [column.name for column in table.columns if column.required and column.name not in header]
    files.absent |= {(file, name) for name in missing}
    for name in missing:
        wrong = f'The column "{name}" is absent, and it has no default: {table.by_name[name].meaning}.'
        files.report("E111", file, wrong, row=1, column=name)
    return not set(missing) & set(table.key)


def _cells(file: str, header: list[str], rows: list[list[str]]) -> Cells:
    """Stripped cells by column, lines without any left out."""
    kept = [at for at, row in enumerate(rows) if any(row) and any(cell.strip() for cell in row)]
    columns = zip(*(rows[at] for at in kept), strict=True) if kept else ([] for _ in header)
    by_name = {name: [cell.strip() for cell in cells] for name, cells in zip(header, columns, strict=True)}
    return Cells(file, [at + 2 for at in kept], by_name)
