"""Every number of the economy as it was used, with its range and where it comes from."""

from __future__ import annotations

import pandas as pd

from planner.economy import Economy
from planner.economy.labels import row_labels
from planner.economy.schema import TABLES
from planner.economy.sources import is_address, keys_in, references

_COLUMNS = ["table", "key", "column", "value", "low", "high", "unit", "place", "verified", "file", "row"]
_PLACE = ["source", "url", "note"]


def data_tables(economy: Economy) -> dict[str, pd.DataFrame]:
    """One row a number, one for each place that numbers come from, since many come from one, and one a source.

    Args:
        economy: as loaded: scenario, corner and changes applied.

    Returns:
        ``data``, in the order of tables, columns and rows: table, key, column, value as used, range, unit, number of the
        place it comes from, whether verified, file and row; numbers nobody stated are left out. ``places``: number, what
        the rows name as their source, and remarks. ``sources``: each source so named, how it is cited, its address, licence
        and grade, how many numbers cite it and how many of those are verified.
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
    data = pd.concat(parts, ignore_index=True)
    data["place"] = data.groupby(_PLACE, sort=False, dropna=False).ngroup() + 1
    places = data.drop_duplicates("place")[["place", "source", "note"]].reset_index(drop=True)
    return {"data": data[_COLUMNS], "places": places, "sources": _sources(economy, data)}


def _sources(economy: Economy, data: pd.DataFrame) -> pd.DataFrame:
    """The sources that numbers name, in the order in which they are first named; those without any come last."""
    known = references(economy.tables)
    told = economy.tables["sources"].set_index("key")
    named = data.assign(source=[keys_in(cell) or ("",) if known else (cell,) for cell in data["source"]]).explode("source")
    counted = named.groupby("source", sort=False)
    found = pd.DataFrame({"source": [source for source, _ in counted], "reference": [known.get(s, s) for s, _ in counted]})
    if known:
        found[["url", "licence", "grade"]] = told.reindex(found["source"])[["url", "licence", "grade"]].fillna("").to_numpy()
    else:
        single = (next(filter(is_address, rows["url"]), "") for _, rows in counted)
        found["url"], found["licence"], found["grade"] = list(single), "", ""
    found["numbers"] = counted.size().to_numpy()
    found["verified_numbers"] = counted["verified"].agg(lambda seen: (seen == "yes").sum()).to_numpy(dtype=int)
    return found.sort_values("source", key=lambda names: names == "", kind="stable", ignore_index=True)
