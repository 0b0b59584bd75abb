"""Every number of the economy as it was used, with its range and where it comes from."""

from __future__ import annotations

import pandas as pd

from planner.economy import Economy
from planner.economy.labels import row_labels
from planner.economy.schema import TABLES

_COLUMNS = ["table", "key", "column", "value", "low", "high", "unit", "place", "verified", "file", "row"]
_PLACE = ["source", "url", "note"]


def data_tables(economy: Economy, *, accounts: bool = False) -> dict[str, pd.DataFrame]:
    """One row a number, and one row for each place that numbers come from, since many come from one.

    Args:
        economy: as loaded: scenario, corner and changes applied.
        accounts: whether the answer rests on accounts of money too.

    Returns:
        ``data``, in the order of tables, columns and rows: table, key, column, value as used, range, unit, number of the
        place it comes from, whether verified, file and row; numbers nobody stated are left out. ``sources``: number, source,
        address and remarks of each place.
    """
    parts = []
    for name, frame in economy.tables.items():
        table = TABLES[name]
        if table.account and not accounts:
            continue
        key = pd.Series(row_labels(table, frame, table.key), index=frame.index, dtype=str)
        for column in table.ranged:
            low, high = ("low", "high") if column.name == "value" else (f"{column.name}_low", f"{column.name}_high")
            part = pd.DataFrame({"table": name, "key": key, "column": column.name, "value": frame[column.name]})
            part["low"], part["high"] = frame[low], frame[high]
            part["unit"] = frame.get("unit", "")
            for provenance in ("source", "url", "verified", "note", "file", "row"):
                part[provenance] = frame[provenance]
            parts.append(part[part["value"].notna()])
    data = pd.concat(parts, ignore_index=True)
    data["place"] = data.groupby(_PLACE, sort=False, dropna=False).ngroup() + 1
    sources = data.drop_duplicates("place")[["place", *_PLACE]].reset_index(drop=True)
    return {"data": data[_COLUMNS], "sources": sources}
