"""The back-test on the terminal."""

from __future__ import annotations

import pandas as pd
from rich.console import Console

from planner.analysis.feasibility.backtest import NO_FACTS
from planner.answers.backtest import BacktestAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_rows
from planner.cli.show.reached import show_reached
from planner.economy.names import Names
from planner.language.numbers import number
from planner.reporting.wording.conditions import NUMBERS, households
from planner.reporting.wording.sentences import reach


def show(answer: BacktestAnswer, console: Console) -> None:
    """Shares of what was produced that the feasible set allows, by corner and span of periods; then what fits worst."""
    economy, question, found = answer.economy, answer.question, answer.corners
    names = Names.of(economy)
    scenario = f"scenario {economy.scenario}" if economy.scenario else "no scenario"
    floor = "no consumption floor" if question.floor_in_force is None else households(str(question.floor))
    say(console, f"{economy.title}; {scenario}; {floor}; 100 % and more: it fits", "dim")
    console.print()
    first = next(iter(found.values())).by_year
    rows = [
        (
            str(span),
            str(first["kind"].iloc[i]),
            str(first["figures"].iloc[i]),
            *(_cell(one.by_year.iloc[i]) for one in found.values()),
        )
        for i, span in enumerate(first["span"])
    ]
    columns = [
        GridColumn("periods"),
        GridColumn("kind"),
        GridColumn("figures", "right"),
        *(GridColumn(c, "right") for c in found),
    ]
    untold = "; no facts: no output figure of the period is known" if (first["kind"] == NO_FACTS).any() else ""
    legend = {
        **{corner: NUMBERS[corner] for corner in found},
        "kind": "training, periods the calibration saw, before plant begun under the plan could work, or hold-out, the rest"
        + untold,
    }
    show_rows(console, "All figures jointly", columns, rows, legend=legend)
    for corner in found:
        say(console, answer.fits(corner))
    for corner, one in found.items():
        console.print()
        _worst(corner, one.by_product.head(6), names, console)
    if len(answer.reached):
        console.print()
        show_reached(answer.reached, names, console, "the conditions of the back-test")


def _worst(corner: str, tight: pd.DataFrame, names: Names, console: Console) -> None:
    """The figures that fit worst at a corner."""
    if not len(tight):
        say(console, f"At {corner} values no plan keeps the floors and balances: nothing fits, what happened included.")
        return
    rows = [
        (
            names(str(r["product"]), "product"),
            str(r["period"]),
            str(r["kind"]),
            f"{number(r['produced'])} {r['unit']}".rstrip(),
            reach(r["alone_share"]),
            reach(r["with_others_held_share"]),
        )
        for r in tight.to_dict("records")
    ]
    columns = [
        GridColumn("product"),
        GridColumn("in"),
        GridColumn("kind", drop=1),
        GridColumn("produced", "right"),
        GridColumn("alone", "right"),
        GridColumn("others held", "right"),
    ]
    show_rows(console, f"What fits worst, {corner} values", columns, rows)


def _cell(row: pd.Series) -> str:
    return reach(row["attainment"]) if row["fits"] in ("yes", "no") else str(row["fits"])
