"""A programme of projects, and what single projects are worth, on the terminal."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from rich.console import Console

from planner.analysis.projects.programme import Programme
from planner.answers.projects import ProjectsAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_conditions, show_rows
from planner.economy.names import Names
from planner.language.counting import capital
from planner.language.numbers import number, percent
from planner.reporting.tables.programme import LEFT
from planner.reporting.wording.data import other_projects, projects


def show_programme(programme: Programme, table: pd.DataFrame, console: Console) -> None:
    """Print the projects of a programme and what is known of all others.

    Args:
        programme: found by a search.
        table: from ``projects_table``.
        console: where it is printed.
    """
    told = percent if programme.formulation.goal.is_share else number
    if programme.search.status.value != "optimal":
        say(console, "The search was stopped: this is the best programme found so far.", "bold")
    reached, bound = told(programme.solution.objective), told(programme.bound)
    say(console, f"This programme reaches {reached}; no other passes {bound} (gap {percent(programme.gap, 2)}).")
    say(
        console,
        f"In parts the projects would reach {told(programme.relaxed.objective)}; without projects, all plant built by the unit, "
        f"{told(programme.by_the_unit)}.",
    )
    if programme.judgement is not None:
        say(console, f"Verdict: {programme.judgement.verdict}. {programme.judgement.says}", "bold")
    console.print()
    _show_projects(table, Names.of(programme.formulation.economy), console)


def _show_projects(table: pd.DataFrame, names: Names, console: Console) -> None:
    """The projects that are started, in the order of their starts."""
    shown = table[(table["decision"] != LEFT) & (table["start"] != "")]
    spent = shown.groupby("project")["spent"].sum().to_dict()
    works = shown.drop_duplicates("project").sort_values(["start", "capacity", "project"], kind="stable")
    rows = [
        (
            names(w["project"], "project"),
            f"{number(w['size'])} {w['unit']}",
            w["start"],
            w["on_stream"] or "after",
            number(spent[w["project"]]),
        )
        for w in works.to_dict("records")
    ]
    columns = [
        GridColumn("project"),
        GridColumn("size", "right"),
        GridColumn("start"),
        GridColumn("on stream"),
        GridColumn("spent", "right", drop=1),
    ]
    decisions = table.drop_duplicates("project")["decision"].value_counts().to_dict()
    counts = {str(decision): decisions[decision] for decision in sorted(decisions, key=str)}
    title = f"Projects  ({projects(counts)})"
    legend = {"spent": f"{table['spent_unit'].iloc[0] if rows else ''} within the horizon, at central norms".lstrip()}
    show_rows(console, title, columns, rows, none="No project is started.", legend=legend)
    say(console, "prices hold with these projects fixed; with whole numbers there are no others", "dim")


def show(answer: ProjectsAnswer, console: Console) -> None:
    """Print the programme, what projects are worth, the programmes nearly as good as the best, and the official list."""
    portfolio, names = answer.portfolio, Names.of(answer.economy)
    show_conditions(answer.formulation, console)
    show_programme(portfolio.programme, answer.tables["projects"], console)
    console.print()
    if len(portfolio.worth):
        _show_worth(portfolio.worth, names, console)
        console.print()
    rows: list[tuple[str, ...]] = []
    best: dict[str, str] = {}
    for rank, part in portfolio.near_best.groupby("rank", sort=True) if len(portfolio.near_best) else ():
        starts = {str(p): str(s) for p, s in zip(part["project"], part["start"], strict=True) if p}
        told = differences(starts, best, names) if rows else _listed(starts, names)
        rows.append((str(rank), percent(part["attainment"].iloc[0], 2), number(part["spent"].iloc[0]), told))
        best = best if len(rows) > 1 else starts
    columns = [
        GridColumn("rank", "right"),
        GridColumn("share", "right"),
        GridColumn("spent", "right"),
        GridColumn("projects"),
    ]
    title = f"Programmes within {percent(portfolio.within, 0)} of the best"
    show_rows(console, title, columns, rows, none="No programme was found.")
    console.print()
    readings = [
        (
            capital(r["says"]),
            "no such plan" if pd.isna(r["attainment"]) else percent(r["attainment"], 2),
            number(r["projects"]),
        )
        for r in portfolio.official.to_dict("records")
    ]
    columns = [GridColumn("reading"), GridColumn("share", "right"), GridColumn("projects", "right")]
    show_rows(console, "The list as it was decided", columns, readings, none="It was not read.")


def _listed(starts: Mapping[str, str], names: Names) -> str:
    """The projects of a programme with the periods of their starts, in that order."""
    order = sorted(starts, key=lambda project: (starts[project], names.inline(project, "project")))
    return "; ".join(f"{names.inline(project, 'project')} {starts[project]}" for project in order) or "none"


def differences(starts: Mapping[str, str], best: Mapping[str, str], names: Names) -> str:
    """In what a programme differs from the best.

    Args:
        starts: of its projects, by project.
        best: those of the best programme.
        names: of the economy.

    >>> differences({"a": "2", "c": "1"}, {"a": "1", "b": "1"}, Names({}))
    'as the best, but a 2 (not 1); c 1; without b'
    >>> differences({"a": "1"}, {"a": "1"}, Names({})), differences({}, {"a": "1"}, Names({}))
    ('as the best', 'as the best, but without a')
    """
    moved = [
        f"{names.inline(p, 'project')} {starts[p]} (not {best[p]})"
        for p in starts
        if p in best and starts[p] != best[p]
    ]
    added = [f"{names.inline(p, 'project')} {starts[p]}" for p in starts if p not in best]
    gone = [f"without {names.inline(p, 'project')}" for p in best if p not in starts]
    return "as the best" + (f", but {'; '.join([*moved, *added, *gone])}" if moved or added or gone else "")


def _show_worth(worth: pd.DataFrame, names: Names, console: Console) -> None:
    told = worth[(worth["worth"] != 0) | (worth["delay"] > 0) | (worth["needed"] != "no")]
    rows = [
        (
            names(r["project"], "project"),
            r["start_in_best"] or "left",
            percent(r["forced_in"], 2),
            percent(r["forced_out"], 2),
            percent(r["later"], 2),
            percent(r["worth"], 2),
            r["needed"],
        )
        for r in told.to_dict("records")
    ]
    columns = [
        GridColumn("project"),
        GridColumn("start"),
        GridColumn("with it", "right"),
        GridColumn("without", "right"),
        GridColumn("a period later", "right", drop=1),
        GridColumn("worth", "right"),
        GridColumn("in all near-best", drop=2),
    ]
    none = "No project makes a difference."
    show_rows(console, "Worth of projects  (share of all targets reached)", columns, rows, file="worth.csv", none=none)
    say(console, other_projects(len(worth) - len(told), len(worth)), "dim")
