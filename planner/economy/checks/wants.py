"""What an economy asks for, what it uses, and where products come from when no activity makes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

import pandas as pd

from planner.economy.periods import split_periods
from planner.economy.schema.columns import FILE, ROW

__all__ = ["Use", "bought", "credited", "inputs_of", "kept_over", "stored", "wants_of"]

Tables = Mapping[str, pd.DataFrame]

_MADE, _HAD = "output", ("delivery", "consumption")  # measures by which a target asks for a product


class Use(NamedTuple):
    """A use of a product.

    Args:
        product: which.
        periods: when; in one of them is enough.
        file: where it is written.
        row: likewise.
        made: whether it need only be made, as for a target of output, and nothing of it be over.
        user: the technique, plant or project that takes it; empty where it is asked for itself.
    """

    product: str
    periods: frozenset[str]
    file: str
    row: int
    made: bool = False
    user: str = ""


def wants_of(tables: Tables, periods: Sequence[str]) -> list[Use]:
    """What is asked for: final use, what households get, and targets and bounds that are no ceilings.

    Args:
        tables: effective tables, ``*`` rows expanded.
        periods: the horizon.
    """
    always = frozenset(periods)
    found = [
        *_uses(tables["consumption"], "product", "per_head", always),
        *_uses(tables["worker_consumption"], "product", "per_worker", always),
    ]
    finals = tables["final_use"]
    for period, rows in finals.groupby("period", sort=False):
        found += _uses(rows, "product", "value", frozenset([str(period)]))
    for frame in (tables["targets"], tables["bounds"]):
        asked = frame[frame["measure"].isin([_MADE, *_HAD]) & (frame["sense"] != "at_most")]
        for (text, measure), rows in asked.groupby(["period", "measure"], sort=False):
            when = always
            with suppress(LookupError, ValueError):
                when = frozenset(split_periods(str(text), periods))
            found += _uses(rows, "item", "value", when, made=measure == _MADE)
    return [use for use in found if use.periods & always]  # a period outside the horizon is told of elsewhere


def inputs_of(tables: Tables, periods: Sequence[str]) -> list[Use]:
    """What techniques, building and projects take, each with who takes it."""
    rows, always = tables["coefficients"], frozenset(periods)
    return [
        *_uses(rows[rows["role"] == "input"], "item", "value", always, user="activity"),
        *_uses(tables["run_inputs"], "item", "value", always, user="activity"),
        *_uses(tables["investment"], "item", "value", always, user="capacity"),
        *_uses(tables["upkeep"], "item", "value", always, user="capacity"),
        *_uses(tables["project_goods"], "item", "value", always, user="project"),
    ]


def _uses(
    frame: pd.DataFrame, item: str, number: str, periods: frozenset[str], *, made: bool = False, user: str = ""
) -> list[Use]:
    rows = frame[frame[number] > 0]
    users = rows[user].tolist() if user else [""] * len(rows)
    cells = zip(rows[item].tolist(), rows[FILE].tolist(), rows[ROW].tolist(), users, strict=True)
    return [Use(product, periods, file, row, made, who) for product, file, row, who in cells]


def bought(tables: Tables, periods: Collection[str] | None = None) -> set[str]:
    """Products of which some may be imported, in some periods or at all."""
    trade = tables["trade"]
    open_limit = (trade["direction"] == "import") & (trade["limit"].isna() | (trade["limit"] > 0))
    if periods is not None:
        open_limit &= trade["period"].isin(list(periods))
    return set(trade["product"][open_limit])


def stored(tables: Tables) -> set[str]:
    """Products of which something is left of the opening stock in the first period."""
    stocks = tables["stocks"]
    return set(stocks["product"][(stocks["initial"] > 0) & (stocks["spoilage"] < 1)])


def credited(tables: Tables) -> set[str]:
    """Products of which something comes from outside, as negative final use."""
    rows = tables["final_use"]
    return set(rows["product"][rows["value"] < 0])


def kept_over(tables: Tables) -> set[str]:
    """Products that keep from one period to the next."""
    stocks = tables["stocks"]
    return set(stocks["product"][stocks["spoilage"] < 1])
