"""Checks of prices: nothing earns money for ever by being bought and sold again, and no later step of a price comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.findings import Finding, findings_in
from planner.economy.items import foreign_currencies
from planner.economy.places import Layout, base
from planner.economy.prices.price_steps import PRICED_BY, price_steps
from planner.economy.schema.columns import FILE, ROW

__all__ = ["money_machines", "stepped"]

_EARNS = "both without limit: whoever buys it and sells it again earns money without end."
_CIRCLES = "both without limit: where its prices favour the plan, it may go in circles without end."


def money_machines(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Products sold abroad without limit at, or above, the price at which they can be bought without limit in the same period.

    Args:
        tables: effective tables, ``*`` rows expanded and without errors.

    Returns:
        An error where the price of exports is the higher one, a warning where prices are equal or cross within their ranges;
        one finding a product.
    """
    trade = tables["trade"]
    free = trade[trade["limit"].isna()]
    sold, bought = (free[free["direction"] == way] for way in ("export", "import"))
    both = sold.merge(bought, on=["product", "period", "currency"], suffixes=("", "_paid"))
    found = []
    for product, rows in both.groupby("product", sort=False):
        above = rows["price"] > rows["price_paid"]
        may = rows["price_high"].fillna(rows["price"]) >= rows["price_low_paid"].fillna(rows["price_paid"])
        if not (above | may).any():
            continue
        code, why = ("E138", _EARNS) if above.any() else ("W210", _CIRCLES)
        one = rows[above if above.any() else may].iloc[0]
        places = [(str(one[f"{FILE}{end}"]), int(one[f"{ROW}{end}"])) for end in ("", "_paid")]
        here = tuple(sorted(row for file, row in places if file == places[0][0]))
        said = f'In {one["period"]} "{product}" is sold for {one["price"]:.6g} and bought for {one["price_paid"]:.6g}'
        found.append(Finding(code, places[0][0], here, "price", f"{one['price']:.6g}", f"{said}, {why}"))
    return found


_BALANCE = ("bounds", "costs", "targets", "relation_terms", "actuals", "price_steps")  # tables that name a measure


def abroad(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """What is in foreign currency without saying in which, where there are several.

    Args:
        tables: effective tables, ``*`` rows expanded.
    """
    there = foreign_currencies(tables)
    if len(there) == 1:
        return []
    trade, finance, goods = tables["trade"], tables["finance"], tables["products"]
    result: list[Finding] = []
    for frame in (trade, finance):
        said = f"The row does not say which of {', '.join(there)} it is in. Name it: nothing is converted."
        result += findings_in(frame, (frame["currency"] == "").to_numpy(), "E217", "currency", said)
    for name in _BALANCE:
        said = "The trade balance would add up several currencies. Name cost, revenue or net_revenue of a currency in its place."
        frame = tables[name]
        result += findings_in(frame, (frame["measure"] == "trade_balance").to_numpy(), "E217", "measure", said)
    placed = trade["product"].map(base).isin(goods["product"][goods["place"] != "pool"])
    said = '"{value}" has places, and trade of what has places is in one currency. Make it a pool, or state it in one currency.'
    result += findings_in(trade, placed.to_numpy(), "E217", "product", said)
    ways = trade.groupby(["direction", "product"], sort=False)["currency"].nunique()
    several = {way for way, count in ways.items() if count > 1}
    steps = tables["price_steps"]
    wrong = np.array([way in several for way in zip(steps["measure"], steps["item"], strict=True)], dtype=bool)
    said = '"{value}" is traded this way in several currencies, and a step would be of all its trade. State it in one of them.'
    result += findings_in(steps, wrong, "E217", "item", said)
    said = "A residual of foreign exchange is of one currency. Take the mark from the row and give it a range."
    return result + findings_in(finance, (finance["residual"] == "yes").to_numpy(), "E217", "residual", said)


def stepped(tables: Mapping[str, pd.DataFrame], periods: Sequence[str]) -> list[Finding]:
    """Steps of prices that have no first price, begin at nothing, or would be taken before a dearer one.

    Args:
        tables: effective tables, ``*`` rows expanded.
        periods: the horizon.
    """
    frame = tables["price_steps"]
    if not len(frame):
        return []
    steps = price_steps(tables, periods)
    value = frame["value"].to_numpy(dtype=float)
    falls = (frame["kind"] == "cost").to_numpy() & (value < steps.before)
    rises = (frame["kind"] == "revenue").to_numpy() & (value > steps.before)
    return [
        *_of_several_gates(tables),
        *_dearest_first(tables),
        *findings_in(
            frame,
            _paid_at_several_dates(tables),
            "E216",
            "item",
            '"{value}" is paid for in several rows of costs.csv, '
            "which differ in `due`, so of which of them the step would be cannot be said. State one of them, with `times`.",
        ),
        *findings_in(
            frame,
            np.isnan(steps.first),
            "E216",
            "item",
            '"{value}" has no first price: costs.csv, or trade.csv, has no row of this kind, measure, item, currency and period.',
        ),
        *findings_in(
            frame,
            ~(frame["above"] > 0).to_numpy(),
            "E216",
            "above",
            "A step begins above an amount; the first price holds from 0.",
        ),
        *findings_in(
            frame,
            falls,
            "E216",
            "value",
            "A cost of {value} beyond the step is less than before it, so a plan would take what lies beyond first. A price that "
            "falls with the amount takes whole numbers: a technique of its own in runs.csv, with its cost of being on.",
        ),
        *findings_in(
            frame,
            rises,
            "E216",
            "value",
            "A revenue of {value} beyond the step is more than before it, so a plan would earn what lies beyond first. A price "
            "that rises with the amount takes whole numbers: a technique of its own in runs.csv.",
        ),
    ]


def _paid_at_several_dates(tables: Mapping[str, pd.DataFrame]) -> npt.NDArray[np.bool_]:
    """Steps of prices of which costs have several rows, by the dates on which they are due."""
    costs, steps = tables["costs"], tables["price_steps"]
    rows = Counter(costs[list(PRICED_BY)].itertuples(index=False, name=None))
    return np.array([rows[key] > 1 for key in steps[list(PRICED_BY)].itertuples(index=False, name=None)], dtype=bool)


def _of_several_gates(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Steps of trade in what passes several gates: of whose trade a step would be cannot be said."""
    frame, goods = tables["price_steps"], tables["products"]
    gates = Layout(tables).gates
    placed = goods["product"][goods["place"] != "pool"]
    wrong = frame["measure"].isin(["export", "import"]) & frame["item"].isin(placed) & (len(gates) > 1)
    said = (
        f'"{{value}}" passes {len(gates)} regions with a gate. Give each a price and steps of its own (column region).'
    )
    return findings_in(frame, wrong.to_numpy(), "E209", "item", said)


def _dearest_first(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """What a plan would meet on paper, by paying the dearest step of a price before the others."""
    rules = tables["relations"]
    senses = {name: set(rows["sense"]) for name, rows in rules.groupby("relation", sort=False)}
    money = stepped_money(tables)
    result: list[Finding] = []
    for name in ("bounds", "targets", "relation_terms"):
        frame = tables[name]
        cells = zip(frame["measure"], frame["item"], strict=True)
        way = np.array([money.get(cell, money.get((cell[0], ""), 0)) for cell in cells], dtype=float)
        if name == "relation_terms":
            way = way * np.sign(frame["weight"].to_numpy(dtype=float))
            asked = [senses.get(rule, set()) for rule in frame["relation"]]
        else:
            asked = [{sense} for sense in frame["sense"]]
        wrong = [
            bool(up and of & {"exactly", "at_least" if up > 0 else "at_most"})
            for up, of in zip(way, asked, strict=True)
        ]
        said = (
            "What is paid, or earned, in {value} has a price with steps, and this would be met on paper by taking the dearest "
            "step first. State it for the amount that is bought or sold, or take the steps out."
        )
        result += findings_in(frame, np.array(wrong, dtype=bool), "E216", "item", said)
    return result


def stepped_money(tables: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], int]:
    """Measures of money, by measure and item, that prices with steps enter; with 1 where a dearer step counts as more.

    Of the trade balance the item is ``""``: any.

    Args:
        tables: effective tables.
    """
    found: dict[tuple[str, str], int] = {}
    frame = tables["price_steps"]
    for kind, measure, currency in zip(frame["kind"], frame["measure"], frame["currency"], strict=True):
        found[kind, currency] = 1 if kind == "cost" else -1
        found["net_revenue", currency] = -1
        if measure in ("export", "import"):
            found["trade_balance", ""] = -1
    return found
