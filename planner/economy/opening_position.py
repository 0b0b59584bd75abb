"""The state at the end of a year, as the opening position of a one-year economy.

Control figures are tested from where the year before left off. That state is not in the statistics as such; it is put
together so that the plan is favoured wherever the evidence is silent:

- plant is what the opening position, retirement and the known works in progress make it, raised to what the output of the
  year before shows must have stood (where all techniques of a product share a kind of plant);
- works in progress are the known ones, or the most that could have been begun in time and taken in (growth limits and
  sites), if that is more;
- skills are those there were, with as many trained as training allowed;
- stocks are those recorded for the year before, else those of the base date;
- what the year's activities took ahead, in earlier years of the horizon, was taken in whatever amount is wanted; what they
  took before the horizon, as far as the opening state says that they were begun.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from planner.economy.arrays import Arrays, Vector
from planner.economy.economy import Economy
from planner.economy.findings import DataError, Finding
from planner.economy.schema import TABLES
from planner.economy.schema.columns import range_names
from planner.economy.tables import made_like
from planner.program import powers


def year_before(economy: Economy, plan: str) -> Economy:
    """The economy of the one year a plan is about, opening with the state at the end of the year before.

    Args:
        economy: a loaded economy.
        plan: a plan whose targets are all of one period.

    Raises:
        DataError: the plan's targets are of several periods.
    """
    table = economy.tables["targets"]
    years = list(dict.fromkeys(table.loc[table["plan"] == plan, "period"]))
    if len(years) != 1 or years[0] not in economy.periods:
        said = ", ".join(years) or "none"
        sentence = (
            f'The annual question needs targets of one year; those of "{plan}" are for: {said}. Use another model.'
        )
        raise DataError([Finding("E178", "targets.csv", (), "period", plan, sentence)], economy.folder)
    return at_year(economy, years[0])


def at_year(economy: Economy, year: str) -> Economy:
    """The economy of one year, opening with the state at the end of the year before.

    The state has no ranges of its own: at another corner it is what led to it at that corner.

    Args:
        economy: a loaded economy, or that year of one already.
        year: a period of its horizon.

    Raises:
        DataError: the economy has regions.
    """
    if economy.origin is not None and economy.origin.whole is not None and economy.periods == (year,):
        return economy
    facts = Arrays(economy)
    if facts.regional:
        said = "A single year is not cut out of an economy with regions. Ask about the whole horizon, or about the country alone."
        raise DataError([Finding("E209", "regions.csv", (), "", "", said)], economy.folder)
    if not facts.time.even:
        said = "A single year is not cut out of an economy whose periods have lengths of their own. Ask about the whole horizon."
        raise DataError([Finding("E214", "periods.csv", (), "", "", said)], economy.folder)
    t = facts.position("period", year)
    before = economy.base_period if t == 0 else economy.periods[t - 1]
    plant, coming = _plant(facts, t, before)
    tables = dict(economy.tables)
    for table in TABLES.values():
        if table.by_period:
            frame = tables[table.name]
            tables[table.name] = frame[frame[table.period_key] == year].reset_index(drop=True)
    tables["capacities"] = _closed(tables["capacities"], "initial", plant)
    kinds = facts.capacities[coming > 0].tolist()
    pipeline = made_like(tables["pipeline"], len(kinds), {"capacity": kinds, "period": [year] * len(kinds)})
    tables["pipeline"] = _closed(pipeline, "value", coming[coming > 0])
    tables["coefficients"] = _not_taken_since_the_base(_in_force(tables["coefficients"], facts, t), t)
    tables["supply"] = _trained(tables["supply"], facts, t)
    tables["stocks"] = _stocks(tables, before)
    staff = tables["resources"]
    left = powers(1.0 - staff["wastage"].to_numpy(dtype=float), np.full(len(staff), t))
    tables["resources"] = _closed(staff, "initial", staff["initial"] * left)
    for name in ("targets", "bounds"):
        tables[name] = tables[name][tables[name]["period"] == year].reset_index(drop=True)
    return economy.made_by(partial(at_year, year=year), tables, base_period=before, periods=(year,))


def _closed(frame: pd.DataFrame, column: str, values: Vector | pd.Series) -> pd.DataFrame:
    """A frame with a number and both ends of its range in one place."""
    return frame.assign(**dict.fromkeys((column, *range_names(column)), values))


def _plant(facts: Arrays, t: int, before: str) -> tuple[Vector, Vector]:
    """Plant at the end of the year before period ``t``, and what comes on stream in it; shape (K,) each."""
    known = facts.plant.pipeline.reshape(-1, facts.T)
    ended = (facts.plant.ends @ facts.plant.pipeline + facts.plant.retiring).reshape(-1, facts.T)
    stands = facts.plant.column("initial").copy()
    revealed = _revealed(facts, before)
    for period in range(t):
        begun = _most_begun(facts, stands, period)
        # Where the year's output shows what stood, that is believed; elsewhere all that could be begun is granted.
        stands = facts.plant.survives * stands + np.where(
            np.isnan(revealed), np.maximum(known[:, period], begun), known[:, period]
        )
        stands = np.maximum(0.0, stands - ended[:, period])
    stands = np.fmax(stands, revealed)
    return stands, np.maximum(known[:, t], _most_begun(facts, stands, t))


def _most_begun(facts: Arrays, stands: Vector, period: int) -> Vector:
    """The most begun under the plan that could come on stream in a period, given the plant before it; shape (K,)."""
    share, floor = facts.plant.column("growth_limit"), facts.plant.column("growth_floor")
    most = np.where(np.isnan(share), np.inf, share * stands + floor)
    start = period - facts.plant.gestation
    rows = facts.tables["investment"]
    resource = facts.codes("resource", rows["item"])
    capacity = facts.codes("capacity", rows["capacity"])
    for row in np.flatnonzero((resource >= 0) & (rows["value"].to_numpy() > 0)):
        k = capacity[row]
        used = start[k] + int(rows["year"].iloc[row]) - 1
        if 0 <= used < facts.T:
            most[k] = min(most[k], facts.supply[resource[row] * facts.T + used] / rows["value"].iloc[row])
    # Plant that needs no time to build can be begun in the year itself; an unlimited amount cannot be granted.
    return np.where((start >= 0) & (facts.plant.gestation > 0) & np.isfinite(most), most, 0.0)


def _revealed(facts: Arrays, before: str) -> Vector:
    """Plant that must have stood for the outputs of a period, shape (K,); ``nan`` where outputs do not tell."""
    result = np.full(len(facts.capacities), np.nan)
    actuals = facts.tables["actuals"]
    known = actuals[(actuals["measure"] == "output") & (actuals["period"] == before) & (actuals["preferred"] == "yes")]
    output = dict(zip(known["item"], known["value"], strict=True))
    column = 0 if before not in facts.economy.periods else facts.position("period", before)
    plant = facts.technology.occupies.toarray()[column :: facts.T, column :: facts.T]
    principal = facts.tables["activities"]["product"].to_numpy(dtype=object)
    utilisation = facts.plant.column("utilisation")
    for product, quantity in output.items():
        makers = np.flatnonzero(principal == product)
        if not len(makers) or not np.isfinite(quantity):
            continue
        least = plant[:, makers].min(axis=1)  # the technique that takes least plant, in the plan's favour
        for k in np.flatnonzero(least > 0):
            result[k] = np.fmax(result[k], quantity * least[k] / utilisation[k])
    return result


def _in_force(frame: pd.DataFrame, facts: Arrays, t: int) -> pd.DataFrame:
    """Coefficients as they stand in a period: the latest row of each that has begun."""
    begins = frame["from_period"].to_numpy(dtype=object)
    first = np.where(begins == "", 0, facts.codes("period", begins))
    begun = frame.assign(_first=first)[(first >= 0) & (first <= t)].sort_values("_first", kind="stable")
    latest = begun.drop_duplicates(["activity", "item", "role"], keep="last").sort_index()
    return latest.drop(columns="_first").assign(from_period="").reset_index(drop=True)


def _not_taken_since_the_base(coefficients: pd.DataFrame, t: int) -> pd.DataFrame:
    """Coefficients less those of what period ``t`` took in an earlier period of the horizon: how much that was is not known."""
    taken = (coefficients["lead"] > 0) & (coefficients["lead"] <= t)
    return coefficients[~taken].reset_index(drop=True)


def _trained(supply: pd.DataFrame, facts: Arrays, t: int) -> pd.DataFrame:
    """Supply of the year with those moved up a skill in the years before, as many as training allowed."""
    moved = np.zeros(len(supply))
    resource = supply["resource"].to_numpy(dtype=object)
    for link in facts.tables["training"].to_dict("records"):
        if not np.isfinite(link["growth_limit"]):
            continue
        grade = facts.supply.reshape(-1, facts.T)[facts.position("resource", link["to_resource"])]
        starts: list[float] = []
        for period in range(t):
            joined = sum(starts[: max(0, period - int(link["periods"]) + 1)])
            starts.append(link["growth_limit"] * (grade[period] + joined))
        ready = sum(starts[: max(0, t - int(link["periods"]) + 1)])
        moved[resource == link["to_resource"]] += ready
        moved[resource == link["from_resource"]] -= sum(starts)
    columns = ("value", *range_names("value"))
    return supply.assign(**{column: (supply[column] + moved).clip(lower=0.0) for column in columns})


def _stocks(tables: dict[str, pd.DataFrame], before: str) -> pd.DataFrame:
    """Stocks at the end of the period before where they are recorded, else those of the base date."""
    actuals, stocks = tables["actuals"], tables["stocks"]
    known = actuals[(actuals["measure"] == "stock") & (actuals["period"] == before) & (actuals["preferred"] == "yes")]
    recorded = stocks["product"].map(dict(zip(known["item"], known["value"], strict=True))).astype(float)
    columns = ("initial", *range_names("initial"))
    return stocks.assign(**{column: recorded.fillna(stocks[column]) for column in columns})
