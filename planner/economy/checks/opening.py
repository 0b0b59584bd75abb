"""Checks of what is taken ahead: leads where none apply, and what was begun before the first period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from planner.economy.findings import Finding, findings_in
from planner.economy.items import foreign_currencies
from planner.economy.words import items_by_period

__all__ = ["begun_before", "leads"]

_AHEAD = ("input", "resource")


def leads(rows: pd.DataFrame) -> list[Finding]:
    """Leads of outputs and capacities, which have none."""
    wrong = ~rows["role"].isin(_AHEAD) & (rows["lead"] > 0)
    said = (
        'A lead says how long before the activity an input or a resource is taken; this is of role "{value}", which is of '
        "the activity's own period. Lead the inputs instead, or take the lead out."
    )
    return findings_in(rows, wrong, "E128", "lead", said, values=rows["role"])


def begun_before(tables: Mapping[str, pd.DataFrame], periods: Sequence[str]) -> list[Finding]:
    """Activities that take something before the first period: those of which nothing says what was begun, and rows in vain.

    Args:
        tables: effective tables, without errors.
        periods: the horizon.
    """
    rows, opening = tables["coefficients"], tables["opening"]
    back = _reaching_back(rows, periods)
    ahead = opening["kind"] == "activity"
    begun = set(zip(opening["key"][ahead], opening["period"][ahead], strict=True))
    silent = [cell for cell in back if cell not in begun]
    result: list[Finding] = []
    if silent:
        wrong = rows["activity"].isin([activity for activity, _ in silent]) & _taken_ahead(rows)
        where = items_by_period(sorted(silent, key=lambda cell: periods.index(cell[1])))
        said = (
            f"What these run on is taken before the first period: {where}. No row of opening.csv says that they were "
            "begun, so they cannot run then. Say what was begun, 0 if nothing was."
        )
        result += findings_in(rows, wrong, "W122", "lead", said, values=pd.Series("", index=rows.index, dtype=str))
    vain = np.array([cell not in back for cell in zip(opening["key"], opening["period"], strict=True)], dtype=bool)
    said = '"{value}" takes nothing before the first period for what it makes then, so this row changes nothing.'
    result += findings_in(opening, vain & ahead.to_numpy(), "W123", "key", said)
    running, owed = opening["kind"] == "running", opening["kind"] == "debt"
    later = opening["period"] != periods[0]
    idle = running & (~opening["key"].isin(tables["runs"]["activity"]) | later)
    said = '"{value}" does not run in units, or the period is not the first, so this row changes nothing.'
    result += findings_in(opening, idle.to_numpy(), "W123", "key", said)
    unlimited = not (tables["finance"]["debt_limit"].notna() | (tables["finance"]["interest"] > 0)).any()
    abroad = owed & (later | unlimited | ~opening["key"].isin(foreign_currencies(tables)))
    said = (
        '"{value}" is not the currency of finance.csv, the period is not the first, or neither debt_limit nor interest is '
        "stated, so this row changes nothing."
    )
    result += findings_in(opening, abroad.to_numpy(), "W123", "key", said)
    return result + _retiring(tables, periods)


def _retiring(tables: Mapping[str, pd.DataFrame], periods: Sequence[str]) -> list[Finding]:
    """More plant that retires by name than stood at the base date, or is there when it should go."""
    rows, capacities = tables["opening"], tables["capacities"]
    rows = rows[(rows["kind"] == "retiring") & rows["period"].isin(periods)]
    stood = dict(zip(capacities["capacity"], capacities["initial"], strict=True))
    so_far = rows.groupby("key")["value"].transform("sum")
    over = (so_far > rows["key"].map(stood).astype(float) * (1 + 1e-9)).to_numpy()
    said = (
        'More of "{value}" retires than stood at the base date (`initial` of capacities.csv). Correct one of the two.'
    )
    return findings_in(rows, over, "E129", "value", said, values=rows["key"])


def _taken_ahead(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["role"].isin(_AHEAD) & (rows["lead"] > 0) & (rows["value"] > 0)


def _reaching_back(rows: pd.DataFrame, periods: Sequence[str]) -> dict[tuple[str, str], None]:
    """Pairs of activity and period for which something is taken before the first period, in order."""
    ahead = rows["activity"].isin(rows["activity"][_taken_ahead(rows)])
    if not ahead.any():
        return {}
    rows = rows[ahead]
    begins = rows["from_period"].map({"": 0, **{label: at for at, label in enumerate(periods)}})
    rows = rows.assign(first=begins)[begins.notna()].astype({"first": int}).sort_values("first", kind="stable")
    key = ["activity", "item", "role"]
    ends = rows.groupby(key, sort=False)["first"].shift(-1).fillna(len(periods)).astype(int)
    rows = rows.assign(end=np.minimum(ends, rows["lead"].astype(int)))[_taken_ahead(rows)].sort_index()
    cells: dict[tuple[str, str], None] = {}
    for activity, first, end in zip(rows["activity"], rows["first"], rows["end"], strict=True):
        cells |= {(activity, periods[at]): None for at in range(first, min(end, len(periods)))}
    return cells
