"""The year in which a plan's figures could be reached, and the bracket of dates (measures g and l)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.regions import country_of
from planner.economy import Economy
from planner.economy.arrays.axes import later
from planner.economy.arrays.time import Time
from planner.economy.periods import split_periods, with_last
from planner.economy.schema import TABLES
from planner.formulation import Question, formulate
from planner.solver.highs import Session, SolveOptions

NOWHERE = "nowhere"  # not with regions, because not in one place


def year_reached(
    economy: Economy, question: Question, plan: str, years: int = 15, tick: Callable[[str], None] = lambda _: None
) -> pd.DataFrame:
    """θ* for ever later dates of the figures, until they are reached or ``years`` have been added.

    What is due in the last period of the horizon moves to the new last period, a sum over periods with its end; what is
    due before stays where it is.
    Conditions of the years after the data end are held at those of the last year. A later date is not shown to be easier
    in every case, so the years are scanned one by one. With regions the later ones are asked of the country in one place
    first: what is out of reach there is so for every division into regions, and nothing else is solved. The last date tried is
    the first at which it is not.

    Args:
        economy: whose periods are calendar years or other numbered periods.
        question: of max θ.
        plan: name of the plan.
        years: how many periods to add at most.
        tick: told each date as it is tried.

    Returns:
        due, periods, attainment, reached, unit: one row a date tried; reached is ``nowhere`` where the share is that of the
        country in one place, and too little.
    """
    rows, country = [], country_of(economy, question, plan)
    if _parted(economy):
        years = 0  # what a part more would be is nowhere said
    for added in range(years + 1):
        longer = extended(economy, plan, added)
        tick(longer.periods[-1])
        share, alone = float("nan"), False
        if country is not None and added:
            share = _share(extended(country, plan, added), question, plan)
            alone = share < INSIDE
        if not alone:
            share = _share(longer, question, plan)
        reached = "yes" if share >= INSIDE else NOWHERE if alone else "no"
        rows.append((longer.periods[-1], len(longer.periods), share, reached))
        if share >= INSIDE or np.isnan(share) or (country is not None and added and not alone):
            break
    table = pd.DataFrame(rows, columns=["due", "periods", "attainment", "reached"])
    table["unit"] = question.share_unit
    return table


def _share(economy: Economy, question: Question, plan: str) -> float:
    """θ* of a plan; ``nan`` where there is none."""
    solution = Session(SolveOptions(method="devex", rays=False)).solve(formulate(economy, question, plan).program)
    return solution.objective if solution.optimal else float("nan")


def periods_needed(economy: Economy, question: Question, plan: str, years: int = 15) -> float:
    """In how many periods all figures of a plan can be reached: fewer than it has, where they can be due earlier.

    Args:
        economy: as in ``year_reached``.
        question: likewise.
        plan: likewise.
        years: how many periods to add at most.

    Returns:
        The number; ``inf`` where they are not reached with so many more, ``nan`` where no plan keeps floors and balances.
    """
    last = year_reached(economy, question, plan, years).iloc[-1]
    if last["reached"] != "yes":
        return float("nan") if np.isnan(last["attainment"]) else float("inf")
    count, sooner = int(last["periods"]), economy
    if count > len(economy.periods):
        return float(count)
    for fewer in range(count - 1, 0, -1):
        sooner = earlier(sooner, plan)
        if not _share(sooner, question, plan) >= INSIDE:
            return float(fewer + 1)
    return 1.0


def extended(economy: Economy, plan: str, added: int) -> Economy:
    """The economy with periods added, conditions as in the last, and what a plan has due in the last moved to the new last."""
    last = economy.periods[-1]
    names = [later(economy.periods, step) for step in range(1, added + 1)]
    if not names:
        return economy
    tables: dict[str, pd.DataFrame] = {}
    for name in (table.name for table in TABLES.values() if table.starred):  # what may hold in every period
        tables[name] = _longer(economy.tables[name], last, names)
    tables["periods"] = _longer(economy.tables["periods"], last, names)
    longer = economy.with_tables(tables, (*economy.periods, *names))
    return longer.with_tables({"targets": _due(longer, plan, {last: names[-1]})})


def _longer(frame: pd.DataFrame, last: str, names: Sequence[str]) -> pd.DataFrame:
    """A table with the rows of the last period again in each of those that follow it."""
    final = np.flatnonzero(frame["period"] == last)
    if not len(final):
        return frame
    rows = frame.take(np.append(np.arange(len(frame)), np.tile(final, len(names)))).reset_index(drop=True)
    period = np.append(frame["period"].to_numpy(dtype=object), np.repeat(np.array(names, object), len(final)))
    return rows.assign(period=pd.Series(period, dtype=frame["period"].dtype))


def earlier(economy: Economy, plan: str) -> Economy:
    """The economy with a plan's targets due one period earlier; what would be due before the first period is left out.

    Where periods have parts all of it is: what would be due in which part is nowhere said.
    """
    if _parted(economy):
        targets = economy.tables["targets"]
        return economy.with_tables({"targets": targets[targets["plan"] != plan].reset_index(drop=True)})
    before = dict(zip(economy.periods[1:], economy.periods[:-1], strict=True))
    targets = _due(economy, plan, {**before, economy.periods[0]: ""})
    kept = targets[targets["period"] != ""].reset_index(drop=True)
    return economy.with_tables({"targets": kept})


def _parted(economy: Economy) -> bool:
    return Time(economy.periods, economy.tables["periods"]).parted


def _due(economy: Economy, plan: str, moved: Mapping[str, str]) -> pd.DataFrame:
    """Targets of an economy, those of a plan due elsewhere: the period each ends in moves, and a sum grows or shrinks.

    Args:
        economy: of all periods concerned.
        plan: whose targets.
        moved: last period -> the new one, ``""`` for none.
    """
    targets = economy.tables["targets"]

    def due(text: str) -> str:
        last = split_periods(text, economy.periods)[-1]
        to = moved.get(last, last)
        return with_last(text, to, economy.periods) if to else ""

    period = targets["period"].where(targets["plan"] != plan, targets["period"].map(due))
    return targets.assign(period=period)
