"""One economy cut in two at the end of a period: what comes before, and what comes after with units of its own."""

import dataclasses

import numpy as np
import pandas as pd

from planner.economy import Economy
from planner.economy.arrays import Arrays
from planner.economy.chain.rebase import own_keys
from planner.economy.opening_position import _in_force
from planner.economy.schema import TABLES
from tests.properties.frames import frame


def cut(economy: Economy, at: int) -> tuple[Economy, Economy]:
    """The economy of the periods before a position, and that of those from it on, on record as large as anything."""
    return _part(economy, 0, at), _part(economy, at, len(economy.periods))


def _part(economy: Economy, first: int, end: int) -> Economy:
    periods = economy.periods[first:end]
    tables = dict(economy.tables)
    for name, table in TABLES.items():
        if table.by_period and len(tables[name]):
            tables[name] = tables[name][tables[name][table.period_key].isin(periods)].reset_index(drop=True)
    tables["targets"] = tables["targets"][tables["targets"]["period"].isin(periods)].reset_index(drop=True)
    rows = economy.tables["coefficients"]
    begins = rows["from_period"].map({label: t for t, label in enumerate(economy.periods)}).fillna(-1)
    now = _in_force(rows, Arrays(economy), first)
    later = rows[(begins > first) & (begins < end)]
    tables["coefficients"] = pd.concat([now, later], ignore_index=True)
    base = economy.periods[first - 1] if first else economy.base_period
    part = dataclasses.replace(economy, tables=tables, periods=periods, base_period=base)
    keys = sorted(own_keys(part) | {("consumption", "*")} | {("activity", a) for a in tables["activities"]["activity"]})
    kinds, names = zip(*keys, strict=True)
    lines = frame(
        TABLES["rebase"], {"kind": list(kinds), "key": list(names), "factor": np.ones(len(keys)), "change": "carried"}
    )
    return dataclasses.replace(part, tables={**tables, "rebase": lines})
