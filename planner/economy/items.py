"""Items that have no table of their own: currencies, of which none is converted, and products that are counted together."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["aggregate", "currencies", "foreign_currencies", "foreign_currency", "paid_in"]


def foreign_currency(tables: Mapping[str, pd.DataFrame]) -> str:
    """What trade is paid in, as finance states it.

    Args:
        tables: of an economy.
    """
    return next((str(unit) for unit in tables["finance"]["unit"].unique() if unit), "foreign currency")


def paid_in(tables: Mapping[str, pd.DataFrame], table: str) -> pd.Series:
    """The currency of each row of trade or of finance, that of the country's foreign exchange where none is named.

    Args:
        tables: of an economy.
        table: ``trade`` or ``finance``.
    """
    named = tables[table]["currency"]
    return named.where(named != "", foreign_currency(tables)) if len(named) else named


def foreign_currencies(tables: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    """Every currency of foreign exchange, each with receipts and payments of its own; one where none is named.

    Args:
        tables: of an economy.
    """
    found = dict.fromkeys(str(one) for table in ("finance", "trade") for one in paid_in(tables, table))
    return tuple(found) or (foreign_currency(tables),)


def currencies(tables: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    """Every currency in which something is paid or earned, in the order of the tables.

    Args:
        tables: of an economy.
    """
    several = len(foreign_currencies(tables)) > 1
    abroad = foreign_currencies(tables) if len(tables["trade"]) or several else ()
    paid = [*tables["costs"]["currency"], *tables["carriage"]["currency"]]
    return tuple(dict.fromkeys([*(str(one) for one in paid if one), *abroad]))


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
