"""Results as tables: long, keys first, full precision, sorted; every number with its unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from planner.economy.arrays import Arrays, Labels, Matrix, Vector
from planner.formulation import Formulation
from planner.formulation.actual_figures import actual_figures
from planner.formulation.measures import functional
from planner.formulation.targets import Targets
from planner.program import Block, Expression, Variable
from planner.reporting.tables.origins import changes
from planner.solver.solution import Solution
from planner.solver.weights import binding_limit, weights

Frame = pd.DataFrame


class Reader:
    """Reads a solved plan by the formulation's own expressions.

    Args:
        formulation: what was solved.
        solution: a plan of its program (or of one with the same columns).
    """

    def __init__(self, formulation: Formulation, solution: Solution) -> None:
        """Keep both."""
        self.facts: Arrays = formulation.facts
        self.plan = formulation.variables
        self.formulation = formulation
        self.solution = solution

    def value(self, expression: Expression | Variable) -> Vector:
        """Value of every row of an expression in the plan."""
        return self.solution.read(expression)

    @property
    def targets(self) -> Vector:
        """The figure of each target in the plan, shape (targets,)."""
        return self.value(functional(self.facts, self.plan, self.formulation.targets.terms))

    @property
    def beyond(self) -> Vector:
        """What lies in each step of a price, the nearer ones first whatever the program had no reason to keep apart."""
        steps = self.facts.money.steps
        terms = list(zip(*(steps.frame[name] for name in ("measure", "item", "period")), strict=True))
        over = self.value(functional(self.facts, self.plan, terms)) - steps.frame["above"].to_numpy(dtype=float)
        return np.asarray(np.clip(over, 0.0, steps.width))

    def long(self, axes: tuple[str, str], unit: Labels, **columns: Vector | Labels) -> Frame:
        """A table over a whole block."""
        keys = dict(zip(axes, self.facts.keys(*axes), strict=True))
        return pd.DataFrame({**keys, "unit": unit, **columns})


def targets_table(
    formulation: Formulation, shares: Vector, feasible: Vector, planned: Vector, why: Mapping[str, object]
) -> Frame:
    """Official, feasible and actual figure of every target.

    Args:
        formulation: what was solved.
        shares: of each target.
        feasible: the figure that it is.
        planned: the figure in the plan reported.
        why: columns that say why a figure is short, by name.
    """
    targets = formulation.targets
    frame = targets.frame
    official = targets.official
    table = pd.DataFrame(
        {
            "plan": formulation.plan,
            **{key: frame[key] for key in ("measure", "item", "period", "unit")},
            "sense": frame["sense"],
            "official": official,
            "low": frame["low"],
            "high": frame["high"],
            "feasible": feasible,
            "planned": planned,
            "shortfall": shortfall(targets, feasible),
            "share": shares,
            "planned_share": targets.shares_at(planned),
            **why,
            "asked": targets.manner,
            "change": changes(formulation),
            "origin": frame["origin"],
            "actual": actual_figures(formulation.facts, frame),
            "source": frame["source"],
            "verified": frame["verified"],
        }
    )
    return tidy(table, ["plan", "measure", "item", "period", "sense"])


def shortfall(targets: Targets, feasible: Vector) -> Vector:
    """What the feasible figure of each target leaves missing, of a cap what it is passed by, shape (targets,)."""
    missing = np.where(targets.at_most, feasible - targets.official, targets.official - feasible)
    return np.where(np.isnan(feasible), np.nan, np.maximum(0.0, missing))


def activities_table(reader: Reader) -> Frame:
    """Level of every technique in every period."""
    table = reader.long(
        ("activity", "period"),
        np.repeat(reader.facts.technology.units, reader.facts.T),
        level=reader.value(reader.plan.activity),
    )
    product = reader.facts.tables["activities"]["product"].to_numpy(dtype=object)
    table.insert(2, "product", np.repeat(product, reader.facts.T))
    return tidy(table, ["activity", "period"])


def balances_table(reader: Reader) -> Frame:
    """Sources and uses of every product in every period; the two sides add up to the same.

    ``by`` names the activity, capacity, project or final use behind an entry; entries of nothing are left out.
    """
    facts, plan, projects = reader.facts, reader.plan, reader.plan.projects
    level, start = reader.value(plan.activity), reader.value(plan.start)
    entries: list[Frame] = [
        _flows(facts, "source", "output", facts.technology.makes, level, facts.activities),
        _flows(facts, "use", "input", facts.technology.uses, level, facts.activities),
        *_of_units(reader),
        _flows(facts, "use", "building", facts.plant.builds, start, facts.capacities),
        _flows(facts, "use", "building", projects.builds, reader.value(plan.project_start), projects.starts.labels),
        _flows(facts, "use", "upkeep", facts.plant.upkeep("product"), reader.value(plan.capacity), facts.capacities),
        _final_uses(facts),
    ]
    workers = facts.households.of_workers @ reader.value(plan.employment)
    unused = reader.value(plan.balance) - facts.final_use
    blocks = (
        ("source", "import", reader.value(plan.imports)),
        ("source", "stock_before", reader.value(plan.stock_before)),
        ("use", "households", reader.value(plan.households) - workers),
        ("use", "wage_earners", workers),
        ("use", "export", reader.value(plan.exports)),
        ("use", "stock_kept", reader.value(plan.stock)),
        ("use", "unused", unused),
    )
    product, period = facts.keys("product", "period")
    for side, entry, values in blocks:
        entries.append(
            pd.DataFrame(
                {"product": product, "period": period, "side": side, "entry": entry, "by": "", "quantity": values}
            )
        )
    table = pd.concat(entries, ignore_index=True)
    flow = table["quantity"].abs()
    table = table.loc[flow > 1e-12 * flow.groupby([table["product"], table["period"]]).transform("max")]
    unit = dict(zip(facts.products, facts.units("products"), strict=True))
    table.insert(5, "unit", table["product"].map(unit))
    return tidy(table, ["product", "period", "side", "entry", "by"])


def _of_units(reader: Reader) -> list[Frame]:
    """What units take for being on, and for being switched on."""
    facts, counts = reader.facts, (reader.plan.running, reader.plan.started)
    names = facts.activities[facts.technology.in_units]
    matrices = ((count, facts.technology.taken_by_units("product", count.name)) for count in counts)
    return [_flows(facts, "use", count.name, matrix, reader.value(count), names) for count, matrix in matrices]


def _flows(facts: Arrays, side: str, entry: str, matrix: Matrix, level: Vector, by: Labels) -> Frame:
    """What each activity or capacity puts into or takes out of each balance."""
    cells = matrix.tocoo()
    flow = pd.DataFrame({"cell": cells.row, "by": by[cells.col // facts.T], "quantity": cells.data * level[cells.col]})
    flow = flow.groupby(["cell", "by"])["quantity"].sum().reset_index()
    product, period = facts.products[flow["cell"] // facts.T], facts.periods[flow["cell"] % facts.T]
    return pd.DataFrame(
        {
            "product": product,
            "period": period,
            "side": side,
            "entry": entry,
            "by": flow["by"],
            "quantity": flow["quantity"],
        }
    )


def _final_uses(facts: Arrays) -> Frame:
    rows = facts.tables["final_use"]
    return pd.DataFrame(
        {
            "product": rows["product"],
            "period": rows["period"],
            "side": np.where(rows["value"] < 0, "source", "use"),
            "entry": "final_use",
            "by": rows["use"],
            "quantity": rows["value"].abs(),
        }
    )


def capacities_table(reader: Reader, prices: Solution) -> Frame:
    """Plant in existence and used, how it came about, and what one more unit would be worth."""
    facts, plan = reader.facts, reader.plan
    start = reader.value(plan.start) + plan.projects.starts.begins @ reader.value(plan.project_start)
    existing = reader.value(plan.capacity)
    shape = (len(facts.capacities), facts.T)
    before = np.hstack([facts.plant.column("initial")[:, None], existing.reshape(shape)[:, :-1]]).ravel()
    used = facts.technology.runs_on @ reader.value(plan.activity)
    together = facts.plant.together @ existing  # what is built at the sites of a pool works in it
    come, known = reader.value(plan.begun), facts.plant.pipeline - plan.projects.starts.already_counted
    return tidy(
        reader.long(
            ("capacity", "period"),
            np.repeat(facts.units("capacities"), facts.T),
            before=before,
            retired=before * (1.0 - facts.plant.stays) + facts.plant.ends @ (come + known) + facts.plant.retiring,
            from_pipeline=known,
            from_plan=come,
            in_existence=existing,
            used=used,
            share_used=used / np.where(together > 0, together * np.tile(facts.time.length, shape[0]), np.nan),
            started=start,
            shadow_price=_prices(prices, "capacity", facts.keys("capacity", "period")),
        ),
        ["capacity", "period"],
    )


def resources_table(reader: Reader, prices: Solution) -> Frame:
    """Labour and other primary resources: what there is, what is used, what one more would be worth."""
    facts, plan = reader.facts, reader.plan
    used = reader.value(plan.employment) + facts.training.trainers @ reader.value(plan.training)
    there = facts.supply * facts.lasting
    moved = reader.value(plan.hands) - there
    kind = facts.tables["resources"]["kind"].to_numpy(dtype=object)
    table = reader.long(
        ("resource", "period"),
        np.repeat(facts.units("resources"), facts.T),
        kind=np.repeat(kind, facts.T),
        supply=there,
        trained_and_moved=moved,
        used=used,
        unused=there + moved - used,
    )
    price: dict[tuple[str, ...], float] = {}
    for family in ("labour", "resource"):
        block = prices.program.row_block.get(family)
        if block is not None:
            price.update(zip(zip(*block.keys, strict=True), prices.row_prices[block.slice], strict=True))
    table["shadow_price"] = [price.get(key, np.nan) for key in zip(table["resource"], table["period"], strict=True)]
    return tidy(table, ["resource", "period"])


def trade_table(reader: Reader) -> Frame:
    """Exports, imports and credit: quantities, limits, prices and what they come to in foreign currency."""
    facts, plan = reader.facts, reader.plan
    parts = []
    for direction, variable in (("export", plan.exported), ("import", plan.imported)):
        product, period = variable.keys[0], variable.keys[-1]
        rows, good, when = facts.trade.cells(direction)
        goods = facts.trade.goods(direction)
        unit_price = np.full((len(goods), facts.T), np.nan)
        unit_price[np.searchsorted(goods, good), when] = facts.numbers("trade", "price")[rows]
        quantity = reader.value(variable)
        stepped = facts.money.steps_of_goods(direction, goods) @ reader.beyond
        parts.append(
            pd.DataFrame(
                {
                    "direction": direction,
                    "product": product,
                    "period": period,
                    "unit": variable.unit,
                    "quantity": quantity,
                    "limit": variable.upper,
                    "price": unit_price.ravel(),
                    "value": unit_price.ravel() * quantity + stepped,
                    "currency": facts.trade.currencies[goods % len(facts.trade.currencies)].repeat(facts.T),
                }
            )
        )
    abroad, interest = facts.trade.accounts[1], reader.value(plan.interest)
    open_end = np.full(len(interest), np.nan)
    changed = facts.trade.changed @ reader.value(plan.exchanged)
    for name, taken, limit in (
        ("other_receipts", facts.trade.of_accounts("other_receipts"), open_end),
        ("other_payments", facts.trade.of_accounts("other_payments"), open_end),
        ("credit_taken", reader.value(plan.borrowing), facts.trade.of_accounts("credit")),
        *([("exchanged", changed, open_end)] if plan.exchanged.size else []),
        *([("interest", interest, open_end)] if facts.trade.interest.any() else []),
    ):
        parts.append(
            pd.DataFrame(
                {
                    "direction": name,
                    "product": "",
                    "period": abroad[-1],
                    "unit": facts.trade.units,
                    "quantity": taken,
                    "limit": limit,
                    "price": 1.0,
                    "value": taken,
                    "currency": facts.trade.units,
                }
            )
        )
    return tidy(pd.concat(parts, ignore_index=True), ["direction", "product", "period"])


def prices_table(solution: Solution) -> Frame:
    """Shadow price of every row and of every bounded column: change of the objective per unit more of its limit."""
    program = solution.program
    weight = weights(solution)
    parts = [
        _priced(program.rows, program.row_lower, program.row_upper, solution.row_prices, weight[0], solution, "row"),
        _priced(
            program.columns,
            program.column_lower,
            program.column_upper,
            solution.column_prices,
            weight[1],
            solution,
            "bound",
        ),
    ]
    table = pd.concat(parts, ignore_index=True)
    return tidy(table, ["kind", "family", "item", "period"])


def _priced(
    blocks: Iterable[Block], lower: Vector, upper: Vector, price: Vector, weight: Vector, solution: Solution, kind: str
) -> Frame:
    frames: list[Frame] = []
    for block in blocks:
        if not block.name or not len(block.unit):
            continue
        run = block.slice
        limit = binding_limit(lower[run], upper[run], price[run] * solution.program.sign)
        at = dict(zip(block.index, block.keys, strict=True))
        period = at.pop("period", np.full(len(block.unit), "", object))
        item = ["/".join(map(str, key)) for key in zip(*at.values(), strict=True)] if at else [""] * len(block.unit)
        frame = pd.DataFrame(
            {
                "kind": kind,
                "family": block.name,
                "item": item,
                "period": period,
                "limit": limit,
                "unit": block.unit,
                "shadow_price": price[run],
                "price_unit": [f"{solution.program.objective_unit} per {u}" for u in block.unit],
                "weight": weight[run],
            }
        )
        frames.append(frame if kind == "row" else frame[np.isfinite(limit) & (limit != 0.0)])
    return pd.concat(frames, ignore_index=True)


def tidy(table: Frame, keys: list[str]) -> Frame:
    """Keys first, sorted, with a fresh index; minus zeros are zeros."""
    table = table[[*keys, *(c for c in table.columns if c not in keys)]]
    table = table.sort_values(keys, kind="stable").reset_index(drop=True)
    numbers = table.select_dtypes("number").columns
    table[numbers] = table[numbers] + 0.0
    return table


def _prices(solution: Solution, family: str, keys: tuple[Labels, ...]) -> Vector:
    """Price of the row of each key; ``nan`` where the family has none."""
    block = solution.program.row_block.get(family)
    if block is None:
        return np.full(len(keys[0]), np.nan)
    price = dict(zip(zip(*block.keys, strict=True), solution.prices(family), strict=True))
    return np.array([price.get(key, np.nan) for key in zip(*keys, strict=True)], dtype=float)
