"""Checks of what hangs together: capacities need a use, targets something that can meet them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from planner.economy.checks.wants import bought, credited, stored
from planner.economy.findings import Finding, findings_in
from planner.economy.measures import MEASURES
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.schema.columns import FILE, ROW

__all__ = ["means_and_uses"]

Tables = Mapping[str, pd.DataFrame]


def means_and_uses(tables: Tables, heading: EconomyFile) -> list[Finding]:
    """Targets without a means, capacities without a use.

    Args:
        tables: effective tables.
        heading: what ``economy.toml`` says.
    """
    made = _made(tables)
    return [
        *_no_means(tables, heading, made, made | bought(tables) | stored(tables) | credited(tables)),
        *_no_use(tables),
        *_credits(tables),
        *_too_late(tables, heading.periods),
    ]


def _made(tables: Tables) -> set[str]:
    """Products that some activity makes in some period."""
    outputs = tables["coefficients"]
    outputs = outputs[outputs["role"] == "output"]
    activities = tables["activities"]
    stated = set(zip(outputs["activity"], outputs["item"], strict=True))
    silent = {
        product
        for activity, product in zip(activities["activity"].tolist(), activities["product"].tolist(), strict=True)
        if (activity, product) not in stated
    }
    return silent | set(outputs["item"][outputs["value"] > 0])


def _no_means(tables: Tables, heading: EconomyFile, made: set[str], obtained: set[str]) -> list[Finding]:
    """Targets and bounds that no variable of the plan can move."""
    trade, goods = tables["trade"], tables["products"]
    whole = set(goods["product"][goods["disposal"] == "none"])
    left = (
        "nothing provides it"
        if not whole
        else "nothing provides it, or nothing may be left over of it (disposal = none)"
    )
    bundle = set(tables["consumption"]["product"])
    staff, down = tables["resources"], tables["training"]
    building = set(tables["investment"]["capacity"].unique())
    means = {
        "made": (made, "no activity makes it"),
        "obtained": (obtained - whole, left),
        "bundle": (bundle | ({"*"} if bundle else set()), "it is not in consumption.csv"),
        "export": (set(trade["product"][trade["direction"] == "export"]), "trade.csv has no export of it"),
        "import": (set(trade["product"][trade["direction"] == "import"]), "trade.csv has no import of it"),
        "stock": (set(tables["stocks"]["product"]), "it is not in stocks.csv"),
        "trained": _with_all(tables["training"]["to_resource"], "training.csv trains nobody for it"),
        "recruited": _with_all(staff["resource"][staff["recruits"] > 0], "resources.csv allows no recruits of it"),
        "dismissed": _with_all(
            staff["resource"][staff["dismissals"] == "yes"], "resources.csv allows no dismissals of it"
        ),
        "downgraded": _with_all(
            down["to_resource"][down["staying"].notna()], "training.csv moves nobody down from it for good"
        ),
        "built": ({"*"} if building else set(), "investment.csv says of nothing what building takes"),
    }
    priced = _priced(tables, heading.value_unit)
    of_base = tables["actuals"][(tables["actuals"]["measure"] == "output") & (tables["actuals"]["preferred"] == "yes")]
    known = set(of_base["item"][(of_base["period"] == heading.base_period) & (of_base["value"] > 0)])
    means["valued"] = (
        _aggregates_of(tables, made & priced),
        "no product in it is made and has a price in products.csv",
    )
    means["indexed"] = (
        _aggregates_of(tables, made & priced & known),
        f"no product in it is made, has a price in products.csv and a preferred output of {heading.base_period} in actuals.csv",
    )
    products = {*tables["products"]["product"], *staff["resource"], "*"}
    grouped = _aggregates_of(tables, products)
    result: list[Finding] = []
    for asker, frame in (("target", tables["targets"]), ("bound", tables["bounds"])):
        for measure in [m.name for m in MEASURES.values() if m.means in means and (frame["measure"] == m.name).any()]:
            able, why = means[MEASURES[measure].means]
            asked = (frame["measure"] == measure) & (frame["value"] > 0) & (frame["sense"] != "at_most")
            wrong = asked & frame["item"].isin(
                grouped if MEASURES[measure].means in ("valued", "indexed") else products
            )
            wrong &= ~frame["item"].isin(able)
            said = f'The {asker} asks for {measure} of "{{value}}", but {why}. No plan can reach any part of it.'
            result += findings_in(frame, wrong, "E133", "item", said)
    return result


def _too_late(tables: Tables, periods: Sequence[str]) -> Iterator[Finding]:
    """Plant that is asked for before anything begun in the plan can stand, or that may not grow, beyond what was there."""
    if len(tables["periods"]):
        return
    plant, works = tables["capacities"].set_index("capacity"), tables["pipeline"]
    under_way = works.groupby(["capacity", "period"], sort=False)["value"].sum()
    for name in ("targets", "bounds"):
        frame = tables[name]
        asked = frame[(frame["measure"] == "capacity") & (frame["sense"] != "at_most")]
        for row in asked[asked["item"].isin(plant.index) & asked["period"].isin(periods)].to_dict("records"):
            kind, at = plant.loc[row["item"]], list(periods).index(row["period"])
            late = int(kind["gestation"]) > at
            still = kind["growth_limit"] * kind["initial"] + kind["growth_floor"] == 0.0
            stands = float(kind["initial"])
            for period in periods[: at + 1]:
                stands = stands * (1.0 - float(kind["retirement"])) + float(under_way.get((row["item"], period), 0.0))
            if (late or still) and row["value"] > stands * (1.0 + 1e-9):
                why = (
                    f"works take {kind['gestation']:g} periods" if late else "its growth limit lets it grow by nothing"
                )
                said = (
                    f'In {row["period"]} no more than {stands:.6g} of "{row["item"]}" can stand: what was there, less what is '
                    f"retired, and what was under way; {why}. {row['value']:.6g} is asked for."
                )
                yield Finding("W128", str(row[FILE]), (int(row[ROW]),), "value", f"{row['value']:.6g}", said)


def _credits(tables: Tables) -> list[Finding]:
    """Negative final use that is not said to be a source."""
    rows = tables["final_use"]
    least = rows[["value", "low"]].min(axis=1) if "low" in rows else rows["value"]
    wrong = ((least < 0) & ((rows["credit"] != "yes") | (rows["residual"] == "yes"))).to_numpy()
    said = (
        "value is {value}, but a final use may not be negative unless it is a credit (`credit = yes`) and no residual. Is "
        "the sign right?"
    )
    return findings_in(rows, wrong, "E122", "value", said, values=least.map("{:.15g}".format))


def _with_all(items: pd.Series, why: str) -> tuple[set[str], str]:
    """Items that something can move, with all of them together, and why others cannot be."""
    return ({*items, "*"} if len(items) else set()), why


def _priced(tables: Tables, value_unit: str) -> set[str]:
    """Products that have a price in the base period."""
    goods = tables["products"]
    return set(goods["product"][goods["price"].notna() | (goods["unit"] == value_unit)])


def _aggregates_of(tables: Tables, products: set[str]) -> set[str]:
    """Items of the measures of value in which some of the products are: themselves, groups, aggregates and ``*``."""
    goods, parts = tables["products"], tables["aggregates"]
    groups = set(goods["group"][goods["product"].isin(products)]) - {""}
    named = set(parts["aggregate"][parts["part"].isin(products | groups)])
    return products | groups | named | ({"*"} if products else set())


def _no_use(tables: Tables) -> list[Finding]:
    """Capacities on which nothing runs and for which no target asks."""
    capacities, rows = tables["capacities"], tables["coefficients"]
    rows = rows[rows["role"] == "capacity"]
    own = np.setdiff1d(tables["activities"]["activity"].to_numpy(dtype=object), rows["activity"].to_numpy(dtype=object))
    rows_asked = pd.concat([frame[["measure", "item"]] for frame in (tables["targets"], tables["bounds"])])
    asked = rows_asked["item"][rows_asked["measure"].isin(["capacity", "investment", "start"])]
    used = {*rows["item"], *own.tolist(), *asked}
    wrong = ~capacities["capacity"].isin(used).to_numpy()
    said = 'No activity runs on "{value}" and no target asks for it. Is a capacity row missing in coefficients.csv?'
    return findings_in(capacities, wrong, "E134", "capacity", said)
