"""Checks of what is not there: the rules stand in the schema, as ``absent`` of each table; here is where they bite.

What is left out counts as nothing. Wherever a plan can hang on that it is said, once a table; what cannot be meant is
refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from planner.economy.arrays.time import Time
from planner.economy.findings import Finding, findings_in
from planner.economy.schema import TABLES
from planner.economy.words import and_more, items_by_period

__all__ = ["left_out", "nothing_to_plan", "without_means"]

Tables = Mapping[str, pd.DataFrame]


def nothing_to_plan(tables: Tables) -> list[Finding]:
    """Tables without which there is no economy at all."""
    result = []
    for name in ("products", "activities"):
        if not len(tables[name]):
            said = f"There is no row of {name}.csv, so there is nothing to plan. Is the file missing?"
            result.append(Finding("E126", f"{name}.csv", (), "", "", said))
    return result


def without_means(tables: Tables) -> list[Finding]:
    """Resources that are used and never there, and extra food for workers where nobody works."""
    resources, trained = tables["resources"], tables["training"]
    there = {*tables["supply"]["resource"], *trained["to_resource"], *trained["from_resource"], *_staffed(resources)}
    wrong = resources["resource"].isin(_used_resources(tables) - there)
    said = '"{value}" is used, but supply.csv has no row for it. Say how much there is; 0 is an answer too.'
    result = findings_in(resources, wrong, "E127", "resource", said)
    extra = tables["worker_consumption"]
    if len(extra) and not (resources["kind"] == "labour").any():
        said = '"{value}" is consumed per worker, but no resource is of the kind "labour". Is a kind missing?'
        result += findings_in(extra, extra["per_worker"] > 0, "E135", "product", said)
    return result


def left_out(tables: Tables, periods: Sequence[str]) -> list[Finding]:
    """Periods in which something has no row, and what comes about for nothing.

    Args:
        tables: effective tables, ``*`` rows expanded and without errors.
        periods: the horizon.
    """
    used = _used_resources(tables) | {*tables["training"]["to_resource"], *tables["training"]["from_resource"]}
    supply, trade, finance = tables["supply"], tables["trade"], tables["finance"]
    gaps = {
        "supply": _missing(
            supply[supply["resource"].isin(used)], ["resource"], periods, sorted(used - _staffed(tables["resources"]))
        ),
        "final_use": _missing(tables["final_use"], ["product", "use"], periods),
        "trade": _missing(trade, ["product", "direction", *_named(trade)], periods),
        "finance": _missing(
            finance, _named(finance), periods, ["foreign exchange"] if _one_abroad(trade, finance) else []
        ),
        "coefficients": _not_yet(tables["coefficients"], periods),
    }
    result = []
    for name, cells in gaps.items():
        if cells:
            when = and_more(list(dict.fromkeys(period for _, period in cells)))
            said = f"There is no row for {items_by_period(cells)}. {TABLES[name].absent} Say 0 where that is meant."
            result.append(Finding("W120", f"{name}.csv", (), "period", when, said))
    return [*result, *_for_nothing(tables, periods)]


def _named(frame: pd.DataFrame) -> list[str]:
    """The column of currencies where rows name one."""
    return ["currency"] if (frame["currency"] != "").any() else []


def _one_abroad(trade: pd.DataFrame, finance: pd.DataFrame) -> bool:
    """Whether there is foreign exchange, in one currency that rows have no need to name."""
    return bool(len(trade) or len(finance)) and not _named(finance)


def _used_resources(tables: Tables) -> set[str]:
    """Resources that production, building, projects or training take some of."""
    rows, names = tables["coefficients"], set(tables["resources"]["resource"])
    others = (tables[name] for name in ("run_inputs", "investment", "upkeep", "project_goods"))
    taken = [rows[rows["role"] == "resource"], *others]
    return names & set().union(*(frame["item"][frame["value"] > 0].unique().tolist() for frame in taken))


def _staffed(resources: pd.DataFrame) -> set[str]:
    """Labour that was there at the base date, or is recruited."""
    return set(resources["resource"][(resources["initial"] > 0) | (resources["recruits"] > 0)])


def _missing(
    frame: pd.DataFrame, key: list[str], periods: Sequence[str], wanted: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """Pairs of a key and a period without a row; of the keys that have some row, and of those that are wanted."""
    parts = [frame[name].tolist() for name in key]
    names = [" ".join(cells) for cells in zip(*parts, strict=True)] if parts else [*wanted][:1] * len(frame)
    there = set(zip(names, frame["period"].tolist(), strict=True))
    items = dict.fromkeys([*names, *wanted])
    return [(item, period) for item in items for period in periods if (item, period) not in there]


def _not_yet(rows: pd.DataFrame, periods: Sequence[str]) -> list[tuple[str, str]]:
    """Coefficients whose first row begins after the first period, and the periods before it."""
    late = (rows["from_period"] != "") & (rows["from_period"] != periods[0])
    if not late.any():
        return []
    key = ["activity", "item", "role"]
    begins = rows["from_period"].map({"": 0, **{label: at for at, label in enumerate(periods)}})
    first = begins.groupby([rows[name] for name in key], sort=False).min()
    first = first[first > 0]
    names = first.index.map(" ".join)
    return [(name, period) for name, at in zip(names, first, strict=True) for period in periods[: int(at)]]


def _held_back(tables: Tables, *measures: str) -> set[str]:
    """Items of measures of which more costs something, or which are bounded from above, by a number or by a rule."""
    costs, bounds = tables["costs"], tables["bounds"]
    rows = [costs[costs["kind"] == "cost"], bounds[bounds["sense"] != "at_least"], tables["relation_terms"]]
    return {item for frame in rows for item in frame["item"][frame["measure"].isin(measures)]}


def _for_nothing(tables: Tables, periods: Sequence[str]) -> list[Finding]:
    """Activities that take and occupy nothing, and plant and projects that take nothing to build."""
    rows, activities, capacities = tables["coefficients"], tables["activities"], tables["capacities"]
    priced, bounded = _held_back(tables, "activity"), _held_back(tables, "start", "expansion", "capacity", "investment")
    made_at_a_price = activities["activity"][activities["product"].isin(_held_back(tables, "output"))]
    paid = {
        *rows["activity"][(rows["role"] != "output") & (rows["value"] > 0)].unique(),
        *capacities["capacity"].tolist(),
    }
    paid |= {
        *tables["runs"]["activity"],
        *priced,
        *made_at_a_price,
        *activities["activity"][activities["group"].isin(priced)],
    }
    comes = Time(periods, tables["periods"]).arrival(capacities["gestation"].to_numpy().astype(np.intp))[:, 0]
    stands_still = ((capacities["growth_limit"] == 0) & (capacities["growth_floor"] == 0)) | (comes >= len(periods))
    goods, project_goods = tables["investment"], tables["project_goods"]
    projects = tables["projects"]
    result: list[Finding] = []
    for frame, key, wrong, said in (
        (
            activities,
            "activity",
            ~activities["activity"].isin(paid),
            "takes and occupies nothing, so it makes its product out of nothing and without limit",
        ),
        (
            capacities,
            "capacity",
            ~capacities["capacity"].isin({*goods["capacity"][goods["value"] > 0].unique(), *bounded}) & ~stands_still,
            "takes nothing to build: investment.csv has no row for it, so any amount is built for nothing",
        ),
        (
            projects,
            "project",
            ~projects["project"].isin(project_goods["project"][project_goods["value"] > 0]),
            "takes nothing to build: project_goods.csv has no row for it",
        ),
    ):
        names = frame[key][wrong].tolist()
        if names:
            sentence = f"{and_more(names)}: {said}. Is that meant?"
            shown = pd.Series("", index=frame.index, dtype=str)
            result += findings_in(frame, np.asarray(wrong), "W124", key, sentence, values=shown)
    return result
