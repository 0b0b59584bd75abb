"""The ladder of plans on the terminal."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from rich.console import Console

from planner.analysis.feasibility.households import floor_sentence
from planner.answers.ladder import LadderAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_rows
from planner.economy.names import Names
from planner.language.numbers import percent
from planner.reporting.wording.conditions import households
from planner.reporting.wording.sentences import reach


def show(answer: LadderAnswer, console: Console) -> None:
    """One table a scenario and closure: plans down, corners across."""
    names, table = Names.of(answer.economy), answer.verdicts
    columns = [
        GridColumn("plan"),
        GridColumn("pessimistic", "right"),
        GridColumn("central", "right"),
        GridColumn("optimistic", "right"),
        GridColumn("modest end", "right", drop=2),
        GridColumn("growth", "right", drop=1),
        GridColumn("verdict"),
    ]
    told = False
    say(console, answer.economy.title, "dim")
    console.print()
    for (scenario, floor), part in table.groupby(["scenario", "floor"], sort=False):
        title = f"Scenario {scenario}" + (f": {households(str(floor))}" if floor else "")
        if (part["verdict_over_ranges"] == "empty set").all():
            say(console, title, "bold")
            say(
                console,
                "No plan keeps the floors and balances at all, whatever the targets: the feasible set is empty with the "
                "numbers as stated and at both ends of their ranges (proved).",
            )
        else:
            cases = part.groupby(["plan", "annual"], sort=False)
            show_rows(console, title, columns, [_line(names, case) for _, case in cases], file="verdicts.csv")
            told = True
        for sentence in _bears(part):
            say(console, sentence, "dim")
        console.print()
    if told:
        say(
            console,
            "share of all figures reached at once; pessimistic, optimistic: every uncertain number at one end; modest end: with "
            "its figures at the end that is easier to meet as well; growth: share of the planned growth, central; "
            "empty: no plan keeps the floors and balances at all",
            "dim",
        )


def _bears(part: pd.DataFrame) -> list[str]:
    """Where the feasible set is empty, what floor some plan would keep; of plans tested as one year nothing is said."""
    empty = part[(part["verdict"] == "empty") & (part["annual"] == "no")].drop_duplicates("corner")
    rows = empty[empty["corner"] != "pessimistic"].to_dict("records")
    return [floor_sentence(float(row["highest_floor"]), str(row["corner"])) for row in rows]


def _line(names: Names, case: pd.DataFrame) -> tuple[str, ...]:
    """A plan and what is reached of it."""
    rows = {(row["corner"], row["figures"]): row for row in case.to_dict("records")}
    first = rows["central", "official"]
    year = " (from the year before)" if first["annual"] == "yes" else ""
    return (
        names.plan(str(first["plan"])) + year,
        *(_cell(rows[corner, "official"]) for corner in ("pessimistic", "central", "optimistic")),
        _cell(rows["optimistic", "modest"]),
        percent(first["attainment_of_growth"]),
        str(first["verdict_over_ranges"]),
    )


def _cell(row: Mapping[Hashable, Any]) -> str:
    return "empty" if row["verdict"] == "empty" else reach(row["attainment"])
