"""A state in the units of the economy that begins with it: the table `rebase`, key by key, with no factor guessed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.economy.arrays.time import Time
from planner.economy.facts import Economy
from planner.economy.findings import DataError, Finding
from planner.economy.items import foreign_currencies
from planner.economy.schema.columns import ROW

__all__ = ["LINE_OF", "rebased"]

LINE_OF = {  # whose line of `rebase` speaks of an entry of a state
    "capacity": "capacity",
    "building": "capacity",
    "pipeline": "capacity",
    "retiring": "capacity",
    "stock": "stock",
    "debt": "debt",
    "labour": "labour",
    "training": "labour",
    "consumption": "consumption",
    "activity": "activity",
    "running": "activity",
}
_WHOLE = ("capacity", "stock", "debt", "labour", "consumption")  # kinds of which an offset is counted, once
_NOT_ALWAYS = ("consumption", "activity")  # kinds of which a state need not speak


def rebased(economy: Economy, state: pd.DataFrame, of: str) -> pd.DataFrame:
    """A state in an economy's own units, without what it does not take over.

    Args:
        economy: which begins with it, and whose table `rebase` is read.
        state: kind, key, period, unit, value, one row an entry.
        of: name of the economy that left it.

    Returns:
        The same columns, in the economy's units, with ``factor``.

    Raises:
        DataError: a line or a factor is missing, or a line is of nothing that stands on either side, all at once; or the
            economy's periods are not all whole and one unit of time long.
    """
    if not Time(economy.periods, economy.tables["periods"]).even:
        said = f"What {economy.name} begins with is laid out by counting periods, and its periods are not alike."
        raise DataError([Finding("E214", "periods.csv", (), "", "", said)], economy.folder)
    lines = economy.tables["rebase"]
    known = {
        (str(row["kind"]), str(row["key"])): {str(name): cell for name, cell in row.items()}
        for row in lines.to_dict("records")
    }
    owner = list(zip(state["kind"].map(LINE_OF), _keys(state), strict=True))
    findings = list(_wrong(economy, known, set(owner), of))
    if findings:
        raise DataError(findings, economy.folder)
    change = np.array([known[key]["change"] for key in owner], object)
    kept = np.flatnonzero(change == "carried")
    found = state.iloc[kept].reset_index(drop=True)
    mine = [known[owner[at]] for at in kept]
    factor = np.array([row["factor"] for row in mine], dtype=float)
    offset = np.where(found["kind"].isin(_WHOLE), [row["offset"] for row in mine], 0.0)
    return found.assign(value=found["value"].to_numpy(dtype=float) * factor + offset.astype(float), factor=factor)


def _keys(state: pd.DataFrame) -> pd.Series:
    """Whose line each entry falls under: of training, the grade that is trained for."""
    return state["key"].where(state["kind"] != "training", state["key"].str.partition(".")[2])


def own_keys(economy: Economy) -> set[tuple[str, str]]:
    """What of an economy opens with something: kind and key."""
    tables = economy.tables
    found = {("capacity", key) for key in tables["capacities"]["capacity"]}
    found |= {("stock", key) for key in tables["stocks"]["product"]}
    found |= {("labour", key) for key in tables["resources"]["resource"][tables["resources"]["kind"] == "labour"]}
    found |= {("debt", one) for one in foreign_currencies(tables)} if len(tables["finance"]) else set()
    return found


def _wrong(
    economy: Economy, known: dict[tuple[str, str], dict[str, object]], left: set[tuple[str, str]], of: str
) -> Iterator[Finding]:
    """What is missing in the table, and what in it speaks of nothing."""
    own = own_keys(economy)
    file = "rebase.csv"
    for kind, key in sorted((left | own) - known.keys()):
        where = of if (kind, key) in left else economy.name
        one_side = (
            "" if (kind, key) in left & own else f', which stands in {where} alone, and `change` "dropped" or "new"'
        )
        said = (
            f'There is no line for {kind} "{key}" of {where}, so nobody knows what a unit of it is on the other side. Add one, '
            f"with the factor{one_side or ' (1 where nothing changed)'}."
        )
        yield Finding("E250", file, (), "key", key, said)
    for (kind, key), row in known.items():
        at, change = (int(str(row[ROW])),), str(row["change"])
        there = (kind, key) in left
        here = (kind, key) in own or (kind in _NOT_ALWAYS and there)
        if kind in _NOT_ALWAYS and not there:
            continue
        if change == "carried" and np.isnan(float(str(row["factor"]))) and here and there:
            said = f'The line for {kind} "{key}" has no factor: units of {economy.name} for one of {of}. Nothing is guessed.'
            yield Finding("E250", file, at, "factor", "", said)
        elif change != "carried" and not str(row["reason"]):
            said = f'The line for {kind} "{key}" says "{change}" and not why. Give a reason.'
            yield Finding("E250", file, at, "reason", "", said)
        elif change == "carried" and (here or there) and not (here and there):
            where, what = (economy.name, "new") if here else (of, "dropped")
            said = f'{kind} "{key}" stands in {where} alone, so it cannot be carried over. Its line must say "{what}", and why.'
            yield Finding("E250", file, at, "change", change, said)
        elif (change == "new" and there) or not (here or there):
            where = f"in the state that {of} left" if there else "on neither side"
            said = f'The line for {kind} "{key}" says "{change}", but it stands {where}. Correct the key or the word.'
            yield Finding("E250", file, at, "change", change, said)
