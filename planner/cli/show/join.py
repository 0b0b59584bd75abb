"""A plan's figures over several economies, on the terminal."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd
from rich.console import Console

from planner.analysis.uncertainty.joints import JointDraws
from planner.answers.chain.chained import OPENINGS
from planner.answers.chain.join import JoinAnswer
from planner.cli.show.draws import show_draws
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_rows
from planner.cli.show.reached import show_reached
from planner.economy.chain.source import RECORD
from planner.economy.names import Names
from planner.language.counting import counted, listed
from planner.language.numbers import percent
from planner.reporting.wording.conditions import households

_OPENINGS = (
    "record: what stood, not built for these figures, so that the share can fall where the next economy begins; run: what the "
    "plan before left, which had to keep all it found; bound: of each kind the larger, which nobody could have had."
)


_LEAST = "households get at least "  # said once
_WAYS = {"joined": "as one", "record": "from record"}


def show(answer: JoinAnswer, console: Console) -> None:
    """Shares by due date: of one program over all economies, then of each by itself from its record."""
    scenario = f"scenario {answer.economy.scenario}" if answer.economy.scenario else "no scenario"
    together = listed([economy.name for economy in answer.economies])
    floors: dict[str, list[str]] = {}
    for level, one in zip(answer.floors, answer.economies, strict=True):
        floors.setdefault(level, []).append(one.name)
    each = [f"{households(level)} in {listed(among)}" for level, among in floors.items() if level]
    floor = ", ".join([*each[:1], *(said.removeprefix(_LEAST) for said in each[1:])])
    say(console, "; ".join(filter(None, [together, scenario, floor])), "dim")
    names = Names.of(answer.economy)
    rows = [
        (str(r["due"]), str(r["economy"]), str(r["figures"]), percent(r["attainment"]), str(r["reached"]))
        for r in answer.joined.to_dict("records")
    ]
    heads = [
        GridColumn("due"),
        GridColumn("tables of"),
        GridColumn("figures", "right"),
        GridColumn("all together", "right"),
        GridColumn("in full"),
    ]
    console.print()
    show_rows(console, "One program over all of them", heads, rows, file="joined.csv")
    heads = [
        GridColumn("due"),
        GridColumn("by itself"),
        *(GridColumn(opening, "right") for opening in OPENINGS),
        GridColumn("on record held back by", drop=1),
    ]
    console.print()
    mine, others = answer.chain["plan"] == answer.plan, answer.chain["plan"] != answer.plan
    lines = [_by_opening(rows, names) for rows in _each(answer.chain[mine])]
    show_rows(console, "Each by itself, from what it opens with", heads, lines, file="chain.csv")
    if others.any():
        console.print()
        lines = [_by_opening(rows, names) for rows in _each(answer.chain[others])]
        show_rows(console, "Each by itself: the figures of its own plan", heads, lines, file="chain.csv")
    say(console, _OPENINGS, "dim")
    if answer.draws is not None:
        console.print()
        told = [
            ((str(row["due"]), str(row["economy"]), _WAYS[str(row["way"])]), row)
            for row in answer.draws.table.to_dict("records")
        ]
        show_draws(console, "In draws of all uncertain numbers", ["due", "tables of", "way"], told, "chain_draws.csv")
        say(console, _drawn(answer.draws), "dim")
    if len(answer.reached):
        console.print()
        show_reached(answer.reached, names, console, "the floors named above", "chain_reached.csv")


def _drawn(draws: JointDraws) -> str:
    """What was drawn, in a sentence."""
    return (
        f"{counted(draws.draws, 'draw')} (seed {draws.seed}) of {draws.factors:,} independent numbers; {draws.shared:,} of them "
        "stand for what economies side by side take from one source, so that an error in it is one error in both."
    )


def _each(chain: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Rows of each economy, plan and due date."""
    for _, rows in chain.groupby(["economy", "plan", "due"], sort=False):
        yield rows


def _by_opening(rows: pd.DataFrame, names: Names) -> tuple[str, ...]:
    """A line of the table: the share by opening, and the limit from what stood on record."""
    by = {str(row["opening"]): row for row in rows.to_dict("records")}
    shares = [_share(by.get(opening)) for opening in OPENINGS]
    return (
        str(rows["due"].iloc[0]),
        str(rows["economy"].iloc[0]),
        *shares,
        _limit(by[RECORD], names) if RECORD in by else "–",
    )


def _share(row: Mapping[Hashable, Any] | None) -> str:
    """A share, or in words why there is none."""
    return (
        "–" if row is None else percent(row["attainment"]) if row["reached"] in ("yes", "no") else str(row["reached"])
    )


def _limit(row: Mapping[Hashable, Any], names: Names) -> str:
    """A limit in words: what it is of, and in which year."""
    if not row["family"]:
        return "–"
    item = names.key(str(row["item"])) if row["item"] else str(row["family"]).replace("_", " ")
    return f"{item}, {row['period']}" if row["period"] else item
