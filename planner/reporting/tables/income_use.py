"""What the economy's income goes to, what its plant would cost, and what village and town give each other, at several prices."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.analysis.money.cases import Ledgers
from planner.formulation.actual_figures import actual_figures
from planner.program import Vector
from planner.reporting.tables.plan import Reader
from planner.solver.solution import Solution

__all__ = ["capital_table", "income_use_table", "scissors_table"]

_INCOME = ["use", "kind", "period", "value", "unit", "counted"]


def income_use_table(ledgers: Ledgers, reader: Reader | None, reached: int) -> pd.DataFrame:
    """``income_use.csv``: consumption, plant, stocks, final use by purpose, exports less imports, at base prices.

    Of the plan as far as its own figures say it, of the path, and as produced. A use of which no good has a base price is not
    nothing, and has no row.

    Args:
        ledgers: accounts of households and the question.
        reader: of the plan solved; ``None`` where there is none.
        reached: periods that it is told for.
    """
    facts, economy = ledgers.facts, ledgers.formulation.economy
    T, prices = facts.T, facts.prices
    priced = ~np.isnan(prices)
    price = np.repeat(np.nan_to_num(prices), T)
    trade = None if ledgers.own.trade is None else float(np.median(ledgers.own.trade))
    rows: list[dict[str, object]] = []

    def put(use: str, kind: str, values: Vector, unit: str, counted: str) -> None:
        for t in range(T):
            if np.isfinite(values[t]) and (kind != "path" or t < reached):
                cells = (use, kind, facts.periods[t], float(values[t]), unit, counted)
                rows.append(dict(zip(_INCOME, cells, strict=True)))

    def of(products: npt.ArrayLike) -> str:
        used = np.flatnonzero(np.asarray(products))
        return f"{int(priced[used].sum())} of {len(used)} goods have a base price"

    def put_priced(use: str, quantities: Vector) -> None:
        used = (quantities.reshape(-1, T) != 0).any(axis=1)
        if priced[used].any():
            put(use, "path", _summed(quantities * price, T), economy.value_unit, of(used))

    if trade is not None:
        unit, said = ledgers.own.unit, "trade of the base period, by persons and level"
        for kind, level, crowd in (
            ("plan", _official(ledgers, "consumption"), facts.accounts.crowd),
            ("path", reader.value(reader.plan.consumption) if reader else None, facts.accounts.crowd),
            ("produced", _produced(ledgers, "consumption"), ledgers.persons),
        ):
            if level is not None:
                put("consumption", kind, trade * crowd * level, unit, said)
    elif reader is not None:
        put_priced("consumption", reader.value(reader.plan.households))
    norms = f"at central norms; {of(_building(ledgers))}"
    put("plant", "plan", _official(ledgers, "investment"), economy.value_unit, norms)
    if reader is not None:
        begun = facts.plant.investment_value @ reader.value(reader.plan.start)
        begun = begun + reader.plan.projects.investment_value @ reader.value(reader.plan.project_start)
        put("plant", "path", _summed(np.asarray(begun), T), economy.value_unit, norms)
    put("plant", "produced", _produced(ledgers, "investment"), economy.value_unit, "as stated")
    if reader is not None:
        stock, before = reader.value(reader.plan.stock), reader.value(reader.plan.stock_before)
        put_priced("stocks", stock - before)
        put_priced("exports less imports", reader.value(reader.plan.exports) - reader.value(reader.plan.imports))
    final = facts.tables["final_use"]
    for purpose in dict.fromkeys(final["use"]):
        own = (final["use"] == purpose).to_numpy()
        cells = facts.cells("final_use", "product")[own]
        put_priced(
            f"final use: {purpose}", np.bincount(cells, final["value"].to_numpy()[own], len(price)).astype(float)
        )
    return pd.DataFrame(rows, columns=_INCOME)


def _summed(values: Vector, T: int) -> Vector:
    return np.asarray(values.reshape(-1, T).sum(0), dtype=float)


def _building(ledgers: Ledgers) -> npt.NDArray[np.bool_]:
    goods = np.zeros(len(ledgers.facts.products), dtype=bool)
    at = ledgers.facts.column_codes("investment", "item", "product")
    goods[at[at >= 0]] = True
    return goods


def _official(ledgers: Ledgers, measure: str) -> Vector:
    """The plan's own figures of a measure of everything, ``nan`` where it has none, shape (T,)."""
    found = np.full(ledgers.facts.T, np.nan)
    targets = ledgers.formulation.targets
    for (name, item, text), official, is_floor in zip(targets.terms, targets.official, targets.floor, strict=True):
        if (name, item) == (measure, "*") and is_floor:
            found[ledgers.facts.periods == text] = official
    return found


def _produced(ledgers: Ledgers, measure: str) -> Vector:
    frame = pd.DataFrame({"measure": measure, "item": "*", "period": ledgers.facts.periods})
    return actual_figures(ledgers.facts, frame)


def capital_table(ledgers: Ledgers, reader: Reader | None, reached: int) -> pd.DataFrame:
    """``capital.csv``: plant in existence, and what building it would cost at central norms and base prices.

    Args:
        ledgers: with the question.
        reader: of the plan solved; ``None`` where there is none.
        reached: periods that it is told for.
    """
    facts, economy = ledgers.facts, ledgers.formulation.economy
    T, cost = facts.T, facts.plant.cost
    parts = [("base", economy.base_period, facts.plant.column("initial"))]
    if reader is not None:
        held = reader.value(reader.plan.capacity).reshape(-1, T)
        parts += [("path", facts.periods[t], held[:, t]) for t in range(reached)]
    plants = [str(name) for name in facts.capacities]
    for kind, figures in (("plan", _targets_of_plant(ledgers)), ("produced", _plant_there_was(ledgers))):
        parts += [(kind, facts.periods[t], figures[:, t]) for t in range(T) if np.isfinite(figures[:, t]).any()]
    rows: list[dict[str, object]] = []
    for kind, period, amount in parts:
        known = np.isfinite(amount)
        whole = {"capacity": "*", "kind": kind, "period": period, "amount": np.nan, "unit": "", "cost_per_unit": np.nan}
        rows.append({**whole, "cost": float((amount * cost)[known].sum()), "cost_unit": economy.value_unit})
        for at in np.flatnonzero(known & (cost > 0)):
            own = {"capacity": plants[at], "kind": kind, "period": period, "amount": amount[at]}
            own |= {"unit": facts.units("capacities")[at], "cost_per_unit": cost[at]}
            rows.append({**own, "cost": amount[at] * cost[at], "cost_unit": economy.value_unit})
    columns = ["capacity", "kind", "period", "amount", "unit", "cost_per_unit", "cost", "cost_unit"]
    return pd.DataFrame(rows, columns=columns)


def _targets_of_plant(ledgers: Ledgers) -> Vector:
    found = np.full((len(ledgers.facts.capacities), ledgers.facts.T), np.nan)
    targets = ledgers.formulation.targets
    for (name, item, text), official in zip(targets.terms, targets.official, strict=True):
        if name == "capacity" and item in ledgers.facts.positions("capacity"):
            found[ledgers.facts.position("capacity", item), ledgers.facts.periods == text] = official
    return found


def _plant_there_was(ledgers: Ledgers) -> Vector:
    facts = ledgers.facts
    items = np.repeat(facts.capacities, facts.T)
    frame = pd.DataFrame(
        {"measure": "capacity", "item": items, "period": np.tile(facts.periods, len(facts.capacities))}
    )
    return actual_figures(facts, frame).reshape(-1, facts.T)


_SCISSORS = ["good", "product", "side", "account", "period", "quantity", "price", "reference", "at_reference", "amount"]


def scissors_table(ledgers: Ledgers, reader: Reader | None, prices: Solution | None) -> pd.DataFrame:
    """``scissors.csv``: what the village gives at the price it is paid, and pays for what it buys, against reference prices.

    By period a row a good of which it is known how much changed hands, and a reference; then the sum of a period by reference.
    What the village delivers counts reference less paid, what it buys counts charged less reference: positive is given up by it.

    Args:
        ledgers: with the question.
        reader: of the plan solved; ``None`` where there is none.
        prices: the solve whose shadow prices are a reference.
    """
    frame = ledgers.facts.tables["prices"].sort_values(["account", "period", "good", "kind"], kind="stable")
    rows: list[dict[str, object]] = []
    for row in frame[frame["quantity"].notna() & (frame["quantity"] > 0)].to_dict("records"):
        delivered = row["kind"] == "procurement"
        found = _references(ledgers, row, _shadow(ledgers, reader, prices))
        for reference, value in found.items():
            apart = value - row["value"] if delivered else row["value"] - value
            cells = (row["good"], row["product"], "delivers" if delivered else "buys", row["account"], row["period"])
            numbers = (row["quantity"], row["value"], reference, value, row["quantity"] * apart)
            money = str(row["unit"]).partition(" per ")[0]
            rows.append(
                {**dict(zip(_SCISSORS, (*cells, *numbers), strict=True)), "price_unit": row["unit"], "unit": money}
            )
    columns = [*_SCISSORS, "price_unit", "unit"]
    table = pd.DataFrame(rows, columns=columns)
    if not rows:
        return table
    sums = table.groupby(["account", "period", "reference", "unit"], sort=False, as_index=False)["amount"].sum()
    whole: pd.DataFrame = pd.concat([table, sums.assign(good="*", side="all")], ignore_index=True)
    return whole.reindex(columns=columns)


def _references(
    ledgers: Ledgers, row: Mapping[Hashable, Any], shadow: Mapping[tuple[str, str], float]
) -> dict[str, float]:
    """Prices against which a price may be held, by name, in its own unit."""
    facts, economy = ledgers.facts, ledgers.formulation.economy
    frame = facts.tables["prices"]
    same = (frame["unit"] == row["unit"]) & ((frame["good"] == row["good"]) | (frame["product"] == row["product"]))
    same &= frame["product"].ne("") | frame["good"].eq(str(row["good"]))

    def mean(rows: pd.Series) -> float:
        return float(frame["value"][same & rows].mean())

    period, kind = str(row["period"]), str(row["kind"])
    plan = ledgers.own.account_of(ledgers.account or ledgers.formulation.plan)
    found = {
        f"same price in {economy.base_period}": mean(
            (frame["kind"] == kind) & (frame["period"] == economy.base_period) & (frame["account"] == row["account"])
        )
        if period != economy.base_period
        else np.nan,
        "same price in the plan": mean(
            (frame["kind"] == kind) & (frame["account"] == plan) & (frame["period"] == period)
        ),
        "market": mean((frame["kind"] == "market") & (frame["period"] == period)) if kind != "market" else np.nan,
    }
    product = str(row["product"])
    if product in facts.positions("product"):
        code = facts.position("product", product)
        found["base price"] = float(facts.prices[code]) if _value_units(ledgers, row) else np.nan
        trade = facts.tables["trade"]
        abroad = trade[(trade["product"] == product) & (trade["period"] == period)]["price"]
        at = f"world, {facts.trade.currency} taken at par" if len(abroad) else "world"
        found[at] = float(abroad.mean()) if len(abroad) else np.nan
        found["shadow prices of the plan solved"] = shadow.get((product, period), np.nan)
    return {name: value for name, value in found.items() if np.isfinite(value)}


def _value_units(ledgers: Ledgers, row: Mapping[Hashable, Any]) -> bool:
    """Whether a price is in the value unit of the economy, so that base prices can be held against it."""
    return str(row["unit"]).partition(" per ")[0] == ledgers.formulation.economy.value_unit


def _shadow(ledgers: Ledgers, reader: Reader | None, prices: Solution | None) -> dict[tuple[str, str], float]:
    """Shadow prices of balances by product and period, scaled so that goods with a base price come to as much as at these.

    Nothing where no good with a base price has a shadow price in the period.
    """
    facts = ledgers.facts
    block = prices.program.row_block.get("material_balance") if prices is not None and prices.optimal else None
    if reader is None or prices is None or block is None:
        return {}
    T = facts.T
    dual = np.abs(prices.row_prices[block.slice]).reshape(-1, T)
    base, made = np.nan_to_num(facts.prices), reader.value(facts.technology.makes @ reader.plan.activity).reshape(-1, T)
    found: dict[tuple[str, str], float] = {}
    for t in range(T):
        worth = float((made[:, t] * dual[:, t])[base > 0].sum())
        if worth > 0:
            scale = float((made[:, t] * base).sum()) / worth
            for p in np.flatnonzero(dual[:, t] > 0):
                found[str(facts.products[p]), str(facts.periods[t])] = scale * float(dual[p, t])
    return found
