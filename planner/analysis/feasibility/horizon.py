"""The year in which a plan's figures could be reached, and the bracket of dates (measures g and l)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.regions import country_of
from planner.economy import Economy
from planner.economy.arrays.axes import later
from planner.economy.arrays.time import Time
from planner.economy.periods import split_periods, with_last
from planner.economy.places import base
from planner.economy.schema import TABLES
from planner.economy.schema.columns import range_names
from planner.formulation import Question, formulate
from planner.formulation.question import POPULATION
from planner.solver.highs import Session, SolveOptions

NO_GROWTH: Mapping[str, float] = MappingProxyType({})
NOWHERE = "nowhere"  # not with regions, because not in one place


def year_reached(
    economy: Economy, question: Question, plan: str, years: int = 15, tick: Callable[[str], None] = lambda _: None
) -> pd.DataFrame:
    """θ* for ever later dates of the figures, until they are reached or ``years`` have been added.

    What is due in the last period of the horizon moves to the new last period, a sum over periods with its end; what is
    due before stays where it is. Where the last period has parts, so have those that are added.
    Conditions of the years after the data end are held at those of the last year, but for what the question lets grow. A
    later date is not shown to be easier in every case, so the years are scanned one by one. With regions the later ones are
    asked of the country in one place first: what is out of reach there is so for every division into regions, and nothing
    else is solved. The last date tried is the first at which it is not.

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
    for added in range(years + 1):
        longer = extended(economy, plan, added, question.growth)
        wholes = _time(longer).wholes
        tick(wholes[-1])
        share, alone = float("nan"), False
        if country is not None and added:
            share = _share(extended(country, plan, added, question.growth), question, plan)
            alone = share < INSIDE
        if not alone:
            share = _share(longer, question, plan)
        reached = "yes" if share >= INSIDE else NOWHERE if alone else "no"
        rows.append((wholes[-1], len(wholes), share, reached))
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
    if count > len(_time(economy).wholes):
        return float(count)
    for fewer in range(count - 1, 0, -1):
        sooner = earlier(sooner, plan)
        if not _share(sooner, question, plan) >= INSIDE:
            return float(fewer + 1)
    return 1.0


def extended(economy: Economy, plan: str, added: int, growth: Mapping[str, float] = NO_GROWTH) -> Economy:
    """The economy with periods added, conditions as in the last, and what a plan has due in the last moved to the new last.

    Args:
        economy: of the data.
        plan: whose figures.
        added: how many periods.
        growth: rate a period by which resources, or ``population``, grow in those that are added.
    """
    wholes = _time(economy).wholes
    last, parts = wholes[-1], _labels_of(economy, wholes[-1])
    names = [later(wholes, step) for step in range(1, added + 1)]
    if not names:
        return economy
    tables: dict[str, pd.DataFrame] = {}
    for name in (table.name for table in TABLES.values() if table.starred):  # what may hold in every period
        tables[name] = _longer(economy.tables[name], last, parts, names)
    steps = {_as_in(part, last, name): step for step, name in enumerate(names, start=1) for part in parts}
    for name, of in (("supply", tables["supply"]["resource"].map(base)), (POPULATION, POPULATION)):
        tables[name] = _grown(tables[name].assign(of=of), steps, growth)
    calendar = _longer(economy.tables["periods"], last, [*parts, last], names)
    whole = {_as_in(part, last, name): name for name in names for part in parts if part != last}
    part_of = [whole.get(label, its) for label, its in zip(calendar["period"], calendar["part_of"], strict=True)]
    tables["periods"] = calendar.assign(part_of=pd.Series(part_of, dtype=calendar["part_of"].dtype))
    added_ones = (_as_in(part, last, name) for name in names for part in parts)
    longer = economy.with_tables(tables, (*economy.periods, *added_ones))
    return longer.with_tables({"targets": _due(longer, plan, {last: names[-1]})})


def _longer(frame: pd.DataFrame, last: str, parts: Sequence[str], names: Sequence[str]) -> pd.DataFrame:
    """A table with the rows of the last period, or of its parts, again in each of those that follow it."""
    final = np.flatnonzero(frame["period"].isin(parts))
    if not len(final):
        return frame
    rows = frame.take(np.append(np.arange(len(frame)), np.tile(final, len(names)))).reset_index(drop=True)
    period = frame["period"].to_numpy(dtype=object)
    new = np.array([_as_in(label, last, name) for name in names for label in period[final]], object)
    return rows.assign(period=pd.Series(np.append(period, new), dtype=frame["period"].dtype))


def _grown(frame: pd.DataFrame, steps: Mapping[str, int], growth: Mapping[str, float]) -> pd.DataFrame:
    """A table whose numbers grow with each period that was added, by the rate of what each is ``of``."""
    rate, step = (frame[key].map(known).fillna(0.0) for key, known in (("of", growth), ("period", steps)))
    grown = [name for name in ("value", *range_names("value")) if name in frame]
    return frame.drop(columns="of").assign(**{name: frame[name] * (1.0 + rate) ** step for name in grown})


def _as_in(label: str, whole: str, other: str) -> str:
    """The label in another whole of a part of one, or of the whole itself: ``2.winter`` of ``2`` is ``3.winter`` in ``3``."""
    return other + label.removeprefix(whole)


def earlier(economy: Economy, plan: str) -> Economy:
    """The economy with a plan's targets due one period earlier; what would be due before the first period is left out.

    What is due in a part is due in the part of the same name. Where the period before has no such part all targets of the plan
    are left out: when it would be due is nowhere said.
    """
    wholes = _time(economy).wholes
    before = dict(zip(wholes[1:], wholes[:-1], strict=True))
    try:
        targets = _due(economy, plan, {**before, wholes[0]: ""})
    except LookupError:
        targets = economy.tables["targets"]
        targets = targets.assign(period=targets["period"].mask(targets["plan"] == plan, ""))
    kept = targets[targets["period"] != ""].reset_index(drop=True)
    return economy.with_tables({"targets": kept})


def _time(economy: Economy) -> Time:
    return Time(economy.periods, economy.tables["periods"])


def _labels_of(economy: Economy, whole: str) -> list[str]:
    """The periods that are a whole, or its parts."""
    return [label for label, its in zip(economy.periods, _time(economy).whole, strict=True) if its == whole]


def _due(economy: Economy, plan: str, moved: Mapping[str, str]) -> pd.DataFrame:
    """Targets of an economy, those of a plan due elsewhere: the period each ends in moves, and a sum grows or shrinks.

    Args:
        economy: of all periods concerned.
        plan: whose targets.
        moved: last period, or whole of parts -> the new one, ``""`` for none.

    Raises:
        LookupError: what is due in a part would be due in a period that has no such part.
    """
    targets, known = economy.tables["targets"], economy.periods
    whole = dict(zip(known, _time(economy).whole, strict=True))

    def due(text: str) -> str:
        labels = split_periods(text, known)
        last = whole[labels[-1]]
        to = moved.get(last, last)
        own = [label for label in labels if whole[label] == last]
        if not to or to == last:
            return text if to else ""
        all_of_it = own == _labels_of(economy, last)
        there = _labels_of(economy, to) if all_of_it else [_as_in(label, last, to) for label in own]
        if not set(there) <= set(known):
            raise LookupError(to)
        return with_last(text, there, known, len(own))

    period = targets["period"].where(targets["plan"] != plan, targets["period"].map(due))
    return targets.assign(period=period)
