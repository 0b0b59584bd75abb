"""What a solve found, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from rich.console import Console

from planner.answers.solve import SolveAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import bullet, held_in_full, say, show_binding, show_conditions, show_rows, show_targets
from planner.economy.names import Names
from planner.language.counting import counted, verb
from planner.language.numbers import number
from planner.reporting.tables.payments import totals
from planner.reporting.tables.programme import spells
from planner.reporting.wording.settled import path_in_words, settled_in_words, shares_by_rule


def show(result: SolveAnswer, console: Console) -> None:
    """Print what was asked, the answer, the table of targets and what binds."""
    formulation = result.formulation
    show_conditions(formulation, console)
    if formulation.goal.is_share:
        for sentence in (*settled_in_words(result.settled), *path_in_words(result.path)):
            bullet(console, sentence)
    if result.plan is None:
        return
    if result.programme is not None and "projects" in result.tables:
        console.print()
        from planner.cli.show.projects import show_programme

        show_programme(result.programme, result.tables["projects"], console)
    names = Names.of(formulation.economy)
    if len(result.targets):
        console.print()
        show_targets(result.targets, names, console, of_shares=formulation.goal.is_share)
        for sentence in _caption(result, names):
            say(console, sentence, "dim")
    elif result.second is not None:
        say(console, result.written)
    if "whole_units" in result.tables:
        console.print()
        show_whole_units(result.tables["whole_units"], formulation.economy.periods, names, console)
    if formulation.question.sought.of_money and "payments" in result.tables:
        console.print()
        show_payments(result.tables["payments"], names, console)
    console.print()
    prices = result.tables["prices"].filter(like="shadow_price")  # of whole projects: with these projects fixed
    priced = bool((prices.abs() > 1e-9).to_numpy().any())
    show_binding(result.binding, formulation.goal.unit, names, console, file="prices.csv", priced=priced)


def show_whole_units(table: pd.DataFrame, periods: Sequence[str], names: Names, console: Console) -> None:
    """Units that run and expansions that are begun, periods in a row with as many of them together."""
    rows = [
        (
            names(spell.item, "activity" if spell.kind == "running" else "capacity"),
            "running" if spell.kind == "running" else "begun",
            f"{number(spell.number)} of {number(spell.most)}",
            spell.first if spell.first == spell.last else f"{spell.first}..{spell.last}",
        )
        for spell in spells(table, periods)
    ]
    columns = [GridColumn("of"), GridColumn("what"), GridColumn("units", "right"), GridColumn("in")]
    none = "No unit runs, and no expansion is begun."
    show_rows(console, "Units that run, and expansions begun", columns, rows, file="whole_units.csv", none=none)


def show_payments(payments: pd.DataFrame, names: Names, console: Console, most: int = 12) -> None:
    """What is paid and earned in all periods together, the largest amounts first."""
    added = totals(payments)
    rows = [
        (r["kind"], names.target(r["measure"], r["item"]), number(r["amount"], 7), r["currency"])
        for r in added.head(most).to_dict("records")
    ]
    columns = [GridColumn("kind"), GridColumn("for"), GridColumn("amount", "right"), GridColumn("currency")]
    show_rows(console, "What is paid and earned, all periods together", columns, rows, file="payments.csv")
    more = len(added) - most
    if more > 0:
        say(console, f"{counted(more, 'smaller amount')} {verb(more, 'stands', 'stand')} in payments.csv.", "dim")


def _caption(result: SolveAnswer, names: Names) -> list[str]:
    """What the columns are and by whom, which targets hold in full and why, and which plan the tables hold."""
    told = []
    if result.formulation.goal.is_share and not np.isnan(result.shares).all():
        solved = result.solution.solver
        other = f"; by {result.shares_by}, the question itself by {solved}" if solved != result.shares_by else ""
        rule = shares_by_rule(result.settled) if result.bracket is None else "the one that all figures reach at once"
        told.append(f"feasible, share: {rule}{other}")
    return [*told, *held_in_full(result.targets, names), result.written, *result.indices]
