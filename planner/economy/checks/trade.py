"""Checks of prices: nothing earns money for ever by being bought and sold again, and no later step of a price comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from planner.economy.findings import Finding, findings_in
from planner.economy.items import foreign_currency
from planner.economy.prices.price_steps import price_steps
from planner.economy.schema.columns import FILE, ROW

__all__ = ["money_machines", "stepped"]

_EARNS = "both without limit: whoever buys it and sells it again earns money without end."
_CIRCLES = "both without limit: where its prices favour the plan, it may go in circles without end."


def money_machines(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Products sold abroad without limit at, or above, the price at which they can be bought without limit in the same period.

    Args:
        tables: effective tables, ``*`` rows expanded and without errors.

    Returns:
        An error where the price of exports is the higher one, a warning where prices are equal or cross within their ranges;
        one finding a product.
    """
    trade = tables["trade"]
    free = trade[trade["limit"].isna()]
    sold, bought = (free[free["direction"] == way] for way in ("export", "import"))
    both = sold.merge(bought, on=["product", "period"], suffixes=("", "_paid"))
    found = []
    for product, rows in both.groupby("product", sort=False):
        above = rows["price"] > rows["price_paid"]
        may = rows["price_high"].fillna(rows["price"]) >= rows["price_low_paid"].fillna(rows["price_paid"])
        if not (above | may).any():
            continue
        code, why = ("E138", _EARNS) if above.any() else ("W210", _CIRCLES)
        one = rows[above if above.any() else may].iloc[0]
        places = [(str(one[f"{FILE}{end}"]), int(one[f"{ROW}{end}"])) for end in ("", "_paid")]
        here = tuple(sorted(row for file, row in places if file == places[0][0]))
        said = f'In {one["period"]} "{product}" is sold for {one["price"]:.6g} and bought for {one["price_paid"]:.6g}'
        found.append(Finding(code, places[0][0], here, "price", f"{one['price']:.6g}", f"{said}, {why}"))
    return found


def stepped(tables: Mapping[str, pd.DataFrame], periods: Sequence[str]) -> list[Finding]:
    """Steps of prices that have no first price, begin at nothing, or would be taken before a dearer one.

    Args:
        tables: effective tables, ``*`` rows expanded.
        periods: the horizon.
    """
    frame = tables["price_steps"]
    if not len(frame):
        return []
    if len(tables["regions"]):
        said = (
            "Prices with steps are of the country, and their items have places here. Ask the question without regions."
        )
        return [Finding("E209", "price_steps.csv", (), "", "", said)]
    steps = price_steps(tables, periods, foreign_currency(tables))
    value = frame["value"].to_numpy(dtype=float)
    falls = (frame["kind"] == "cost").to_numpy() & (value < steps.before)
    rises = (frame["kind"] == "revenue").to_numpy() & (value > steps.before)
    return [
        *findings_in(
            frame,
            np.isnan(steps.first),
            "E216",
            "item",
            '"{value}" has no first price: costs.csv, or trade.csv, has no row of this kind, measure, item, currency and period.',
        ),
        *findings_in(
            frame,
            ~(frame["above"] > 0).to_numpy(),
            "E216",
            "above",
            "A step begins above an amount; the first price holds from 0.",
        ),
        *findings_in(
            frame,
            falls,
            "E216",
            "value",
            "A cost of {value} beyond the step is less than before it, so a plan would take what lies beyond first. A price that "
            "falls with the amount takes whole numbers: a technique of its own in runs.csv, with its cost of being on.",
        ),
        *findings_in(
            frame,
            rises,
            "E216",
            "value",
            "A revenue of {value} beyond the step is more than before it, so a plan would earn what lies beyond first. A price "
            "that rises with the amount takes whole numbers: a technique of its own in runs.csv.",
        ),
    ]
