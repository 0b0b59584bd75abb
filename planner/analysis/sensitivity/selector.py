"""Which numbers of an economy are meant: the grammar of ``--set`` without the number, and short forms of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.economy import DataError, Economy, Finding
from planner.economy.findings import did_you_mean
from planner.economy.reading.changes import changed
from planner.economy.schema import TABLES
from planner.economy.schema.columns import Table
from planner.economy.units import Units
from planner.formulation import Formulation, formulate
from planner.program import Vector

__all__ = ["Selection", "numbers_of_column", "select"]

_OPTION = "--curve"


@dataclass(frozen=True)
class Part:
    """Numbers of one column of one table: positions of their rows."""

    table: str
    column: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Selection:
    """Numbers that are multiplied together.

    Args:
        text: as the user wrote it.
        parts: where they stand.
    """

    text: str
    parts: tuple[Part, ...]

    def scaled(self, economy: Economy, factor: float) -> Economy:
        """The economy with these numbers multiplied by a factor."""
        moved: dict[tuple[str, str], Vector] = {}
        for part in self.parts:
            at = (part.table, part.column)
            values = moved.setdefault(at, economy.tables[part.table][part.column].to_numpy(dtype=float).copy())
            values[list(part.places)] *= factor
        return economy.with_numbers(moved)

    def formulated(self, formulation: Formulation, factor: float) -> Formulation:
        """The same question put to the economy with these numbers multiplied by a factor."""
        return formulate(self.scaled(formulation.economy, factor), formulation.question, formulation.plan)

    def total(self, economy: Economy, told: Units) -> float:
        """Sum of the numbers in their unit; ``nan`` where they have no unit in common or do not add up."""
        alone = sum(len(part.places) for part in self.parts) == 1
        if not self.unit(economy, told) or not (
            alone or all(told.add_up(part.table, part.column) for part in self.parts)
        ):
            return float("nan")
        columns = ((economy.tables[p.table][p.column].to_numpy(dtype=float), p.places) for p in self.parts)
        return float(sum(np.nansum(values[list(places)]) for values, places in columns))

    def unit(self, economy: Economy, told: Units) -> str:
        """Unit of the numbers by the units of the economy, where they have one in common."""
        numbers = ((part, economy.tables[part.table].iloc[list(part.places)]) for part in self.parts)
        units = {str(unit) for part, rows in numbers for unit in told.of_rows(part.table, part.column, rows)}
        return units.pop() if len(units) == 1 else ""


def select(text: str, economy: Economy, *, option: str = _OPTION, row: int = 1) -> Selection:
    """Find the numbers that a selector names.

    Args:
        text: ``TABLE:KEY=VALUE,...:COLUMN``, or short: ``TABLE:ITEM`` (a label of one of the table's keys, such as
            ``supply:unskilled``; of supply also a kind of resource, such as ``supply:labour``), ``TABLE:COLUMN``
            (``finance:credit``), ``TABLE:ITEM:COLUMN``. Without a column the table's ``value`` is meant, else the first
            number that every row must have. ``supply:foreign_exchange`` is what finance brings: receipts, credit, debt.
        economy: loaded.
        option: where it was given, for findings.
        row: its number there, from 1.

    Raises:
        DataError: nothing is selected, with the nearest word.

    >>> from planner.economy import load
    >>> [(p.table, p.column, len(p.places)) for p in select("supply:labour", load("two_goods")).parts]
    [('supply', 'value', 2)]
    """
    if text.strip() in ("supply:foreign_exchange", "foreign_exchange"):
        parts = [numbers_of_column(economy, "finance", column.name) for column in TABLES["finance"].limits]
        if any(part.places for part in parts):
            return Selection(text, tuple(part for part in parts if part.places))
    name, _, rest = (piece.strip() for piece in text.strip().partition(":"))
    if name not in TABLES:
        said = f'There is no table "{name}".{did_you_mean(name, TABLES)} The tables are {", ".join(TABLES)}.'
        raise _wrong("E164", said, text, option, row, economy)
    keys, column = _full(TABLES[name], rest, economy.tables[name], economy)
    if not column:
        columns = ", ".join(c.name for c in TABLES[name].ranged)
        said = f"{name} has several numbers a row; name one: {columns}." if columns else f"{name} holds no numbers."
        raise _wrong("E164", said, text, option, row, economy)
    parts = []
    for key in keys:
        full = f"{name}:{key}:{column}*=1"
        table, rows, findings = changed(
            full, row, economy.tables, base_period=economy.base_period, periods=economy.periods
        )
        if rows is None:
            raise DataError([_told(f, text, option, TABLES[name], economy) for f in findings], economy.folder)
        parts.append(Part(table, column, _places(economy.tables[table], rows, TABLES[table])))
    return Selection(text, tuple(parts))


def numbers_of_column(economy: Economy, table: str, column: str) -> Part:
    """All numbers of a column that are stated."""
    values = economy.tables[table][column].to_numpy(dtype=float)
    return Part(table, column, tuple(int(i) for i in np.flatnonzero(~np.isnan(values))))


def _wrong(code: str, said: str, text: str, option: str, row: int, economy: Economy) -> DataError:
    return DataError([Finding(code, option, (row,), "", text, said)], economy.folder)


def _told(finding: Finding, text: str, option: str, table: Table, economy: Economy) -> Finding:
    """A finding of a change as one of a selector, with the nearest label or column."""
    said = finding.sentence.partition(" To add a row")[0].partition(" and a new one")[0].rstrip(",")
    if "Did you mean" not in said and finding.code == "E165":
        labels = {str(label) for key in table.key for label in economy.tables[table.name][key]}
        known = labels | {c.name for c in table.ranged}
        near = [did_you_mean(word, known) for word in text.split(":")[1:] if word not in known]
        said = f"{said.rstrip('.')}.{''.join(near)}"
    return replace(finding, file=option, value=text, sentence=said)


def _full(table: Table, rest: str, frame: pd.DataFrame, economy: Economy) -> tuple[list[str], str]:
    """The keys written out, one text for each group of rows, and the column."""
    columns = {column.name for column in table.columns if column.ranged}
    first, _, last = (piece.strip() for piece in rest.rpartition(":"))
    if last in columns:
        middle, column = first, last
    else:
        middle, column = (rest.strip(), _usual(table)) if not first else (first, last)
    if not middle or "=" in middle:
        return [middle], column
    return _by_item(table, middle, frame, economy), column


def _usual(table: Table) -> str:
    """The column meant where none is named."""
    numbers = [column for column in table.columns if column.ranged and column.kind == "number"]
    usual = [c.name for c in numbers if c.name == "value"] or [c.name for c in numbers if c.required]
    return next(iter(usual or [c.name for c in numbers if len(numbers) == 1]), "")


def _by_item(table: Table, item: str, frame: pd.DataFrame, economy: Economy) -> list[str]:
    """Keys of the rows that an item names: the first key column in which it stands, or a kind of resource."""
    for key in table.key:
        if (frame[key].astype(str) == item).any():
            return [f"{key}={item}"]
    if table.name == "supply":
        resources = economy.tables["resources"]
        of_kind = [
            name for name in resources.loc[resources["kind"] == item, "resource"] if name in set(frame["resource"])
        ]
        if of_kind:
            return [f"resource={name}" for name in of_kind]
    return [f"{table.key[0]}={item}"]  # selects nothing; the nearest word is offered


def _places(frame: pd.DataFrame, rows: pd.DataFrame, table: Table) -> tuple[int, ...]:
    """Positions of selected rows in their table, by key."""
    wanted = set(zip(*(rows[key] for key in table.key), strict=True))
    return tuple(i for i, key in enumerate(zip(*(frame[key] for key in table.key), strict=True)) if key in wanted)
