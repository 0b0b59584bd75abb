"""What every near-best plan must do, on the terminal."""

from __future__ import annotations

import numpy as np
from rich.console import Console

from planner.answers.near_optimal import NearOptimalAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_conditions, show_rows
from planner.economy.names import Names
from planner.language.counting import capital
from planner.language.numbers import number, percent
from planner.reporting.charts.alternatives import most_apart
from planner.reporting.tables.alternatives import called


def show(answer: NearOptimalAnswer, console: Console) -> None:
    """What every near-best plan must do, then where it is free."""
    formulation, table = answer.formulation, answer.totals
    names = Names.of(formulation.economy)
    show_conditions(formulation, console)
    say(console, "Totals are over the periods named; every plan counts that gives up no more of the best than that.")
    columns = [
        GridColumn("total of"),
        GridColumn("in"),
        GridColumn("unit"),
        GridColumn("least", "right"),
        GridColumn("greatest", "right"),
        GridColumn("in the best found", "right", drop=1),
    ]
    titles = {
        "fixed": "As good as fixed",
        "at least": "Every such plan does at least this",
        "free": "May be left undone",
    }
    for reading, title in titles.items():
        part = table[table["reading"] == reading].sort_values("spread", kind="stable")
        if len(part):
            rows = [
                (
                    capital(names.target(r["measure"], r["item"])),
                    r["period"],
                    r["unit"],
                    number(r["least"]),
                    "no limit" if np.isinf(r["greatest"]) else number(r["greatest"]),
                    number(r["in_best"]),
                )
                for r in part.to_dict("records")
            ]
            console.print()
            show_rows(console, f"{title} ({len(part)})", columns, rows, file="near_optimal.csv")
    if answer.plans:
        _show_plans(answer, console)


def _show_plans(answer: NearOptimalAnswer, console: Console) -> None:
    """Whole plans near the best, a row each; then what each makes, year by year, of what they differ in most."""
    tables, names = answer.tables, Names.of(answer.economy)
    console.print()
    for sentence in answer.in_words:
        say(console, sentence)
    rows = [
        (
            str(r["number"]),
            capital(called(r["measure"], r["item"], str(r["period"]), r["end"], names)),
            *(number(r[key]) if r["measure"] else "" for key in ("total", "in_steadiest", "furthest")),
            r["unit"],
            percent(r["apart"], 0) if np.isfinite(r["apart"]) else "",
        )
        for r in tables["alternatives"].to_dict("records")
    ]
    columns = [
        GridColumn(""),
        GridColumn("plan"),
        GridColumn("total", "right"),
        GridColumn("in the first", "right"),
        GridColumn("furthest", "right", drop=2),
        GridColumn("unit", drop=1),
        GridColumn("apart", "right"),
    ]
    legend = {"apart": "from the nearest plan above, of how far totals can lie apart"}
    console.print()
    show_rows(console, f"Whole plans ({len(rows)})", columns, rows, file="alternatives.csv", legend=legend)
    lines = most_apart(answer.run, 6)
    columns = [
        GridColumn("output"),
        GridColumn("plan", "right"),
        *(GridColumn(period, "right") for period in lines[0].periods if lines),
        GridColumn("unit", drop=1),
    ]
    rows = [
        (line.name if at == 0 else "", str(at + 1), *map(number, values), line.unit)
        for line in lines
        for at, values in enumerate(line.values)
    ]
    console.print()
    show_rows(console, "Outputs in which they differ most", columns, rows, file="alternative_paths.csv")
