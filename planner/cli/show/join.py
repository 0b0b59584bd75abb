"""A plan's figures over several economies, on the terminal."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from rich.console import Console

from planner.answers.chain.join import JoinAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import say, show_rows
from planner.cli.show.reached import show_reached
from planner.economy.names import Names
from planner.language.counting import listed
from planner.language.numbers import percent
from planner.reporting.wording.conditions import households


def show(answer: JoinAnswer, console: Console) -> None:
    """Shares by due date: of one program over all economies, then of each by itself from its record."""
    scenario = f"scenario {answer.economy.scenario}" if answer.economy.scenario else "no scenario"
    together = listed([economy.name for economy in answer.economies])
    floors: dict[str, list[str]] = {}
    for level, one in zip(answer.floors, answer.economies, strict=True):
        floors.setdefault(level, []).append(one.name)
    floor = "; ".join(f"{households(level)} in {listed(among)}" for level, among in floors.items() if level)
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
    rows = [
        (str(r["due"]), str(r["economy"]), percent(r["attainment"]), str(r["reached"]), _limit(r, names))
        for r in answer.chain.to_dict("records")
    ]
    heads = [
        GridColumn("due"),
        GridColumn("by itself"),
        GridColumn("all together", "right"),
        GridColumn("in full"),
        GridColumn("held back most by", drop=1),
    ]
    console.print()
    show_rows(console, "Each by itself, from what stood on record", heads, rows, file="chain.csv")
    if answer.chain["economy"].nunique() > 1:
        say(
            console,
            "Each economy begins with what stood, not built for these figures: where the next begins, the share can fall.",
            "dim",
        )
    if len(answer.reached):
        console.print()
        show_reached(answer.reached, names, console, "the floors named above", "chain_reached.csv")


def _limit(row: Mapping[Hashable, Any], names: Names) -> str:
    """A limit in words: what it is of, and in which year."""
    if not row["binding"]:
        return "–"
    item = names.key(str(row["item"])) if row["item"] else str(row["binding"]).replace("_", " ")
    return f"{item}, {row['period']}" if row["period"] else item
