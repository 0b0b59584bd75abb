"""The currencies of an economy: nothing is converted, so each is an item of its own wherever money is counted."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["currencies", "foreign_currency"]


def foreign_currency(tables: Mapping[str, pd.DataFrame]) -> str:
    """What trade is paid in, as finance states it.

    Args:
        tables: of an economy.
    """
    return next((str(unit) for unit in tables["finance"]["unit"].unique() if unit), "foreign currency")


def currencies(tables: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    """Every currency in which something is paid or earned, in the order of the tables.

    Args:
        tables: of an economy.
    """
    abroad = [foreign_currency(tables)] if len(tables["trade"]) else []
    return tuple(dict.fromkeys([*(str(one) for one in tables["costs"]["currency"]), *abroad]))
