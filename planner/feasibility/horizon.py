"""The year in which a plan's figures could be reached, and the bracket of dates (measures g and l)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from planner.economy import Economy
from planner.economy.annual import BY_PERIOD
from planner.economy.axes import later
from planner.feasibility.attainment import INSIDE
from planner.formulation import Question, formulate
from planner.solver.highs import Session


def year_reached(
    economy: Economy, question: Question, plan: str, years: int = 15, tick: Callable[[str], None] = lambda _: None
) -> pd.DataFrame:
    """θ* for ever later dates of the figures, until they are reached or ``years`` have been added.

    What is due in the last period of the horizon moves to the new last period; what is due before stays where it is.
    Conditions of the years after the data end are held at those of the last year. A later date is not shown to be easier
    in every case, so the years are scanned one by one.

    Args:
        economy: whose periods are calendar years or other numbered periods; question: of max θ; plan: name of the plan.
        years: how many periods to add at most; tick: told each date as it is tried.

    Returns:
        due, periods, attainment, reached, unit: one row a date tried.
    """
    rows = []
    for added in range(years + 1):
        longer = extended(economy, plan, added)
        tick(longer.periods[-1])
        solution = Session().solve(formulate(longer, question, plan).program)
        share = solution.objective if solution.optimal else float("nan")
        rows.append((longer.periods[-1], len(longer.periods), share, "yes" if share >= INSIDE else "no"))
        if share >= INSIDE or np.isnan(share):
            break
    table = pd.DataFrame(rows, columns=["due", "periods", "attainment", "reached"])
    table["unit"] = question.share_unit
    return table


def extended(economy: Economy, plan: str, added: int) -> Economy:
    """The economy with periods added, conditions as in the last, and what a plan has due in the last moved to the new last."""
    last = economy.periods[-1]
    names = [later(economy.periods, step) for step in range(1, added + 1)]
    if not names:
        return economy
    tables = dict(economy.tables)
    for name in BY_PERIOD:
        frame = tables[name]
        final = frame[frame["period"] == last]
        tables[name] = pd.concat([frame, *(final.assign(period=label) for label in names)], ignore_index=True)
    targets = tables["targets"]
    moved = (targets["plan"] == plan) & (targets["period"] == last)
    tables["targets"] = targets.assign(period=targets["period"].where(~moved, names[-1]))
    return replace(economy, periods=(*economy.periods, *names), tables=tables)


def earlier(economy: Economy, plan: str) -> Economy:
    """The economy with a plan's targets due one period earlier; what would be due before the first period is left out."""
    before = dict(zip(economy.periods[1:], economy.periods[:-1], strict=True))
    targets = economy.tables["targets"]
    mine = targets["plan"] == plan
    period = targets["period"].where(~mine, targets["period"].map(before))
    kept = targets.assign(period=period)[~mine | period.notna()].reset_index(drop=True)
    return replace(economy, tables={**economy.tables, "targets": kept})
