"""Warnings: whether the base period balances, and figures that cannot be compared or counted."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.economy.checks.base_technology import BaseTechnology
from planner.economy.findings import Finding, findings_in
from planner.economy.items import aggregate
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.schema.columns import FILE, ROW

__all__ = ["base_balance", "without_price"]

_SLACK = 0.01  # statistics of one year do not close better than this


def base_balance(tables: Mapping[str, pd.DataFrame], heading: EconomyFile) -> list[Finding]:
    """Products of which the base period's own outputs need more than there was.

    Where a product has several techniques, each input is taken at the least that any of them needs, so that a warning
    means a shortage whatever the mix was. Imports and stocks are those of the first period and the base date.
    """
    if not heading.periods:
        return []
    outputs = _outputs(tables["actuals"], heading.base_period, pd.Index(tables["products"]["product"].unique()))
    if not np.isfinite(outputs).any():
        return []
    base = BaseTechnology(tables, heading.periods)
    need = _least_need(base, outputs) + _final(tables["final_use"], heading.periods[0], base.products)
    need += _upkeep(tables, base.products)
    there = outputs + _imports(tables["trade"], heading.periods[0], base.products)
    there += _sum(base.products, tables["stocks"]["product"], tables["stocks"]["initial"].to_numpy())
    short = np.flatnonzero(need > there * (1 + _SLACK))  # an output that is not known is nan and never short
    rows = tables["actuals"]
    result = []
    for at in short.tolist():
        product, unit = base.products[at], base.units[at]
        row = rows[(rows["measure"] == "output") & (rows["item"] == product) & (rows["period"] == heading.base_period)]
        said = (
            f"Techniques, upkeep and final use need {need[at]:.4g} {unit} of {product} in {heading.base_period}, but output, "
            f"imports and stocks come to {there[at]:.4g}. Either a coefficient or the output is off."
        )
        where = (str(row[FILE].iloc[0]), tuple(int(number) for number in row[ROW]))
        result.append(Finding("W202", *where, "value", f"{there[at]:.4g}", said))
    return result


def _outputs(actuals: pd.DataFrame, base_period: str, products: pd.Index) -> np.ndarray:
    """Output of each product in the base period: the preferred series, else the largest; nan where there is none."""
    rows = actuals[(actuals["measure"] == "output") & (actuals["period"] == base_period)]
    rows = rows.assign(first=rows["preferred"] == "yes").sort_values(["first", "value"], ascending=False, kind="stable")
    return rows.drop_duplicates("item").set_index("item")["value"].reindex(products).to_numpy(dtype=np.float64)


def _least_need(base: BaseTechnology, outputs: np.ndarray) -> np.ndarray:
    """Inputs that the outputs need at the very least, by product; what is taken ahead serves another period's outputs."""
    whole, jobs = base.at_once, len(base.products)
    makers = np.bincount(whole.made, minlength=jobs)
    principal = whole.made == base.principal[whole.maker]
    alone = np.bincount(whole.made[principal], minlength=jobs) == makers  # with by-products the mix is anybody's guess
    makes = np.bincount(whole.maker[principal], whole.makes[principal], len(base.activities))
    made = base.principal[whole.user]
    with np.errstate(divide="ignore", invalid="ignore"):
        rows = pd.DataFrame({"made": made, "used": whole.used, "takes": whole.takes / makes[whole.user]})
    by_pair = rows.groupby(["made", "used"])["takes"].agg(["min", "count"]).reset_index()
    made, used = by_pair["made"].to_numpy(), by_pair["used"].to_numpy()
    every = (by_pair["count"].to_numpy() == makers[made]) & alone[made] & np.isfinite(outputs[made])
    weights = (by_pair["min"].to_numpy() * outputs[made])[every]
    return np.bincount(used[every], weights, jobs)


def _sum(products: pd.Index, items: pd.Series, values: np.ndarray) -> np.ndarray:
    at = products.get_indexer(pd.Index(items))
    return np.bincount(at[at >= 0], values[at >= 0], len(products))


def _upkeep(tables: Mapping[str, pd.DataFrame], products: pd.Index) -> np.ndarray:
    """What plant of the base date takes, whether it is used or not."""
    rows, plant = tables["upkeep"], tables["capacities"]
    stood = rows["capacity"].map(dict(zip(plant["capacity"], plant["initial"], strict=True))).to_numpy(dtype=float)
    return _sum(products, rows["item"], rows["value"].to_numpy(dtype=float) * stood)


def _final(rows: pd.DataFrame, period: str, products: pd.Index) -> np.ndarray:
    rows = rows[rows["period"] == period]
    return _sum(products, rows["product"], rows["value"].to_numpy())


def _imports(trade: pd.DataFrame, period: str, products: pd.Index) -> np.ndarray:
    rows = trade[(trade["direction"] == "import") & (trade["period"] == period)]
    return _sum(products, rows["product"], rows["limit"].fillna(np.inf).to_numpy())


def without_price(tables: Mapping[str, pd.DataFrame], heading: EconomyFile) -> list[Finding]:
    """Goods that targets in values cannot count for want of a price, in building or in what is made."""
    targets, products = tables["targets"], tables["products"]
    unpriced = products["price"].isna() & (products["unit"] != heading.value_unit)
    result: list[Finding] = []
    if (targets["measure"] == "investment").any():
        wrong = unpriced & products["product"].isin(tables["investment"]["item"])
        said = '"{value}" is used in building but has no price, so it does not count in investment. Is that meant?'
        result += findings_in(products, wrong, "W207", "product", said)
    for item in dict.fromkeys(targets["item"][targets["measure"].isin(["value", "value_index"])]):
        counted = products["product"] if item == "*" else aggregate(tables, str(item))
        wrong = unpriced & products["product"].isin(counted)
        said = f'"{{value}}" has no price, so it does not count in the value of {item}. Is that meant?'
        result += findings_in(products, wrong, "W207", "product", said)
    return result
