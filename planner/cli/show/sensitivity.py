"""The sensitivity of an answer on the terminal, the strongest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console

from planner.analysis.sensitivity.bottlenecks import SHARE as ENLARGED
from planner.answers.sensitivity import SensitivityAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import bullet, say, show_conditions, show_rows
from planner.economy import Economy
from planner.economy.names import Names
from planner.economy.provenance import cited, references
from planner.formulation.named import is_share
from planner.language.counting import capital, listed, lower
from planner.language.numbers import number, percent
from planner.reporting.tables.sensitivity import heaviest, number_name, sentence
from planner.reporting.wording.data import idle, two_prices
from planner.reporting.wording.numbers import improved, selector_name

_LONGEST = 60  # characters of a source in a table


def show(answer: SensitivityAnswer, console: Console) -> None:
    """Prices, tornado, bottlenecks and curves, the strongest first."""
    formulation, tables, top = answer.formulation, answer.found.tables, answer.top
    unit, names = formulation.goal.unit, Names.of(formulation.economy)
    show_conditions(formulation, console)
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
    _show_swings(tables["tornado"], unit, formulation.economy, console, top)
    _show_bottlenecks(tables["bottlenecks"], unit, names, console)
    if "curve" in tables:
        _show_curves(tables["curve"], unit, names, console)


def _value(value: float, unit: str) -> str:
    if not np.isfinite(value):
        return "no plan"
    return percent(value) if is_share(unit) else number(value)


def _show_swings(table: pd.DataFrame, unit: str, economy: Economy, console: Console, top: int) -> None:
    names, known = Names.of(economy), references(economy.tables)
    moves = (table["swing"] > 0) | (table["plan"] != "yes")
    single, all_of_them = table[(table["by"] == "number") & moves], int((table["by"] == "number").sum())
    if len(single):
        rows = [
            (
                number_name(r, names),
                number(r["low"]),
                number(r["high"]),
                str(r["unit"]),
                _value(r["at_low"], unit),
                _value(r["at_high"], unit),
            )
            for r in single.head(top).to_dict("records")
        ]
        columns = [
            GridColumn("number"),
            GridColumn("low", "right"),
            GridColumn("high", "right"),
            GridColumn("unit"),
            GridColumn("at low", "right"),
            GridColumn("at high", "right"),
        ]
        show_rows(console, "Single numbers at the ends of their ranges", columns, rows)
    say(console, idle(all_of_them - len(single), all_of_them))
    groups = table[(table["by"] != "number") & moves].head(top).to_dict("records")
    if groups:
        of_groups = [
            (
                f"{r['by']}: {_group_name(r, names, known)}",
                str(int(r["numbers"])),
                _value(r["at_low"], unit),
                _value(r["at_high"], unit),
            )
            for r in groups
        ]
        columns = [GridColumn("group"), *(GridColumn(name, "right") for name in ("rows", "pessimistic", "optimistic"))]
        console.print()
        show_rows(console, "Groups of numbers at the ends that favour the plan least and most", columns, of_groups)
    console.print()


def _group_name(row: Mapping[Any, Any], names: Names, known: Mapping[str, str]) -> str:
    text = str(row["number"])
    if row["by"] == "source":
        told = cited(text, known)
        return told[:_LONGEST].rstrip() + "…" if len(told) > _LONGEST else told
    return lower(names(text)) if row["by"] == "item" else text.replace("_", " ") if row["by"] == "table" else text


def _show_bottlenecks(table: pd.DataFrame, unit: str, names: Names, console: Console) -> None:
    table = table[(table["gain"] > 0) & (table["rank"] <= 5)]
    columns = [
        GridColumn("limit"),
        GridColumn("added", "right"),
        GridColumn("unit"),
        GridColumn("gain", "right"),
        GridColumn("per unit", "right", drop=1),
    ]
    if table["cost"].notna().any():
        columns += [GridColumn("cost", "right", drop=2), GridColumn("gain per cost", "right", drop=3)]
    share = percent(table["share"].iloc[0] if len(table) else ENLARGED, 0)
    none = f"{share} more of any limit of the data, or less of any claim, or of any two, would buy nothing."
    title = f"Bottlenecks: what {share} more of a limit, or less of a claim, would buy; then of a pair"
    legend = {
        "gain": f"in {'points of the share' if unit.startswith('share of') else unit}",
    }
    if len(columns) > 5:
        legend["cost"] = "of plant, in value units; a dash where not all of it is plant"
    rows = [row[: len(columns)] for row in _bottleneck_rows(table, names)]
    show_rows(console, title, columns, rows, file="bottlenecks.csv", none=none, legend=legend)


def _bottleneck_rows(table: pd.DataFrame, names: Names) -> Iterator[tuple[str, ...]]:
    for row in table.to_dict("records"):
        scale = 100.0 if is_share(row["gain_unit"]) else 1.0
        both = [improved(str(row[key]), names) for key in ("first", "second") if row[key]]
        figures = (scale * row["gain"], scale * row["gain_per_unit"], row["cost"], scale * row["gain_per_cost"])
        gain, per_unit, cost, per_cost = (number(float(figure)) for figure in figures)
        yield capital(listed(both)), number(float(row["added"])), str(row["unit"]), gain, per_unit, cost, per_cost


def _show_curves(table: pd.DataFrame, unit: str, names: Names, console: Console) -> None:
    step = 100.0 if is_share(unit) else 1.0
    columns = [
        GridColumn("factor", "right"),
        GridColumn("amount", "right"),
        GridColumn("unit"),
        GridColumn("value", "right"),
        GridColumn("per 10 % more", "right"),
    ]
    for selector, curve in table.groupby("selector", sort=False):
        rows = [
            (
                number(r["factor"]),
                number(r["amount"]),
                str(r["unit"]),
                _value(r["value"], unit),
                number(0.1 * step * r["slope_after"]),
            )
            for r in curve.head(20).to_dict("records")
        ]
        how = "breakpoints, exact" if curve["how"].iloc[0] == "exact" else "sampled"
        console.print()
        show_rows(console, f"Value over {lower(selector_name(str(selector), names))} ({how})", columns, rows)
