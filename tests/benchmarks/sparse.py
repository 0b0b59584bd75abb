"""A seeded generator of large sparse economies: one technique a product, power-law structure, capacities that are built."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from planner.economy import Economy
from planner.economy.schema import SCHEMA_VERSION
from tests.properties.frames import Columns, economy

INPUTS = (10, 30)  # goods a column takes, from and to
BUILDING = 4  # goods that building a kind of plant takes


def sparse_economy(products: int, periods: int, seed: int = 1928) -> Economy:
    """An economy of so many products and periods, as `sparse_tables` makes it."""
    tables, labels = sparse_tables(products, periods, seed)
    return economy(tables, labels, name=f"sparse_{products}x{periods}")


def write_package(folder: Path, products: int, periods: int) -> Path:
    """The same as the files of a package; the folder is made."""
    tables, labels = sparse_tables(products, periods)
    folder.mkdir(parents=True)
    for name, columns in tables.items():
        pd.DataFrame(columns).to_csv(folder / f"{name}.csv", index=False)
    heading = {
        "schema": SCHEMA_VERSION,
        "title": "sparse",
        "value_unit": "value units",
        "base_period": "0",
        "periods": labels,
    }
    lines = (f"{key} = {json.dumps(value)}\n" for key, value in heading.items())
    (folder / "economy.toml").write_text("".join(lines), encoding="utf-8")
    return folder


def sparse_tables(products: int, periods: int, seed: int = 1928) -> tuple[dict[str, Columns], list[str]]:
    """Tables and periods of an economy.

    Few goods are taken by nearly all techniques and most by few: how often a good is drawn falls with a power of its rank,
    and so does its share in a column. In value every column takes 30 to 70 per cent of what it makes, so the technology is
    productive. Every technique has plant of its own, which is built out of the commonest goods in one or two periods.
    """
    rng = np.random.default_rng(seed)
    names = np.array([f"g{i}" for i in range(products)], object)
    labels = np.array([str(t + 1) for t in range(periods)], object)
    often = np.arange(1, products + 1) ** -0.8
    count = rng.integers(*INPUTS, products, endpoint=True)
    column = np.repeat(np.arange(products), count)
    item = rng.choice(products, len(column), p=often / often.sum())
    column, item = np.unique(np.stack([column, item]), axis=1)
    column, item = column[column != item], item[column != item]
    share = rng.lognormal(0.0, 1.0, len(item))
    taken = rng.uniform(0.3, 0.7, products) / np.bincount(column, weights=share, minlength=products)
    value = share * taken[column]
    final = rng.lognormal(0.0, 1.0, products)
    output = final.copy()
    for _ in range(40):  # x = y + A x
        output = final + np.bincount(item, weights=value * output[column], minlength=products)
    labour = rng.uniform(0.1, 0.5, products)
    built = np.repeat(np.arange(products), BUILDING)
    chosen = rng.choice(products, len(built), p=often / often.sum())
    built, chosen = np.unique(np.stack([built, chosen]), axis=1)
    figures = np.arange(0, products, 10)
    tables = {
        "products": {"product": names, "unit": "t", "price": 1.0},
        "activities": {"activity": names, "product": names},
        "coefficients": {
            "activity": np.concatenate([names[column], names]),
            "item": np.concatenate([names[item], np.full(products, "labour", object)]),
            "role": np.repeat(np.array(["input", "resource"], object), [len(item), products]),
            "value": np.concatenate([value, labour]),
        },
        "capacities": {
            "capacity": names,
            "unit": "t",
            "initial": 1.1 * output,
            "retirement": 0.03,
            "gestation": rng.integers(1, 2, products, endpoint=True),
            "growth_limit": 0.25,
        },
        "investment": {
            "capacity": names[built],
            "item": names[chosen],
            "year": 1,
            "value": rng.uniform(0.05, 0.3, len(built)),
        },
        "resources": {"resource": ["labour"], "unit": "persons", "kind": "labour"},
        "supply": {"resource": ["labour"] * periods, "period": labels, "value": 1.3 * labour @ output},
        "final_use": {
            "product": np.repeat(names, periods),
            "use": "use",
            "period": np.tile(labels, products),
            "value": np.repeat(0.5 * final, periods),
        },
        "plans": {"plan": ["plan"]},
        "targets": {
            "plan": "plan",
            "measure": "output",
            "item": names[figures],
            "period": labels[-1],
            "unit": "t",
            "value": output[figures] * rng.uniform(1.0, 2.0, len(figures)),
        },
    }
    return tables, labels.tolist()
