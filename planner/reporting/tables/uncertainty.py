"""How sure an answer is, in words, on the terminal and as a run folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console

from planner.analysis.uncertainty.statistics import tables
from planner.analysis.uncertainty.uncertainty import Uncertainty
from planner.economy.findings import documents
from planner.economy.names import Names
from planner.economy.schema import TABLES
from planner.economy.uncertain import counts
from planner.formulation import Formulation
from planner.language.counting import capital, lower
from planner.language.numbers import number, percent
from planner.reporting.run.manifest import provenance, times
from planner.reporting.run.write import write_run
from planner.reporting.tables.data import data_table
from planner.reporting.terminal.grid import Column
from planner.reporting.terminal.solve import say, show_head, show_rows
from planner.reporting.wording.data import design, interval, met_in_draws, share_met
from planner.reporting.wording.numbers import conditions, plan_title

__all__ = ["factor_name", "show_uncertainty", "uncertainty_summary", "write_uncertainty"]

_INDEX = {"sobol": ("total", "first"), "morris": ("mean_absolute", "spread")}


def uncertainty_summary(found: Uncertainty) -> dict[str, Any]:
    """The answer in a few keys."""
    first = found.outcomes[0].formulation
    economy, question = first.economy, first.question
    made = tables(found)
    known, one = Names.of(economy), len(found.outcomes) == 1
    rows = made["met"].to_dict("records")
    told = [f"{known.plan(str(row['plan']))}: {met_in_draws(row)}" for row in rows] if counts_met(found) else []
    return {
        "economy": economy.name,
        "title": economy.title,
        "model": question.name,
        "question": "In how many draws from the ranges of the data can all figures be met?",
        "plan": first.plan if one else None,
        "plan_title": known.plan(first.plan) if one else None,
        "scenario": economy.scenario,
        "floor": question.floor_in_force,
        "changes": list(economy.sets),
        "objective": first.goal.says,
        "unit": first.goal.unit,
        **found.options,
        "draws_done": len(found.numbers),
        "warnings": documents(first.warnings),
        "interrupted": found.interrupted,
        "uncertain_numbers": found.factors[0].numbers.count,
        "independent_factors": len(found.design.names),
        "answers": [*told, *_carried(made, known), *_history(found, made, known)],
        "plans": rows,
    }


def counts_met(found: Uncertainty) -> bool:
    """Whether it can be counted in how many draws all figures are met: they are independent, and there are figures."""
    return found.design.kind == "random" and found.outcomes[0].formulation.goal.is_share


def write_uncertainty(found: Uncertainty, folder: Path, seconds: Mapping[str, float], *, overwrite: bool) -> Path:
    """Write the run with its charts, whole or not at all.

    Args:
        found: draws.
        folder: of the run.
        seconds: what each step took.
        overwrite: whether an earlier run is replaced.

    Raises:
        OutputExists: the folder exists and may not be replaced.
    """
    first = found.outcomes[0].formulation
    plans = [outcome.formulation.plan for outcome in found.outcomes]
    made, data = tables(found), data_table(first.economy)
    documents = {
        "summary": uncertainty_summary(found),
        "manifest": {
            **provenance(first.economy, first.question, plan=plans[0] if len(plans) == 1 else plans,
                         **found.options, draws_done=len(found.numbers)),
            "times": times(seconds),
        },
    }  # fmt: skip

    def draw(draft: Path) -> None:
        from planner.reporting.charts.uncertainty import draw_uncertainty

        draw_uncertainty(made, Names.of(first.economy), draft / "charts", _source(first, plans))

    return write_run(folder, {**made, "data": data}, documents, kind="uncertainty", overwrite=overwrite, more=draw)


def _source(first: Formulation, plans: list[str]) -> str:
    """The line below the charts."""
    plan = f"plan: {Names.of(first.economy).plan(plans[0])}; " if len(plans) == 1 and plans[0] else ""
    data = counts(first.economy, plans[0] if len(plans) == 1 else "")
    verified = f"{data.verified:,} of {data.stated:,} numbers of the data verified in a source"
    return f"{first.economy.title}; {plan}{_drawn(first).replace('_', ' ')}; {verified}."


def _drawn(first: Formulation) -> str:
    """Under what conditions draws were made: not at the central values, but over the ranges."""
    return conditions(first).replace("central values", "numbers drawn from their ranges")


def show_uncertainty(found: Uncertainty, console: Console) -> None:
    """Draws that meet each plan and quantiles, shares of a single one, and what matters most."""
    first = found.outcomes[0].formulation
    made, names = tables(found), Names.of(first.economy)
    title = plan_title(first) if len(found.outcomes) == 1 else "Plans on the same draws"
    show_head(first, console, title, _drawn(first))
    say(console, _design(found), "dim")
    console.print()
    if counts_met(found):
        _show_met(made["met"], names, console)
        for sentence in (*_carried(made, names), *_history(found, made, names)):
            say(console, f"{capital(sentence)}.")
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
        found.design.kind, found.design.seed, len(found.numbers), found.design.size, found.factors[0].numbers.count,
        len(found.design.names), kinds,
    )  # fmt: skip


def _show_met(table: pd.DataFrame, names: Names, console: Console) -> None:
    rows = []
    for row in table.to_dict("records"):
        shares = (percent(row[key]) if np.isfinite(row[key]) else "no plan" for key in ("p05", "p50", "p95"))
        empty = percent(row["empty"] / row["draws"]) if row["draws"] else "–"
        rows.append((names.plan(str(row["plan"])), share_met(row), interval(row), *shares, empty))
    columns = [
        Column("plan"), Column("draws that meet all", "right"), Column("95 % interval", "right"),
        Column("low share", "right", drop=2), Column("median share", "right"), Column("high share", "right", drop=3),
        Column("no plan", "right", drop=1),
    ]  # fmt: skip
    legend = {
        "low share, high share": "5 and 95 of 100 draws reach no more",
        "no plan": "draws in which no plan keeps the floors and balances at all; they stand below every share",
    }
    title = "Draws in which all figures can be met, and the share reached"
    show_rows(console, title, columns, rows, file="met.csv", legend=legend)


def _show_values(table: pd.DataFrame, names: Names, console: Console) -> None:
    shares = bool(table["unit"].str.startswith("share of").all())
    rows = [
        (
            names.plan(str(row["plan"])) or "–",
            *(_figure(row[key], shares) for key in ("p05", "p25", "p50", "p75", "p95")),
        )
        for row in table.to_dict("records")
    ]
    columns = [
        Column("plan"), Column("low", "right"), Column("low quarter", "right", drop=1), Column("median", "right"),
        Column("high quarter", "right", drop=2), Column("high", "right"),
    ]  # fmt: skip
    legend = {
        "low, high": "5 and 95 of 100 draws reach no more",
        "low quarter, high quarter": "25 and 75 of 100",
    }
    title = f"{capital(str(table['unit'].iloc[0]))} over the draws"
    show_rows(console, title, columns, rows, file="met.csv", legend=legend)


def _figure(value: float, share: bool) -> str:
    if not np.isfinite(value):
        return "no plan"
    return percent(value) if share else number(value)


def _carried(made: Mapping[str, pd.DataFrame], names: Names) -> list[str]:
    """Which single number carries most of each plan's result."""
    if "carried" not in made:
        return []
    first = made["carried"].drop_duplicates("plan").to_dict("records")
    return [
        f"{names.plan(str(row['plan']))}: most hangs on {lower(factor_name(str(row['factor']), names))} (correlation with the "
        f"share reached {row['correlation']:.2f})"
        for row in first
    ]


def _history(found: Uncertainty, made: Mapping[str, pd.DataFrame], names: Names) -> list[str]:
    """What the condition does to the counts, and what history tells."""
    if "history" not in made:
        return []
    tolerance = float(found.options["tolerance"])
    span = str(found.options["span"])
    said = []
    for row in _chosen(made["history"], tolerance).to_dict("records"):
        if row["span"] in (span, "hold-out", "all"):
            seen = {"hold-out": "not seen by the calibration", "all": "seen by the calibration in part"}[
                str(row["span"])
            ]
            said.append(
                f"{row['kept']:,} of {row['draws']:,} draws admit {row['years']} ({seen}) at {percent(tolerance)} of every "
                f"actual figure ({percent(row['low'])} to {percent(row['high'])})"
            )
    for row in _chosen(made["given"], tolerance).to_dict("records"):
        if row["span"] != span:
            continue
        head = f"{names.plan(str(row['plan']))}, among draws that admit {row['years']}"
        if row["tells_apart"] == "too few":
            said.append(f"{head}: {row['kept']:,} draws, too few to say")
            continue
        gap, least, most = (f"{100 * row[key]:+.1f}" for key in ("difference", "difference_low", "difference_high"))
        moved = f"{gap} points ({least} to {most})"
        apart = "" if row["tells_apart"] == "yes" else ": what happened does not tell these draws apart"
        said.append(
            f"{head}: all figures are met in {int(row['feasible']):,} of {row['kept']:,} ({percent(row['low'])} to "
            f"{percent(row['high'])}); the condition moves the share by {moved}{apart}"
        )
    told = made.get("told", pd.DataFrame({"span": []}))
    listed = [factor_name(str(name), names) for name in told.loc[told["span"] == span, "factor"]] if len(told) else []
    said.append(
        f"history tells of these numbers: {'; '.join(listed)}" if listed else "history tells no single number apart"
    )
    said.append(
        "a draw that is too kind is never rejected; what closes by construction, such as labour, land, draught power and herds "
        "where they are residuals, is not tested"
    )
    return said


def _chosen(table: pd.DataFrame, tolerance: float) -> pd.DataFrame:
    return table[np.isclose(table["tolerance"], tolerance)]


def _show_figures(table: pd.DataFrame, names: Names, console: Console) -> None:
    for among, part in table.groupby("among", sort=False):
        if part["together"].isna().all():
            continue
        rows = []
        part = part.sort_values("together", kind="stable")
        for r in part.to_dict("records"):
            count = int(r["draws"])
            met = share_met({"draws": count, "feasible": r["met_together"], "share": r["together"], "low": r["together_low"],
                             "high": r["together_high"]})  # fmt: skip
            spread = (number(r[key]) if np.isfinite(r[key]) else "no plan" for key in ("p05", "p50", "p95"))
            rows.append((capital(names.target(r["measure"], r["item"])), str(r["period"]), number(r["figure"]), met,
                         percent(r["alone"]), *spread))  # fmt: skip
        columns = [
            Column("target"), Column("in"), Column("figure", "right"), Column("met together", "right"),
            Column("met alone", "right"), Column("low", "right", drop=2), Column("median", "right", drop=1),
            Column("high", "right", drop=3),
        ]  # fmt: skip
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
        columns = [Column("factor"), *(Column(n.replace("_", " "), "right") for n in shown if n in set(part["index"]))]
        console.print()
        title = f"What the uncertainty comes from ({names.plan(str(plan))}; {kind})"
        show_rows(console, title, columns, rows[:most])


def factor_name(factor: str, names: Names) -> str:
    """A factor as a row is headed: a table and a key, a table, or a source.

    >>> names = Names({"resource": {"land": "Sown land, all"}})
    >>> factor_name("supply land", names), factor_name("final_use", names), factor_name("A book, 1930", names)
    ('Supply: sown land', 'Final use', 'A book, 1930')
    """
    table, _, key = factor.partition(" ")
    if table not in TABLES or ": " in factor:  # a source, by itself or behind the table that cites it
        return factor
    head = capital(table.replace("_", " "))
    return f"{head}: {lower(names.key(key, table))}" if key else head


def _with_error(value: float, confidence: float) -> str:
    return number(value) + (f" ± {number(confidence)}" if np.isfinite(confidence) else "")
