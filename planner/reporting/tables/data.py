"""Every number of the economy as it was used, with its range and where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

import pandas as pd

from planner.economy import Economy
from planner.economy.labels import row_labels
from planner.economy.provenance import is_address, keys_in, references
from planner.economy.schema import TABLES
from planner.economy.schema.columns import Column, Table, range_names
from planner.economy.units import Units

_COLUMNS = ["table", "key", "column", "value", "low", "high", "unit", "place", "verified", "file", "row"]
_PLACE = ["source", "url", "note"]
_TOLD = ["note", "url", "licence", "grade"]  # of a source
_SEEN = ["source", "url", "verified"]


def data_tables(economy: Economy, *, accounts: bool = False) -> dict[str, pd.DataFrame]:
    """One row a number, one for each place that numbers come from, since many come from one, and one a source.

    Args:
        economy: as loaded: scenario, corner and changes applied.
        accounts: whether the answer rests on accounts of money too.

    Returns:
        ``data``, in the order of tables, columns and rows: table, key, column, value as used, range, unit, number of the
        place it comes from, whether verified, file and row; numbers nobody stated are left out. ``places``: number, what
        the rows name as their source, and remarks. ``sources``: each source so named, how it is cited, what was read there,
        its address, licence and grade, how many numbers cite it and how many of those are verified.
    """
    parts, units = [], Units.of(economy)
    for table, frame, columns in _counted(economy, TABLES if accounts else ()):
        key = pd.Series(row_labels(table, frame, table.key), index=frame.index, dtype=str)
        for column in columns:
            low, high, _ = range_names(column.name)
            part = pd.DataFrame({"table": table.name, "key": key, "column": column.name, "value": frame[column.name]})
            part["low"], part["high"] = frame[low], frame[high]
            part["unit"] = units.of_rows(table.name, column.name, frame)
            for provenance in ("source", "url", "verified", "note", "file", "row"):
                part[provenance] = frame[provenance]
            parts.append(part[part["value"].notna()])
    data = pd.concat(parts, ignore_index=True)
    data["place"] = data.groupby(_PLACE, sort=False, dropna=False).ngroup() + 1
    places = data.drop_duplicates("place")[["place", "source", "note"]].reset_index(drop=True)
    return {"data": data[_COLUMNS], "places": places, "sources": _sources(economy, data[_SEEN])}


def sources_table(economy: Economy, *accounts: str) -> pd.DataFrame:
    """The last of `data_tables` by itself, for an answer that writes no other.

    Args:
        economy: as loaded.
        accounts: tables that no program reads and that the answer tells of.
    """
    cited = [
        frame.loc[frame[column.name].notna(), _SEEN]
        for _, frame, columns in _counted(economy, accounts)
        for column in columns
    ]
    return _sources(economy, pd.concat(cited, ignore_index=True))


def _counted(economy: Economy, accounts: Collection[str]) -> Iterator[tuple[Table, pd.DataFrame, tuple[Column, ...]]]:
    """Tables whose numbers an answer rests on, and the columns that hold them."""
    for name, frame in economy.tables.items():
        if not TABLES[name].account or name in accounts:
            yield TABLES[name], frame, TABLES[name].ranged


def _sources(economy: Economy, cited: pd.DataFrame) -> pd.DataFrame:
    """The sources that numbers name, in the order in which they are first named; those without any come last."""
    known = references(economy.tables)
    numbers, verified, address = Counter[str](), Counter[str](), dict[str, str]()
    for cell, url, seen in cited.itertuples(index=False, name=None):
        for source in (keys_in(cell) or ("",)) if known else (cell,):
            numbers[source] += 1
            verified[source] += seen == "yes"
            if not known and source not in address:
                address[source] = url if is_address(url) else ""
    named = sorted(numbers, key=lambda source: not source)
    listed = economy.tables["sources"].set_index("key").reindex(named)[_TOLD].fillna("")
    found = pd.DataFrame({"source": named, "reference": [known.get(source, source) for source in named]})
    found[_TOLD] = listed.to_numpy()
    if not known:
        found["url"] = [address[source] for source in named]
    found["numbers"] = [numbers[source] for source in named]
    found["verified_numbers"] = [verified[source] for source in named]
    return found
