"""The ladder of plans: on the terminal and as a run."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console

from planner.economy import Economy
from planner.economy.corner import CORNERS
from planner.feasibility.households import floor_sentence
from planner.feasibility.ladder import titles
from planner.formulation import Question
from planner.report.manifest import ladder_manifest
from planner.report.page import write_page
from planner.report.terminal import show_rows
from planner.report.words import percent
from planner.report.write import write_run

_KEY = ["plan", "scenario", "floor", "model", "annual"]


def show_ladder(economy: Economy, table: pd.DataFrame, console: Console) -> None:
    """One table a scenario and closure: plans down, corners across."""
    names = titles(economy)
    for (scenario, floor), part in table.groupby(["scenario", "floor"], sort=False):
        if (part["verdict_over_ranges"] == "region empty").all():
            console.print(
                f"[bold]Scenario {scenario}, consumption floor {floor}[/bold]: no plan keeps the floors and balances at all,"
            )
            console.print("whatever the targets: the region is empty at every corner of the ranges (proved).")
            _bears(part, console)
            continue
        rows = []
        for (plan, annual), case in part.groupby(["plan", "annual"], sort=False):
            rows_of = {(row["corner"], row["figures"]): row for row in case.to_dict("records")}
            official = {corner: rows_of[corner, "official"] for corner in CORNERS}
            rows.append(
                (
                    names.get(str(plan), str(plan)) + (" (from the year before)" if annual == "yes" else ""),
                    *(_cell(official[corner]) for corner in ("pessimistic", "central", "optimistic")),
                    _cell(rows_of["optimistic", "modest"]),
                    percent(official["central"]["attainment_of_growth"]),
                    str(official["central"]["verdict_over_ranges"]),
                )
            )
        columns = [
            ("plan", "left"),
            *((c, "right") for c in ("pessimistic", "central", "optimistic", "modest end", "growth")),
            ("verdict", "left"),
        ]
        show_rows(console, f"Scenario {scenario}, consumption floor {floor}", columns, rows)
        _bears(part, console)
    console.print(
        "share of all figures reached at once; pessimistic, optimistic: every uncertain number at one end; modest end: the lower "
        "figures where a plan's are ranges, at the optimistic corner; growth: share of the planned growth, central; "
        "empty: no plan keeps the floors and balances at all",
        style="dim",
    )


def _bears(part: pd.DataFrame, console: Console) -> None:
    """Where the region is empty, what floor some plan would keep; of plans tested as one year nothing is said."""
    empty = part[(part["verdict"] == "empty") & (part["annual"] == "no")].drop_duplicates("corner")
    for row in empty[empty["corner"] != "pessimistic"].to_dict("records"):
        console.print(floor_sentence(float(row["highest_floor"]), str(row["corner"])), style="dim")
    console.print()


def _cell(row: Mapping[Hashable, Any]) -> str:
    return "empty" if row["verdict"] == "empty" else percent(row["attainment"])


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
        "cases": cases,
    }


def write_ladder(economy: Economy, question: Question, table: pd.DataFrame, folder: Path, *, overwrite: bool) -> Path:
    """Write ``verdicts.csv`` with its summary and manifest, whole or not at all."""
    scenarios = dict.fromkeys(str(name) for name in table["scenario"])
    documents = {
        "summary": ladder_summary(economy, question, table),
        "manifest": ladder_manifest(economy, question, scenarios),
    }
    return write_run(folder, {"verdicts": table}, documents, overwrite=overwrite, more=_page)


def _page(draft: Path) -> None:
    write_page(draft)
