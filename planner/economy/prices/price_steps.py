"""Prices that change with the amount: which first price each step stands above, and how wide it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.items import paid_in

__all__ = ["PRICED_BY", "STEP_KEYS", "PriceSteps", "price_steps"]

PRICED_BY = ("kind", "measure", "item", "currency", "period")  # what says which price it is
STEP_KEYS = (*PRICED_BY, "above")  # and which step of it
_WAYS = {"export": "revenue", "import": "cost"}


@dataclass(frozen=True, eq=False)
class PriceSteps:
    """The rows of the table of price steps.

    Args:
        frame: the rows.
        costs: the row of the costs table that has the first price of each, shape (steps,); -1 where trade has it.
        first: that price; ``nan`` where there is none.
        width: amount up to the next step, ``inf`` of the last.
        least: the first step of the same price.
        of: which price each is a step of, counted from the first.
        period: position of the period of each.
    """

    frame: pd.DataFrame
    costs: npt.NDArray[np.intp]
    first: npt.NDArray[np.float64]
    width: npt.NDArray[np.float64]
    least: npt.NDArray[np.float64]
    of: npt.NDArray[np.intp]
    period: npt.NDArray[np.intp]

    @property
    def more(self) -> npt.NDArray[np.float64]:
        """By how much the price of each lies above the first, shape (steps,)."""
        return np.asarray(self.frame["value"].to_numpy(dtype=float) - self.first)

    @property
    def before(self) -> npt.NDArray[np.float64]:
        """The price that holds up to each step, shape (steps,)."""
        value, above = self.frame["value"].to_numpy(dtype=float), self.frame["above"].to_numpy(dtype=float)
        lower = (self.of[:, None] == self.of) & (above[:, None] > above)
        nearest = np.where(lower, above, -np.inf).argmax(axis=1) if len(above) else np.zeros(0, dtype=np.intp)
        return np.where(lower.any(axis=1), value[nearest], self.first)


def price_steps(tables: Mapping[str, pd.DataFrame], periods: Sequence[str]) -> PriceSteps:
    """The steps of an economy, each with its first price.

    Args:
        tables: effective tables, ``*`` rows expanded.
        periods: the horizon.
    """
    frame, costs, trade = (tables[name] for name in ("price_steps", "costs", "trade"))
    if not len(frame):
        none, nothing = np.zeros(0, dtype=np.intp), np.zeros(0)
        return PriceSteps(frame, none, nothing, nothing, nothing, none, none)
    rows = {key: at for at, key in enumerate(zip(*(costs[name] for name in PRICED_BY), strict=True))}
    ways = zip(trade["direction"], trade["product"], paid_in(tables, "trade"), trade["period"], strict=True)
    prices = {
        (_WAYS[way], way, item, currency, at): price
        for (way, item, currency, at), price in zip(ways, trade["price"], strict=True)
    }
    keys = list(zip(*(frame[name] for name in PRICED_BY), strict=True))
    own = np.array([rows.get(key, -1) for key in keys], dtype=np.intp)
    value = costs["value"].to_numpy(dtype=float)
    first = [value[row] if row >= 0 else prices.get(key, np.nan) for row, key in zip(own, keys, strict=True)]
    order = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    of = np.array([order[key] for key in keys], dtype=np.intp)
    above = frame["above"].to_numpy(dtype=float)
    same = of[:, None] == of
    following = np.where(same & (above[:, None] < above), above, np.inf).min(axis=1, initial=np.inf)
    least = np.where(same, above, np.inf).min(axis=1, initial=np.inf)
    known = {label: at for at, label in enumerate(periods)}
    when = np.array([known.get(label, -1) for label in frame["period"]], dtype=np.intp)
    return PriceSteps(frame, own, np.array(first, dtype=float), following - above, least, of, when)
