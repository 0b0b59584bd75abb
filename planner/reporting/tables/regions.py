"""What is matched over regions, what moves between them, what lines carry, and what a product is worth where."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.analysis.feasibility.regions import Matching
from planner.economy.places import AT, TO, base, place, regions_of
from planner.reporting.tables.binding import binding_table
from planner.reporting.tables.plan import tidy

__all__ = ["FULL", "tables"]

FULL = 1.0 - 1e-6  # a line is full from here on

_SEEN = 1e-9  # of the largest flow: less is nothing


def tables(found: Matching) -> dict[str, pd.DataFrame]:
    """Every table about regions by file stem."""
    return {
        "matching": matching_table(found),
        "regions": regions_table(found),
        "flows": flows_table(found),
        "lines": lines_table(found),
        "regional_prices": prices_table(found),
        "regional_weights": weights_table(found),
    }


def regions_table(found: Matching) -> pd.DataFrame:
    """``regions.csv``: each region with its figures, and how much of them can be had if no other is asked for."""
    frame = found.formulation.economy.tables["regions"]
    targets = found.formulation.targets.frame
    own = {region: [region in regions_of(place(str(item))) for item in targets["item"]] for region in frame["region"]}
    seen = (targets["verified"] == "yes").to_numpy()
    return pd.DataFrame(
        {
            "region": frame["region"],
            "name": frame["name"],
            "longitude": frame["longitude"],
            "latitude": frame["latitude"],
            "figures": [sum(own[region]) for region in frame["region"]],
            "figures_seen": [int((np.array(own[region]) & seen).sum()) for region in frame["region"]],
            "share_alone": [found.alone.get(region, np.nan) for region in frame["region"]],
        }
    )


def matching_table(found: Matching) -> pd.DataFrame:
    """``matching.csv``: figures of the country beside the sum of those of regions."""
    frame = found.formulation.targets.frame
    rows = []
    keys = list(zip(*(frame[name].astype(str) for name in ("measure", "item", "period", "sense")), strict=True))
    for at, (measure, item, period, sense) in enumerate(keys):
        cell = (measure, item, period, sense)
        some = [i for i, (m, label, p, s) in enumerate(keys) if AT in label and (m, base(label), p, s) == cell]
        own = {place(keys[i][1]) for i in some}
        parts = [i for i in some if not _again(place(keys[i][1]), own)]
        if parts and AT not in item:
            total, official = float(frame["value"].iloc[parts].sum()), float(frame["value"].iloc[at])
            seen = int((frame["verified"].iloc[parts] == "yes").sum())
            ratio = total / official if official else np.nan
            rows.append(
                (measure, item, period, sense, frame["unit"].iloc[at], len(parts), seen, total, official, ratio)
            )
    columns = [
        "measure",
        "item",
        "period",
        "sense",
        "unit",
        "figures",
        "figures_seen",
        "sum",
        "official",
        "sum_to_official",
    ]
    return tidy(pd.DataFrame(rows, columns=columns), columns[:4])


def _again(where: str, others: set[str]) -> bool:
    """Whether a place of several regions has one with a figure of its own among them."""
    regions = regions_of(where)
    return len(regions) > 1 and any(region in others for region in regions)


def flows_table(found: Matching) -> pd.DataFrame:
    """``flows.csv``: what moves from one region to another in the plan with the least hauls."""
    facts, T = found.formulation.facts, found.formulation.facts.T
    columns = ["product", "from", "to", "period", "way", "quantity", "unit", "load", "distance"]
    if found.hauls is None or not facts.technology.moves.any():
        return pd.DataFrame(columns=columns)
    level = found.hauls.block("activity").reshape(-1, T)
    moved = level[facts.technology.moves]
    rows = []
    for at in np.flatnonzero(facts.technology.moves):
        label = str(facts.activities[at])
        start, end = regions_of(place(label))
        for t in np.flatnonzero(level[at] > _SEEN * moved.max(initial=0.0)):
            row = (base(label), start, end, facts.periods[t], place(label), float(level[at, t]))
            load = float(level[at, t] * facts.technology.weight[at])
            rows.append((*row, facts.technology.units[at], load, float(facts.technology.distance[at])))
    return tidy(pd.DataFrame(rows, columns=columns), ["product", "from", "to", "period", "way"])


def lines_table(found: Matching) -> pd.DataFrame:
    """``lines.csv``: load and room of each line, each way, and what a wider one would be worth."""
    facts, program = found.formulation.facts, found.formulation.program
    columns = ["way", "period", "unit", "load", "room", "share_used", "shadow_price"]
    if found.hauls is None or "line" not in program.row_block:
        return pd.DataFrame(columns=columns)
    block = program.row_block["line"]
    keys = list(zip(*block.keys, strict=True))
    limited = np.flatnonzero(facts.technology.line_plant >= 0)
    load = (facts.technology.carried @ found.hauls.block("activity")).reshape(-1, facts.T)[limited].ravel()
    used = np.repeat(facts.plant.column("utilisation"), facts.T)
    there = ((facts.plant.together @ found.hauls.block("capacity_level")) * used).reshape(-1, facts.T)
    room = there[facts.technology.line_plant[limited]].ravel()
    table = pd.DataFrame(
        {
            "way": [way for way, _ in keys],
            "period": [period for _, period in keys],
            "unit": block.unit,
            "load": load,
            "room": room,
            "share_used": load / np.where(room > 0, room, np.nan),
            "shadow_price": np.abs(found.both.row_prices[block.slice]),
        }
    )
    return tidy(table, ["way", "period"])


def prices_table(found: Matching) -> pd.DataFrame:
    """``regional_prices.csv``: what one more of a product is worth in each region, in shares of the figures."""
    program, facts = found.formulation.program, found.formulation.facts
    block = program.row_block.get("material_balance")  # a question may keep none
    product, period = facts.keys("product", "period")
    placed = np.array([AT in label and TO not in label for label in product], dtype=bool)
    priced = block is not None and not np.isnan(found.both.objective)
    price = found.both.row_prices[block.slice] if priced and block else np.zeros(len(product))
    units = np.repeat(facts.units("products"), facts.T)
    table = pd.DataFrame(
        {
            "product": [base(label) for label in product[placed]],
            "region": [place(label) for label in product[placed]],
            "period": period[placed],
            "unit": units[placed],
            "shadow_price": np.abs(price[placed]),
        }
    )
    return tidy(table, ["product", "region", "period"])


def weights_table(found: Matching) -> pd.DataFrame:
    """``regional_weights.csv``: what limits weigh, by item over all regions and by region over all items."""
    columns = ["by", "item", "limit", "weight"]
    if found.hauls is None:
        return pd.DataFrame(columns=columns)
    limits = binding_table(found.both)
    sums = []
    for by, part in (("item", base), ("region", place)):
        told = pd.DataFrame(
            {"by": by, "item": limits["item"].map(part), "limit": limits["family"], "weight": limits["weight"]}
        )
        sums.append(told.groupby(columns[:3], as_index=False, sort=True).agg({"weight": "sum"}))
    return tidy(pd.DataFrame(pd.concat(sums, ignore_index=True)), columns[:3])
