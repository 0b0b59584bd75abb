"""Economies put together in memory: columns in, an `Economy` out, as if they had been read from files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from planner.economy import Economy
from planner.economy.corner import at_corner
from planner.economy.reading.cells import finished, no_rows
from planner.economy.schema import TABLES
from planner.economy.schema.columns import FILE, ROW, Table, range_names

Columns = Mapping[str, object]  # a column is a list, an array, or one value for all rows


def frame(table: Table, columns: Columns) -> pd.DataFrame:
    """A table as the loader leaves it before the corner is chosen; what is not given takes its default."""
    [rows] = {len(c) for c in columns.values() if isinstance(c, Sequence | np.ndarray) and not isinstance(c, str)}
    left = dict(columns)
    result: dict[str, object] = {}
    for column in table.written:
        values = left.pop(column.name, column.default)
        if column.numeric:
            result[column.name] = _numbers(values, rows)
            for end in range_names(column.name)[:2] if column.ranged else ():
                result[end] = _numbers(left.pop(end, result[column.name]), rows)
        else:
            texts = [values or ""] * rows if values is None or isinstance(values, str) else values
            result[column.name] = pd.Series(np.asarray(texts, dtype=object), dtype=str)
    assert not left, f"{table.name} has no columns {sorted(left)}"
    return pd.DataFrame(result | {FILE: f"{table.name}.csv", ROW: np.arange(2, rows + 2)})


def _numbers(values: object, rows: int) -> np.ndarray:
    return np.array(np.broadcast_to(np.asarray(np.nan if values is None else values, dtype=float), rows))


def economy(
    tables: Mapping[str, Columns],
    periods: Sequence[str],
    *,
    corner: str = "central",
    name: str = "made",
    value_unit: str = "crowns",
) -> Economy:
    """An economy of the tables given; period columns name their periods, with no ``*``."""
    frames = {kind: frame(TABLES[kind], columns) for kind, columns in tables.items() if columns}
    ready = {kind: finished(table, frames.get(kind, no_rows(table)), tuple(periods)) for kind, table in TABLES.items()}
    return Economy(
        name,
        Path(name),
        name,
        "",
        "0",
        tuple(periods),
        value_unit,
        "plan",
        None,
        None,
        None,
        corner,
        (),
        {kind: at_corner(TABLES[kind], table, corner) for kind, table in ready.items()},
        {},
    )
