"""The frontier of two quantities on the terminal."""

from __future__ import annotations

import numpy as np
import pandas as pd
from rich.console import Console

from planner.analysis.frontier.frontier import Frontier
from planner.answers.frontier import FrontierAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_conditions, show_rows
from planner.economy.names import Names
from planner.language.numbers import number, percent
from planner.reporting.tables.frontier import name_of
from planner.reporting.wording.numbers import conditions, plan_title


def show(answer: FrontierAnswer, console: Console) -> None:
    """The corners on the upper right edge, and the three points."""
    found, formulation, names = answer.found, answer.formulation, Names.of(answer.economy)
    in_full = formulation.targets.held.any()
    held = "targets set aside" + (", but for what holds in full" if in_full else "")
    if found.hold is not None:
        held = f"all other targets of {plan_title(formulation)} at {percent(found.hold)}"
    show_conditions(formulation, console, f"{held}; {conditions(formulation)}")
    table = answer.tables["frontier"]
    for level in found.family:
        part = table[(table["third"] == level) | (table["third"].isna() & np.isnan(level))]
        console.print()
        if found.third is not None:
            least = f"{number(level)} of {name_of(found.third, names)} ({found.third.unit or 'no unit'})"
            say(console, f"With at least {least}:", "bold")
        _show_polygon(found, part, names, console)
    say(
        console,
        "outside by: distance to the feasible set, both axes in shares of the point's own figures; share of both: as much of the "
        "two figures as can be had together",
        "dim",
    )


def _show_polygon(found: Frontier, part: pd.DataFrame, names: Names, console: Console) -> None:
    """Corners of one feasible set, and where the points lie."""
    heads = [f"{name_of(q, names)} ({q.unit})" if q.unit else name_of(q, names) for q in (found.x, found.y)]
    edge = part[part["pareto"] == "yes"].sort_values("x", kind="stable")
    rows = [(number(r["x"]), number(r["y"])) for r in edge.to_dict("records")]
    title = "Corners where neither can grow without loss of the other"
    show_rows(
        console,
        title,
        [GridColumn(head, "right") for head in heads],
        rows,
        none="No plan has so much: there is no corner.",
    )
    cells = [
        (str(r["name"]), number(r["x"]), number(r["y"]), percent(r["distance"]), percent(r["share_of_both"]))
        for r in part[part["kind"] == "point"].to_dict("records")
    ]
    columns = [GridColumn("point"), *(GridColumn(name, "right") for name in (*heads, "outside by", "share of both"))]
    show_rows(console, "The plan, what is feasible of it, what happened", columns, cells)
