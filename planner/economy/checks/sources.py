"""Checks of what rows cite, in an economy that lists its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

import pandas as pd

from planner.economy.findings import Finding, did_you_mean, findings_in
from planner.economy.reading.changes import SET
from planner.economy.schema import TABLES
from planner.economy.schema.columns import FILE
from planner.economy.schema.package import READ
from planner.economy.sources import is_address, keys_in

__all__ = ["sources", "uncited"]

_SEEN = ("yes", "reconstructed")  # numbers that were read
_APART = "{value} stands beside the row. An economy that lists its sources has their addresses there: put it into sources.csv."
_UNREAD = (
    "The number is said to have been read, but none of the sources named is a text that was read ({value}). Name the text, or "
    "say in `verified` what the number is."
)
_NO_ADDRESS = (
    '"{value}" is not one address. Write it in full, with https:// and no blanks; a second one is another source.'
)


def sources(tables: Mapping[str, pd.DataFrame], broken: Collection[str]) -> list[Finding]:
    """Sources that are not listed, addresses that are none, and numbers read in a text that nobody read.

    Args:
        tables: effective tables.
        broken: tables that could not be read.
    """
    listed = tables["sources"]
    if not len(listed) or "sources" in broken:
        return []
    bad = ~listed["url"].map(lambda url: not url or is_address(url)).to_numpy(dtype=bool)
    result = findings_in(listed, bad, "E119", "url", _NO_ADDRESS)
    read = set(listed["key"][listed["grade"].isin(READ)])
    known = set(listed["key"])
    for rows, cells in _cells(tables):
        unknown = {cell: next((key for key in keys_in(cell) if key not in known), "") for cell in set(cells)}
        near = partial(_dangling, known)
        which = cells.map(unknown)
        result += findings_in(rows, which != "", "E104", "source", near, values=which, title="unknown source")
        result += findings_in(rows, rows["url"] != "", "E119", "url", _APART)
        unread = {cell for cell in unknown if not unknown[cell] and not read & set(keys_in(cell))}
        doubted = rows["verified"].isin(_SEEN) & cells.isin(list(unread))
        result += findings_in(rows, doubted, "W214", "verified", _UNREAD, values=cells.replace("", "none is named"))
    return result


def uncited(loaded: Sequence[Mapping[str, pd.DataFrame]]) -> list[Finding]:
    """Sources that no row cites.

    Args:
        loaded: tables of an economy under every scenario it has.
    """
    named = {key for tables in loaded for _, cells in _cells(tables) for cell in set(cells) for key in keys_in(cell)}
    said = 'No row cites "{value}". Cite it, or take it out.'
    result: list[Finding] = []
    for tables in loaded:
        listed = tables["sources"]
        result += findings_in(listed, ~listed["key"].isin(list(named)), "W215", "key", said)
    return list(dict.fromkeys(result))


def _cells(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[pd.DataFrame, pd.Series]]:
    """Rows of each table that say where they come from, and what they name; changes of the command line aside."""
    for name, frame in tables.items():
        if TABLES[name].stated:
            rows = frame[frame[FILE] != SET]
            yield rows, rows["source"]


def _dangling(known: Collection[str], value: str) -> str:
    near = did_you_mean(value, known) or " Add it there, or correct the key."
    return f'"{value}" is not in sources.csv.{near}'
