"""A plan's figures over several economies, on the terminal."""

from __future__ import annotations

from rich.console import Console

from planner.answers.chain.join import JoinAnswer
from planner.cli.show.grid import Column
from planner.cli.show.pieces import say, show_rows
from planner.language.counting import listed
from planner.language.numbers import percent


def show(answer: JoinAnswer, console: Console) -> None:
    """Shares by due date: of one program over all economies, then of each by itself from its record."""
    scenario = f"scenario {answer.economy.scenario}" if answer.economy.scenario else "no scenario"
    names = listed([economy.name for economy in answer.economies])
    floor = ", ".join(f"{level} in {one.name}" for level, one in zip(answer.floors, answer.economies, strict=True))
    say(console, f"{names}; {scenario}; households get at least (of each economy's own base level): {floor}", "dim")
    rows = [
        (str(r["due"]), str(r["economy"]), str(r["figures"]), percent(r["attainment"]), str(r["reached"]))
        for r in answer.joined.to_dict("records")
    ]
    heads = [
        Column("due"),
        Column("tables of"),
        Column("figures", "right"),
        Column("all together", "right"),
        Column("in full"),
    ]
    console.print()
    show_rows(console, "One program over all of them", heads, rows, file="joined.csv")
    rows = [
        (str(r["due"]), str(r["economy"]), percent(r["attainment"]), str(r["reached"]), str(r["binding"]))
        for r in answer.chain.to_dict("records")
    ]
    heads = [
        Column("due"),
        Column("by itself"),
        Column("all together", "right"),
        Column("in full"),
        Column("heaviest limit", drop=1),
    ]
    console.print()
    show_rows(console, "Each by itself, from what stood on record", heads, rows, file="chain.csv")
