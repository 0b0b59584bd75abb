"""What a term of a test comes to: in the tables, in what is feasible, and in what comes of a plan."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from math import inf, nan
from typing import Any

import numpy as np
import pandas as pd

from planner.answers.claims.judging import Found
from planner.answers.claims.solved import LATER, Solved
from planner.economy.claims import LookupTerm
from planner.economy.claims.checks import row_of
from planner.economy.schema.columns import range_names
from planner.economy.units import Units

__all__ = ["figures_of", "look_up", "produced", "reached_row"]

_CELL = ["measure", "item", "period"]
_FIGURE = "official"  # of the table `reached`, where a test names no other


def look_up(term: LookupTerm, solved: Solved) -> Found:
    """What a term comes to.

    Args:
        term: of a check.
        solved: what is solved for it.
    """
    return _LOOK[term.kind](term, solved)


def figures_of(term: LookupTerm, tables: Mapping[str, pd.DataFrame], plan: str) -> pd.DataFrame:
    """A plan's figures of what a term is about, whenever they are due.

    Args:
        term: that names a measure, an item and a period.
        tables: of the economy.
        plan: whose figures.
    """
    frame, (measure, item, _) = tables["targets"], term.cell
    return frame[(frame["plan"] == plan) & (frame["measure"] == measure) & (frame["item"] == item)]


def produced(term: LookupTerm, tables: Mapping[str, pd.DataFrame]) -> Found:
    """What was produced, by the preferred series; its ends are those of every series.

    Args:
        term: that names a measure, an item and a period.
        tables: of the economy.
    """
    frame = tables["actuals"]
    rows = frame[(frame[_CELL] == list(term.cell)).all(axis=1)]
    best = _stated(rows[rows["preferred"] == "yes"], "It is not known what was produced.")
    if np.isnan(best.value):
        return best
    others = rows["value"].astype(float)
    return replace(best, low=min(best.ends[0], others.min()), high=max(best.ends[1], others.max()))


def reached_row(term: LookupTerm, solved: Solved) -> Mapping[Hashable, Any] | None:
    """When a figure was due, could have been had by itself, and was reached; nothing where the table does not have it.

    Args:
        term: that names it.
        solved: what is solved for it.
    """
    table, figure = solved.reached, term.words.get("figure", _FIGURE)
    rows = table[(table["plan"] == term.plan) & (table["item"] == term.words["item"]) & (table["figure"] == figure)]
    return rows.iloc[0].to_dict() if len(rows) else None


def _official(term: LookupTerm, solved: Solved) -> Found:
    rows = figures_of(term, solved.economy.tables, term.plan)
    return _stated(rows[rows["period"] == term.cell[2]], f"The plan {term.plan} has no such figure.")


def _table(term: LookupTerm, solved: Solved) -> Found:
    economy = solved.economy if term.scenario is None else solved.economy.in_scenario(term.scenario)
    column = term.words["column"]
    rows = row_of(term, economy.tables)
    low, high = (name if name in rows else column for name in range_names(column)[:2])
    told = rows.assign(value=rows[column], low=rows[low], high=rows[high])
    unit = Units.of(economy).of_rows(term.words["table"], column, rows)
    return _stated(told.assign(unit=unit), f"The table {term.words['table']} has no such row.")


def _feasible(term: LookupTerm, solved: Solved) -> Found:
    found = solved.feasible(term.plan)
    if term.cell not in found.values:
        return Found(note="The feasible plan has no such figure.")
    return Found(found.values[term.cell], unit=found.units[term.cell])


def _attained(term: LookupTerm, solved: Solved) -> Found:
    table = solved.verdicts(term.plan, term.scenario)
    share = table[table["figures"] == "official"].set_index("corner")["attainment"].astype(float)
    return Found(
        share["central"], share.get("pessimistic", nan), share.get("optimistic", nan), unit=table["unit"].iloc[0]
    )


def _verdict(term: LookupTerm, solved: Solved) -> Found:
    return Found(verdict=str(solved.verdicts(term.plan, term.scenario)["verdict_over_ranges"].iloc[0]))


def _periods(term: LookupTerm, solved: Solved) -> Found:
    count = solved.periods(term.plan, term.words.get("corner", "central"))
    note = (
        ""
        if np.isfinite(count)
        else f"not within {len(solved.economy.periods) + LATER} periods"
        if count > 0
        else "No plan keeps the floors and balances."
    )
    return Found(count, count, count, "", "periods", "", "", note)


def _reached(term: LookupTerm, solved: Solved) -> Found:
    row = reached_row(term, solved)
    if row is None:
        return Found(note="The table reached has no such figure.")
    year, least = _year(str(row["reached"]))
    note = "" if np.isfinite(year) else str(row["reached"])
    return Found(year, least, year, "", "year", row["source"], row["verified"], note)


def _late(term: LookupTerm, solved: Solved) -> Found:
    rows = solved.economy.tables["reached"]
    rows = rows[rows["plan"] == term.plan]
    since = float(term.words["year"])
    least = [_year(str(text))[1] for text in rows["reached"]]
    late, unknown = sum(year >= since for year in least), int(np.isnan(least).sum())
    note = f"{late} of {len(rows)} figures" + (f"; of {unknown} no year is known" if unknown else "")
    sources, share = "; ".join(dict.fromkeys(rows["source"])), late / len(rows)
    return Found(share, share, share + unknown / len(rows), "", "share of the figures", sources, "", note)


def _executed(term: LookupTerm, solved: Solved) -> Found:
    return _column(solved.played(term.plan).get("execution_years", pd.DataFrame()), term)


def _short(term: LookupTerm, solved: Solved) -> Found:
    """Share of the products that somebody needs of which there was too little for a branch or works, by a period."""
    played, tables, periods = solved.played(term.plan), solved.economy.tables, list(solved.economy.periods)
    if "shortages" not in played:
        return Found(note="The plan cannot be played forward.")
    taken = tables["coefficients"]
    needed = {*taken["item"][taken["role"] == "input"], *tables["investment"]["item"]} & {
        *tables["products"]["product"]
    }
    until = periods.index(term.words["period"])
    short = {
        str(product)
        for product, period in zip(played["shortages"]["product"], played["shortages"]["period"], strict=True)
        if periods.index(str(period)) <= until
    }
    share = len(short & needed) / len(needed)
    return Found(
        share, share, share, unit="share of the products", note=f"{len(short & needed)} of {len(needed)} products"
    )


def _money(term: LookupTerm, solved: Solved) -> Found:
    table = solved.accounts(term.plan)
    case = term.words["case"].replace("_", " ")
    return _column(table[table["case"] == case] if len(table) else table, term)


def _column(table: pd.DataFrame, term: LookupTerm) -> Found:
    """A column of a result in a period, with the ends that the result has for it."""
    column = term.words["column"]
    rows = table[table["period"].astype(str) == term.words["period"]] if len(table) else table
    if not len(rows) or column not in rows:
        return Found(note=f'The answer has no "{column}" of {term.words["period"]}.')
    row = rows.iloc[0]
    low, high = (float(row.get(f"{column}_{end}", nan)) for end in ("low", "high"))
    unit = (
        str(row["unit"]) if str(row["unit"]).startswith("share of") or column in ("money", "goods", "unbacked") else ""
    )
    return Found(float(row[column]), low, high, unit=unit)


def _stated(rows: pd.DataFrame, otherwise: str) -> Found:
    """A number of a table with its range, source and grade."""
    if not len(rows):
        return Found(note=otherwise)
    row = rows.iloc[0]
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    return Found(value, low, high, "", str(row["unit"]), str(row["source"]), str(row["verified"]))


def _year(text: str) -> tuple[float, float]:
    """A year, and the first that it can have been: of ``not by 1960`` none, and 1961; of other words neither is known."""
    if text.isdigit():
        return float(text), float(text)
    before = text.removeprefix("not by ")
    return (inf, float(before) + 1) if before != text and before.isdigit() else (nan, nan)


_LOOK: Mapping[str, Callable[[LookupTerm, Solved], Found]] = {
    "official": _official,
    "produced": lambda term, solved: produced(term, solved.economy.tables),
    "feasible": _feasible,
    "table": _table,
    "attained": _attained,
    "verdict": _verdict,
    "periods": _periods,
    "reached": _reached,
    "late": _late,
    "executed": _executed,
    "short": _short,
    "money": _money,
}
