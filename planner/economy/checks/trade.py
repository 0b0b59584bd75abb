"""Checks of foreign trade: nothing earns money for ever by being bought and sold again."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.economy.findings import Finding
from planner.economy.schema.columns import FILE, ROW

__all__ = ["money_machines"]

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
