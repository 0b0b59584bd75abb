"""All checks of an economy's tables, in the order in which a reader can use what they find."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from planner.economy.accounts import checks as checks_accounts
from planner.economy.checks import absent as checks_absent
from planner.economy.checks import base_year as checks_base
from planner.economy.checks import horizon as checks_horizon
from planner.economy.checks import keys as checks_keys
from planner.economy.checks import numbers as checks_numbers
from planner.economy.checks import opening as checks_opening
from planner.economy.checks import periods as checks_periods
from planner.economy.checks import relations as checks_relations
from planner.economy.checks import residuals as checks_residuals
from planner.economy.checks import targets as checks_targets
from planner.economy.checks import technology as checks_technology
from planner.economy.checks import trade as checks_trade
from planner.economy.checks import units as checks_units
from planner.economy.checks import use as checks_use
from planner.economy.claims import checks as checks_claims
from planner.economy.findings import Finding, did_you_mean
from planner.economy.places import Layout, base, national
from planner.economy.places import checks as checks_places
from planner.economy.places.locating import located
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.schema.columns import Table

__all__ = ["check_rows", "check_whole"]


def check_rows(table: Table, layer: pd.DataFrame, periods: Sequence[str] = ()) -> list[Finding]:
    """Checks of rows by themselves: duplicate keys, identifiers, words, numbers and ranges.

    Args:
        table: whose rows they are.
        layer: rows of one file, periods in one spelling.
        periods: the horizon.
    """
    return [
        *checks_keys.duplicate_keys(table, layer, periods),
        *checks_keys.names(table, layer),
        *checks_numbers.numbers(table, layer),
    ]


def check_whole(
    tables: Mapping[str, pd.DataFrame], heading: EconomyFile, broken: Collection[str], so_far: Sequence[Finding]
) -> list[Finding]:
    """Checks of the tables together: references, periods, units, techniques, and warnings.

    Args:
        tables: effective tables, ``*`` rows expanded.
        heading: what ``economy.toml`` says.
        broken: tables that could not be read.
        so_far: what was found before. Where a row of the techniques is unusable, whatever follows from its absence is
            not reported a second time.
    """
    known = bool(heading.periods)  # without a horizon nothing that stands by the period is there
    empty = checks_absent.nothing_to_plan(tables) if known and not {"products", "activities"} & set(broken) else []
    broken = {*broken, *(finding.file.removesuffix(".csv") for finding in empty)}  # what refers to them is not at fault
    result = [
        *empty,
        *checks_horizon.horizon(heading, tables),
        *checks_keys.references(tables, broken),
        *checks_keys.own_rules(tables),
        *checks_places.places(tables),
        *([] if "plans" in broken else _default_plan(tables["plans"], heading)),
        *checks_periods.periods(tables, heading, broken),
        *checks_targets.targets(tables),
        *checks_relations.relations(tables),
        *checks_horizon.calendar(tables, heading.periods),
        *checks_units.units(tables, heading.value_unit),
        *checks_opening.leads(tables["coefficients"]),
        *checks_accounts.accounts(tables, heading),
        *checks_claims.claims(tables, heading),
    ]
    hurt = {finding.file.rpartition("/")[2] for finding in (*so_far, *result) if finding.code < "E14"}
    hurt |= {f"{name}.csv" for name in broken}
    result += checks_keys.sources(tables, broken)
    stated = tables
    if len(tables["regions"]):
        if any(finding.severity == "error" for finding in (*so_far, *result)):
            return result  # where anything is cannot be told
        result += checks_places.regional(tables, heading.periods)
        if any(finding.severity == "error" for finding in result):
            return result
        tables = dict(located(tables, heading.periods))
        plant = tables["capacities"]
        sites, goods = Layout(stated).built_at, tables["investment"]
        tables["capacities"] = plant[
            ~plant["capacity"].isin(sites)
        ]  # nothing runs on a site of a pool: it is built there
        pooled = goods["capacity"].isin(sites)
        tables["investment"] = goods.assign(capacity=goods["capacity"].mask(pooled, goods["capacity"].map(base)))
    makers = {"products.csv", "activities.csv", "--set"}
    if not hurt & (makers | {"trade.csv", "stocks.csv"}):
        whole = not hurt & {"coefficients.csv"}
        result += checks_technology.technology(tables, heading, sources=whole)
    if not hurt & (makers | {"coefficients.csv", "trade.csv", "stocks.csv", "consumption.csv", "capacities.csv"}):
        result += checks_use.means_and_uses(tables, heading)
    if "trade.csv" not in hurt:
        result += checks_trade.money_machines(tables)
    if not hurt & {"trade.csv", "finance.csv"}:
        result += checks_trade.abroad(stated)
    if known and not hurt & {"trade.csv", "costs.csv", "price_steps.csv", "finance.csv"}:
        result += checks_trade.stepped(stated, heading.periods)
    if known and not hurt & {"resources.csv", "supply.csv", "training.csv"}:
        result += checks_absent.without_means(tables)
    if not any(finding.severity == "error" for finding in (*so_far, *result)):
        result += checks_absent.left_out(tables, heading.periods)
        result += checks_opening.begun_before(tables, heading.periods)
        result += checks_base.base_balance(national(stated), heading)
        result += checks_base.without_price(stated, heading)
        result += checks_residuals.residuals(stated, heading)
        result += checks_accounts.balances(stated, heading)
    return result


def _default_plan(plans: pd.DataFrame, heading: EconomyFile) -> list[Finding]:
    name = heading.default_plan
    if not name or (plans["plan"] == name).any():
        return []
    said = f'There is no plan "{name}" in plans.csv.{did_you_mean(name, plans["plan"])}'
    rows = (heading.lines.get("default_plan", 0),)
    return [Finding("E104", "economy.toml", rows, "default_plan", name, said, "unknown plan")]
