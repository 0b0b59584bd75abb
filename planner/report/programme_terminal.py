"""A programme of projects, and what single projects are worth, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from rich.console import Console

from planner.feasibility.programme import Programme, shares_targets
from planner.printable import bold
from planner.report.programme import LEFT
from planner.report.terminal import show_rows
from planner.report.words import number, percent

if TYPE_CHECKING:
    from planner.feasibility.survey import Survey


def show_programme(programme: Programme, table: pd.DataFrame, console: Console) -> None:
    """Print the projects of a programme and what is known of all others.

    Args:
        programme: found by a search. table: from ``projects_table``.
    """
    say = percent if shares_targets(programme.formulation) else number
    if programme.search.status.value != "optimal":
        console.print(f"{bold('The search was stopped')}: this is the best programme found so far.")
    reached, bound = say(programme.solution.objective), say(programme.bound)
    console.print(f"This programme reaches {reached}; no other passes {bound} (gap {percent(programme.gap, 2)}).")
    console.print(
        f"In parts the projects would reach {say(programme.relaxed.objective)}; "
        f"without projects, all plant built by the unit, {say(programme.by_the_unit)}."
    )
    if programme.judgement is not None:
        console.print(f"Verdict: {bold(programme.judgement.verdict)}. {programme.judgement.says}")
    shown = table[(table["decision"] != LEFT) & (table["start"] != "")]
    spent = shown.groupby("project")["spent"].sum().to_dict()
    works = shown.drop_duplicates("project").sort_values(["start", "capacity", "project"], kind="stable")
    rows = [
        (w["project"], w["name"], f"{number(w['size'])} {w['unit']}", w["start"], w["on_stream"] or "after",
         number(spent[w["project"]]))
        for w in works.to_dict("records")
    ]  # fmt: skip
    columns = (("project", "left"), ("name", "left"), ("size", "right"), ("start", "left"), ("on stream", "left"),
               ("spent", "right"))  # fmt: skip
    counts = sorted(table.drop_duplicates("project")["decision"].value_counts().items())
    console.print()
    show_rows(console, f"Projects  ({', '.join(f'{n} {decision}' for decision, n in counts)})", columns, rows)
    console.print(f"spent: {table['spent_unit'].iloc[0]} within the horizon, at central norms", style="dim")
    console.print("prices hold with these projects fixed; with whole numbers there are no others", style="dim")


def show_survey(survey: Survey, console: Console) -> None:
    """Print what projects are worth, the programmes nearly as good as the best, and the official list."""
    if len(survey.worth):
        _show_worth(survey.worth, console)
        console.print()
    rows = []
    for rank, part in survey.near_best.groupby("rank", sort=True):
        starts = zip(part["project"], part["start"], strict=True)
        named = "  ".join(f"{project} {start}".strip() for project, start in starts)
        rows.append((str(rank), percent(part["attainment"].iloc[0], 2), number(part["spent"].iloc[0]), named or "none"))
    columns = (("", "left"), ("share", "right"), ("spent", "right"), ("projects", "left"))
    show_rows(console, f"Programmes within {percent(survey.within, 0)} of the best", columns, rows)
    console.print()
    readings = [
        (r["says"], "no such plan" if pd.isna(r["attainment"]) else percent(r["attainment"], 2), number(r["projects"]))
        for r in survey.official.to_dict("records")
    ]
    columns_of_list = (("reading", "left"), ("share", "right"), ("projects", "right"))
    show_rows(console, "The list as it was decided", columns_of_list, readings)


def _show_worth(worth: pd.DataFrame, console: Console) -> None:
    told = worth[(worth["worth"] != 0) | (worth["delay"] > 0) | (worth["needed"] != "no")]
    rows = [
        (r["project"], r["start_in_best"], percent(r["forced_in"], 2), percent(r["forced_out"], 2),
         percent(r["later"], 2), percent(r["worth"], 2), r["needed"])
        for r in told.to_dict("records")
    ]  # fmt: skip
    columns = (("project", "left"), ("start", "left"), ("with it", "right"), ("without", "right"),
               ("a period later", "right"), ("worth", "right"), ("in all near-best", "left"))  # fmt: skip
    show_rows(console, "Worth of projects  (share of all targets reached)", columns, rows)
    others = len(worth) - len(told)
    if others:
        console.print(f"{others} more make no difference finer than the gap; see worth.csv", style="dim")
