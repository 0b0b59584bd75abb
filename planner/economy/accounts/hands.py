"""Hands of the base period: what its techniques took of each kind of labour."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.economy.residuals.accounts import BASE, ResidualAccount, State
from planner.economy.residuals.closing import Closing

__all__ = ["base_hands"]


def base_hands(tables: Mapping[str, pd.DataFrame], base: str, periods: tuple[str, ...]) -> dict[str, float]:
    """Use of each kind of labour by the techniques of the base period at the levels they ran at; ``nan`` where unknown.

    Args:
        tables: effective tables.
        base: label of the base period.
        periods: the horizon.

    >>> from planner.economy import load
    >>> two = load("two_goods")
    >>> base_hands(two.tables, two.base_period, two.periods)  # 60 t of corn at 2, 20 t of iron at 4
    {'workers': 200.0}
    """
    closing = Closing(tables, base, periods)
    marked = closing.at_the_centre() if closing.any else []
    closed = {account.item: used for account, _, used, *_ in marked if account[::2] == ("resource", BASE)}
    ledger = closing.ledger
    state = State(dict(closing.reference), {BASE: ledger.base_levels[None, :]})
    return {
        name: float(closed.get(name, np.nan))
        if name in closed
        else float(ledger.used(ResidualAccount("resource", name, BASE), state)[0])
        for name in ledger.labour
    }
