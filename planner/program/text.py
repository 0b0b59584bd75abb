"""The program as plain text: what a spreadsheet opens, exact arithmetic reads and a proof adds up.

A folder of four tables. ``program.csv`` (key, value) holds the sense, the objective's name and unit and its constant;
``rows.csv`` every row with its limits; ``columns.csv`` every column with its bounds and cost; ``coefficients.csv`` every
coefficient. Each number is the shortest decimal that reads back as the same float, so ``Fraction(text)`` is the number the
proofs speak of; an empty limit is no limit. Equal programs give equal bytes.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Literal, cast

import numpy as np

from planner.files import csv_text, from_text, write_text
from planner.program.expression import Matrix, Vector
from planner.program.program import Block, LinearProgram

FILES = ("program.csv", "rows.csv", "columns.csv", "coefficients.csv")
HEADS = {
    "program.csv": ("key", "value"),
    "rows.csv": ("row", "lower", "upper", "family", "unit", "came_from"),
    "columns.csv": ("column", "lower", "upper", "cost", "block", "unit", "integer", "declared"),
    "coefficients.csv": ("row", "column", "value"),
}


KEYS = {"program.csv": 1, "rows.csv": 1, "columns.csv": 1, "coefficients.csv": 2}  # cells that tell a line from others
Line = tuple[str, ...]
Lines = dict[str, list[Line]]


class ProgramTextError(ValueError):
    """A folder that does not hold a program in text; the message says which file and line."""


def number(value: float) -> str:
    """The shortest decimal text that reads back as the same float; empty for no limit.

    >>> number(0.1), number(-5.0), number(1e-07), number(float("inf"))
    ('0.1', '-5.0', '1e-07', '')
    """
    value = float(value)
    return "" if np.isinf(value) else repr(value)


def program_lines(
    program: LinearProgram, came_from: Mapping[str, str] | None = None, *, declared: Mapping[int, str] | None = None
) -> Lines:
    """The lines of each of the four tables of a program's text, without their heads.

    Args:
        program: the program.
        came_from: for each family of rows, the tables its numbers came from.
        declared: columns of which a bound is no fact of the model but was declared for a proof: ``lower``, ``upper`` or
            ``both`` by position.

    >>> lines = program_lines(LinearProgram.plain(cost=[1.0], matrix=[[2.0]], row_upper=[3.0]))
    >>> lines["rows.csv"], lines["coefficients.csv"]
    ([('r(1)', '', '3.0', '', '', '')], [('r(1)', 'x(1)', '2.0')])
    """
    sources, marks = came_from or {}, declared or {}
    rows, columns = program.row_names, program.column_names
    head: list[Line] = [
        ("sense", program.sense),
        ("objective", program.objective),
        ("unit", program.objective_unit),
        ("offset", repr(float(program.offset))),
    ]
    of_rows = [(block.name, str(unit)) for block in program.rows for unit in block.unit]
    of_columns = [(block.name, str(unit)) for block in program.columns for unit in block.unit]
    at = np.repeat(np.arange(len(rows)), np.diff(program.matrix.indptr)).tolist()
    return {
        "program.csv": head,
        "rows.csv": [
            (name, low, high, family, unit, sources.get(family, ""))
            for name, low, high, (family, unit) in zip(
                rows, _texts(program.row_lower), _texts(program.row_upper), of_rows, strict=True
            )
        ],
        "columns.csv": [
            (name, low, high, cost, block, unit, "yes" if whole else "", marks.get(i, ""))
            for i, (name, low, high, cost, (block, unit), whole) in enumerate(
                zip(
                    columns,
                    _texts(program.column_lower),
                    _texts(program.column_upper),
                    _texts(program.cost),
                    of_columns,
                    program.integer.tolist(),
                    strict=True,
                )
            )
        ],
        "coefficients.csv": [
            (rows[r], columns[c], value)
            for r, c, value in zip(at, program.matrix.indices.tolist(), _texts(program.matrix.data), strict=True)
        ],
    }


def write_program(
    program: LinearProgram,
    folder: str | Path,
    came_from: Mapping[str, str] | None = None,
    *,
    declared: Mapping[int, str] | None = None,
) -> Path:
    """Write a program as text.

    Args:
        program: the program.
        folder: where to; made if missing.
        came_from: as for `program_lines`.
        declared: likewise.

    Returns:
        The folder.
    """
    for name, lines in program_lines(program, came_from, declared=declared).items():
        write_text(Path(folder) / name, csv_text([HEADS[name], *lines]))
    return Path(folder)


def variant_lines(base: Lines, other: Lines) -> list[Line]:
    """What has to be changed in the text of one program to have that of another.

    Args:
        base: lines of the one.
        other: lines of the other.

    Returns:
        File, ``set`` or ``drop``, and the line set (of a line dropped its key): the line of that key takes the place of the
        one there is, if there is one. What is dropped comes first, coefficients before the rows and columns they stand in.

    >>> one = program_lines(LinearProgram.plain(cost=[1.0], matrix=[[2.0]], row_upper=[3.0]))
    >>> two = program_lines(LinearProgram.plain(cost=[1.0], matrix=[[2.0]], row_upper=[4.0]))
    >>> variant_lines(one, two)
    [('rows.csv', 'set', 'r(1)', '', '4.0', '', '', '')]
    """
    dropped: list[Line] = []
    found: list[Line] = []
    for name, keys in KEYS.items():
        before = {line[:keys]: line for line in base[name]}
        after = {line[:keys]: line for line in other[name]}
        dropped = [*((name, "drop", *key) for key in before if key not in after), *dropped]
        found += [(name, "set", *line) for key, line in after.items() if before.get(key) != line]
    return dropped + found


def changed(base: Lines, changes: Iterable[Sequence[str]]) -> Lines:
    """The text of a program from that of another and what `variant_lines` found to be otherwise.

    Args:
        base: lines of the other.
        changes: file, ``set`` or ``drop``, and the line or its key.

    >>> one = program_lines(LinearProgram.plain(cost=[1.0], matrix=[[2.0]], row_upper=[3.0]))
    >>> two = program_lines(LinearProgram.plain(cost=[1.0], matrix=[[2.0]], row_upper=[4.0]))
    >>> changed(one, variant_lines(one, two)) == two
    True
    """
    tables = {name: {line[: KEYS[name]]: line for line in lines} for name, lines in base.items()}
    for name, change, *cells in changes:
        key = tuple(cells[: KEYS[name]])
        if change == "set":
            tables[name][key] = tuple(cells)
        else:
            del tables[name][key]
    return {name: list(table.values()) for name, table in tables.items()}


def line_numbers(text: Lines) -> dict[Line, str]:
    """Where each line of a program's text stands in its table, by file and key; the head of a table is line 1.

    >>> program = LinearProgram.plain(cost=[1.0], matrix=[[2.0]], row_upper=[3.0])
    >>> line_numbers(program_lines(program))["coefficients.csv", "r(1)", "x(1)"]
    '2'
    """
    return {(name, *line[: KEYS[name]]): str(at) for name, lines in text.items() for at, line in enumerate(lines, 2)}


def by_line_number(change: Line, numbers: Mapping[Line, str]) -> Line:
    """A change as `variant_lines` gives it, with the number of a line in place of its key where it has one.

    Args:
        change: file, ``set`` or ``drop``, and the line or its key.
        numbers: from `line_numbers`, of the program that is written whole.

    Returns:
        File, ``set`` or ``drop``, number or an empty text, and the cells of the line, those of its key only if it has no number.
    """
    name, what, *cells = change
    number_of = numbers.get((name, *cells[: KEYS[name]]), "")
    return (name, what, number_of, *(cells[KEYS[name] :] if number_of else cells))


def read_program(folder: str | Path) -> LinearProgram:
    """Read a program back, bit for bit.

    Args:
        folder: what ``write_program`` made.

    Raises:
        ProgramTextError: a file is missing or does not read.
    """
    folder = Path(folder)
    tables = {name: _read(folder, name) for name in FILES}
    head = {row["key"]: row["value"] for row in tables["program.csv"]}
    rows, columns, coefficients = tables["rows.csv"], tables["columns.csv"], tables["coefficients.csv"]
    row_at = {row["row"]: i for i, row in enumerate(rows)}
    column_at = {column["column"]: j for j, column in enumerate(columns)}
    if len(row_at) < len(rows) or len(column_at) < len(columns):
        raise ProgramTextError(f"{folder}: two rows or two columns bear one name.")
    try:
        at = np.array([row_at[entry["row"]] for entry in coefficients], dtype=np.int32)
        indices = np.array([column_at[entry["column"]] for entry in coefficients], dtype=np.int32)
        if head["sense"] not in ("max", "min") or np.any(np.diff(at) < 0):
            raise ProgramTextError(
                f"{folder}: the sense is not max or min, or coefficients are not in the rows' order."
            )
        starts = np.concatenate([[0], np.cumsum(np.bincount(at, minlength=len(rows)))]).astype(np.int32)
        data = _numbers(coefficients, "value")
        return LinearProgram(
            sense=cast(Literal["max", "min"], head["sense"]),
            cost=_numbers(columns, "cost"),
            offset=float(head["offset"]),
            matrix=Matrix((data, indices, starts), shape=(len(rows), len(columns)), copy=False),
            row_lower=_numbers(rows, "lower", -np.inf),
            row_upper=_numbers(rows, "upper", np.inf),
            column_lower=_numbers(columns, "lower", -np.inf),
            column_upper=_numbers(columns, "upper", np.inf),
            integer=np.array([column["integer"] == "yes" for column in columns], dtype=bool),
            rows=_blocks(rows, "row", "family"),
            columns=_blocks(columns, "column", "block"),
            objective=head["objective"],
            objective_unit=head["unit"],
        )
    except (KeyError, ValueError) as error:
        raise ProgramTextError(f"{folder}: not a program in text ({error}).") from error


def digest(folder: str | Path) -> str:
    """The sha256 of the four files of a program's text, as ``planner verify`` computes it."""
    total = hashlib.sha256()
    for name in FILES:
        total.update((Path(folder) / name).read_bytes())
    return total.hexdigest()


def _texts(values: Vector) -> list[str]:
    return [number(value) for value in values.tolist()]


def _numbers(table: Sequence[Mapping[str, str]], column: str, empty: float | None = None) -> Vector:
    return np.array([empty if empty is not None and not row[column] else float(row[column]) for row in table], float)


def _read(folder: Path, name: str) -> list[dict[str, str]]:
    try:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            head, *rows = list(csv.reader(file, strict=True)) or [[]]
            table = [dict(zip(head, map(from_text, row), strict=True)) for row in rows]
    except (OSError, ValueError, csv.Error) as error:
        raise ProgramTextError(f"{folder / name}: cannot be read ({error}).") from error
    if table and set(table[0]) != set(HEADS[name]):
        raise ProgramTextError(f"{folder / name}: the columns should be {', '.join(HEADS[name])}.")
    return table


def _blocks(table: Sequence[Mapping[str, str]], name: str, kind: str) -> tuple[Block, ...]:
    """Runs of one family; where its names follow the grammar ``family(key)`` the key is read back from them."""
    blocks, start = [], 0
    for family, group in groupby(table, key=lambda line: line[kind]):
        lines = list(group)
        names = [line[name] for line in lines]
        unit = np.array([line["unit"] for line in lines], object)
        if family and names == [family]:
            blocks.append(Block(family, (), (), unit, start))
        elif family and all(n.startswith(f"{family}(") and n.endswith(")") for n in names):
            keys = np.array([n[len(family) + 1 : -1] for n in names], object)
            blocks.append(Block(family, ("key",), (keys,), unit, start))
        else:
            blocks.append(Block("", ("name",), (np.array(names, object),), unit, start))
        start += len(lines)
    return tuple(blocks)
