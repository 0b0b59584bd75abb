"""Checks of accounts: names, periods, units, rates without what they are per, wages without goods, sides that do not add up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.accounts.households import LINES, SPENT, HouseholdAccounts
from planner.economy.findings import Finding, did_you_mean, findings_in
from planner.economy.periods import span
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.schema.accounts import ACCOUNTS, HAPPENED

__all__ = ["accounts", "balances"]

_SLACK = 0.02  # share of trade by which the base period may be off, statistics of one year closing no better
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TABLES = tuple(table.name for table in ACCOUNTS)
Mask = npt.NDArray[np.bool_]


def accounts(tables: Mapping[str, pd.DataFrame], heading: EconomyFile) -> list[Finding]:
    """Rows of accounts that cannot be used as they stand.

    Args:
        tables: effective tables.
        heading: what ``economy.toml`` says.
    """
    result: list[Finding] = []
    plans = [HAPPENED, *tables["plans"]["plan"]]
    for name in _TABLES:
        frame = tables[name]
        if "account" in frame and len(frame):
            result += findings_in(
                frame,
                ~frame["account"].isin(plans).to_numpy(),
                "E104",
                "account",
                lambda value: f'"{value}" is neither "{HAPPENED}" nor in plans.csv.{did_you_mean(value, plans)}',
                title="unknown account",
            )
        column = "date" if name == "money_stock" else "period"
        if heading.periods and len(frame):
            known = _dated(heading)
            said = f'"{{value}}" is no period of this economy ({span(heading.periods)}), nor a date like its labels.'
            wrong = np.array([not known(str(text)) for text in frame[column]], dtype=bool)
            result += findings_in(frame, wrong, "E140", column, said)
    return [*result, *_rates(tables), *_units(tables), *_without_goods(tables)]


def _dated(heading: EconomyFile) -> Callable[[str], bool]:
    """Tells whether a text is a label, a span of them, a day, or like a label where labels are numbers."""
    labels = (heading.base_period, *heading.periods)
    widths = {len(label) for label in labels} if all(label.isdigit() for label in labels) else set()

    def known(text: str) -> bool:
        parts = text.split("..")
        return _DAY.fullmatch(text) is not None or all(
            part in labels or (part.isdigit() and len(part) in widths) for part in parts
        )

    return known


def _rates(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Rates that are per nothing, amounts that are none, and wages that stand nowhere or twice."""
    frame = tables["incomes"]
    if not len(frame):
        return []
    rate, empty = (frame["per"] != "").to_numpy(), frame["value"].isna().to_numpy()
    looks = frame["unit"].str.contains(" per ", regex=False).to_numpy()
    said = (
        'The unit of "{value}" is that of a rate, but `per` does not say by the use of which resource it is multiplied.'
    )
    result = findings_in(frame, looks & ~rate, "E195", "per", said, values=frame["income"])
    said = '"{value}" is per a resource, but its unit is that of an amount. Write it per unit of the resource.'
    result += findings_in(
        frame, rate & ~looks & (frame["unit"] != "").to_numpy(), "E195", "unit", said, values=frame["income"]
    )
    said = 'Only wages follow the hands of a plan; "{value}" is of another line. State its amount.'
    result += findings_in(
        frame, rate & (frame["line"] != "wages").to_numpy(), "E195", "line", said, values=frame["income"]
    )
    said = '"{value}" has neither an amount nor a resource it is per. Fill in one.'
    result += findings_in(frame, empty & ~rate, "E195", "value", said, values=frame["income"])
    costs = tables["costs"]
    paid = costs[(costs["kind"] == "cost") & (costs["measure"] == "employment")]
    there = pd.MultiIndex.from_frame(paid[["item", "period"]]) if len(paid) else pd.MultiIndex.from_arrays([[], []])
    priced = pd.MultiIndex.from_frame(frame[["per", "period"]]).isin(there)
    said = '"{value}" has no rate, and costs.csv has no wage (cost, employment) of its resource and period. Give one of the two.'
    result += findings_in(frame, rate & empty & ~priced, "E195", "value", said, values=frame["income"])
    said = '"{value}" has a rate, and costs.csv has a wage of its resource and period. One name, one thing: leave the rate empty.'
    return result + findings_in(frame, rate & ~empty & priced, "E195", "value", said, values=frame["income"])


def _units(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Amounts in more than one unit, which would be added up, and quantities of a price in another unit than the product's."""
    incomes, retail, prices = tables["incomes"], tables["retail"], tables["prices"]
    amounts = ((incomes["per"] == "") & ~incomes["unit"].str.contains(" per ", regex=False)).to_numpy()
    trade = (retail["counts"] == "trade").to_numpy()
    units = {unit for unit in (*incomes["unit"][amounts], *retail["unit"][trade]) if unit}
    result: list[Finding] = []
    if len(units) > 1:
        said = f"Incomes and trade are added up, but they are in {' and in '.join(sorted(units))}. Convert all to one unit."
        first = min(units)
        for frame, rows in ((incomes, amounts), (retail, trade)):
            result += findings_in(frame, rows & (~frame["unit"].isin(["", first])).to_numpy(), "E151", "unit", said)
    of = dict(zip(tables["products"]["product"], tables["products"]["unit"], strict=True))
    wanted = prices["product"].map(of).fillna("")
    wrong = [
        bool(unit and product) and not unit.endswith(f" per {product}")
        for unit, product in zip(prices["unit"], wanted, strict=True)
    ]
    said = 'The price of "{value}" stands for a product, but is not per unit of it.'
    return result + findings_in(prices, np.array(wrong, dtype=bool), "E150", "unit", said, values=prices["good"])


def _without_goods(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Incomes that nothing is sold for."""
    incomes, retail = tables["incomes"], tables["retail"]
    wrong = (incomes["line"] == "wages").to_numpy()
    if not wrong.any() or ((retail["account"] == HAPPENED) & (retail["counts"] == "trade")).any():
        return []
    said = (
        'The account "{value}" has wages, but retail.csv has no trade of what happened, so there are no goods to set them '
        "against. Add the trade of the base period."
    )
    return findings_in(incomes, wrong, "E196", "account", said)


def balances(tables: Mapping[str, pd.DataFrame], heading: EconomyFile) -> list[Finding]:
    """Warnings: accounts whose sides differ by more than their ranges allow, and a base period that does not close.

    Args:
        tables: effective tables without errors, at their central values.
        heading: what ``economy.toml`` says.
    """
    return [*_public(tables["public_finance"]), *_base(tables, heading)]


def _public(frame: pd.DataFrame) -> list[Finding]:
    result: list[Finding] = []
    for (account, body, period), rows in frame.groupby(["account", "body", "period"], sort=False):
        ends = {side: (own["low"].sum(), own["high"].sum()) for side, own in rows.groupby("side")}
        source, use = ends.get("source"), ends.get("use")
        of = f"{account}, {period}" + (f", {body}" if body else "")
        said = ""
        if source and use and (source[0] > use[1] or use[0] > source[1]):
            said = f"Of {of}: sources come to {_range(source)}, uses to {_range(use)}. Something is missing, or counted twice."
        for total in rows[rows["side"] == "total"].to_dict("records"):
            if source and source[0] > total["high"]:
                said = f'Of {of}: sources come to {_range(source)}, which is more than "{total["item"]}".'
        if said:
            where = tuple(int(row) for row in rows["row"])
            result.append(Finding("W212", str(rows["file"].iloc[0]), where, "value", f"{account}, {period}", said))
    return result


def _range(ends: tuple[float, float]) -> str:
    return f"{ends[0]:.6g}" if ends[0] == ends[1] else f"{ends[0]:.6g} to {ends[1]:.6g}"


def _base(tables: Mapping[str, pd.DataFrame], heading: EconomyFile) -> list[Finding]:
    """The base period: incomes less what is taken, against trade; a residual line against what it is put at."""
    frame = tables["incomes"]
    own = ((frame["account"] == HAPPENED) & (frame["period"] == heading.base_period) & (frame["per"] == "")).to_numpy()
    if not own.any() or HouseholdAccounts(tables, heading.base_period, heading.periods).missing():
        return []
    closed = HouseholdAccounts(tables, heading.base_period, heading.periods)
    trade = float(np.asarray(closed.trade)[0])
    lines = {line: closed.amount(HAPPENED, line, -1) for line in LINES}
    left = (
        sum((-1.0 if line in SPENT else 1.0) * float(value[0]) for line, value in lines.items() if value is not None)
        - trade
    )
    residual = own & (frame["residual"] == "yes").to_numpy()
    if residual.any():  # what is closed is closed; the number that stands there should be what closes it
        line = str(frame["line"][residual].iloc[0])
        stated = float(frame["value"][own & (frame["line"] == line).to_numpy()].sum())
        found = lines[line]
        left = 0.0 if found is None else stated - float(found[0])
    if abs(left) <= _SLACK * trade:
        return []
    rows = tuple(int(row) for row in frame["row"][own])
    said = (
        f"Incomes of {heading.base_period} less what is taken and services are {abs(left):.4g} {closed.unit} "
        f"{'above' if left > 0 else 'below'} its trade of {trade:.4g}. The base period should close; every gap counts from it."
    )
    return [Finding("W212", str(frame["file"][own].iloc[0]), rows, "value", f"{left:.4g}", said)]
