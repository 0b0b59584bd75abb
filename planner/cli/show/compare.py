"""Runs side by side on the terminal: what they assume first, then what they find."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console

from planner.answers.compare import Comparison
from planner.cli.show.draws import show_draws
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_rows
from planner.formulation.named import is_share
from planner.language.numbers import number, percent
from planner.reporting.charts.comparison import runs_apart
from planner.reporting.charts.multiples import Lines
from planner.reporting.tables.comparison import ASKED

_LARGEST = 8  # numbers of the data that are told one by one


def show(answer: Comparison, console: Console) -> None:
    """What differs in assumptions; results; paths; how figures, paths and trends foretold what was produced."""
    tables = answer.tables
    say(console, str(answer.about["question"]), "dim")
    runs = tables["runs"]
    numbered = {name: str(at + 1) for at, name in enumerate(runs["run"])}
    for name, at in numbered.items():
        say(console, f"{at}  {name}", hang=3)
    console.print()
    _show_assumptions(tables["assumptions"], runs, numbered, console)
    console.print()
    _show_results(runs, numbered, console)
    if "runs_drawn" in tables:
        console.print()
        _show_drawn(tables["runs_drawn"], numbered, console)
    lines = runs_apart(answer.run, 6)
    if lines:
        console.print()
        columns = [
            GridColumn("of"),
            GridColumn("run", "right"),
            *(GridColumn(p, "right") for p in lines[0].periods),
            GridColumn("unit", drop=1),
        ]
        rows = [
            (line.name if at == 0 else "", label, *map(number, values), line.unit)
            for line in lines
            for at, (label, values) in enumerate(_lines(line))
        ]
        show_rows(console, "Where they differ most", columns, rows, file="paths.csv")
    if "planning_test" in tables:
        console.print()
        _show_test(tables["planning_test"], numbered, console)


def _lines(line: Lines) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each run, then official figures and what was produced, as far as there is something."""
    every = [(str(at + 1), values) for at, values in enumerate(line.values)]
    for label, values in (*every, ("official", line.official), ("produced", line.actual)):
        if not np.isnan(values).all():
            yield label, values


def _show_assumptions(table: pd.DataFrame, runs: pd.DataFrame, numbered: dict[str, str], console: Console) -> None:
    """What was asked otherwise, how many numbers of each table are others than in the first run, and the largest changes."""
    differ = [key for key in ASKED if runs[key].nunique() > 1]
    rows = [(numbered[row["run"]], *(str(row[key]) or "–" for key in differ)) for row in runs.to_dict("records")]
    show_rows(
        console,
        "What was asked otherwise",
        [GridColumn("run", "right"), *map(GridColumn, differ)],
        rows if differ else [],
        none="Nothing: the runs ask the same.",
    )
    data = table[table["table"] != "question"]
    if not len(data):
        say(console, "No number of the data differs, as far as runs hold their data.", "dim")
        return
    console.print()
    counts = data.groupby(["run", "table"], sort=False).size().unstack(fill_value=0)
    rows = [
        (numbered[str(run)], *map(str, row)) for run, row in zip(counts.index, counts.to_numpy().tolist(), strict=True)
    ]
    columns = [GridColumn("run", "right"), *(GridColumn(str(name), "right") for name in counts.columns)]
    show_rows(console, "Numbers of the data that are others than in run 1", columns, rows, file="assumptions.csv")
    large = data.assign(size=np.abs(np.log1p(data["change"].astype(float).clip(lower=-0.999999)))).sort_values(
        "size", ascending=False, kind="stable"
    )
    console.print()
    rows = [
        (numbered[r["run"]], _number(r), number(float(r["first"])), number(float(r["here"])), r["unit"])
        for r in large.head(_LARGEST).to_dict("records")
    ]
    columns = [
        GridColumn("run", "right"),
        GridColumn("number"),
        GridColumn("in run 1", "right"),
        GridColumn("here", "right"),
        GridColumn("unit", drop=1),
    ]
    show_rows(console, "The largest of them", columns, rows, file="assumptions.csv")


def _number(row: dict[Hashable, Any]) -> str:
    """A number of the data as a reader finds it."""
    column = "" if row["column"] == "value" else f" {row['column'].replace('_', ' ')}"
    return f"{row['table'].replace('_', ' ')} {row['key']}{column}"


def _show_results(runs: pd.DataFrame, numbered: dict[str, str], console: Console) -> None:
    def value(row: dict[Hashable, Any], key: str = "value") -> str:
        if np.isnan(row[key]):
            return "no plan" if key == "value" else "–"
        return percent(row[key]) if str(row["unit"]).startswith("share of") else f"{number(row[key])} {row['unit']}"

    rows = [
        (
            numbered[row["run"]],
            value(row, "pessimistic"),
            value(row),
            value(row, "optimistic"),
            f"{row['targets_met']} of {row['targets']}" if row["targets"] else "–",
            row["binds"] or "–",
            "a diagnosis" if row["diagnosis"] == "yes" else "",
        )
        for row in runs.to_dict("records")
    ]
    columns = [
        GridColumn("run", "right"),
        GridColumn("pessimistic", "right", drop=2),
        GridColumn("reached", "right"),
        GridColumn("optimistic", "right", drop=2),
        GridColumn("in full", "right", drop=1),
        GridColumn("what binds most", drop=3),
        GridColumn(""),
    ]
    legend = {"pessimistic, optimistic": "every uncertain number at one end; –: no plan, or not sought"}
    show_rows(console, "What they reach", columns, rows, file="runs.csv", legend=legend)


def _show_drawn(table: pd.DataFrame, numbered: dict[str, str], console: Console) -> None:
    """What runs reach over one set of draws, and each less the first of them, draw by draw."""
    records = table.to_dict("records")
    told = [((numbered[row["run"]],), row) for row in records]
    show_draws(console, "What they reach over one set of draws", ["run"], told, "runs_drawn.csv")
    rows = [
        (
            numbered[row["run"]],
            *(_apart(row[key], str(row["unit"])) for key in ("difference_low", "difference", "difference_high")),
            percent(row["more"], 0),
        )
        for row in records[1:]
    ]
    columns = [
        GridColumn("run", "right"),
        GridColumn("low", "right"),
        GridColumn("median", "right"),
        GridColumn("high", "right"),
        GridColumn("reaches more in", "right", drop=1),
    ]
    legend = {
        "low, high": "5 and 95 of 100 draws in which both have a plan have no more",
        "reaches more in": "of all draws; one without a plan reaches less than any that has one",
    }
    console.print()
    title = f"Less run {numbered[records[0]['run']]}, in the same draw"
    show_rows(console, title, columns, rows, file="runs_drawn.csv", legend=legend)


def _apart(difference: float, unit: str) -> str:
    """A difference with its sign: of shares in points."""
    if np.isnan(difference):
        return "–"
    return f"{100 * difference:+.1f} points" if is_share(unit) else f"{difference:+.4g}"


def _show_test(table: pd.DataFrame, numbered: dict[str, str], console: Console) -> None:
    """How outputs of the last period that is told of each run were foretold."""
    last = table[table["period"] == table.groupby("run", sort=False)["period"].transform("last")]
    rows = [
        (
            numbered[row["run"]],
            str(row["period"]),
            row["kind"],
            str(row["products"]),
            f"{row['rank_correlation']:.2f}",
            f"{100 * row['mean_error']:+.0f} %",
            percent(row["mean_absolute_error"], 0),
        )
        for row in last.to_dict("records")
    ]
    columns = [
        GridColumn("run", "right"),
        GridColumn("in"),
        GridColumn("foretold by"),
        GridColumn("products", "right"),
        GridColumn("rank correlation", "right"),
        GridColumn("mean error", "right"),
        GridColumn("mean size", "right", drop=1),
    ]
    legend = {
        "rank correlation": "of growth over the base period with that of what was produced",
        "mean error": "by how much it lies above what was produced",
        "foretold by": "official figures and steady growth between them; the feasible path; the growth of the first period, "
        "gone on with",
    }
    show_rows(
        console, "How well it was foretold what was produced", columns, rows, file="planning_test.csv", legend=legend
    )
