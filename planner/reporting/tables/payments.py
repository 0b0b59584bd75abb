"""What a plan pays and earns: each price of the costs table with the quantity it is of."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.economy.items import paid_in
from planner.economy.measures import MEASURES
from planner.formulation.measures import functional, standing, unit_of
from planner.program import Vector
from planner.reporting.tables.plan import Reader, tidy

__all__ = ["payments_table", "totals"]

_KEYS = ["kind", "measure", "item", "currency", "period"]


def payments_table(reader: Reader) -> pd.DataFrame:
    """What is paid and earned in every period, trade at its prices included; nothing is discounted.

    Args:
        reader: of a solved plan.
    """
    facts, plan = reader.facts, reader.plan
    costs = facts.tables["costs"]
    rows = costs.assign(price=costs["value"], often=costs["times"])[[*_KEYS, "price", "often"]]
    counted = functional(facts, plan, facts.money.terms(np.arange(len(rows))))
    table = pd.concat(
        [rows.assign(quantity=reader.value(counted)), _traded(reader), _exchanged(reader)], ignore_index=True
    )
    terms = list(zip(table["measure"], table["item"], table["period"], strict=True))
    stands, length = standing(facts, terms)
    table["often"] *= np.where(stands, length, 1.0)  # of what stands the price is by the unit of time
    stepped = facts.money.steps_as_paid
    beyond = reader.beyond
    table["quantity"] -= _beyond(table, stepped, beyond)
    units = {pair: unit_of(facts, MEASURES[pair[0]], pair[1]) for pair in {term[:2] for term in terms}}
    table["unit"] = [units[term[:2]] for term in terms]
    table = pd.concat([table, _steps(table, stepped, beyond)], ignore_index=True)
    table["price"] *= table["often"]
    table["amount"] = table["price"] * table["quantity"]
    return tidy(table[[*_KEYS, "quantity", "unit", "price", "amount"]], _KEYS)


def _traded(reader: Reader) -> pd.DataFrame:
    """A row for each price of trade, with what is traded at it."""
    facts, plan = reader.facts, reader.plan
    table = facts.tables["trade"].rename(columns={"product": "item", "direction": "measure"})
    table = table.assign(currency=paid_in(facts.tables, "trade"), often=1, quantity=0.0)
    table["kind"] = np.where(table["measure"] == "export", "revenue", "cost")
    for direction, block in (("export", plan.exported), ("import", plan.imported)):
        rows, good, period = facts.trade.cells(direction)
        at = np.searchsorted(facts.trade.goods(direction), good) * facts.T + period
        table.loc[table.index[rows], "quantity"] = reader.value(block)[at]
    return table[[*_KEYS, "price", "often", "quantity"]]


def _exchanged(reader: Reader) -> pd.DataFrame:
    """Two rows for each rate of exchange: what is given, and what is had for it."""
    rates = reader.facts.tables["exchange"].rename(columns={"from": "item"})
    rates = rates.assign(measure="exchange", often=1, quantity=reader.value(reader.plan.exchanged))
    given, had = rates.assign(kind="cost", currency=rates["item"], price=1.0), rates.assign(kind="revenue")
    had = had.assign(currency=rates["to"], price=rates["rate"])
    return pd.concat([given, had], ignore_index=True)[[*_KEYS, "price", "often", "quantity"]]


def _beyond(table: pd.DataFrame, steps: pd.DataFrame, beyond: Vector) -> Vector:
    """What of the quantity of each price lies beyond its steps."""
    found = steps[_KEYS].assign(beyond=beyond).groupby(_KEYS)["beyond"].sum().to_dict()
    return np.array([found.get(key, 0.0) for key in table[_KEYS].itertuples(index=False, name=None)], dtype=float)


def _steps(table: pd.DataFrame, steps: pd.DataFrame, beyond: Vector) -> pd.DataFrame:
    """A row for each step of a price: what lies beyond it, paid as often and for as long as the first price."""
    firsts = table.set_index(_KEYS)[["unit", "often"]].loc[list(steps[_KEYS].itertuples(index=False, name=None))]
    same = {name: firsts[name].to_numpy() for name in ("unit", "often")}
    return steps[_KEYS].assign(quantity=beyond, price=steps["value"], **same)


def totals(payments: pd.DataFrame) -> pd.DataFrame:
    """What is paid and earned in all periods together, the largest amounts first.

    Args:
        payments: as `payments_table` makes it.
    """
    added: pd.DataFrame = payments.groupby(_KEYS[:-1], sort=False)["amount"].sum().reset_index()
    added = added[added["amount"].abs() > 1e-9 * added["amount"].abs().max()]
    order = np.argsort(-added["amount"].abs().round(9).to_numpy(), kind="stable")
    return added.iloc[order].reset_index(drop=True)
