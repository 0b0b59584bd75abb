"""The answer on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

from planner.feasibility.attainment import INSIDE
from planner.feasibility.programme import shares_targets
from planner.report.origins import together
from planner.report.words import conditions, number, percent, plan_title

if TYPE_CHECKING:
    from planner.planning import Result

_FULL = "in full: "  # how the reason begins why no share is asked of a target
MOST_ROWS = 45  # of a table on the terminal; the CSV holds all


def show(result: Result, console: Console) -> None:
    """Print what was asked, the answer, the table of targets and what binds."""
    formulation = result.formulation
    console.print(f"[bold]{plan_title(formulation)}[/bold]  ({formulation.economy.title})")
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
        show_targets(result.targets, console, of_shares=shares_targets(result.formulation))
        for sentence in caption(result):
            console.print(sentence, style="dim")
    console.print()
    show_binding(result.binding, result.formulation.goal.unit, console)


def headline(result: Result) -> str:
    """The answer in a sentence."""
    goal, status = result.formulation.goal, result.status.value
    if result.solution.optimal and result.formulation.question.wants_targets:
        share, count = result.solution.objective, len(result.shares)
        if result.formulation.question.objective == "shortfall":
            met = int(result.met.sum())
            return (
                f"The least sum of shortfalls is {number(share)} of a target; {met} of {count} figures are met in full."
            )
        if not result.formulation.targets.scaled.any():
            return f"[bold]Met[/bold]: {count} figure{'' if count == 1 else 's'}, all of which hold in full."
        return f"{together(result.formulation)} can be reached to [bold]{percent(share)}[/bold]."
    if result.solution.optimal:
        says = goal.says.rstrip("?")
        return f"{says[:1].upper()}{says[1:]}: [bold]{number(result.solution.objective)}[/bold] ({goal.unit})."
    return {
        "infeasible": f"[bold]No plan keeps {result.formulation.targets.kept}[/bold]: the region itself is empty.",
        "unbounded": "[bold]Nothing limits the objective[/bold]: the region is unbounded in its direction.",
        "stopped": "[bold]The solver was stopped[/bold] before it had an answer.",
    }.get(status, f"The solver gave no answer ({result.solution.detail}).")


def caption(result: Result) -> list[str]:
    """What the columns are and by whom, which targets hold in full and why, and which plan the tables hold."""
    told = []
    if shares_targets(result.formulation) and not np.isnan(result.shares).all():
        solved = result.solution.solver
        other = f"; by {result.shares_by}, the question itself by {solved}" if solved != result.shares_by else ""
        told.append(f"feasible, share: balanced (the worst raised as far as it goes, then the next){other}")
    return [*told, *held_in_full(result.targets), result.written]


def held_in_full(table: pd.DataFrame) -> list[str]:
    """Targets that no share is asked of, in a sentence for each reason.

    Args:
        table: of targets, with how each is asked.
    """
    full = table[table["asked"].str.startswith(_FULL)]
    return [
        f"held in full ({str(asked).removeprefix(_FULL)}): {_some([_told(row) for row in rows.to_dict('records')])}"
        for asked, rows in full.groupby("asked")
    ]


def _told(row: Mapping[Hashable, Any]) -> str:
    return f"{target_label(str(row['measure']), str(row['item']), str(row['sense']))} in {row['period']}"


def _some(texts: list[str], most: int = 6) -> str:
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def show_targets(table: pd.DataFrame, console: Console, *, of_shares: bool = True) -> None:
    """Official, feasible and actual figures, product by product; the plan's own where it is not made for the shares.

    Args:
        table: of targets. of_shares: whether the plan in the tables is the one of the balanced shares.
    """
    columns: dict[str, Callable[[float], str]]
    columns = {"official": number, "feasible": number, "share": percent, "produced": number}
    if not of_shares:
        columns = {"official": number, "planned": number, "of official": percent, "produced": number}
    at = {"produced": "actual", "of official": "planned_share"}
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in ("target", "in", "unit"):
        grid.add_column(name, overflow="fold")
    for name in columns:
        grid.add_column(name, justify="right", no_wrap=True)
    share = "share" if of_shares else "planned_share"
    for row in table.head(MOST_ROWS).to_dict("records"):
        label = target_label(str(row["measure"]), str(row["item"]), str(row["sense"]))
        cells = (put(row[at.get(name, name)]) for name, put in columns.items())
        met = bool(row[share] >= INSIDE)
        grid.add_row(label, str(row["period"]), str(row["unit"]), *cells, style="" if met else "bold")
    console.print(grid)
    if len(table) > MOST_ROWS:
        console.print(f"… and {len(table) - MOST_ROWS} more in targets.csv", style="dim")


def target_label(measure: str, item: str, sense: str = "at_least") -> str:
    """A target as a row's label, with its sense where that is not the usual one.

    >>> target_label("output", "pig_iron"), target_label("consumption", "*"), target_label("import", "iron", "at_most")
    ('pig iron', 'consumption: all', 'import: iron, at most')
    """
    name = "all" if item == "*" else item.replace("_", " ")
    said = name if measure == "output" else f"{measure}: {name}"
    return said if sense == "at_least" else f"{said}, {sense.replace('_', ' ')}"


def show_binding(binding: pd.DataFrame, unit: str, console: Console, most: int = 12) -> None:
    """Limits that carry the objective, heaviest first, periods of one limit together."""
    if not len(binding):
        return
    console.print(
        "[bold]What binds[/bold]  (weight: per cent more of the objective for one per cent more of the limit)"
    )
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
    console.print(f"[bold]{title}[/bold]")
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, side in columns:
        grid.add_column(name, justify="right" if side == "right" else "left", overflow="fold")
    for row in rows:
        grid.add_row(*row)
    console.print(grid)
