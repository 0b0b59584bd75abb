"""The ladder of plans: on the terminal and as a run."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console

from planner.analysis.feasibility.households import floor_sentence
from planner.economy import Economy
from planner.economy.findings import documents
from planner.economy.names import Names
from planner.formulation import Question
from planner.formulation.unread import warnings_of
from planner.language.numbers import percent
from planner.reporting.page.page import write_page
from planner.reporting.run.manifest import ladder_manifest
from planner.reporting.run.write import write_run
from planner.reporting.terminal.grid import Column
from planner.reporting.terminal.solve import say, show_rows
from planner.reporting.wording.sentences import reach

_KEY = ["plan", "scenario", "floor", "model", "annual"]


def show_ladder(economy: Economy, table: pd.DataFrame, console: Console) -> None:
    """One table a scenario and closure: plans down, corners across."""
    names = Names.of(economy)
    columns = [
        Column("plan"), Column("pessimistic", "right"), Column("central", "right"), Column("optimistic", "right"),
        Column("modest end", "right", drop=2), Column("growth", "right", drop=1), Column("verdict"),
    ]  # fmt: skip
    told = False
    for (scenario, floor), part in table.groupby(["scenario", "floor"], sort=False):
        title = f"Scenario {scenario}" + (f", consumption floor {floor}" if floor else "")
        if (part["verdict_over_ranges"] == "region empty").all():
            say(console, title, "bold")
            say(console, "No plan keeps the floors and balances at all, whatever the targets: the region is empty at every "
                "corner of the ranges (proved).")  # fmt: skip
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
            "share of all figures reached at once; pessimistic, optimistic: every uncertain number at one end; modest end: the "
            "lower figures where a plan's are ranges, at the optimistic corner; growth: share of the planned growth, central; "
            "empty: no plan keeps the floors and balances at all",
            "dim",
        )


def _bears(part: pd.DataFrame) -> list[str]:
    """Where the region is empty, what floor some plan would keep; of plans tested as one year nothing is said."""
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


def ladder_summary(economy: Economy, question: Question, table: pd.DataFrame) -> dict[str, Any]:
    """The verdict of every case."""
    first = table.drop_duplicates(_KEY)
    cases = [
        {**{key: row[key] for key in _KEY}, "verdict": row["verdict_over_ranges"]} for row in first.to_dict("records")
    ]
    return {
        "economy": economy.name,
        "title": economy.title,
        "model": question.name,
        "changes": list(economy.sets),
        "warnings": documents(warnings_of(economy, question)),
        "cases": cases,
    }


def write_ladder(economy: Economy, question: Question, table: pd.DataFrame, folder: Path, *, overwrite: bool) -> Path:
    """Write ``verdicts.csv`` with its summary and manifest, whole or not at all."""
    scenarios = dict.fromkeys(str(name) for name in table["scenario"])
    documents = {
        "summary": ladder_summary(economy, question, table),
        "manifest": ladder_manifest(economy, question, scenarios),
    }
    return write_run(folder, {"verdicts": table}, documents, kind="ladder", overwrite=overwrite, more=_page)


def _page(draft: Path) -> None:
    write_page(draft)
