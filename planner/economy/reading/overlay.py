"""Laying rows over rows: scenarios over the base, named periods over ``*``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.economy.periods import keys_meant
from planner.economy.schema.columns import Table

__all__ = ["every_period", "overlay", "with_base"]


def overlay(table: Table, layers: Sequence[pd.DataFrame], periods: Sequence[str] = ()) -> pd.DataFrame:
    """Rows of several layers with one row a cell: the last stands, in the place of the first.

    Args:
        table: whose rows they are.
        layers: lowest first; each a frame with the table's columns, periods in one spelling.
        periods: the horizon, by which keys are compared.
    """
    if len(layers) == 1:
        return layers[0]
    stack = pd.concat(layers, ignore_index=True)
    if not len(stack):
        return stack
    place = keys_meant(table, stack, periods).groupby(list(table.key), sort=False, dropna=False).ngroup().to_numpy()
    last = np.zeros(place.max() + 1, dtype=np.intp)
    last[place] = np.arange(len(place))  # the last assignment to a place stands
    return stack.iloc[last].reset_index(drop=True)


def with_base(
    table: Table, layers: Sequence[pd.DataFrame], base_period: str, periods: Sequence[str]
) -> list[pd.DataFrame]:
    """Layers in which what held in the base period is not lost where a layer above says what holds from the first one on.

    Args:
        table: whose rows they are.
        layers: lowest first; each a frame with the table's columns, periods in one spelling.
        base_period: its label; empty for none.
        periods: the horizon.
    """
    begins = next((name for name in table.open_ended if table.by_name[name].base), None)
    if begins is None or not base_period or not periods:
        return list(layers)
    others = [name for name in table.key if name != begins]
    above = pd.MultiIndex.from_frame(pd.DataFrame(columns=others))
    result = []
    for layer in reversed(layers):
        replaced = (layer[begins] == "") & pd.MultiIndex.from_frame(layer[others]).isin(above)
        result.append(pd.concat([layer, layer[replaced].assign(**{begins: base_period})], ignore_index=True))
        first = layer.loc[layer[begins] == periods[0], others]
        above = above.append(pd.MultiIndex.from_frame(first))
    return result[::-1]


def every_period(table: Table, frame: pd.DataFrame, periods: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put a row for each period in the place of each ``*`` row; rows that name a period win.

    Args:
        table: whose rows they are.
        frame: one row a key.
        periods: the horizon.

    Returns:
        The frame without ``*``, and those ``*`` rows that had no effect since every period was named.
    """
    column = table.starred
    if column is None or not len(frame):
        return frame, frame.iloc[:0]
    star = (frame[column] == "*").to_numpy()
    if not star.any():
        return frame, frame.iloc[:0]
    starred = np.flatnonzero(star)
    place = np.concatenate([np.repeat(starred, len(periods)), np.flatnonzero(~star)])
    rows = frame.iloc[place].reset_index(drop=True)
    labels = np.concatenate([np.tile(np.array(periods, dtype=object), len(starred)), frame[column][~star]])
    rows[column] = pd.Series(labels, dtype=str)
    kept = ~rows.duplicated(list(table.key), keep="last").to_numpy()
    kept = np.flatnonzero(kept)[np.argsort(place[kept], kind="stable")]
    idle = np.setdiff1d(starred, place[kept])
    return rows.iloc[kept].reset_index(drop=True), frame.iloc[idle]
