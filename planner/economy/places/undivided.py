"""The country in one place: what no division into regions can go beyond."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.economy.economy import Economy
from planner.economy.places import AT, SHARED, Tables, base, place
from planner.economy.places.locating import located
from planner.economy.schema import TABLES
from planner.economy.schema.columns import range_names
from planner.economy.uncertain import sides

__all__ = ["TERRITORY", "undivided"]

TERRITORY = ("regions", "shares", "links", "carriage", "migration", "growth_floors")  # what one place has nothing of
_FIGURES = ("targets", "actuals", "bounds", "costs", "price_steps")
_COUNTED = (("runs", "units"), ("expansions", "units"))  # whole units of the country are those of its regions
_PLACED = ("activity", "item")  # of coefficients


def undivided(economy: Economy) -> Economy:
    """An economy with everything in one place, hauls costing nothing: the sums over regions of any plan of it are a plan of that.

    Endowments are what stands in all regions, limits of the country and of single regions are added, and a norm that some
    regions have of their own is that of the region which has it best. What asks for something in a region is left out. So
    whatever is out of reach here is out of reach with the regions, however endowments are shared out among them.

    Args:
        economy: at any corner.

    Returns:
        The economy without regions; itself where it has none.
    """
    tables = economy.tables
    if not len(tables["regions"]):
        return economy
    laid = located(tables, economy.periods)
    with_places = [name for name, table in TABLES.items() if table.places and name not in (*_FIGURES, *TERRITORY)]
    made = {name: _merged(tables, laid, name) for name in with_places if len(tables[name])}
    made["coefficients"] = _norms(tables["coefficients"], laid["coefficients"], economy.periods)
    made["activities"] = _bases(tables["activities"], "activity").drop_duplicates("activity", ignore_index=True)
    made["products"] = tables["products"].assign(place="pool")
    made |= {name: _without_places(tables[name]) for name in _FIGURES}
    terms = tables["relation_terms"]
    placed = set(terms["relation"][terms["item"].str.contains(AT, regex=False)]) if len(terms) else set()
    for name in ("relations", "relation_terms"):
        made[name] = _kept(tables[name], "relation", placed)
    rows = made["coefficients"]
    lines = set(tables["links"]["link"]) - set(rows["item"][rows["role"] == "capacity"])  # plant that only hauls take
    for name in ("capacities", "pipeline", "investment", "upkeep"):
        made[name] = _kept(made.get(name, tables[name]), "capacity", lines)
    made |= {name: tables[name].iloc[:0] for name in TERRITORY}
    return economy.with_tables(made)


def _bases(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """A frame whose labels have lost their places."""
    return frame.assign(**{name: frame[name].map(base).astype(frame[name].dtype) for name in columns})


def _kept(frame: pd.DataFrame, column: str, gone: set[str]) -> pd.DataFrame:
    """The rows that are about nothing of a set."""
    return frame[~frame[column].isin(gone)].reset_index(drop=True)


def _without_places(frame: pd.DataFrame) -> pd.DataFrame:
    """The figures of the country alone."""
    return frame[~frame["item"].str.contains(AT, regex=False)].reset_index(drop=True) if len(frame) else frame


def _norms(stated: pd.DataFrame, laid: pd.DataFrame, periods: Sequence[str]) -> pd.DataFrame:
    """Norms of techniques, those that differ by region as they are where they are best.

    Args:
        stated: coefficients with rows of regions.
        laid: the same laid out over places.
        periods: the horizon.
    """
    own = np.logical_or.reduce([stated[name].str.contains(AT, regex=False).to_numpy() for name in _PLACED])
    if not own.any():
        return stated
    cell, began = ["activity", "item", "role"], {label: number for number, label in enumerate(periods)}
    merged = _bases(stated, *_PLACED)
    key = pd.MultiIndex.from_frame(merged[cell])
    differ = key.isin(key[own])
    first = merged[differ].drop_duplicates(cell)
    steps: dict[tuple[str, ...], dict[str, list[tuple[int, str, float]]]] = {}
    where: dict[str, set[str]] = {name: set() for name in first["activity"].tolist()}
    for activity, item, role, period, value in zip(
        *(laid[name].tolist() for name in (*cell, "from_period", "value")), strict=True
    ):
        technique, region = base(activity), place(activity)
        if technique in where:
            where[technique].add(region)
            there = steps.setdefault((technique, base(item), role), {}).setdefault(region, [])
            there.append((began.get(period, 0), item, float(value)))
    rows, since, values = list[int](), list[str](), list[float]()
    for row, name in enumerate(zip(*(first[label] for label in cell), strict=True)):
        by_region, best = steps.get(name, {}), max if name[-1] == "output" else min
        for now in sorted({begin for some in by_region.values() for begin, *_ in some}):
            rows.append(row)
            since.append(periods[now] if now else "")
            values.append(best(_in_force(by_region.get(region, []), now) for region in where[name[0]]))
    numbers = dict.fromkeys(("value", *range_names("value")), values)
    begins = pd.Series(since, index=first.index[rows], dtype=first["from_period"].dtype)
    changed = first.iloc[rows].assign(from_period=begins.to_numpy(), **numbers)
    return pd.concat([merged[~differ], changed], ignore_index=True)


def _in_force(steps: Sequence[tuple[int, str, float]], now: int) -> float:
    """What a technique takes or makes of an item, of whichever region: the last to have begun holds."""
    latest = {item: value for _, item, value in sorted(step for step in steps if step[0] <= now)}
    return sum(latest.values())


def _merged(tables: Tables, laid: Tables, name: str) -> pd.DataFrame:
    """A table with one row where there were some of regions."""
    table, stated = TABLES[name], tables[name]
    labels = [column.of for column in table.places]
    shared = SHARED.get(name, ("", ""))[1]
    own = np.logical_or.reduce([stated[label].str.contains(AT, regex=False).to_numpy() for label in labels])
    frame, key = _bases(stated, *labels), [column for column in table.key if column in stated]
    if not own.any():
        return frame
    group = frame.groupby(key, sort=False, dropna=False).ngroup().to_numpy()
    for column in table.ranged:
        values = frame[column.name].to_numpy(dtype=float)
        rule = np.fmax if sides(table, column, frame)[0] > 0 else np.fmin
        added = column.limit or (name, column.name) in _COUNTED
        best = np.full(group.max() + 1, 0.0 if added else np.nan)
        (np.add if added else rule).at(best, group, values)
        frame = frame.assign(**dict.fromkeys((column.name, *range_names(column.name)), best[group]))
    frame = frame[~frame.duplicated(key).to_numpy()].reset_index(drop=True)
    if shared:  # a row of a region stands for its share of the country's
        parts = _bases(laid[name], *labels).groupby(key, sort=False, dropna=False)[shared].sum().tolist()
        frame = frame.assign(**dict.fromkeys((shared, *range_names(shared)), parts))
    return frame
