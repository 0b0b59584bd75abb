"""Checks of what hangs together: capacities need a use, targets something that can meet them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.economy.checks.wants import bought, stored
from planner.economy.findings import Finding, findings_in
from planner.economy.measures import MEASURES
from planner.economy.reading.economy_file import EconomyFile

__all__ = ["means_and_uses"]

Tables = Mapping[str, pd.DataFrame]


def means_and_uses(tables: Tables, heading: EconomyFile) -> list[Finding]:
    """Targets without a means, capacities without a use.

    Args:
        tables: effective tables.
        heading: what ``economy.toml`` says.
    """
    made = _made(tables)
    return [*_no_means(tables, heading, made, made | bought(tables) | stored(tables)), *_no_use(tables)]


def _made(tables: Tables) -> set[str]:
    """Products that some activity makes in some period."""
    outputs = tables["coefficients"]
    outputs = outputs[outputs["role"] == "output"]
    activities = tables["activities"]
    stated = set(zip(outputs["activity"], outputs["item"], strict=True))
    silent = {
        product
        for activity, product in zip(activities["activity"].tolist(), activities["product"].tolist(), strict=True)
        if (activity, product) not in stated
    }
    return silent | set(outputs["item"][outputs["value"] > 0])


def _no_means(tables: Tables, heading: EconomyFile, made: set[str], obtained: set[str]) -> list[Finding]:
    """Targets and bounds that no variable of the plan can move."""
    trade, goods = tables["trade"], tables["products"]
    whole = set(goods["product"][goods["disposal"] == "none"])
    left = (
        "nothing provides it"
        if not whole
        else "nothing provides it, or nothing may be left over of it (disposal = none)"
    )
    bundle = set(tables["consumption"]["product"])
    building = set(tables["investment"]["capacity"].unique())
    means = {
        "made": (made, "no activity makes it"),
        "obtained": (obtained - whole, left),
        "bundle": (bundle | ({"*"} if bundle else set()), "it is not in consumption.csv"),
        "export": (set(trade["product"][trade["direction"] == "export"]), "trade.csv has no export of it"),
        "import": (set(trade["product"][trade["direction"] == "import"]), "trade.csv has no import of it"),
        "stock": (set(tables["stocks"]["product"]), "it is not in stocks.csv"),
        "built": ({"*"} if building else set(), "investment.csv says of nothing what building takes"),
    }
    priced = _priced(tables, heading.value_unit)
    of_base = tables["actuals"][(tables["actuals"]["measure"] == "output") & (tables["actuals"]["preferred"] == "yes")]
    known = set(of_base["item"][(of_base["period"] == heading.base_period) & (of_base["value"] > 0)])
    means["valued"] = (
        _aggregates_of(tables, made & priced),
        "no product in it is made and has a price in products.csv",
    )
    means["indexed"] = (
        _aggregates_of(tables, made & priced & known),
        f"no product in it is made, has a price in products.csv and a preferred output of {heading.base_period} in actuals.csv",
    )
    products = set(tables["products"]["product"]) | {"*"}
    grouped = _aggregates_of(tables, products)
    result: list[Finding] = []
    for asker, frame in (("target", tables["targets"]), ("bound", tables["bounds"])):
        for measure in [m.name for m in MEASURES.values() if m.means in means and (frame["measure"] == m.name).any()]:
            able, why = means[MEASURES[measure].means]
            asked = (frame["measure"] == measure) & (frame["value"] > 0) & (frame["sense"] != "at_most")
            wrong = asked & frame["item"].isin(
                grouped if MEASURES[measure].means in ("valued", "indexed") else products
            )
            wrong &= ~frame["item"].isin(able)
            said = f'The {asker} asks for {measure} of "{{value}}", but {why}. No plan can reach any part of it.'
            result += findings_in(frame, wrong, "E133", "item", said)
    return result


def _priced(tables: Tables, value_unit: str) -> set[str]:
    """Products that have a price in the base period."""
    goods = tables["products"]
    return set(goods["product"][goods["price"].notna() | (goods["unit"] == value_unit)])


def _aggregates_of(tables: Tables, products: set[str]) -> set[str]:
    """Items of the measures of value in which some of the products are: themselves, groups, aggregates and ``*``."""
    goods, parts = tables["products"], tables["aggregates"]
    groups = set(goods["group"][goods["product"].isin(products)]) - {""}
    named = set(parts["aggregate"][parts["part"].isin(products | groups)])
    return products | groups | named | ({"*"} if products else set())


def _no_use(tables: Tables) -> list[Finding]:
    """Capacities on which nothing runs and for which no target asks."""
    capacities, rows = tables["capacities"], tables["coefficients"]
    rows = rows[rows["role"] == "capacity"]
    own = np.setdiff1d(tables["activities"]["activity"].to_numpy(dtype=object), rows["activity"].to_numpy(dtype=object))
    rows_asked = pd.concat([frame[["measure", "item"]] for frame in (tables["targets"], tables["bounds"])])
    asked = rows_asked["item"][rows_asked["measure"].isin(["capacity", "investment", "start"])]
    used = {*rows["item"], *own.tolist(), *asked}
    wrong = ~capacities["capacity"].isin(used).to_numpy()
    said = 'No activity runs on "{value}" and no target asks for it. Is a capacity row missing in coefficients.csv?'
    return findings_in(capacities, wrong, "E134", "capacity", said)
