"""What every near-best plan must do, on the terminal."""

from __future__ import annotations

import numpy as np
from rich.console import Console

from planner.answers.near_optimal import NearOptimalAnswer
from planner.cli.show.grid import Column
from planner.cli.show.pieces import say, show_head, show_rows
from planner.economy.names import Names
from planner.language.counting import capital
from planner.language.numbers import number, percent


def show(answer: NearOptimalAnswer, console: Console) -> None:
    """What every near-best plan must do, then where it is free."""
    formulation, table, value, epsilon = answer.formulation, answer.totals, answer.solution.objective, answer.epsilon
    unit, names = formulation.goal.unit, Names.of(formulation.economy)
    show_head(formulation, console)
    best = percent(value) if formulation.goal.is_share else f"{number(value)} {unit}"
    say(console, f"Plans within {percent(epsilon)} of the best ({best}); totals over the periods named")
    columns = [
        Column("total of"),
        Column("in"),
        Column("unit"),
        Column("least", "right"),
        Column("greatest", "right"),
        Column("in the best found", "right", drop=1),
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
