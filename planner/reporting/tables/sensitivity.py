"""The sensitivity of an answer in tables and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from planner.analysis.sensitivity.study import Sensitivity
from planner.economy.names import Names
from planner.formulation import FAMILIES
from planner.formulation.named import is_share
from planner.formulation.unknowns import UNKNOWNS
from planner.language.counting import lower, one_of
from planner.language.numbers import number, percent
from planner.reporting.wording.numbers import improved, limit_of

__all__ = ["change", "has_a_price", "heaviest", "number_name", "said_tables", "sentence", "strongest"]


def change(amount: float, unit: str, it: str = "") -> str:
    """A change of the objective in words; shares in points of a hundred.

    Args:
        amount: of the objective, in its unit.
        unit: that unit.
        it: what is changed, where a word will do.

    >>> change(0.004, "share of the official figures")
    'raises the attainable share by 0.4 points'
    >>> change(-0.009, "share of the official figures", "it"), change(0.0, "t"), change(-np.inf, "t")
    ('lowers it by 0.9 points', 'changes nothing', 'leaves no plan at all')
    """
    if np.isinf(amount):
        return "leaves no plan at all"
    if not amount or np.isnan(amount):
        return "changes nothing" if not np.isnan(amount) else "is not known to change anything"
    share = is_share(unit)
    points = number(100 * abs(amount))
    size = f"{points} point{'' if points == '1' else 's'}" if share else f"{number(abs(amount))} {unit}"
    what = it or ("the attainable share" if share else "the objective")
    return f"{'raises' if amount > 0 else 'lowers'} {what} by {size}"


def sentence(row: Mapping[Any, Any], unit: str, names: Names) -> str:
    """Both prices of a limit in a sentence.

    Args:
        row: of ``prices``.
        unit: of the objective.
        names: of the economy.

    >>> row = dict(family="material_balance", item="coke", period="1931", unit="Mt", one_more=0.004, one_less=-0.009,
    ...            step_more=0.5, step_less=0.2)
    >>> sentence(row, "share of the official figures", Names({}))
    'one more Mt of coke in 1931 raises the attainable share by 0.4 points (over 0.5 Mt at least); one less lowers it by
    0.9 points (over 0.2 Mt at least)'
    """
    said = {key: str(row[key]).replace("_", " ") for key in ("family", "item", "period", "unit")}
    named = (UNKNOWNS if row.get("kind") == "bound" else FAMILIES)[str(row["family"])]
    said["item"] = lower(limit_of(names, str(row["family"]), str(row["item"])))
    amount = "of the base level" if said["unit"].startswith("level,") else said["unit"] or "units"
    phrase = named.phrase.format(**{**said, "unit": one_of(said["unit"])})

    def told(price: float, step: float, it: str) -> str:
        over = f" (over {number(step)} {amount} at least)" if price and np.isfinite(price) else ""
        return change(price, unit, it) + over

    more, less = (float(row[key]) for key in ("one_more", "one_less"))
    it = "" if not more or np.isinf(more) else "it"
    return f"{phrase} {told(more, float(row['step_more']), '')}; one less {told(less, float(row['step_less']), it)}"


def said_tables(found: Sensitivity) -> dict[str, pd.DataFrame]:
    """The tables that were found, prices with a column ``words``."""
    unit, names = found.formulation.goal.unit, Names.of(found.formulation.economy)
    tables = dict(found.tables)
    if "prices" in tables:
        words = [sentence(row, unit, names) if has_a_price(row) else "" for row in tables["prices"].to_dict("records")]
        tables["prices"] = tables["prices"].assign(words=words)
    return tables


def has_a_price(row: Mapping[Any, Any]) -> bool:
    """Whether one more or one less of a limit changes anything."""
    return any(float(row[key]) and not np.isnan(row[key]) for key in ("one_more", "one_less"))


def heaviest(prices: pd.DataFrame, most: int) -> pd.DataFrame:
    """Limits with a price, by what one per cent of them would change; what leaves no plan at all counts as nothing."""
    either = prices[["one_more", "one_less"]].abs().replace(np.inf, 0.0).max(axis=1)
    weight = (either * prices["size"]).to_numpy()
    order = np.argsort(-weight, kind="stable")
    return prices.iloc[order[weight[order] > 0]].head(most)


def strongest(found: Sensitivity) -> str:
    """Which single limit would help most, in a sentence; nothing where none would.

    Args:
        found: with its bottlenecks, the strongest first.
    """
    table = found.tables.get("bottlenecks", pd.DataFrame({"way": [], "gain": []}))
    single = table[(table["way"] == "one") & (table["gain"] > 0)].to_dict("records")
    if not single:
        return ""
    row, names = single[0], Names.of(found.formulation.economy)
    what = improved(str(row["first"]), names)
    more = what if what.startswith("less ") else f"more of {what}"
    raised = change(float(row["gain"]), str(row["gain_unit"]), "it")
    return f"Of all single limits one helps most: {percent(row['share'], 0)} {more} {raised}."


def number_name(row: Mapping[Any, Any], names: Names) -> str:
    """An uncertain number as a row is headed.

    >>> number_name({"table": "capacities", "number": "old_works", "column": "initial"}, Names({}))
    'capacities: old works (initial)'
    """
    column = "" if row["column"] == "value" else f" ({str(row['column']).replace('_', ' ')})"
    return f"{str(row['table']).replace('_', ' ')}: {lower(names.key(str(row['number']), str(row['table'])))}{column}"
