"""When figures were due, could have been had and were reached, on the terminal."""

from __future__ import annotations

import pandas as pd
from rich.console import Console

from planner.analysis.feasibility.reached import IN_TIME, LATER, UNKNOWN
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_rows
from planner.economy.names import Names
from planner.language.counting import counted
from planner.language.numbers import number

__all__ = ["show_reached"]


def show_reached(table: pd.DataFrame, names: Names, console: Console, under: str, file: str = "") -> None:
    """Due, could be had, in fact reached: one row a figure.

    Args:
        table: as of ``when_reached``.
        names: of products.
        console: where it is printed.
        under: which conditions, in words.
        file: in which it stands whole.
    """
    rows = [
        (
            names(str(r["item"]), "product"),
            str(r["plan"]) + ("" if r["figure"] == "official" else f" ({r['figure']})"),
            number(r["value"]),
            str(r["unit"]),
            *(str(r[column]) for column in ("due", "feasible", "reached")),
            str(r["verified"]),
        )
        for r in table.to_dict("records")
    ]
    columns = [
        GridColumn("figure"),
        GridColumn("plan"),
        GridColumn("value", "right"),
        GridColumn("unit"),
        GridColumn("due"),
        GridColumn("could be had"),
        GridColumn("reached"),
        GridColumn("verified", drop=1),
    ]
    legend = {"could be had": f"by one enterprise that gave up every other figure, under {under}"}
    show_rows(console, "When each figure was reached", columns, rows, file=file, legend=legend)
    late = table["late"]
    last = max((year for year in table.loc[late == LATER, "reached"]), default="")
    until = f", the last of them in {last}" if last else ""
    unknown = f"; of {(late == UNKNOWN).sum()} no year is known" if (late == UNKNOWN).any() else ""
    say(
        console,
        f"Of {counted(len(table), 'figure')} {(late == IN_TIME).sum()} were reached in time and {(late == LATER).sum()} later"
        f"{until}{unknown}.",
    )
