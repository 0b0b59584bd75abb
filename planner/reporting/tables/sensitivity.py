"""The sensitivity of an answer in words, on the terminal and as a run folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console

from planner.analysis.sensitivity.bottlenecks import SHARE as ENLARGED
from planner.analysis.sensitivity.study import Sensitivity
from planner.economy.findings import documents
from planner.economy.names import Names
from planner.formulation import FAMILIES, Formulation
from planner.formulation.named import is_share
from planner.formulation.unknowns import UNKNOWNS
from planner.language.counting import capital, listed, lower
from planner.language.numbers import number, percent
from planner.reporting.run.manifest import manifest
from planner.reporting.run.write import write_run
from planner.reporting.tables.data import data_table
from planner.reporting.terminal.grid import Column
from planner.reporting.terminal.solve import bullet, say, show_head, show_rows
from planner.reporting.wording.data import idle, two_prices
from planner.reporting.wording.numbers import limit_of, plan_title, selector_name
from planner.reporting.wording.sentences import objective

__all__ = [
    "about", "change", "number_name", "said_tables", "sensitivity_summary", "sentence", "show_sensitivity", "write_sensitivity",
]  # fmt: skip

_LONGEST = 60  # characters of a source in a table


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
        "floor": question.floor_in_force,
        "changes": list(economy.sets),
        "objective": formulation.goal.says,
        "unit": formulation.goal.unit,
        "warnings": documents(formulation.warnings),
    }


def change(amount: float, unit: str, it: str = "") -> str:
    """A change of the objective in words; shares in points of a hundred.

    Args:
        amount: of the objective, in its unit.
        unit: that unit.
        it: what is changed, where a word will do.

    >>> change(0.004, "share of the official figures")
    'raises the attainable share by 0.4 points'
    >>> change(-0.009, "share of the official figures", "it"), change(0.0, "t"), change(-np.inf, "t")
    ('lowers it by 0.9 points', 'changes nothing', 'leaves no plan at all')
    """
    if np.isinf(amount):
        return "leaves no plan at all"
    if not amount or np.isnan(amount):
        return "changes nothing" if not np.isnan(amount) else "is not known to change anything"
    share = is_share(unit)
    size = f"{number(100 * abs(amount))} points" if share else f"{number(abs(amount))} {unit}"
    what = it or ("the attainable share" if share else "the objective")
    return f"{'raises' if amount > 0 else 'lowers'} {what} by {size}"


def sentence(row: Mapping[Any, Any], unit: str, names: Names) -> str:
    """Both prices of a limit in a sentence.

    Args:
        row: of ``prices``.
        unit: of the objective.
        names: of the economy.

    >>> row = dict(family="material_balance", item="coke", period="1931", unit="Mt", one_more=0.004, one_less=-0.009,
    ...            step_more=0.5, step_less=0.2)
    >>> sentence(row, "share of the official figures", Names({}))
    'one more Mt of coke in 1931 raises the attainable share by 0.4 points (over 0.5 Mt at least); one less lowers it by
    0.9 points (over 0.2 Mt at least)'
    """
    said = {key: str(row[key]).replace("_", " ") for key in ("family", "item", "period", "unit")}
    said["unit"] = said["unit"] or "unit"
    named = (UNKNOWNS if row.get("kind") == "bound" else FAMILIES)[str(row["family"])]
    said["item"] = lower(limit_of(names, str(row["family"]), str(row["item"])))
    amount = "of the base level" if said["unit"].startswith("level,") else said["unit"]
    phrase = named.phrase.format(**said)

    def told(price: float, step: float, it: str) -> str:
        over = f" (over {number(step)} {amount} at least)" if price and np.isfinite(price) else ""
        return change(price, unit, it) + over

    more, less = (float(row[key]) for key in ("one_more", "one_less"))
    it = "" if not more or np.isinf(more) else "it"
    return f"{phrase} {told(more, float(row['step_more']), '')}; one less {told(less, float(row['step_less']), it)}"


def said_tables(found: Sensitivity) -> dict[str, pd.DataFrame]:
    """The tables of the run: those found, prices with a column ``words``, and every number with its source."""
    unit, names = found.formulation.goal.unit, Names.of(found.formulation.economy)
    tables = dict(found.tables)
    if "prices" in tables:
        words = [sentence(row, unit, names) if _matters(row) else "" for row in tables["prices"].to_dict("records")]
        tables["prices"] = tables["prices"].assign(words=words)
    return {**tables, "data": data_table(found.formulation.economy)}


def _matters(row: Mapping[Any, Any]) -> bool:
    return any(float(row[key]) and not np.isnan(row[key]) for key in ("one_more", "one_less"))


def heaviest(prices: pd.DataFrame, most: int) -> pd.DataFrame:
    """Limits with a price, by what one per cent of them would change; what leaves no plan at all counts as nothing."""
    either = prices[["one_more", "one_less"]].abs().replace(np.inf, 0.0).max(axis=1)
    weight = (either * prices["size"]).to_numpy()
    order = np.argsort(-weight, kind="stable")
    return prices.iloc[order[weight[order] > 0]].head(most)


def sensitivity_summary(found: Sensitivity, top: int) -> dict[str, Any]:
    """The answer in a few keys."""
    if not found.tables:
        return {**about(found.formulation), "status": found.solution.status.value}
    prices, swings, unit = found.tables["prices"], found.tables["tornado"], found.formulation.goal.unit
    single, best, names = (
        swings[swings["by"] == "number"],
        found.tables["bottlenecks"],
        Names.of(found.formulation.economy),
    )
    return {
        **about(found.formulation),
        "status": found.solution.status.value,
        "value": found.solution.objective,
        "limits": len(prices),
        "limits_with_a_price": int(sum(_matters(row) for row in prices.to_dict("records"))),
        "prices_that_differ_by_side": int((prices["unique"] == "no").sum()),
        "prices": [sentence(row, unit, names) for row in heaviest(prices, top).to_dict("records")],
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
    unit, names = formulation.goal.unit, Names.of(formulation.economy)
    show_head(formulation, console)
    share = is_share(unit)
    value = percent(found.solution.objective) if share else number(found.solution.objective)
    say(console, objective(formulation.goal.says, value, "" if share else unit), "bold")
    console.print()
    say(console, "Worth of one more, loss of one less", "bold")
    told = heaviest(tables["prices"], top).to_dict("records")
    for row in told:
        bullet(console, capital(sentence(row, unit, names)))
    if not told:
        say(console, "No limit has a price: more of any one of them would change nothing.")
    none = int(tables["prices"]["unique"].eq("no").sum())
    say(console, two_prices(none, len(tables["prices"])), "dim")
    console.print()
    _show_swings(tables["tornado"], unit, names, console, top)
    _show_bottlenecks(tables["bottlenecks"], unit, names, console)
    if "curve" in tables:
        _show_curves(tables["curve"], unit, names, console)


def _value(value: float, unit: str) -> str:
    if not np.isfinite(value):
        return "no plan"
    return percent(value) if is_share(unit) else number(value)


def _show_swings(table: pd.DataFrame, unit: str, names: Names, console: Console, top: int) -> None:
    moves = (table["swing"] > 0) | (table["plan"] != "yes")
    single, all_of_them = table[(table["by"] == "number") & moves], int((table["by"] == "number").sum())
    if len(single):
        rows = [
            (number_name(r, names), number(r["low"]), number(r["high"]), _value(r["at_low"], unit), _value(r["at_high"], unit))
            for r in single.head(top).to_dict("records")
        ]  # fmt: skip
        columns = [Column("number"), *(Column(name, "right") for name in ("low", "high", "at low", "at high"))]
        show_rows(console, "Single numbers at the ends of their ranges", columns, rows)
    say(console, idle(all_of_them - len(single), all_of_them))
    groups = table[(table["by"] != "number") & moves].head(top).to_dict("records")
    if groups:
        of_groups = [
            (f"{r['by']}: {_group_name(r, names)}", str(int(r["numbers"])), _value(r["at_low"], unit), _value(r["at_high"], unit))
            for r in groups
        ]  # fmt: skip
        columns = [Column("group"), *(Column(name, "right") for name in ("rows", "pessimistic", "optimistic"))]
        console.print()
        show_rows(console, "Groups of numbers at the ends that favour the plan least and most", columns, of_groups)
    console.print()


def number_name(row: Mapping[Any, Any], names: Names) -> str:
    """An uncertain number as a row is headed.

    >>> number_name({"table": "capacities", "number": "old_works", "column": "initial"}, Names({}))
    'capacities: old works (initial)'
    """
    column = "" if row["column"] == "value" else f" ({str(row['column']).replace('_', ' ')})"
    return f"{str(row['table']).replace('_', ' ')}: {lower(names.key(str(row['number']), str(row['table'])))}{column}"


def _group_name(row: Mapping[Any, Any], names: Names) -> str:
    text = str(row["number"])
    if row["by"] == "source" and len(text) > _LONGEST:
        return text[:_LONGEST].rstrip() + "…"
    return lower(names(text)) if row["by"] == "item" else text.replace("_", " ") if row["by"] == "table" else text


def _show_bottlenecks(table: pd.DataFrame, unit: str, names: Names, console: Console) -> None:
    rows = list(_bottleneck_rows(table[(table["gain"] > 0) & (table["rank"] <= 5)], names))
    columns = [
        Column("more of"), Column("added", "right"), Column("unit"), Column("gain", "right"), Column("per unit", "right", drop=1),
        Column("cost", "right", drop=2), Column("gain per cost", "right", drop=3),
    ]  # fmt: skip
    share = percent(table["share"].iloc[0] if len(table) else ENLARGED, 0)
    none = f"{share} more of any limit of the data, or of any two, would buy nothing."
    title = f"Bottlenecks: what {share} more of a limit, then of a pair, would buy"
    legend = {
        "gain": f"in {'points of the share' if unit.startswith('share of') else unit}",
        "cost": "of plant, in value units; a dash where nothing is built",
    }
    show_rows(console, title, columns, rows, file="bottlenecks.csv", none=none, legend=legend)


def _bottleneck_rows(table: pd.DataFrame, names: Names) -> Iterator[tuple[str, ...]]:
    for row in table.to_dict("records"):
        scale = 100.0 if is_share(row["gain_unit"]) else 1.0
        both = [lower(selector_name(str(row[key]), names)) for key in ("first", "second") if row[key]]
        figures = (scale * row["gain"], scale * row["gain_per_unit"], row["cost"], scale * row["gain_per_cost"])
        gain, per_unit, cost, per_cost = (number(float(figure)) for figure in figures)
        yield capital(listed(both)), number(float(row["added"])), str(row["unit"]), gain, per_unit, cost, per_cost


def _show_curves(table: pd.DataFrame, unit: str, names: Names, console: Console) -> None:
    step = 100.0 if is_share(unit) else 1.0
    columns = [Column(name, "right") for name in ("factor", "amount", "value", "per 10 % more")]
    for selector, curve in table.groupby("selector", sort=False):
        rows = [
            (number(r["factor"]), number(r["amount"]), _value(r["value"], unit), number(0.1 * step * r["slope_after"]))
            for r in curve.head(20).to_dict("records")
        ]
        how = "breakpoints, exact" if curve["how"].iloc[0] == "exact" else "sampled"
        console.print()
        show_rows(console, f"Value over {lower(selector_name(str(selector), names))} ({how})", columns, rows)


def write_sensitivity(found: Sensitivity, folder: Path, *, top: int, overwrite: bool) -> Path:
    """Write the run with its charts, whole or not at all.

    Raises:
        OutputExists: the folder exists and may not be replaced.
    """
    from planner.reporting.charts.sensitivity import draw

    documents = {
        "summary": sensitivity_summary(found, top),
        "manifest": manifest(found.formulation, found.solution, None, {}),
    }
    return write_run(
        folder, said_tables(found), documents, kind="sensitivity", overwrite=overwrite,
        more=lambda draft: draw(draft, top),
    )  # fmt: skip
