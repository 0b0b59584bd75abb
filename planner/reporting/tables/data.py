"""Every number of the economy as it was used, with its range and where it comes from."""

from __future__ import annotations

import pandas as pd

from planner.economy import Economy
from planner.economy.labels import row_labels
from planner.economy.schema import TABLES

_COLUMNS = [
    "table",
    "key",
    "column",
    "value",
    "low",
    "high",
    "unit",
    "source",
    "url",
    "verified",
    "note",
    "file",
    "row",
]


def data_table(economy: Economy) -> pd.DataFrame:
    """One row a number: table, key, column, value as used, range, unit, source, address, whether verified, file and row.

    Args:
        economy: as loaded: scenario, corner and changes applied.

    Returns:
        ``data.csv``, in the order of tables, columns and rows; numbers nobody stated are left out.
    """
    parts = []
    for name, frame in economy.tables.items():
        table = TABLES[name]
        key = pd.Series(row_labels(table, frame, table.key), index=frame.index, dtype=str)
        for column in table.ranged:
            low, high = ("low", "high") if column.name == "value" else (f"{column.name}_low", f"{column.name}_high")
            part = pd.DataFrame({"table": name, "key": key, "column": column.name, "value": frame[column.name]})
            part["low"], part["high"] = frame[low], frame[high]
            part["unit"] = frame.get("unit", "")
            for provenance in ("source", "url", "verified", "note", "file", "row"):
                part[provenance] = frame[provenance]
            parts.append(part[part["value"].notna()])
    return pd.concat(parts, ignore_index=True)[_COLUMNS]
