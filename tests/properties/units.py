"""The same economy counted in other units: every number multiplied as its dimension asks, and nothing else changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from planner.economy import Economy
from planner.economy.measures import MEASURES
from planner.economy.places import AT
from planner.economy.schema.columns import range_names

Sizes = Mapping[str, float]


@dataclass(frozen=True)
class Units:
    """How many new units one of the old makes: of each product, kind of plant and resource (1 where not named; all kinds of
    labour share one), of a person of the population, of the value unit and of foreign currency."""

    products: Sizes = field(default_factory=dict)
    capacities: Sizes = field(default_factory=dict)
    resources: Sizes = field(default_factory=dict)
    labour: float = 1.0
    population: float = 1.0
    money: float = 1.0
    currency: float = 1.0

    def of_resource(self, economy: Economy, name: str) -> float:
        kind = economy.tables["resources"].set_index("resource")["kind"]
        return self.labour if kind.get(name) == "labour" else self.resources.get(_anywhere(name), 1.0)

    def of_item(self, economy: Economy, name: str) -> float:
        """Of a product or a resource."""
        if _anywhere(name) in set(economy.tables["products"]["product"].map(_anywhere)):
            return self.products.get(_anywhere(name), 1.0)
        return self.of_resource(economy, name)


def every(economy: Economy, factor: float, *, alternate: bool = False) -> Units:
    """Everything in units so many times smaller; or every second product, plant and resource in ones so many times larger."""

    def sizes(table: str, column: str) -> dict[str, float]:
        names = economy.tables[table][column]
        return {
            name: 1.0 / factor if alternate and i % 2 else factor
            for i, name in enumerate(dict.fromkeys(map(_anywhere, names)))
        }

    return Units(
        sizes("products", "product"),
        sizes("capacities", "capacity"),
        sizes("resources", "resource"),
        1.0 / factor if alternate else factor,
        factor,
        1.0 / factor if alternate else factor,
        factor,
    )


def in_units(economy: Economy, units: Units) -> Economy:
    """The economy with its numbers in other units; names and unit texts stay."""
    tables = dict(economy.tables)

    def times(table: str, column: str, by: pd.Series | np.ndarray | float) -> None:
        frame, ends = tables[table], range_names(column)
        tables[table] = frame.assign(
            **{c: frame[c] * np.asarray(by, dtype=float) for c in (column, *ends) if c in frame}
        )

    def each(table: str, column: str, sizes: Sizes) -> np.ndarray:
        return np.array([sizes.get(_anywhere(name), 1.0) for name in tables[table][column]])

    tables["coefficients"] = _spoken(economy)
    makes = dict(
        zip(
            map(_anywhere, tables["activities"]["activity"]), each("activities", "product", units.products), strict=True
        )
    )
    times("products", "price", units.money / each("products", "product", units.products))
    rows = tables["coefficients"]
    taken = [
        units.capacities.get(_anywhere(item), 1.0) if role == "capacity" else units.of_item(economy, item)
        for item, role in zip(rows["item"], rows["role"], strict=True)
    ]
    times("coefficients", "value", np.array(taken) / each("coefficients", "activity", makes))
    for column in ("least", "most"):
        times("runs", column, each("runs", "activity", makes))
    for column in ("initial", "recruits"):
        sizes = [units.of_resource(economy, name) for name in tables["resources"]["resource"]]
        times("resources", column, np.array(sizes))
    for table, column in (
        ("capacities", "initial"),
        ("capacities", "growth_floor"),
        ("pipeline", "value"),
        ("projects", "size"),
    ):
        times(table, column, each(table, "capacity", units.capacities))
    items = np.array([units.of_item(economy, item) for item in tables["investment"]["item"]])
    times("investment", "value", items / each("investment", "capacity", units.capacities))
    times(
        "project_goods", "value", np.array([units.of_item(economy, item) for item in tables["project_goods"]["item"]])
    )
    begun = zip(tables["opening"]["kind"], tables["opening"]["key"], strict=True)
    counted = [1.0 if kind == "running" else makes.get(_anywhere(key), 1.0) for kind, key in begun]
    times("opening", "value", np.array(counted))
    times("projects", "cost", units.money)
    times("supply", "value", np.array([units.of_resource(economy, name) for name in tables["supply"]["resource"]]))
    times("population", "value", units.population)
    for table, columns, by in (
        ("final_use", ("value",), 1.0),
        ("stocks", ("initial", "limit"), 1.0),
        ("trade", ("limit",), 1.0),
        ("consumption", ("per_head",), 1.0 / units.population),
        ("worker_consumption", ("per_worker",), 1.0 / units.labour),
    ):
        for column in columns:
            times(table, column, each(table, "product", units.products) * by)
    times("trade", "price", units.currency / each("trade", "product", units.products))
    hauls = tables["carriage"]
    taken = [units.of_item(economy, name) if name else units.currency for name in hauls["item"]]
    for column in ("per_unit", "per_km"):
        times("carriage", column, np.array(taken) / each("carriage", "product", units.products))
    times("costs", "value", units.currency / _measured(economy, tables["costs"], units, makes))
    times("relation_terms", "weight", 1.0 / _measured(economy, tables["relation_terms"], units, makes))
    times("growth_floors", "value", each("growth_floors", "capacity", units.capacities))
    for column in ("other_receipts", "other_payments", "credit", "debt_limit"):
        times("finance", column, units.currency)
    for table in ("targets", "actuals", "bounds"):
        times(table, "value", _measured(economy, tables[table], units, makes))
    return replace(economy, tables=tables)


def _spoken(economy: Economy) -> pd.DataFrame:
    """Coefficients with a row for the plant that an activity takes without one: 1 of the capacity of its own name."""
    rows, names = economy.tables["coefficients"], set(economy.tables["capacities"]["capacity"])
    said = set(rows.loc[rows["role"] == "capacity", "activity"])
    silent = [name for name in economy.tables["activities"]["activity"] if name in names and name not in said]
    if not silent:
        return rows
    numbers = {c: 1.0 for c in ("value", *range_names("value")) if c in rows}
    texts = {c: "" for c in rows.columns if c not in numbers}
    more = pd.DataFrame(
        [texts | numbers | {"activity": n, "item": n, "role": "capacity", "lead": 0, "row": 0} for n in silent]
    )
    more = more.assign(**{c: 0 for c in ("lead_low", "lead_high", "lead_central") if c in rows})
    return pd.concat([rows, more[rows.columns].astype(rows.dtypes.to_dict())], ignore_index=True)


def _measured(economy: Economy, frame: pd.DataFrame, units: Units, makes: Sizes) -> np.ndarray:
    """What each figure is multiplied by."""
    return np.array(
        [size_of(economy, m, i, units, makes) for m, i in zip(frame["measure"], frame["item"], strict=True)]
    )


def size_of(economy: Economy, measure: str, item: str, units: Units, makes: Sizes | None = None) -> float:
    """What a measured quantity is multiplied by."""
    named, item = MEASURES[measure], _anywhere(item)
    if named.unit in ("units", "level") or (named.unit == "per head" and item == "*"):
        return 1.0
    if named.unit == "value":
        return units.money
    if named.unit == "foreign" or named.axis == "currency":
        return units.currency
    if named.axis == "capacity":
        return units.capacities.get(item, 1.0)
    if named.axis == "resource":
        return units.labour if item == "*" else units.of_resource(economy, item)
    if named.axis == "activity":
        table = economy.tables["activities"]
        of = table["product"][(table["activity"].map(_anywhere) == item) | (table["group"] == item)]
        return units.products.get(_anywhere(of.iloc[0]), 1.0)
    return units.products.get(item, 1.0) / (units.population if named.unit == "per head" else 1.0)


def _anywhere(name: str) -> str:
    """A name without the region it is in."""
    return name.partition(AT)[0]
