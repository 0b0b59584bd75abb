"""Checks of periods: labels, lists, building years and gaps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd

from planner.economy.arrays.time import Time
from planner.economy.findings import Finding, did_you_mean, findings_in
from planner.economy.periods import labels_of, span, split_periods
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.schema import TABLES
from planner.language.counting import listed

__all__ = ["periods"]


def periods(tables: Mapping[str, pd.DataFrame], heading: EconomyFile, broken: Collection[str]) -> list[Finding]:
    """Everything about periods that can be wrong; nothing if the horizon itself is unknown.

    Args:
        tables: effective tables.
        heading: what ``economy.toml`` says.
        broken: tables that could not be read, of which nothing can be missed.
    """
    if not heading.periods:
        return []
    result: list[Finding] = []
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            if column.kind == "period" and len(frame):
                known = [*heading.periods, "", *([heading.base_period] if column.base else [])]
                wrong = ~frame[column.name].isin(known).to_numpy()
                said = partial(_outside, heading, star=column.star)
                result += findings_in(frame, wrong, "E140", column.name, said)
            elif column.kind == "periods" and len(frame) and (heading.base_period or name != "actuals"):
                result += _lists(frame, column.name, labels_of(TABLES[name], heading.base_period, heading.periods))
    result += _project_dates(tables, heading.periods)
    result += _building_years(tables["investment"], "capacity", tables["capacities"])
    result += _building_years(tables["project_goods"], "project", tables["projects"])
    return result + ([] if "population" in broken else _without_population(tables, heading.periods))


def _outside(heading: EconomyFile, value: str, *, star: bool) -> str:
    near = did_you_mean(value, heading.periods)
    if value == heading.base_period:
        near = " It is the base period, which the plan cannot change."
    elif value == "*" and not star:
        near = " Here every row names its period."
    return f'"{value}" is not among the periods {span(heading.periods)}.{near}'


def _lists(frame: pd.DataFrame, column: str, known: tuple[str, ...]) -> list[Finding]:
    outside, disorder = dict[str, str](), dict[str, str]()
    for text in frame[column].unique():
        try:
            split_periods(text, known) if text else None
        except LookupError as error:
            outside[text] = error.args[0]
        except ValueError as error:
            disorder[text] = error.args[0]
    result = findings_in(frame, frame[column].isin(list(outside)), "E140", column, outside.__getitem__)
    return result + findings_in(frame, frame[column].isin(list(disorder)), "E141", column, disorder.__getitem__)


def _project_dates(tables: Mapping[str, pd.DataFrame], horizon: Sequence[str]) -> list[Finding]:
    projects, opens = tables["projects"], Time(horizon, tables["periods"]).opens
    order = {label: at for at, label in enumerate(horizon)}
    windows = zip(projects["earliest"].map(order), projects["latest"].map(order), strict=True)
    never = np.array(
        [first >= 0 and last >= 0 and not opens[int(first) : int(last) + 1].any() for first, last in windows]
    )
    said = 'No whole period opens between the earliest start and the latest, "{value}", so the project can never start.'
    return findings_in(projects, never.astype(bool), "E144", "latest", said)


def _building_years(goods: pd.DataFrame, owner: str, owners: pd.DataFrame) -> list[Finding]:
    """Goods taken after the building is finished."""
    if not len(goods) or not len(owners):
        return []
    lag = owners.drop_duplicates(owner).set_index(owner)["gestation"].astype(np.float64)
    finished = goods[owner].map(lag).clip(lower=1)
    wrong = (goods["year"] > finished).to_numpy()
    shown = goods["year"].map("{:g}".format) + " of " + finished.map("{:g}".format)
    said = f"Building year {{value}}: the {owner} is finished by then. Is the year or the gestation wrong?"
    return findings_in(goods, wrong, "E143", "year", said, values=shown)


def _without_population(tables: Mapping[str, pd.DataFrame], horizon: Sequence[str]) -> list[Finding]:
    if not len(tables["consumption"]):
        return []
    there = set(tables["population"]["period"])
    missing = [label for label in horizon if label not in there]
    if not missing:
        return []
    said = f"The household bundle is per head, but there is no population in {listed(missing)}. Add it, or a `*` row."
    return [Finding("E142", "population.csv", (), "period", ", ".join(missing), said)]
