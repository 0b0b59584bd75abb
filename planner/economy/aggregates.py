"""Products that are counted together by value: the groups of the products table, and aggregates that are named."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["aggregate"]


def aggregate(tables: Mapping[str, pd.DataFrame], name: str) -> list[str]:
    """Products that a name adds up: those of the aggregate, else those of the group; none where it is neither.

    Args:
        tables: of an economy.
        name: of an aggregate or a group.

    >>> from planner.economy import load
    >>> aggregate(load("ussr_1928").tables, "fuel")
    ['coal', 'oil', 'peat', 'firewood', 'standard_fuel']
    """
    goods, rows = tables["products"], tables["aggregates"]
    parts = set(rows["part"][rows["aggregate"] == name]) or {name}
    chosen = goods["product"].isin(parts) | goods["group"].isin(parts - set(goods["product"]))
    return goods["product"][chosen].tolist()
