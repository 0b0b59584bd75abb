"""How sure an answer is, in words, on the terminal and as a run folder."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console

from planner.economy import Economy
from planner.economy.provenance import verified
from planner.feasibility.ladder import titles
from planner.formulation import Formulation
from planner.report.data import data_table
from planner.report.manifest import provenance, times
from planner.report.terminal import show_rows
from planner.report.words import conditions, number, percent
from planner.report.write import write_run
from planner.sensitivity.statistics import tables
from planner.sensitivity.uncertainty import Uncertainty, shares_targets

__all__ = ["sentence", "show_uncertainty", "uncertainty_summary", "write_uncertainty"]

_INDEX = {"sobol": ("total", "first"), "morris": ("mean_absolute", "spread")}


def sentence(row: Mapping[Hashable, Any], title: str) -> str:
    """What the draws say of one plan.

    Args:
        row: of ``probability``; title: of the plan.

    >>> row = dict(draws=1000, feasible=0, probability=0.0, low=0.0, high=0.0038, upper_limit=0.003, empty=244, p05=np.nan,
    ...            p50=0.47, p95=0.51)
    >>> sentence(row, "The raised plan")
    'The raised plan: none of 1,000 draws meets all figures, so the probability is below 0.30 %; median share 47.0 %, 5 to
    95 %: no plan at all to 51.0 %; in 24.4 % of draws no plan keeps the floors and balances'
    """
    draws = int(row["draws"])
    if not draws:
        return f"{title}: no draw was decided"
    if not row["feasible"]:
        said = (
            f"none of {draws:,} draws meets all figures, so the probability is below {percent(row['upper_limit'], 2)}"
        )
    else:
        ends = f"{percent(row['low'])} to {percent(row['high'])}"
        said = f"{int(row['feasible']):,} of {draws:,} draws meet all figures: {percent(row['probability'])} (95 %: {ends})"
    low, middle, high = (_share(row[key]) for key in ("p05", "p50", "p95"))
    said += f"; median share {middle}, 5 to 95 %: {low} to {high}"
    if row["empty"]:
        said += f"; in {percent(row['empty'] / draws)} of draws no plan keeps the floors and balances"
    return f"{title}: {said}"


def _share(value: float) -> str:
    return percent(value) if np.isfinite(value) else "no plan at all"


def uncertainty_summary(found: Uncertainty) -> dict[str, Any]:
    """The answer in a few keys."""
    first = found.outcomes[0].formulation
    economy, question = first.economy, first.question
    made = tables(found)
    known, one = titles(economy), len(found.outcomes) == 1
    rows = made["probability"].to_dict("records")
    told = [sentence(row, known.get(row["plan"]) or row["plan"]) for row in rows] if gives_probability(found) else []
    return {
        "economy": economy.name,
        "title": economy.title,
        "model": question.name,
        "question": "How probable is it that all figures can be met, given the ranges of the data?",
        "plan": first.plan if one else None,
        "plan_title": known.get(first.plan) if one else None,
        "scenario": economy.scenario,
        "floor": question.floor,
        "changes": list(economy.sets),
        "objective": first.goal.says,
        "unit": first.goal.unit,
        **found.options,
        "draws_done": len(found.numbers),
        "interrupted": found.interrupted,
        "uncertain_numbers": len(found.factors[0].numbers),
        "independent_factors": len(found.design.names),
        "answers": told,
        "plans": rows,
    }


def gives_probability(found: Uncertainty) -> bool:
    """Whether draws say how probable it is that all figures are met: they are independent, and there are figures."""
    return found.design.kind == "random" and shares_targets(found.outcomes[0].formulation)


def write_uncertainty(found: Uncertainty, folder: Path, seconds: Mapping[str, float], *, overwrite: bool) -> Path:
    """Write the run with its charts, whole or not at all.

    Args:
        found: draws; folder: of the run; seconds: what each step took; overwrite: whether an earlier run is replaced.

    Raises:
        OutputExists: the folder exists and may not be replaced.
    """
    first = found.outcomes[0].formulation
    plans = [outcome.formulation.plan for outcome in found.outcomes]
    made, data = tables(found), data_table(first.economy)
    documents = {
        "summary": uncertainty_summary(found),
        "manifest": {
            **provenance(first.economy, first.question, kind="uncertainty", plan=plans[0] if len(plans) == 1 else plans,
                         **found.options, draws_done=len(found.numbers)),
            "times": times(seconds),
        },
    }  # fmt: skip

    def draw(draft: Path) -> None:
        from planner.report.charts_uncertainty import draw_uncertainty

        draw_uncertainty(made, titles(first.economy), draft / "charts", _source(first, plans, data))

    return write_run(folder, {**made, "data": data}, documents, overwrite=overwrite, more=draw)


def _source(first: Formulation, plans: list[str], data: pd.DataFrame) -> str:
    """The line below the charts."""
    known = titles(first.economy).get(plans[0]) or plans[0]
    plan = f"plan: {known}; " if len(plans) == 1 and known else ""
    seen = verified(data["verified"], "numbers of the data")
    return f"{first.economy.title}; {plan}{_drawn(first).replace('_', ' ')}; {seen}."


def _drawn(first: Formulation) -> str:
    """Under what conditions draws were made: not at the central values, but over the ranges."""
    return conditions(first).replace("central values", "numbers drawn from their ranges")


def show_uncertainty(found: Uncertainty, console: Console) -> None:
    """Probability and quantiles of every plan, balanced shares of a single one, and what matters most."""
    first = found.outcomes[0].formulation
    made = tables(found)
    console.print(f"[bold]{first.economy.title}[/bold]")
    console.print(_drawn(first), style="dim")
    console.print(_design(found), style="dim")
    console.print()
    if gives_probability(found):
        _show_probability(made["probability"], first.economy, console)
    else:
        _show_values(made["probability"], console)
    shares = made["quantiles"]
    shares = shares[shares["measure"] != "value"]
    if len(found.outcomes) == 1 and len(shares):
        _show_shares(shares, console)
    if "indices" in made:
        _show_indices(made["indices"], found.design.kind, console)


def _design(found: Uncertainty) -> str:
    count = f"{len(found.numbers):,} draws" + (f" of {found.design.size:,}" if found.interrupted else "")
    said = found.options
    kinds = [str(said["distribution"]), *(f"{table}: {kind}" for table, kind in said["distributions"].items())]
    return (
        f"{found.design.kind} design, seed {found.design.seed}: {count} of {len(found.factors[0].numbers):,} uncertain "
        f"numbers, {len(found.design.names):,} of them independent; {', '.join(kinds)}"
    )


def _show_probability(table: pd.DataFrame, economy: Economy, console: Console) -> None:
    known = titles(economy)
    rows = []
    for row in table.to_dict("records"):
        some = row["feasible"] or not row["draws"]
        chance = percent(row["probability"]) if some else f"< {percent(row['upper_limit'], 2)}"
        spans = f"{percent(row['low'])} – {percent(row['high'])}"
        shares = (percent(row[key]) if np.isfinite(row[key]) else "no plan" for key in ("p05", "p50", "p95"))
        empty = percent(row["empty"] / row["draws"]) if row["draws"] else "–"
        rows.append((known.get(str(row["plan"])) or str(row["plan"]), chance, spans, *shares, empty))
    columns = [("plan", "left"), ("all figures met", "right"), ("95 % interval", "right"), ("share: 5 %", "right"),
               ("median", "right"), ("95 %", "right"), ("no plan", "right")]  # fmt: skip
    show_rows(console, "Probability that all figures can be met, and the share reached", columns, rows)
    console.print(
        "share of all figures reached at once; no plan: draws in which no plan keeps the floors and balances at all; "
        "they stand below every share",
        style="dim",
    )


def _show_values(table: pd.DataFrame, console: Console) -> None:
    rows = [
        (str(row["plan"] or "–"), *(_figure(row[key]) for key in ("p05", "p25", "p50", "p75", "p95")), str(row["unit"]))
        for row in table.to_dict("records")
    ]
    columns = [
        ("plan", "left"),
        *((name, "right") for name in ("5 %", "25 %", "median", "75 %", "95 %")),
        ("unit", "left"),
    ]
    show_rows(console, "Value of the objective over the draws", columns, rows)


def _figure(value: float) -> str:
    return number(value) if np.isfinite(value) else "no plan"


def _show_shares(table: pd.DataFrame, console: Console) -> None:
    rows = []
    for row in table.to_dict("records"):
        name = f"{row['measure']} {row['item']} {row['period']}".replace("_", " ")
        shares = (percent(row[key]) if np.isfinite(row[key]) else "no plan" for key in ("p05", "p50", "p95"))
        rows.append((name, *shares))
    console.print()
    columns = [("target", "left"), ("5 %", "right"), ("median", "right"), ("95 %", "right")]
    show_rows(console, "Feasible share of each target", columns, rows)


def _show_indices(table: pd.DataFrame, kind: str, console: Console, most: int = 12) -> None:
    shown = _INDEX[kind]
    for plan, part in table.groupby("plan", sort=False):
        rows = []
        for factor, cells in part.groupby("factor", sort=False):
            values = dict(zip(cells["index"], zip(cells["value"], cells["confidence"], strict=True), strict=True))
            rows.append((str(factor)[:70].replace("_", " "), *(_with_error(*values[k]) for k in shown if k in values)))
        console.print()
        names = [name.replace("_", " ") for name in shown if name in set(part["index"])]
        title = f"What the uncertainty comes from ({plan}; {kind})"
        show_rows(console, title, [("factor", "left"), *((name, "right") for name in names)], rows[:most])


def _with_error(value: float, confidence: float) -> str:
    return number(value) + (f" ± {number(confidence)}" if np.isfinite(confidence) else "")
