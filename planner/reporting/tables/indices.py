"""Indices of output: the official one beside what the plan's own figures, the plan found and what happened come to."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from planner.economy.arrays import Arrays, Vector
from planner.economy.items import aggregate
from planner.economy.names import Names
from planner.economy.schema.columns import range_names
from planner.formulation import Formulation
from planner.formulation.actual_figures import actual_figures
from planner.language.numbers import number, percent

__all__ = ["indices_in_words", "indices_table"]


def indices_table(formulation: Formulation, planned: Vector) -> pd.DataFrame:
    """A row for each target of an index; no rows where there is none.

    Args:
        formulation: what was solved.
        planned: the figure of each target in the plan, shape (targets,).
    """
    facts, frame = formulation.facts, formulation.targets.frame
    rows = np.flatnonzero(frame["measure"] == "value_index")
    actual = actual_figures(facts, frame)
    table = []
    for row in rows:
        item, period = str(frame["item"].iloc[row]), str(frame["period"].iloc[row])
        named = facts.products if item == "*" else np.array(aggregate(facts.tables, item), object)
        items = facts.codes("product", named)
        outputs = pd.DataFrame({"measure": "output", "item": facts.products, "period": period})
        asked, made = _asked(formulation, period), actual_figures(facts, outputs)
        central, low, high = _implied(facts, items, asked)
        table.append(
            {
                "item": item,
                "period": period,
                "official": formulation.targets.official[row],
                "by_figures": central,
                "by_figures_low": low,
                "by_figures_high": high,
                "covered": _covered(facts, items, asked),
                "planned": planned[row],
                "actual": actual[row],
                "by_actuals": _implied(facts, items, made)[0],
                "unit": "base period = 1",
            }
        )
    return pd.DataFrame(table)


def indices_in_words(table: pd.DataFrame, names: Names, base: str) -> list[str]:
    """What the official indices are beside those implied, and that prices decide them; a sentence a row.

    Args:
        table: as `indices_table` makes it.
        names: of the economy.
        base: label of the base period.
    """
    return [_in_words(row, names, base) for row in table.to_dict("records")]


def _in_words(row: Mapping[Hashable, Any], names: Names, base: str) -> str:
    said = (
        f"Prices of the base period {base} decide the index of the output of {names.inline(str(row['item']))}: officially "
        f"{number(float(row['official']))} in {row['period']}"
    )
    if np.isnan(row["by_figures"]):
        return f"{said}, beside no figures of the plan's own."
    ends = [number(row[end]) for end in ("by_figures_low", "by_figures_high")]
    within = f", {ends[0]} to {ends[1]} within their ranges" if ends[0] != ends[1] else ""
    return (
        f"{said}, and {number(float(row['by_figures']))} by the plan's own figures at these prices{within}; the figures cover "
        f"{percent(float(row['covered']), 0)} of its value."
    )


def _asked(formulation: Formulation, period: str) -> Vector:
    """Output of each product that the plan's figures ask for in a period, shape (P,); ``nan`` where there is no such figure."""
    frame, facts = formulation.targets.frame, formulation.facts
    own = (frame["measure"] == "output") & (frame["period"] == period) & (frame["sense"] != "at_most")
    asked = dict(zip(frame["item"][own], formulation.targets.official[own.to_numpy()], strict=True))
    return np.array([asked.get(product, np.nan) for product in facts.products], dtype=float)


def _implied(facts: Arrays, items: np.ndarray, outputs: Vector) -> tuple[float, float, float]:
    """The index of some outputs over those of the base period: central, and the least and most within the ranges of prices.

    It is a mean of what each product grew by, weighted by its value in the base period: the least is had where prices are at
    their high end for whatever grew by less than some factor and at their low end for the rest, the most the other way.
    """
    base = facts.base_outputs[items]
    there = (base > 0) & ~np.isnan(outputs[items]) & ~np.isnan(facts.prices[items])
    if not there.any():
        return np.nan, np.nan, np.nan
    base, grown, items = base[there], outputs[items][there] / base[there], items[there]
    ends = [facts.tables["products"][name].to_numpy(dtype=float)[items] for name in range_names("price")[:2]]
    central = facts.prices[items]
    low, high = (np.where(np.isnan(end), central, end) * base for end in ends)
    order = np.argsort(grown, kind="stable")
    least, most = np.inf, -np.inf
    for cut in range(len(order) + 1):
        below = np.isin(np.arange(len(order)), order[:cut])
        for weight in (np.where(below, high, low), np.where(below, low, high)):
            found = float(weight @ grown / weight.sum())
            least, most = min(least, found), max(most, found)
    return float(central * base @ grown / (central @ base)), least, most


def _covered(facts: Arrays, items: np.ndarray, outputs: Vector) -> float:
    """Share of the value of the base period that stands for products with an output."""
    value = np.nan_to_num(facts.prices[items]) * facts.base_outputs[items]
    return float(value[~np.isnan(outputs[items])].sum() / value.sum()) if value.sum() else float("nan")
