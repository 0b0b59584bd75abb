"""When each figure was due, when it could have been had, and when it was in fact reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.target_readings import most_alone
from planner.economy import Economy
from planner.economy.arrays import Arrays
from planner.formulation import Question, formulate

__all__ = ["ALONE", "IN_TIME", "LATER", "NO_PLAN", "UNKNOWN", "single_figures", "when_reached"]

NO_PLAN = "no plan"
IN_TIME, LATER, UNKNOWN = "in time", "later", "no year known"
ALONE = "one_alone"  # the name under which single figures are posed


def when_reached(economy: Economy, question: Question) -> pd.DataFrame:
    """Three years of every figure in the table `reached`: due, first feasible, reached.

    Args:
        economy: under conditions as they turned out.
        question: whose families and floor hold.

    Returns:
        plan, item, figure, value, unit, due, feasible, reached, late, source, verified: one row a figure. ``feasible`` is the
        first period of the horizon in which one enterprise that gave up every other figure could have made as much; empty
        for what is no product. ``late`` says whether it was reached in time.
    """
    table = economy.tables["reached"].reset_index(drop=True)
    most = _most(
        economy,
        question,
        [item for item in table["item"].unique() if item in set(economy.tables["products"]["product"])],
    )
    last = f"after {economy.periods[-1]}"
    feasible = []
    for item, value in zip(table["item"], table["value"], strict=True):
        enough = [period for period in economy.periods if most.get((item, period), 0.0) >= INSIDE * value]
        known = most.get((item, economy.periods[0]))
        feasible.append("" if known is None else NO_PLAN if np.isnan(known) else enough[0] if enough else last)
    table["feasible"] = feasible
    table["late"] = [_late(due, year) for due, year in zip(table["due"], table["reached"], strict=True)]
    columns = ["plan", "item", "figure", "value", "unit", "due", "feasible", "reached", "late", "source", "verified"]
    return table.reindex(columns=columns)


def _most(economy: Economy, question: Question, products: list[str]) -> dict[tuple[str, str], float]:
    """The most of each product in each period with every other figure given up, in its own unit."""
    if not products:
        return {}
    largest = economy.tables["reached"].groupby("item")["value"].max()
    targets = single_figures(economy, {product: float(largest[product]) for product in products}, economy.periods)
    posed = Arrays(economy.with_tables({"targets": targets}))
    formulation = formulate(posed, replace(question, objective="attainment"), ALONE)
    shares, frame = most_alone(formulation), formulation.targets.frame
    found = shares * frame["value"].to_numpy(dtype=float)
    keys = zip(frame["item"], frame["period"], found, strict=True)
    return {(str(item), str(period)): float(most) for item, period, most in keys}


def single_figures(economy: Economy, values: Mapping[str, float], periods: Sequence[str]) -> pd.DataFrame:
    """Rows of the table `targets` in which each product is asked for in each period, under a plan's name of their own.

    Args:
        economy: whose table it is.
        values: of each product, in its own unit.
        periods: in which each is asked for.
    """
    rows = [(product, period, value) for product, value in values.items() for period in periods]
    asked = pd.DataFrame(rows, columns=["item", "period", "value"]).assign(
        plan=ALONE, measure="output", sense="at_least", weight=1.0, hard="no", scales="no", origin="", unit=""
    )
    asked["low"] = asked["high"] = asked["value"]
    return asked.reindex(columns=economy.tables["targets"].columns)


def _late(due: str, year: str) -> str:
    if not (due.isdigit() and year.isdigit()):
        return UNKNOWN
    return IN_TIME if int(year) <= int(due) else LATER
