"""The answer on the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

from planner.printable import bold
from planner.report.words import conditions, number, percent, plan_title

if TYPE_CHECKING:
    from planner.planning import Result

MOST_ROWS = 45  # of a table on the terminal; the CSV holds all


def show(result: Result, console: Console) -> None:
    """Print what was asked, the answer, the table of targets and what binds."""
    formulation = result.formulation
    console.print(f"{bold(plan_title(formulation))}  ({formulation.economy.title})")
    console.print(conditions(formulation), style="dim")
    if result.plan is None or result.solution.optimal:
        console.print(headline(result))
    if result.plan is None:
        return
    if result.programme is not None:
        from planner.report.programme_terminal import show_programme

        console.print()
        show_programme(result.programme, result.tables["projects"], console)
    if len(result.targets):
        console.print()
        show_targets(result.targets, console)
    console.print()
    show_binding(result.binding, result.formulation.goal.unit, console)


def headline(result: Result) -> str:
    """The answer in a sentence."""
    goal, status = result.formulation.goal, result.status.value
    if result.solution.optimal and result.formulation.question.wants_targets:
        share, count = result.solution.objective, len(result.shares)
        if result.formulation.question.objective == "shortfall":
            met = int((result.shares >= 1 - 1e-9).sum())
            return (
                f"The least sum of shortfalls is {number(share)} of a target; {met} of {count} figures are met in full."
            )
        return f"All {count} figures together can be reached to {bold(percent(share))}."
    if result.solution.optimal:
        says = goal.says.rstrip("?")
        return f"{says[:1].upper()}{says[1:]}: {bold(number(result.solution.objective))} ({goal.unit})."
    return {
        "infeasible": f"{bold('No plan keeps the floors and balances')}, whatever the targets: the region itself is empty.",
        "unbounded": f"{bold('Nothing limits the objective')}: the region is unbounded in its direction.",
        "stopped": f"{bold('The solver was stopped')} before it had an answer.",
    }.get(status, f"The solver gave no answer ({result.solution.detail}).")


def show_targets(table: pd.DataFrame, console: Console) -> None:
    """Official, feasible and actual figures, product by product."""
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("target", "in", "unit"):
        grid.add_column(name, overflow="fold")
    for name in ("official", "feasible", "share", "produced"):
        grid.add_column(name, justify="right", no_wrap=True)
    for row in table.head(MOST_ROWS).to_dict("records"):
        cells = (
            target_label(str(row["measure"]), str(row["item"])), str(row["period"]), str(row["unit"]), number(row["official"]),
            number(row["feasible"]), percent(row["share"]), number(row["actual"]),
        )  # fmt: skip
        grid.add_row(*cells, style="" if row["share"] >= 1 - 1e-9 else "bold")
    console.print(grid)
    if len(table) > MOST_ROWS:
        console.print(f"… and {len(table) - MOST_ROWS} more in targets.csv", style="dim")


def target_label(measure: str, item: str) -> str:
    """A target as a row's label.

    >>> target_label("output", "pig_iron"), target_label("export", "grain"), target_label("consumption", "*")
    ('pig iron', 'export: grain', 'consumption: all')
    """
    name = "all" if item == "*" else item.replace("_", " ")
    return name if measure == "output" else f"{measure}: {name}"


def show_binding(binding: pd.DataFrame, unit: str, console: Console, most: int = 12) -> None:
    """Limits that carry the objective, heaviest first, periods of one limit together."""
    if not len(binding):
        return
    console.print(f"{bold('What binds')}  (weight: per cent more of the objective for one per cent more of the limit)")
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("limit", "of", "in"):
        grid.add_column(name)
    for name in ("amount", "unit", "worth of one more", "weight"):
        grid.add_column(name, justify="left" if name == "unit" else "right")
    for row in binding.head(most).to_dict("records"):
        grid.add_row(
            str(row["family"]).replace("_", " "), str(row["item"]).replace("_", " "), str(row["period"]), number(row["limit"]),
            str(row["unit"]), number(row["shadow_price"]), percent(row["weight"]),
        )  # fmt: skip
    console.print(grid)
    console.print(
        f"worth of one more: {unit} per unit of the limit; where several prices are optimal this is one of them",
        style="dim",
    )


def show_rows(console: Console, title: str, columns: Iterable[tuple[str, str]], rows: Iterable[Iterable[str]]) -> None:
    """A titled table; columns are (name, left or right)."""
    console.print(bold(title))
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, side in columns:
        grid.add_column(name, justify="right" if side == "right" else "left", overflow="fold")
    for row in rows:
        grid.add_row(*row)
    console.print(grid)
