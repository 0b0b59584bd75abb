"""The sensitivity of an answer in words, on the terminal and as a run folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.padding import Padding

from planner.formulation import Formulation
from planner.report.data import data_table
from planner.report.manifest import manifest
from planner.report.terminal import show_rows, target_label
from planner.report.words import conditions, is_share, number, percent, plan_title
from planner.report.write import write_run
from planner.sensitivity.examine import Sensitivity

__all__ = ["about", "change", "said_tables", "sensitivity_summary", "sentence", "show_sensitivity", "write_sensitivity"]

_NOTHING = 1e-9
_ONE_MORE: Mapping[str, str] = {
    "material_balance": "one more {unit} of {item} in {period}",
    "capacity": "one more {unit} of {item} to work with in {period}",
    "capacity_accumulation": "one more {unit} of {item} standing from {period} on",
    "growth_limit": "room for one more {unit} of {item} to come on stream in {period}",
    "labour": "one more {unit} of {item} labour in {period}",
    "resource": "one more {unit} of {item} in {period}",
    "training": "a place to train one more {unit}, {item}, in {period}",
    "foreign_exchange": "one more {unit} of foreign exchange in {period}",
    "debt_limit": "a debt limit one {unit} higher in {period}",
    "consumption_floor": "a consumption floor higher by the whole base level in {period}",
    "stock": "room to store one more {unit} of {item} in {period}",
    "target": "one more {unit} asked of the target {item} in {period}, beyond its share,",
    "target_ceiling": "one more {unit} allowed on the target {item} in {period}",
    "terminal": "one more {unit} of {item} asked for in building at the end",
    "export": "a limit one {unit} higher on exports of {item} in {period}",
    "import": "a limit one {unit} higher on imports of {item} in {period}",
    "borrowing": "one more {unit} of credit in {period}",
}


def about(formulation: Formulation) -> dict[str, Any]:
    """What was asked, as the summary of a run says it."""
    economy, question = formulation.economy, formulation.question
    return {
        "economy": economy.name,
        "title": economy.title,
        "model": question.name,
        "question": question.title,
        "plan": formulation.plan or None,
        "plan_title": plan_title(formulation) if formulation.plan else None,
        "scenario": economy.scenario,
        "corner": economy.corner,
        "floor": question.floor,
        "changes": list(economy.sets),
        "objective": formulation.goal.says,
        "unit": formulation.goal.unit,
    }


def change(amount: float, unit: str, it: str = "") -> str:
    """A change of the objective in words; shares in points of a hundred.

    Args:
        amount: of the objective, in its unit; unit: that unit; it: what is changed, where a word will do.

    >>> change(0.004, "share of the official figures")
    'raises the attainable share by 0.4 points'
    >>> change(-0.009, "share of the official figures", "it"), change(0.0, "t"), change(-np.inf, "t")
    ('lowers it by 0.9 points', 'changes nothing', 'leaves no plan at all')
    """
    if np.isinf(amount):
        return "leaves no plan at all"
    if abs(amount) < _NOTHING or np.isnan(amount):
        return "changes nothing" if not np.isnan(amount) else "is not known to change anything"
    share = is_share(unit)
    size = f"{number(100 * abs(amount))} points" if share else f"{number(abs(amount))} {unit}"
    what = it or ("the attainable share" if share else "the objective")
    return f"{'raises' if amount > 0 else 'lowers'} {what} by {size}"


def sentence(row: Mapping[Any, Any], unit: str) -> str:
    """Both prices of a limit in a sentence.

    Args:
        row: of ``prices``; unit: of the objective.

    >>> row = dict(family="material_balance", item="coke", period="1931", unit="Mt", one_more=0.004, one_less=-0.009,
    ...            step_more=0.5, step_less=0.2)
    >>> sentence(row, "share of the official figures")
    'one more Mt of coke in 1931 raises the attainable share by 0.4 points (over 0.5 Mt at least); one less lowers it by
    0.9 points (over 0.2 Mt at least)'
    """
    said = {key: str(row[key]).replace("_", " ") for key in ("family", "item", "period", "unit")}
    said["unit"] = said["unit"] or "unit"
    measure, slash, item = said["item"].partition("/")
    said["item"] = target_label(measure, item) if slash else said["item"]
    amount = "of the base level" if said["unit"].startswith("level,") else said["unit"]
    phrase = _ONE_MORE.get(str(row["family"]), "a bound one {unit} higher on {family} {item} {period}").format(**said)

    def told(price: float, step: float, it: str) -> str:
        over = f" (over {number(step)} {amount} at least)" if abs(price) > _NOTHING and np.isfinite(price) else ""
        return change(price, unit, it) + over

    more, less = (float(row[key]) for key in ("one_more", "one_less"))
    it = "" if abs(more) < _NOTHING or np.isinf(more) else "it"
    return f"{phrase} {told(more, float(row['step_more']), '')}; one less {told(less, float(row['step_less']), it)}"


def said_tables(found: Sensitivity) -> dict[str, pd.DataFrame]:
    """The tables of the run: those found, prices with a column ``words``, and every number with its source."""
    unit = found.formulation.goal.unit
    tables = dict(found.tables)
    if "prices" in tables:
        words = [sentence(row, unit) if _matters(row) else "" for row in tables["prices"].to_dict("records")]
        tables["prices"] = tables["prices"].assign(words=words)
    return {**tables, "data": data_table(found.formulation.economy)}


def _matters(row: Mapping[Any, Any]) -> bool:
    return any(abs(float(row[key])) > _NOTHING for key in ("one_more", "one_less"))


def heaviest(prices: pd.DataFrame, most: int) -> pd.DataFrame:
    """Limits with a price, by what one per cent of them would change; what leaves no plan at all counts as nothing."""
    either = prices[["one_more", "one_less"]].abs().replace(np.inf, 0.0).max(axis=1)
    weight = (either * prices["size"]).to_numpy()
    order = np.argsort(-weight, kind="stable")
    return prices.iloc[order[weight[order] > _NOTHING]].head(most)


def sensitivity_summary(found: Sensitivity, top: int) -> dict[str, Any]:
    """The answer in a few keys."""
    if not found.tables:
        return {**about(found.formulation), "status": found.solution.status.value}
    prices, swings, unit = found.tables["prices"], found.tables["tornado"], found.formulation.goal.unit
    single, best = swings[swings["by"] == "number"], found.tables["bottlenecks"]
    return {
        **about(found.formulation),
        "status": found.solution.status.value,
        "value": found.solution.objective,
        "limits": len(prices),
        "limits_with_a_price": int(sum(_matters(row) for row in prices.to_dict("records"))),
        "prices_that_differ_by_side": int((prices["unique"] == "no").sum()),
        "prices": [sentence(row, unit) for row in heaviest(prices, top).to_dict("records")],
        "numbers_with_a_range": len(single),
        "numbers_that_matter": int(((single["swing"] > 0) | (single["plan"] != "yes")).sum()),
        "tornado": single.head(top)[["number", "column", "low", "high", "at_low", "at_high", "plan"]].to_dict(
            "records"
        ),
        "bottlenecks": best[best["rank"] <= 3][["way", "first", "second", "gain", "gain_per_cost"]].to_dict("records"),
    }


def show_sensitivity(found: Sensitivity, console: Console, top: int) -> None:
    """Prices, tornado, bottlenecks and curves, the strongest first."""
    formulation, tables = found.formulation, found.tables
    unit = formulation.goal.unit
    console.print(f"[bold]{plan_title(formulation)}[/bold]  ({formulation.economy.title})")
    console.print(conditions(formulation), style="dim")
    console.print(f"{formulation.goal.says}: [bold]{_value(found.solution.objective, unit)}[/bold]")
    console.print("\n[bold]Worth of one more, loss of one less[/bold]")
    for row in heaviest(tables["prices"], top).to_dict("records"):
        console.print(Padding(sentence(row, unit), (0, 0, 0, 2)), highlight=False)
    none = tables["prices"]["unique"].eq("no").sum()
    console.print(f"  {none} of {len(tables['prices'])} limits have another price on each side", style="dim")
    console.print()
    _show_swings(tables["tornado"], unit, console, top)
    _show_bottlenecks(tables["bottlenecks"], unit, console)
    if "curve" in tables:
        _show_curves(tables["curve"], unit, console)


def _value(value: float, unit: str) -> str:
    return percent(value) if is_share(unit) else f"{number(value)} {unit}"


def _show_swings(table: pd.DataFrame, unit: str, console: Console, top: int) -> None:
    columns = [("number", "left"), ("low", "right"), ("high", "right"), ("at low", "right"), ("at high", "right")]
    single = table[(table["by"] == "number") & ((table["swing"] > 0) | (table["plan"] != "yes"))]
    rows = [
        (f"{r['table']}: {r['number']}".replace("_", " "), number(r["low"]), number(r["high"]),
         *(_value(r[end], unit) if np.isfinite(r[end]) else "no plan" for end in ("at_low", "at_high")))
        for r in single.head(top).to_dict("records")
    ]  # fmt: skip
    show_rows(console, "Single numbers at the ends of their ranges", columns, rows)
    all_of_them = int((table["by"] == "number").sum())
    console.print(
        f"{all_of_them - len(single)} of {all_of_them} numbers with a range change nothing alone", style="dim"
    )
    groups = table[(table["by"] != "number") & ((table["swing"] > 0) | (table["plan"] != "yes"))]
    rows = [
        (f"{r['by']}: {r['number']}".replace("_", " ")[:60], str(int(r["numbers"])),
         *(_value(r[end], unit) if np.isfinite(r[end]) else "no plan" for end in ("at_low", "at_high")))
        for r in groups.head(top).to_dict("records")
    ]  # fmt: skip
    columns = [("group", "left"), ("numbers", "right"), ("pessimistic", "right"), ("optimistic", "right")]
    console.print()
    show_rows(console, "Groups of numbers at the ends that favour the plan least and most", columns, rows)
    console.print()


def _show_bottlenecks(table: pd.DataFrame, unit: str, console: Console) -> None:
    rows = list(_bottleneck_rows(table[(table["gain"] > 0) & (table["rank"] <= 5)]))
    columns = [("more of", "left"), ("added", "right"), ("unit", "left"), ("gain", "right"), ("per unit", "right"),
               ("cost", "right"), ("gain per cost", "right")]  # fmt: skip
    share = table["share"].iloc[0] if len(table) else 0.0
    show_rows(
        console, f"Bottlenecks: what {percent(share, 0)} more of a limit, then of a pair, would buy", columns, rows
    )
    points = "points of the share" if is_share(unit) else unit
    console.print(f"gain in {points}; cost of plant in value units, blank where nothing is built", style="dim")


def _bottleneck_rows(table: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for row in table.to_dict("records"):
        scale = 100.0 if is_share(row["gain_unit"]) else 1.0
        name = " and ".join(str(row[key]).replace("_", " ") for key in ("first", "second") if row[key])
        figures = (scale * row["gain"], scale * row["gain_per_unit"], row["cost"], scale * row["gain_per_cost"])
        gain, per_unit, cost, per_cost = (number(float(figure)) for figure in figures)
        yield name, number(float(row["added"])), str(row["unit"]), gain, per_unit, cost, per_cost


def _show_curves(table: pd.DataFrame, unit: str, console: Console) -> None:
    for selector, curve in table.groupby("selector", sort=False):
        console.print()
        columns = [("factor", "right"), ("amount", "right"), ("value", "right"), ("per 10 % more", "right")]
        step = 100.0 if is_share(unit) else 1.0
        rows = [
            (number(r["factor"]), number(r["amount"]), _value(r["value"], unit), number(0.1 * step * r["slope_after"]))
            for r in curve.head(20).to_dict("records")
        ]
        how = "breakpoints, exact" if curve["how"].iloc[0] == "exact" else "sampled"
        show_rows(console, f"Value over {selector} ({how})", columns, rows)


def write_sensitivity(found: Sensitivity, folder: Path, *, top: int, overwrite: bool) -> Path:
    """Write the run with its charts, whole or not at all.

    Raises:
        OutputExists: the folder exists and may not be replaced.
    """
    from planner.report.charts_sensitivity import draw

    documents = {
        "summary": sensitivity_summary(found, top),
        "manifest": manifest(found.formulation, found.solution, None, {}, kind="sensitivity"),
    }
    return write_run(
        folder, said_tables(found), documents, overwrite=overwrite, more=lambda draft: draw(draft, top)
    )  # fmt: skip
