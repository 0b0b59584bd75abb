"""What draws found, on the terminal."""

from __future__ import annotations

import numpy as np
import pandas as pd
from rich.console import Console

from planner.analysis.uncertainty.uncertainty import Uncertainty
from planner.answers.uncertainty import UncertaintyAnswer
from planner.cli.show.draws import show_draws
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_conditions, show_rows
from planner.economy.names import Names
from planner.language.counting import capital
from planner.language.numbers import number, percent
from planner.reporting.tables.uncertainty import counts_met, drawn, factor_name
from planner.reporting.wording.data import design, share_met

_INDEX = {"sobol": ("total", "first"), "morris": ("mean_absolute", "spread")}


def show(answer: UncertaintyAnswer, console: Console) -> None:
    """Draws that meet each plan and quantiles, shares of a single one, and what matters most."""
    found, first, made, names = answer.found, answer.formulation, answer.tables, Names.of(answer.economy)
    show_conditions(first, console, drawn(first))
    say(console, _design(found), "dim")
    console.print()
    if counts_met(found):
        title = "Draws in which all figures can be met, and the share reached"
        rows = [((names.plan(str(row["plan"])),), row) for row in made["met"].to_dict("records")]
        show_draws(console, title, ["plan"], rows, "met.csv")
        for sentence in answer.answers[len(found.outcomes) :]:
            say(console, f"{capital(sentence)}.")
        _show_one_way(made["one_way"], names, console)
    else:
        _show_values(made["met"], names, console)
    if len(found.outcomes) == 1 and "figures" in made:
        _show_figures(made["figures"], names, console)
    if "indices" in made:
        _show_indices(made["indices"], found.design.kind, names, console)


def _design(found: Uncertainty) -> str:
    said = found.options
    kinds = [str(said["distribution"]), *(f"{table}: {kind}" for table, kind in said["distributions"].items())]
    return design(
        found.design.kind,
        found.design.seed,
        len(found.numbers),
        found.design.size,
        found.factors[0].numbers.count,
        len(found.design.names),
        kinds,
    )


def _show_one_way(table: pd.DataFrame, names: Names, console: Console) -> None:
    """What is reached with all numbers moved one way and balances kept: one more case each, and the bound beside them."""
    order = ("pessimistic", "half-way pessimistic", "half-way optimistic", "optimistic", "bound")
    rows = []
    for plan, part in table.groupby("plan", sort=False):
        value = dict(zip(part["moved"], part["value"], strict=True))
        rows.append((names.plan(str(plan)), *(_figure(value.get(way, np.nan), share=True) for way in order)))
    columns = [
        GridColumn("plan"),
        *(GridColumn(way, "right", drop=drop) for way, drop in zip(order, (0, 2, 3, 0, 0), strict=True)),
    ]
    legend = {
        "pessimistic, optimistic": "every number at one end, residuals where the others leave them; one more case each, no proof",
        "bound": "every number by itself at its good end, which no draw exceeds",
    }
    console.print()
    show_rows(console, "All numbers moved one way, balances kept", columns, rows, file="one_way.csv", legend=legend)


def _show_values(table: pd.DataFrame, names: Names, console: Console) -> None:
    shares = bool(table["unit"].str.startswith("share of").all())
    rows = [
        (
            names.plan(str(row["plan"])) or "–",
            *(_figure(row[key], share=shares) for key in ("p05", "p25", "p50", "p75", "p95")),
        )
        for row in table.to_dict("records")
    ]
    columns = [
        GridColumn("plan"),
        GridColumn("low", "right"),
        GridColumn("low quarter", "right", drop=1),
        GridColumn("median", "right"),
        GridColumn("high quarter", "right", drop=2),
        GridColumn("high", "right"),
    ]
    legend = {
        "low, high": "5 and 95 of 100 draws reach no more",
        "low quarter, high quarter": "25 and 75 of 100",
    }
    title = f"{capital(str(table['unit'].iloc[0]))} over the draws"
    show_rows(console, title, columns, rows, file="met.csv", legend=legend)


def _figure(value: float, *, share: bool) -> str:
    if not np.isfinite(value):
        return "no plan"
    return percent(value) if share else number(value)


def _show_figures(table: pd.DataFrame, names: Names, console: Console) -> None:
    for among, part in table.groupby("among", sort=False):
        if part["together"].isna().all():
            continue
        rows = []
        for r in part.sort_values("together", kind="stable").to_dict("records"):
            count = int(r["draws"])
            met = share_met(
                {
                    "draws": count,
                    "feasible": r["met_together"],
                    "share": r["together"],
                    "low": r["together_low"],
                    "high": r["together_high"],
                }
            )
            spread = (number(r[key]) if np.isfinite(r[key]) else "no plan" for key in ("p05", "p50", "p95"))
            rows.append(
                (
                    capital(names.target(r["measure"], r["item"])),
                    str(r["period"]),
                    number(r["figure"]),
                    str(r["unit"]),
                    met,
                    percent(r["alone"]),
                    *spread,
                )
            )
        columns = [
            GridColumn("target"),
            GridColumn("in"),
            GridColumn("figure", "right"),
            GridColumn("unit"),
            GridColumn("met together", "right"),
            GridColumn("met alone", "right"),
            GridColumn("low", "right", drop=2),
            GridColumn("median", "right", drop=1),
            GridColumn("high", "right", drop=3),
        ]
        legend = {
            "met together, met alone": "draws in which the figure is met with the others, and by itself",
            "low, median, high": "feasible figure that 5, 50 and 95 of 100 draws do not exceed",
        }
        console.print()
        drawn = f"{int(part['draws'].iloc[0]):,}"
        title = f"Each figure in {drawn} draws" if among == "all draws" else f"Each figure in the {drawn} {among!s}"
        show_rows(console, title, columns, rows, file="figures.csv", legend=legend)


def _show_indices(table: pd.DataFrame, kind: str, names: Names, console: Console, most: int = 12) -> None:
    shown = _INDEX[kind]
    for plan, part in table.groupby("plan", sort=False):
        rows = []
        for factor, cells in part.groupby("factor", sort=False):
            values = dict(zip(cells["index"], zip(cells["value"], cells["confidence"], strict=True), strict=True))
            rows.append((factor_name(str(factor), names), *(_with_error(*values[k]) for k in shown if k in values)))
        columns = [
            GridColumn("factor"),
            *(GridColumn(n.replace("_", " "), "right") for n in shown if n in set(part["index"])),
        ]
        console.print()
        title = f"What the uncertainty comes from ({names.plan(str(plan))}; {kind})"
        show_rows(console, title, columns, rows[:most])


def _with_error(value: float, confidence: float) -> str:
    return number(value) + (f" ± {number(confidence)}" if np.isfinite(confidence) else "")
