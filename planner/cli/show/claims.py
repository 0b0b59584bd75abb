"""Statements beside the tables, on the terminal."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from rich.console import Console

from planner.answers.claims import ClaimsAnswer
from planner.answers.claims.judging import AGREES, DISAGREES, UNDECIDED
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_rows
from planner.language.counting import capital
from planner.language.numbers import number

_LEGEND = {
    "official": "of the plan that the test names, else of the one that stands beside; feasible: what of it can be had together "
    "with its other figures; of years: due, could be had alone, reached",
    "seen": "whether what is found was seen in a source",
}


def show(answer: ClaimsAnswer, console: Console) -> None:
    """What disagrees, what is undecided, what agrees; how many of each kind."""
    say(console, f"{answer.economy.title}; statements in our words, each by the test that it declares", "dim")
    statements = answer.statements
    for word in (DISAGREES, UNDECIDED, AGREES):
        some = statements[statements["says"] == word]
        if len(some):
            console.print()
            say(console, f"{capital(word)}", "bold")
        for row in some.to_dict("records"):
            say(console, f"{row['claim']}  {row['statement']}", hang=6)
            say(console, str(row["why"]), "dim", "      ")
    console.print()
    rows = dict.fromkeys(_row(row) for row in answer.checks.to_dict("records") if row["due"])
    columns = [
        GridColumn("statement"),
        GridColumn("official", "right"),
        GridColumn("due", drop=1),
        GridColumn("feasible", "right"),
        GridColumn("produced", "right"),
        GridColumn("unit"),
        GridColumn("says"),
        GridColumn("seen", drop=2),
    ]
    show_rows(console, "Figure by figure", columns, rows, file="claim_checks.csv", legend=_LEGEND)
    console.print()
    kinds = statements.groupby(["kind", "says"], sort=False).size().unstack(fill_value=0)
    table = [(str(kind), *map(str, row)) for kind, row in zip(kinds.index, kinds.to_numpy().tolist(), strict=True)]
    heads = [GridColumn("kind"), *(GridColumn(str(word), "right") for word in kinds.columns)]
    show_rows(console, "By kind of statement", heads, table, file="claims.csv")


def _row(row: Mapping[Hashable, Any]) -> tuple[str, ...]:
    official, feasible, produced = (_told(row[name]) for name in ("official", "feasible", "produced"))
    called = f"{row['claim']} {row['thing']}".rstrip()
    return (
        called,
        official,
        str(row["due"]),
        feasible,
        produced,
        str(row["unit"]),
        str(row["says"]),
        str(row["verified"]),
    )


def _told(value: Any) -> str:
    return (value or "–") if isinstance(value, str) else number(float(value))
