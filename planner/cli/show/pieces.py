"""What answers on the terminal are made of: paragraphs and tables as wide as the screen."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.console import Console
from rich.text import Text

from planner.cli.show.grid import GridColumn, grid, paragraph
from planner.economy.names import Names
from planner.language.counting import capital, counted, verb
from planner.language.numbers import number, percent
from planner.language.printable import printable
from planner.reporting.wording import sentences
from planner.reporting.wording.marks import legend_of, signs
from planner.reporting.wording.numbers import WEIGHT, conditions, limit_of

if TYPE_CHECKING:
    from planner.formulation import Formulation

_FULL = "in full: "  # how the reason begins why no share is asked of a target
MOST_ROWS = 45  # of a table on the terminal; the CSV holds all
MET = 1 - 1e-9  # share from which a figure counts as met in a table


def say(console: Console, text: str, style: str = "", lead: str = "", hang: int | None = None) -> None:
    """Print a paragraph in lines no longer than the screen; a text of the data is printed as it is.

    Args:
        console: where it is printed.
        text: what is said, nothing if empty.
        style: such as ``bold`` or ``dim``.
        lead: before the first line.
        hang: blanks before the others, by default as many as the lead has.
    """
    if text:
        _lines(console, paragraph(printable(text), console.width, lead, hang), style)


def bullet(console: Console, text: str, level: int = 1, style: str = "") -> None:
    """Print a point of a list; a point of the second level is one about the first."""
    say(console, text, style, "  · " if level == 1 else "      – ")


def show_rows(
    console: Console,
    title: str,
    columns: Iterable[GridColumn | tuple[str, str]],
    rows: Iterable[Sequence[object]],
    *,
    bold: Sequence[bool] = (),
    file: str = "",
    none: str = "",
    legend: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Print a titled table.

    Args:
        console: where it is printed.
        title: above it.
        columns: of the table, or (name, left or right) where none may be dropped.
        rows: cells.
        bold: which of them stand out.
        file: where whoever misses a column or a row finds all.
        none: what is said where there are no rows.
        legend: what columns mean, by their names; columns that had no room are not explained.
    """
    every = [[printable(str(cell)) for cell in row] for row in rows]
    say(console, title, "bold")
    if not every:
        say(console, none or "None.", "dim")
        return
    shown = every[:MOST_ROWS] if file else every
    sides = [
        c if isinstance(c, GridColumn) else GridColumn(c[0], "right" if c[1] == "right" else "left") for c in columns
    ]
    made = grid(sides, shown, console.width)
    _lines(console, made.head, "bold")
    for i, row in enumerate(made.rows):
        _lines(console, row, "bold" if i < len(bold) and bold[i] else "")
    more = counted(len(every) - len(shown), "more row") if len(every) > len(shown) else ""
    told = "; ".join(part for part in (made.note, more) if part)
    say(console, capital(f"{told}; all in {file}." if file else f"{told}.") if told else "", "dim")
    meant = [f"{name}: {text}" for name, text in legend.items() if not set(name.split(", ")) <= set(made.dropped)]
    say(console, "; ".join(meant), "dim")


def _lines(console: Console, lines: Iterable[str], style: str) -> None:
    for line in lines:
        console.print(Text(line, style), soft_wrap=True)


def show_conditions(formulation: Formulation, console: Console, told: str = "") -> None:
    """Print under what an answer holds: the economy, and the conditions.

    Args:
        formulation: what was asked.
        console: where it is printed.
        told: conditions in place of the usual ones.
    """
    say(console, f"{formulation.economy.title}; {told or conditions(formulation)}", "dim")


def held_in_full(table: pd.DataFrame, names: Names) -> list[str]:
    """Targets that no share is asked of, in a sentence for each reason.

    Args:
        table: of targets, with how each is asked.
        names: of the economy.
    """
    full = table[table["asked"].str.startswith(_FULL)]
    told = []
    for asked, rows in full.groupby("asked"):
        each = [f"{target_named(names, row)} in {row['period']}" for row in rows.to_dict("records")]
        told.append(f"held in full ({str(asked).removeprefix(_FULL)}): {_some(each)}")
    return told


def target_named(names: Names, row: Mapping[Hashable, Any]) -> str:
    """A target as a row's head, with its sense where that is not the usual one.

    >>> row = {"measure": "import", "item": "iron", "sense": "at_most"}
    >>> target_named(Names({}), row), target_named(Names({}), row | {"measure": "output", "sense": "at_least"})
    ('Import of iron, at most', 'Iron')
    """
    sense = str(row["sense"])
    said = capital(names.target(str(row["measure"]), str(row["item"])))
    return said if sense == "at_least" else f"{said}, {sense.replace('_', ' ')}"


def _some(texts: list[str], most: int = 6) -> str:
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def show_targets(table: pd.DataFrame, names: Names, console: Console, *, of_shares: bool = True) -> None:
    """Official, feasible and actual figures, product by product; those that are not met stand out.

    Args:
        table: of targets.
        names: of the economy.
        console: where it is printed.
        of_shares: whether the plan in the tables is the one of the balanced shares; else the plan's own figures are shown.
    """
    figure, share = ("feasible", "share") if of_shares else ("planned", "planned_share")
    marks = [str(mark) for mark in table["mark"]] if of_shares else [""] * len(table)
    rows = [
        (
            target_named(names, r),
            r["period"],
            r["unit"],
            number(r["official"]),
            number(r[figure]),
            (sentences.reach(r[share]) if pd.notna(r[share]) else "–") + signs(marks[i]),
            number(r["actual"]),
        )
        for i, r in enumerate(table.to_dict("records"))
    ]
    columns = [
        GridColumn("target"),
        GridColumn("in"),
        GridColumn("unit"),
        GridColumn("official", "right"),
        GridColumn(figure, "right"),
        GridColumn("share" if of_shares else "of official", "right"),
        GridColumn("produced", "right", drop=1),
    ]
    missed = [not reached >= MET for reached in table[share]]
    show_rows(console, "Targets", columns, rows, bold=missed, file="targets.csv")
    say(console, legend_of(marks), "dim")


def show_binding(
    binding: pd.DataFrame,
    unit: str,
    names: Names,
    console: Console,
    most: int = 12,
    file: str = "binding.csv",
    *,
    priced: bool = False,
) -> None:
    """Limits that carry the objective, heaviest first, periods of one limit together.

    Args:
        binding: those limits.
        unit: of the objective.
        names: of the economy.
        console: where it is printed.
        most: so many are shown.
        file: where all of them stand.
        priced: whether rows of no amount have a price all the same, such as those of units held as chosen.
    """
    if not len(binding):
        amounts = (
            f"No amount of the tables binds. What does is of none, such as what units that run can do: see {file}."
        )
        say(console, amounts if priced else "No limit binds: more of any one of them would change nothing.")
        return
    rows = [
        (
            r["family"].replace("_", " "),
            limit_of(names, r["family"], r["item"]),
            r["period"],
            number(r["limit"]),
            r["unit"],
            number(r["shadow_price"]),
            percent(r["weight"]),
        )
        for r in binding.head(most).to_dict("records")
    ]
    columns = [
        GridColumn("limit"),
        GridColumn("of"),
        GridColumn("in"),
        GridColumn("amount", "right"),
        GridColumn("unit"),
        GridColumn("worth of one more", "right"),
        GridColumn("weight", "right"),
    ]
    legend = {
        "worth of one more": f"{unit} per unit of the limit, where several prices hold one of them",
        "weight": WEIGHT,
    }
    show_rows(console, "What binds", columns, rows, legend=legend)
    more = len(binding) - most
    say(
        console,
        f"{counted(more, 'lighter limit')} {verb(more, 'stands', 'stand')} in {file}." if more > 0 else "",
        "dim",
    )
